/** What is in AWS, by the names that labs use, and how it is deleted. */
import { setTimeout } from 'node:timers/promises';
import { ResourceError } from '../checks/check.ts';
import type { Inventory } from '../engine/context/cloud.ts';
import { matchesName } from '../text/name-pattern.ts';
import { clientSettings, regionOf, type Caller } from './credentials/client-settings.ts';
import { explainRefusal } from './credentials/explain-refusal.ts';
import { codeOf } from './credentials/refusal.ts';
import { withSignal } from './credentials/with-signal.ts';
import type { Kind } from './kinds/kind.ts';
import { kinds } from './kinds/kinds.ts';

/**
 * Looks with the keys of an environment. SDK clients are loaded when their kind is asked for, not before.
 *
 * @param findCaller Where the keys may be elsewhere than in the environment's variables: finds them, at the first look.
 */
export function createResources(caller: Caller, findCaller?: () => Promise<Caller>): Inventory {
  let found: Promise<Caller> | undefined;
  let known = caller;
  const settings = async () => {
    if (findCaller) known = await (found ??= findCaller());
    return clientSettings(known);
  };
  const names = Object.keys(kinds);
  const kindOf = (name: string): Kind => {
    const kind = kinds[name];
    if (!kind) throw new ResourceError(`labwalk cannot look for "${name}" in AWS. It knows ${names.join(', ')}.`);
    return kind;
  };
  const list: Inventory['list'] = async (name, pattern, signal) => {
    const kind = kindOf(name);
    try {
      const found = await withSignal(
        settings().then((known) => kind.list(known, pattern)),
        signal,
      );
      return found.filter((resource) => matchesName(pattern, resource.name)).sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
    } catch (error) {
      if (signal?.aborted) throw error;
      throw explainFailure(`AWS did not say which ${kind.plural} there are.`, error);
    }
  };
  return {
    kinds: names,
    list,
    async find(name, pattern, signal) {
      return (await list(name, pattern, signal)).map((resource) => resource.name);
    },
    async delete(name, resource, { signal, tell }) {
      const kind = kindOf(name);
      const what = `${name} ${resource.name}`;
      const onWait = (seconds: number) =>
        tell(`${kind.slow ? `${kind.slow} ` : ''}AWS wants ${what} to wait; the next try is in ${seconds} seconds.`);
      try {
        await keepTrying(
          () =>
            withSignal(
              settings().then((known) => kind.delete(known, resource)),
              signal,
            ),
          { signal, onWait },
        );
      } catch (error) {
        if (signal.aborted) throw error;
        throw explainFailure(`AWS did not delete ${what}.`, error);
      }
    },
    byHand: (name, resource) => `${kindOf(name).byHand(resource)} --region ${regionOf(known.env)}`,
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const explainFailure = (what: string, error: unknown) => new ResourceError(`${what} ${explainRefusal(error)}`, { cause: error });

/** AWS lets some deletions wait: because of others in the account, or because the thing is just being changed. */
interface Patience {
  /** Ends the waiting; it then rejects. */
  signal: AbortSignal;
  /** Told before each wait. */
  onWait(seconds: number): void;
}

/** Seconds. API Gateway's own wait is 30, for all who share the account: ten minutes are patience for twenty of them. */
const waits = [2, 4, 8, 16, ...Array.from({ length: 18 }, () => 31)];

const busy = /^(TooManyRequests|Throttling|ThrottledRequest|Throttled|RequestLimitExceeded|SlowDown)(Exception)?$/;

/** It passes soon, or never. */
const changing = /^(ResourceConflict|Conflict|DeleteConflict|ConcurrentModification|OperationAborted|ResourceInUse)(Exception)?$/;
const waitsForChange = 4;

/** Does it again for as long as AWS answers that it has to wait. Rejects as the last try did. */
async function keepTrying<T>(work: () => Promise<T>, { signal, onWait }: Patience): Promise<T> {
  for (let tries = 0; ; tries++) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      const most = mostWaits(codeOf(error));
      const seconds = waits[tries];
      if (seconds === undefined || tries >= most) throw error;
      const wanted = Math.max(seconds, askedFor(error));
      onWait(wanted);
      await setTimeout(wanted * 1000, undefined, { signal });
    }
  }
}

const mostWaits = (code: string): number => (busy.test(code) ? waits.length : changing.test(code) ? waitsForChange : 0);

/** The service's own wish, where it has one; a minute at most. */
function askedFor(error: unknown): number {
  const wish = Number((error as { retryAfterSeconds?: unknown }).retryAfterSeconds);
  return Number.isFinite(wish) ? Math.min(60, Math.ceil(wish)) : 0;
}
