/** Questions to a sandbox that may die or freeze while they are asked. */
import type { CloudHealth, Inventory } from '../../engine/context/cloud.ts';

/**
 * Asks, and asks once more where the answer is not good and the sandbox was out meanwhile: what changes nothing, or may be done twice. Rejects with
 * a UserError where the sandbox can't be started again.
 */
export async function askAgain<T>(
  health: CloudHealth,
  ask: () => Promise<T>,
  { isGood = () => true, signal }: { isGood?: (answer: T) => boolean; signal?: AbortSignal | undefined } = {},
): Promise<T> {
  const began = performance.now();
  let first: { answer: T } | { error: unknown };
  try {
    first = { answer: await ask() };
    if (isGood(first.answer)) return first.answer;
  } catch (error) {
    first = { error };
  }
  const outage = signal?.aborted ? undefined : await health.outageWithin(performance.now() - began, signal);
  if (outage?.failure) throw outage.failure;
  if (outage) return ask();
  if ('answer' in first) return first.answer;
  throw first.error;
}

/** The same inventory, each question of which is asked again. */
export function askInventoryAgain(inventory: Inventory, health: CloudHealth): Inventory {
  return {
    ...inventory,
    list: (kind, pattern, signal) => askAgain(health, () => inventory.list(kind, pattern, signal), { signal }),
    find: (kind, pattern, signal) => askAgain(health, () => inventory.find(kind, pattern, signal), { signal }),
    delete: (kind, resource, options) => askAgain(health, () => inventory.delete(kind, resource, options), options),
  };
}
