export const interruptingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interrupts {
  /** Aborted by Ctrl-C, SIGTERM or SIGHUP; `hard` by the second. Listening begins at the first call. */
  signals(): { soft: AbortSignal; hard: AbortSignal };
  /**
   * Gives Ctrl-C to a driver that asks before it ends: the listener is called instead of aborting. Call the result to give it back.
   * On a screen there is no need for it: there Ctrl-C is a key like any other.
   */
  takeCtrlC(listener: () => void): () => void;
  /** As a second Ctrl-C: for a driver to which a person says once more that they want to leave. */
  insist(): void;
}

export interface InterruptsOptions {
  /** Ends the program, whatever still hangs. Called once. */
  leave(): void;
  /** A program above hands each signal on that the terminal has sent to both. A package manager does. */
  handsOn?: boolean;
  /** Milliseconds, only for measuring. */
  now?(): number;
}

/** What still ends after the second Ctrl-C has this long to do so, in milliseconds: then the program leaves it behind. */
export const lastMs = 1500;
/** The same signal, handed on, comes again within this time. In milliseconds. */
const sameMs = 200;

/**
 * Ctrl-C, SIGTERM and SIGHUP as abort signals: the first ends the work and cleans up, the second ends the clean-up. A moment after the second, or
 * with a third, the program leaves.
 */
export function createInterrupts(
  target: Pick<NodeJS.Process, 'on'>,
  { leave, handsOn = false, now = () => performance.now() }: InterruptsOptions,
): Interrupts {
  const soft = new AbortController();
  const hard = new AbortController();
  let onCtrlC: (() => void) | undefined;
  let listening = false;
  let last: { name: string; at: number } | undefined;
  let leaving: NodeJS.Timeout | undefined;
  let hasLeft = false;

  const leaveOnce = () => {
    clearTimeout(leaving);
    if (!hasLeft) leave();
    hasLeft = true;
  };
  const insist = () => {
    if (hard.signal.aborted) return leaveOnce();
    leaving = setTimeout(leaveOnce, lastMs);
    soft.abort();
    hard.abort();
  };
  const isSame = (name: string): boolean => {
    const before = last;
    last = { name, at: now() };
    return before?.name === name && last.at - before.at < sameMs;
  };
  const interrupt = (name: NodeJS.Signals) => {
    if (handsOn && isSame(name)) return;
    if (name === 'SIGINT' && onCtrlC && !soft.signal.aborted) onCtrlC();
    else if (soft.signal.aborted) insist();
    else soft.abort();
  };
  const signals = () => {
    if (!listening) for (const name of interruptingSignals) target.on(name, interrupt);
    listening = true;
    return { soft: soft.signal, hard: hard.signal };
  };
  return {
    signals,
    takeCtrlC(listener) {
      signals();
      onCtrlC = listener;
      return () => {
        if (onCtrlC === listener) onCtrlC = undefined;
      };
    },
    insist,
  };
}
