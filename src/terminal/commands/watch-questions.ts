/**
 * Notices that a command waits for an answer, as `npx` does with `Ok to proceed? (y)`: it has printed nothing for a while, and either reads the
 * terminal, or has ended with a question and does nothing. Programs that wait for several things at once, as those of Node do, can't be seen to read.
 */
import { activityOf } from '../../process/activity.ts';
import { readsTerminal } from '../../process/reads-terminal.ts';
import { plainText } from '../../text/plain-text.ts';

export interface AskingCommand {
  /** How much it has printed. */
  size(): number;
  /** The end of what it has printed. */
  tail(): string;
  /** All that it has started, and the shell where that reads itself. */
  processes(): readonly number[];
}

/** So long nothing has been printed, in milliseconds: longer than the silence after which a shell is asked whether its command has ended. */
const silenceMs = 5000;
const lookMs = 1000;

/** Tells each question once, with the line that asks; empty where there is none. Call the result to stop. */
export function watchQuestions(command: AskingCommand, onAsk: (question: string) => void): () => void {
  let size = command.size();
  let since = performance.now();
  let used: number | undefined;
  let question: string | undefined;
  let told = false;
  const look = () => {
    if (command.size() !== size) [size, since, used, question, told] = [command.size(), performance.now(), undefined, undefined, false];
    if (told || performance.now() - since < silenceMs) return;
    question ??= lastLine(command.tail());
    const pids = command.processes();
    const before = used;
    used = processorMs(pids);
    if (!pids.some(readsTerminal) && !(used !== undefined && used === before && isQuestion(question))) return;
    told = true;
    onAsk(question);
  };
  const timer = setInterval(look, lookMs).unref();
  return () => clearInterval(timer);
}

/** Undefined while one of them works, or waits for a processor on a full machine. */
function processorMs(pids: readonly number[]): number | undefined {
  const activities = pids.map(activityOf);
  if (activities.some((activity) => activity?.working)) return undefined;
  return activities.reduce((sum, activity) => sum + (activity?.cpuMs ?? 0), 0);
}

/** Characters of a question that are told. */
const mostTold = 80;

const lastLine = (tail: string): string => plainText(tail).split('\n').at(-1)?.trim().slice(-mostTold) ?? '';

/**
 * Whether a line that does not end is a question. Few words count, as a progress bar and `Waiting:` are none.
 *
 * @example isQuestion('Ok to proceed? (y)') // true
 */
export const isQuestion = (line: string): boolean =>
  /\?\s*(?:[([<›»:>].*)?$|[([]\s*y(?:es)?\s*[/|]\s*n(?:o)?\s*[)\]]|\bpass(?:word|phrase|code)\b.*:$|\bpress (?:enter|return|any key)\b/i.test(
    line,
  );
