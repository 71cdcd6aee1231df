import os from 'node:os';

/** More than this many times the usual is never waited for: at some point somebody has to hear that it does not work. */
const most = 10;

/**
 * How long to wait for something that takes so long at most on a quiet machine, in milliseconds. The machines of a class are full: where
 * ten programs want each core, everything takes ten times as long, and nothing is wrong.
 *
 * @example setTimeout(giveUp, patience(1000))
 */
export function patience(quietMs: number): number {
  const wanting = (os.loadavg()[0] ?? 0) / os.availableParallelism();
  return Math.round(quietMs * Math.min(Math.max(wanting, 1), most));
}
