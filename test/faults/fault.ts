/**
 * A fault is something that goes wrong around labwalk (a full disk, a killed helper, a neighbour) with what labwalk promises then. The suite
 * proves each promise with the real thing; `docs/reliability.md` is the table of them, made by a run of `npm run faults`.
 */
import { describe, inject, test } from 'vitest';

export interface FaultFacts {
  /** What labwalk does then, as a sentence for people. */
  promise: string;
  /** Takes longer than some twenty seconds: left out of `npm run faults -- --quick`, which a CI runs. */
  slow?: boolean;
  /** Only root can bring it about (mounts, other users). In a run of another user it is left out, and the table says so. */
  root?: boolean;
}

declare module 'vitest' {
  interface TaskMeta {
    fault?: FaultFacts;
  }
  interface ProvidedContext {
    onlyQuick: boolean;
  }
}

/** The longest that a fault may take, in milliseconds: a promise is kept in time, or it is not kept. */
const longest = { quick: 180_000, slow: 900_000 };

/**
 * Declares the faults of one area, a heading of the table.
 *
 * @example
 * area('The disk', () => {
 *   fault('The disk of the workspace is full', { promise: 'labwalk says so and goes to its clean-up.' }, async () => { … });
 * });
 */
export const area = describe;

/** Declares a fault. `prove` brings it about and throws where the promise is not kept. */
export function fault(what: string, facts: FaultFacts, prove: () => Promise<void>): void {
  test(what, { timeout: facts.slow ? longest.slow : longest.quick }, async ({ task, skip }) => {
    task.meta.fault = facts;
    if (facts.slow && inject('onlyQuick')) skip('not quick');
    if (facts.root && process.getuid?.() !== 0) skip('needs root');
    await prove();
  });
}
