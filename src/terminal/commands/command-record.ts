/** What is known of the command that is running now. */
import { keepOutput, type KeptOutput } from './kept-output.ts';
import type { CommandResult } from '../terminal-types.ts';

export interface CommandRecord {
  /** 0 until the shell has said that it starts. */
  n: number;
  text: string | null;
  byHand: boolean;
  /** Labwalk's own line (variables, a ping): nobody hears of it. */
  hidden: boolean;
  /** The mark C has come: what follows is its output. */
  running: boolean;
  /** The mark D has come with this status: what follows is not its output any more. */
  over: number | undefined;
  /** Background jobs that were there before it. */
  jobsBefore: readonly number[];
  /** The shell has found nothing in the channel, so it has done nothing: it is to be typed once more. */
  unread: boolean;
  /** It has been typed before, and its start is known. */
  isAgain: boolean;
  /** Why it is being ended. */
  ending: 'timeout' | 'stopped' | undefined;
  output: KeptOutput;
  fullscreen: boolean;
  /** By `performance.now()`. */
  began: number;
  resolve: (result: CommandResult) => void;
}

export function createRecord(
  { text, byHand, hidden, jobsBefore }: Pick<CommandRecord, 'text' | 'byHand' | 'hidden' | 'jobsBefore'>,
  resolve: (result: CommandResult) => void = () => {},
): CommandRecord {
  return {
    text,
    byHand,
    hidden,
    jobsBefore,
    n: 0,
    running: false,
    over: undefined,
    unread: false,
    isAgain: false,
    ending: undefined,
    output: keepOutput(),
    fullscreen: false,
    began: performance.now(),
    resolve,
  };
}

/** A command that the shell has not done is typed once more. */
export function typeAgain(record: CommandRecord): void {
  Object.assign(record, { isAgain: record.running, unread: false, running: false, over: undefined });
}

export function resultOf(record: CommandRecord, status: number, ended: CommandResult['ended']): CommandResult {
  const { n, text, byHand, output, fullscreen, began } = record;
  return {
    n,
    text,
    byHand,
    status,
    ended,
    output: output.text(),
    size: output.size,
    lost: output.lost,
    fullscreen,
    ms: performance.now() - began,
  };
}
