/** Which editor opens a file, and how it is told the file and the line. Pure. */
import path from 'node:path';

export interface EditorQuestion {
  /** The person's own environment. */
  env: Readonly<Record<string, string>>;
  /** Absolute path. */
  file: string;
  /** From 1. */
  line?: number;
  /** Whether a program is on PATH. */
  isOnPath(program: string): boolean;
}

export type EditorAnswer =
  /** A command line for bash. `blocking`: it has the terminal until the learner leaves it; else it opens a window of its own. */
  { command: string; program: string; blocking: boolean } | { none: string };

/** How a line is given: `+12 FILE`, `FILE:12`, `--goto FILE:12`, or not at all. */
interface Habit {
  line?: (file: string, line: number) => string;
  /** It opens a window of its own and gives the terminal back, unless it is told to wait. */
  window?: { waits: readonly string[] };
}

const plus = (file: string, line: number) => `+${line} ${file}`;
const colon = (file: string, line: number) => `${file}:${line}`;
const code: Habit = { line: (file, line) => `--goto ${file}:${line}`, window: { waits: ['--wait', '-w'] } };

const habits: Readonly<Record<string, Habit>> = {
  ...{ vi: { line: plus }, vim: { line: plus }, nvim: { line: plus }, view: { line: plus }, nano: { line: plus }, pico: { line: plus } },
  ...{ emacs: { line: plus }, mg: { line: plus }, joe: { line: plus }, jed: {}, ne: { line: plus }, ed: {}, micro: { line: plus } },
  ...{ hx: { line: colon }, helix: { line: colon }, kak: { line: plus } },
  emacsclient: { line: plus },
  ...{ code, 'code-insiders': code, codium: code, cursor: code, windsurf: code },
  // Cloud9's own command opens the file in the IDE beside the terminal.
  c9: { line: (file, line) => `open ${file}:${line}`, window: { waits: ['--wait'] } },
  subl: { line: colon, window: { waits: ['--wait', '-w'] } },
  gedit: { line: plus, window: { waits: ['--wait', '-w'] } },
  kate: { window: { waits: ['--block', '-b'] } },
  mate: { window: { waits: ['--wait', '-w'] } },
};

/**
 * The learner's editor: `$VISUAL`, else `$EDITOR`; else the IDE whose terminal this is; else nano or vi.
 *
 * @example chooseEditor({ env: { EDITOR: 'vim' }, file: '/w/app.py', line: 3, isOnPath }) // { command: "vim +3 '/w/app.py'", blocking: true, … }
 */
export function chooseEditor(question: EditorQuestion): EditorAnswer {
  const { env, isOnPath } = question;
  const wanted = [env['VISUAL'], env['EDITOR']].map((value) => value?.trim()).find((value) => value);
  if (wanted !== undefined) return commandFor(wanted, question);
  const found = candidates(env).find(isOnPath);
  if (found !== undefined) return commandFor(found, question);
  return {
    none: 'No editor was found here. Set one, for instance `export EDITOR=nano`, and start labwalk again; or open the file yourself.',
  };
}

function candidates(env: Readonly<Record<string, string>>): string[] {
  const ide = env['C9_PROJECT'] !== undefined || env['C9_USER'] !== undefined ? ['c9'] : [];
  const vscode = env['TERM_PROGRAM'] === 'vscode' ? ['code', 'code-insiders', 'codium', 'cursor'] : [];
  return [...ide, ...vscode, 'nano', 'vim', 'vi'];
}

/** `$EDITOR` is a command line, as Git and crontab take it: `code --wait` or `emacs -nw`. */
function commandFor(editor: string, { file, line }: EditorQuestion): EditorAnswer {
  const words = editor.split(/\s+/);
  const program = path.posix.basename((words[0] ?? '').replaceAll(/^["']|["']$/g, ''));
  const habit: Habit = habits[program] ?? {};
  const quoted = quoteWord(file);
  const target = line !== undefined && habit.line ? habit.line(quoted, line) : program === 'c9' ? `open ${quoted}` : quoted;
  const waits = habit.window === undefined || words.some((word) => habit.window?.waits.includes(word));
  return { command: `${editor} ${target}`, program, blocking: waits };
}

/** A word that bash takes literally. */
export const quoteWord = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
