/**
 * The way out when something hangs and a person has said twice that they want to leave. Nothing is waited for, so all of it is synchronous: the journal
 * is written, locks are given back, the screen is put back, and what labwalk has started is killed. The next start finds what is left.
 */
import { shippedFile } from '../../files/shipped-file.ts';
import { killDescendants } from '../../process/kill-descendants.ts';
import { killTerminals } from '../../terminal/commands/kill-terminals.ts';
import { runtimeRoots } from '../../terminal/shell/runtime-folder.ts';
import { attempt, type LastActs } from './last-acts.ts';

type Env = Readonly<Record<string, string>>;

/** Kills what runs in all terminals of this labwalk. */
export const killOwnTerminals = (env: Env): void => killTerminals(runtimeRoots(env));

/** Returns lines to tell the person. */
export function leaveAtOnce(acts: LastActs, env: Env): string[] {
  const told = acts.perform();
  attempt(() => killOwnTerminals(env));
  const launcher = shippedFile('sandbox', 'launcher.py');
  // The sandbox saves its state and ends as soon as this process is gone.
  attempt(() => killDescendants({ endsItself: (words) => words.includes(launcher) }));
  return ['labwalk has ended at once, since something did not end by itself.', ...told];
}
