/**
 * The way out when something hangs and a person has said twice that they want to leave. Nothing is waited for, so all of it is synchronous: the journal
 * is written, locks are given back, the screen is put back, and what labwalk has started is killed. The next start finds what is left.
 */
import { shippedFile } from '../../files/shipped-file.ts';
import { killDescendants } from '../../process/kill-descendants.ts';
import { killTerminals } from '../../terminal/kill-terminals.ts';

/** What is done before the program leaves; what it gives back is told. It must not wait. */
export type LastAct = () => string | void;

export interface LastActs {
  /** Call the result when there is no need for it any more. */
  add(act: LastAct): () => void;
  /** Does all of them, the last one first, whatever becomes of the one before, and returns what they told. */
  perform(): string[];
}

export function createLastActs(): LastActs {
  const acts = new Set<LastAct>();
  return {
    add(act) {
      acts.add(act);
      return () => void acts.delete(act);
    },
    perform() {
      const all = [...acts].reverse();
      acts.clear();
      return all.map(attempt).filter((text) => typeof text === 'string');
    },
  };
}

function attempt(act: LastAct): string | void {
  try {
    return act();
  } catch {
    // what comes after it must be done all the same
  }
}

/**
 * @param roots where terminals have their private folders
 * @returns lines to tell the person
 */
export function leaveAtOnce(acts: LastActs, roots: readonly string[]): string[] {
  const told = acts.perform();
  attempt(() => killTerminals(roots));
  const launcher = shippedFile('sandbox', 'launcher.py');
  // The sandbox saves its state and ends as soon as this process is gone.
  attempt(() => killDescendants({ endsItself: (words) => words.includes(launcher) }));
  return ['labwalk has ended at once, since something did not end by itself.', ...told];
}
