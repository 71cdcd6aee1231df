/** Whether a fence of commands ended as the lab expects, and what is wrong where it did not. */
import os from 'node:os';
import path from 'node:path';
import { judgeText } from '../../checks/texts/text-requirements.ts';
import { expandText } from '../../lab/facts/expand.ts';
import { commandLimitMs } from '../../lab/read/fence-keywords.ts';
import type { ExpectedOutput, Lab, RunAction } from '../../lab/types.ts';
import { PatternError } from '../../patterns/pattern-error.ts';
import { formatDuration } from '../../text/duration.ts';
import type { Ran } from '../terminals/terminal-commands.ts';

/** A fence of commands, as far as its ending is concerned. */
export type Fence = Pick<RunAction, 'place' | 'timeout' | 'expect' | 'expectOutput'>;

export interface Ending extends Pick<Ran, 'status' | 'ended' | 'unanswered'> {
  /** The last command that was done: the one that failed, where one did. */
  text: string;
  /** What that command printed. */
  output: string;
  /** What all commands of the fence printed. */
  all: string;
}

export interface JudgeOptions {
  lab: Pick<Lab, 'folder'>;
  variables: Readonly<Record<string, string>>;
  /** Ends the comparison with a pattern. */
  signal?: AbortSignal;
}

/** Whether a command ends its fence, however the lab wants it to end. */
export const hasFailed = (ran: Pick<Ran, 'status' | 'ended'>): boolean =>
  ran.status !== 0 || ran.ended === 'timeout' || ran.ended === 'stopped';

/** Says what is wrong, and what to do; undefined where all is as expected. Rejects with the signal's reason. */
export async function judgeEnding(fence: Fence, ending: Ending, options: JudgeOptions): Promise<string | undefined> {
  return judgeStatus(fence, ending) ?? (await judgeOutput(fence, ending, options));
}

/** The same for a command that is none of the fence's and may stand for it: only what the fence says of its ending counts. */
export async function judgeExpected(fence: Fence, ending: Ending, options: JudgeOptions): Promise<string | undefined> {
  const { expect, expectOutput } = fence;
  return expect === undefined && !expectOutput ? undefined : judgeEnding(fence, ending, options);
}

function judgeStatus({ expect, timeout }: Fence, { text, status, ended, unanswered }: Ending): string | undefined {
  const command = `\`${firstLine(text)}\``;
  if (unanswered !== undefined) {
    const asked = unanswered === '' ? 'waited for an answer' : `asked "${unanswered}" and waited for an answer`;
    return `${command} ${asked}. Nobody is here to give one, so it was ended. Give the answer in the command: by an option such as --yes, or by a pipe.`;
  }
  if (ended === 'timeout') {
    return `${command} was still running after ${formatDuration(timeout ?? commandLimitMs)} and was ended with everything it had started.`;
  }
  if (ended === 'stopped') return `${command} was stopped.`;
  const other = notItsOwn(status, text);
  const why = other ? ` ${capitalize(other.what)}. ${other.fix}` : '';
  if (expect === undefined) return status === 0 ? undefined : `${command} ended with status ${status}.${why}`;
  if (typeof expect === 'number')
    return status === expect ? undefined : `${command} should have ended with status ${expect}, but it ended with ${status}.${why}`;
  if (status === 0) return `${command} should have failed here, but it worked.`;
  if (!other) return undefined;
  // A program may mean such a status, and only the lab's author knows.
  const exact = other.signal ? ` (Where the lab wants exactly this status, it says expect=${status}.)` : '';
  return `${command} should have failed here by itself, but it ended with status ${status}.${why}${exact}`;
}

async function judgeOutput({ expect, expectOutput, place }: Fence, ending: Ending, options: JudgeOptions): Promise<string | undefined> {
  if (!expectOutput) return undefined;
  const { lab, variables, signal = new AbortController().signal } = options;
  const text = expect === undefined ? ending.all : ending.output;
  try {
    const difference = await judgeText(text, wishesOf(expectOutput, variables), 'its output', signal);
    if (!difference) return undefined;
    const command = `\`${firstLine(ending.text)}\``;
    const how = expect === undefined ? 'did not print what it should' : 'failed, but not as it should';
    return `${command} ${how}. Expected: ${difference.expected}. But ${difference.actual}. Read what it printed: that says what is different here.`;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return `${error.message} It stands in expect-output, ${path.relative(lab.folder, place.file)}:${place.line}. This is a mistake in the lab, not yours. Tell its author.`;
  }
}

const wishesOf = (expected: ExpectedOutput, variables: Readonly<Record<string, string>>) =>
  expected.kind === 'text' ? { contains: [expandText(expected.text, variables)] } : { matches: [expandText(expected.source, variables)] };

export const firstLine = (text: string): string => {
  const [line = '', ...more] = text.trim().split('\n');
  return more.length > 0 ? `${line} …` : line;
};

const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** How a command ended that never got to fail by itself. */
interface NotItsOwn {
  /** What happened, as a clause: `the shell did not find it`. */
  what: string;
  /** What to do, as a sentence. */
  fix: string;
  /** The signal that ended it. */
  signal?: NodeJS.Signals;
}

/** What bash adds to the number of the signal that ended a program. */
const bySignal = 128;

/**
 * Undefined where the status is the program's own. bash reports a signal as 128 and its number, and some programs end with such a number by
 * themselves (git with 129): nobody can tell that from outside.
 *
 * @example notItsOwn(127, 'chalice deploy')?.what // 'the shell did not find it'
 */
function notItsOwn(status: number, command: string): NotItsOwn | undefined {
  const [tool = ''] = command.trim().split(/\s/, 1);
  if (status === 127) return { what: 'the shell did not find it', fix: `Is ${tool} installed, and is the virtual environment active?` };
  if (status === 126) return { what: 'the shell may not run it', fix: `Is ${tool} executable?` };
  const signal = signals.get(status - bySignal);
  return signal && { what: `${signal} ended it`, fix: fixes[signal] ?? 'Run it again.', signal };
}

const signals = new Map(Object.entries(os.constants.signals).map(([name, number]) => [number, name as NodeJS.Signals]));

const fixes: Partial<Record<NodeJS.Signals, string>> = {
  SIGINT: 'That is what Ctrl-C does. Run it again, and let it finish.',
  SIGKILL: 'That often happens when memory runs out. Close other programs, and run it again.',
};
