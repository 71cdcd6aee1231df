export const interruptingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interrupts {
  /** Aborted by Ctrl-C, SIGTERM or SIGHUP; `hard` by the second. Listening begins at the first call. */
  signals(): { soft: AbortSignal; hard: AbortSignal };
  /**
   * Gives Ctrl-C to a driver that asks before it ends: the listener is called instead of aborting. Call the result to give it back.
   * On a screen there is no need for it: there Ctrl-C is a key like any other.
   */
  takeCtrlC(listener: () => void): () => void;
}

/** Ctrl-C, SIGTERM and SIGHUP as abort signals: the first ends the work and cleans up, the second ends the clean-up. */
export function createInterrupts(target: Pick<NodeJS.Process, 'on'>): Interrupts {
  const soft = new AbortController();
  const hard = new AbortController();
  let onCtrlC: (() => void) | undefined;
  let listening = false;
  const interrupt = (name: NodeJS.Signals) => {
    if (name === 'SIGINT' && onCtrlC && !soft.signal.aborted) onCtrlC();
    else (soft.signal.aborted ? hard : soft).abort();
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
  };
}
