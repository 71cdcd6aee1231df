/** Keeps a sandbox running: one that dies, or is found frozen, is started again in the same place, with its state. */
import type { CloudHealth, Outage } from '../../engine/context/cloud.ts';
import { UserError } from '../../errors.ts';
import { withSignal } from '../credentials/with-signal.ts';
import type { Exit, Launcher } from './launcher.ts';
import { tellDamagedState } from './tell-damage.ts';

export interface Supervisor extends CloudHealth {
  /** The launcher that runs now. While one is being started: the last one. */
  readonly last: Launcher;
  /**
   * Does something with the launcher that runs, and does it once more where that ends meanwhile. Waits for one that is being started; rejects
   * with a UserError where there is none.
   */
  use<T>(work: (launcher: Launcher) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Ends it for good, also while it is being started again. */
  stop(): Promise<void>;
}

/** With times of `performance.now()`. */
type Known = Outage & { began: number; ended?: number };

/** One that dies again and again is not started for ever: so many times within a minute. */
const mostInAMinute = 5;

/**
 * @param start starts one in the place of the first
 */
export function supervise(first: Launcher, start: (signal: AbortSignal) => Promise<Launcher>): Supervisor {
  const stopping = new AbortController();
  const outages: Known[] = [];
  const hearers = new Set<(outage: Outage) => void>();
  let last = first;
  /** Resolves when the launcher that is being started runs, or does not. */
  let starting: Promise<void> | undefined;

  const watch = (launcher: Launcher) => {
    last = launcher;
    void launcher.exited.then((exit) => {
      if (!stopping.signal.aborted) void begin(startAgain(exit));
    });
  };

  const begin = async (start: Promise<void>) => {
    starting = start;
    await start;
    if (starting === start) starting = undefined;
  };

  const startAgain = async (exit: Exit) => {
    const outage: Known = { why: describeExit(exit), began: performance.now() };
    outages.push(outage);
    const recent = outages.filter(({ began }) => outage.began - began < 60_000);
    if (recent.length > mostInAMinute) {
      const fix = 'What makes it stop must be changed first. Then do the step again: labwalk starts the sandbox once more.';
      outage.failure = new UserError(`It stopped ${recent.length} times within a minute.`, { fix });
    } else await tryStart(outage);
    if (!stopping.signal.aborted) for (const hear of hearers) hear(outage);
  };

  const tryStart = async (outage: Known) => {
    try {
      const launcher = await start(stopping.signal);
      delete outage.failure;
      outage.ended = performance.now();
      const lost = tellDamagedState(launcher.ready.damaged);
      if (lost !== undefined) outage.lost = lost;
      watch(launcher);
    } catch (error) {
      outage.failure = error instanceof UserError ? error : new UserError((error as Error).message);
    }
  };

  /** The outage that goes on, where there is one. */
  const open = () => outages.find(({ ended }) => ended === undefined);

  const running = async (signal?: AbortSignal): Promise<Launcher> => {
    await withSignal(settled(), signal);
    const failure = open()?.failure;
    if (failure) throw failure;
    return last;
  };

  /** Waits until no launcher is being started; the one that has come may have ended meanwhile. */
  const settled = async () => {
    while (starting) await starting;
  };

  watch(first);
  return {
    get last() {
      return last;
    },
    async use(work, signal) {
      const launcher = await running(signal);
      try {
        return await work(launcher);
      } catch (error) {
        if (signal?.aborted || (await launcher.lives())) throw error;
        return work(await running(signal));
      }
    },
    async revive(signal) {
      await withSignal(settled(), signal);
      const outage = open();
      if (!outage) return;
      void begin(tryStart(outage));
      await running(signal);
      for (const hear of hearers) hear(outage);
    },
    async outageWithin(ms, signal) {
      const since = performance.now() - ms;
      if (!starting && !open()) await withSignal(last.lives(), signal);
      await withSignal(settled(), signal);
      return outages.findLast(({ ended = Infinity }) => ended >= since);
    },
    settle() {
      if (!starting && !open()) last.settle();
    },
    onOutage(hear) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    async stop() {
      stopping.abort(new UserError('The sandbox is being stopped.'));
      await settled();
      await last.end();
    },
  };
}

/** Behind "The AWS sandbox stopped: ". */
function describeExit({ code, signal, frozen, lastLine }: Exit): string {
  if (frozen !== undefined) return `its process no longer answered (${frozen}), and labwalk ended it`;
  if (signal === 'SIGKILL') return 'its process was killed (SIGKILL), as happens when a machine runs out of memory';
  if (signal !== null) return `its process was ended by ${signal}`;
  return `its process ended with status ${code}${code !== 0 && lastLine ? ` (${lastLine})` : ''}`;
}
