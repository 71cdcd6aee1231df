export const interruptingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ctrl-C, SIGTERM and SIGHUP as abort signals: the first ends the work and cleans up, the second ends the clean-up. */
export function createInterrupts(target: Pick<NodeJS.Process, 'on'>): () => { soft: AbortSignal; hard: AbortSignal } {
  const soft = new AbortController();
  const hard = new AbortController();
  let listening = false;
  const interrupt = () => (soft.signal.aborted ? hard : soft).abort();
  return () => {
    if (!listening) for (const name of interruptingSignals) target.on(name, interrupt);
    listening = true;
    return { soft: soft.signal, hard: hard.signal };
  };
}
