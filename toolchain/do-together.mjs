/**
 * Does several things at the same time. The first that fails ends the others: half a set-up is of no use to wait for. Waits for all of them
 * nevertheless, since what still runs would write into folders that are being removed.
 *
 * @param {((signal: AbortSignal) => Promise<unknown>)[]} works
 * @param {AbortSignal} [signal]
 * @throws what the first that failed has thrown
 */
export async function doTogether(works, signal) {
  const aborter = new AbortController();
  const stop = signal ? AbortSignal.any([signal, aborter.signal]) : aborter.signal;
  const ended = await Promise.allSettled(
    works.map(async (work) => {
      try {
        await work(stop);
      } catch (error) {
        aborter.abort(error);
        throw error;
      }
    }),
  );
  if (ended.some(({ status }) => status === 'rejected')) throw aborter.signal.reason;
}
