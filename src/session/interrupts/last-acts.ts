/** What still has to be done when the program leaves at once. */

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

/** Its result; undefined where it fails. */
export function attempt(act: LastAct): string | void {
  try {
    return act();
  } catch {
    // what comes after it must be done all the same
  }
}
