/** Which command of a step a line is that the learner typed. Pure. */

/** A fence of commands as the lab has it. */
export interface TypedFence {
  /** The action's number in the step. */
  action: number;
  commands: readonly string[];
  /** Places of the commands that the learner has typed already. */
  done: ReadonlySet<number>;
}

export interface TypedMatch {
  action: number;
  /** Its place in the fence. */
  command: number;
  /** Equal but for spaces; else it only resembles it: the same program, doing the same. */
  exact: boolean;
}

/**
 * The command that is meant by what was typed: rather an equal one than one that resembles it, rather one that is still to be typed, rather
 * the first. Of a fence that was typed to its end everything is to be typed: what was printed was not good. Nothing is expanded: `$PORT`
 * is not equal to `8080`, but resembles it.
 *
 * @example matchTyped([{ action: 0, commands: ['http localhost:$PORT/'], done: new Set() }], 'http  localhost:8080/')
 * // { action: 0, command: 0, exact: false }
 */
export function matchTyped(fences: readonly TypedFence[], text: string): TypedMatch | undefined {
  const typed = wordsOf(text);
  if (typed.length === 0) return undefined;
  let best: TypedMatch | undefined;
  let highest = 0;
  for (const { action, commands, done } of fences) {
    for (const [command, wanted] of commands.entries()) {
      const likeness = compare(wordsOf(wanted), typed);
      if (likeness === 0) continue;
      const isToDo = !done.has(command) || done.size === commands.length;
      const points = 2 * likeness + (isToDo ? 1 : 0);
      if (points <= highest) continue;
      highest = points;
      best = { action, command, exact: likeness === equal };
    }
  }
  return best;
}

const equal = 3;

/** 3: equal; 2: the same program and subcommand; 1: the same program, where the lab's command has no subcommand; 0: another command. */
function compare(wanted: readonly string[], typed: readonly string[]): number {
  if (wanted.length === typed.length && wanted.every((word, i) => word === typed[i])) return equal;
  if (programOf(wanted[0]) !== programOf(typed[0])) return 0;
  const subcommand = wanted[1];
  if (subcommand === undefined || !isPlain(subcommand)) return 1;
  return subcommand === typed[1] ? 2 : 0;
}

/** A word such as `deploy` or `new-project`; not an option, a path, an address or an assignment. */
const isPlain = (word: string): boolean => /^[A-Za-z][\w-]*$/.test(word);

/** `.venv/bin/chalice` is `chalice`, too. */
const programOf = (word = ''): string => (/^[\w.~/-]+$/.test(word) ? word.slice(word.lastIndexOf('/') + 1) : word);

/** Completion puts a slash behind a folder's name: it means the same without. */
const wordsOf = (text: string): string[] =>
  text
    .replaceAll('\\\n', ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => (/[^/]\/$/.test(word) && !word.includes('://') && !word.includes(':') ? word.slice(0, -1) : word));
