/** What is in AWS, by the names that labs use, and how it is deleted. */
import { ResourceError } from '../checks/check.ts';
import type { Inventory } from '../engine/context/cloud.ts';
import { clientSettings, regionOf } from './credentials/client-settings.ts';
import type { Caller } from './credentials/client-settings.ts';
import { explainRefusal } from './credentials/explain-refusal.ts';
import { keepTrying } from './keep-trying.ts';
import type { Kind } from './kinds/kind.ts';
import { kinds } from './kinds/kinds.ts';
import { matchesName } from '../text/name-pattern.ts';
import { withSignal } from './credentials/with-signal.ts';

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
