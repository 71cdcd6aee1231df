/** Deletes what is left of what a lab has made, even where the lab's own tools have lost sight of it. Never anything else. */
import { UserError } from '../../errors.ts';
import type { EventBody } from '../../events/event.ts';
import type { Identity, Inventory, Resource } from '../context/cloud.ts';
import { isProvenMade, isThere, liveEntries, type LedgerEntry } from '../context/ledger.ts';
import type { RunContext } from '../run-context.ts';

/** What was found of an entry. */
export interface ResourceLook {
  entry: LedgerEntry;
  /** Where it was found. */
  inventory: Inventory;
  /** The lab's. */
  made: readonly Resource[];
  /** Was there before the step, or nobody can say whose it is. */
  foreign: readonly Resource[];
}

/**
 * Looks for what the ledger has of these entries, and marks what is there and what is gone. What can't be asked, or is not asked because of the
 * signal, stays as it was, and is not given.
 */
export async function lookFor(entries: readonly LedgerEntry[], context: RunContext, signal?: AbortSignal): Promise<ResourceLook[]> {
  const looks: ResourceLook[] = [];
  if (entries.length === 0) return looks;
  const inventoryOf = await openInventories(context);
  for (const entry of entries) {
    const { kind, name } = entry;
    if (signal?.aborted) break;
    try {
      const inventory = await inventoryOf(entry);
      const found = await inventory.list(kind, name, signal);
      const made = found.filter(({ id }) => isProvenMade(entry, id));
      const foreign = found.filter((one) => !made.includes(one));
      // of what nobody can say whose it is, it can't be said that nothing is left
      const state = made.length > 0 || (foreign.length > 0 && !entry.before) ? 'present' : 'gone';
      context.ledger.change(entry, { state });
      context.emit({ type: 'resource-seen', kind, name, state }, entry.step);
      if (state === 'gone') for (const one of foreign) context.emit(stays(kind, one), entry.step);
      looks.push({ entry, inventory, made, foreign });
    } catch (error) {
      if (signal?.aborted) break;
      const why = error instanceof Error ? error.message : String(error);
      context.emit({ type: 'notice', level: 'warning', text: `Whether ${kind} ${name} is still there is unknown: ${why}` }, entry.step);
      context.emit({ type: 'resource-seen', kind, name, state: 'unknown' }, entry.step);
    }
  }
  return looks;
}

const stays = (kind: string, { name }: Resource): EventBody => ({
  type: 'notice',
  level: 'info',
  text: `The ${kind} ${name} that is there was there before this lab made anything, so it stays.`,
});

/**
 * Asks in the accounts and regions in which things were made; to find out whose the keys are takes a while, and is done once. What it gives
 * throws where the terminal's keys are of another account.
 */
async function openInventories({ cloud, terminal }: RunContext): Promise<(entry: LedgerEntry) => Promise<Inventory>> {
  const env = await terminal.variables();
  let identity: Promise<Identity> | undefined;
  const inventories = new Map<string | undefined, Inventory>();
  return async ({ account, region }) => {
    const where = await (identity ??= cloud.identify(env));
    if (!isThere({ account }, where))
      throw new UserError(`it was made in the account ${account}, and these keys are of the account ${where.account}.`);
    const inventory = inventories.get(region) ?? cloud.inventory(region === undefined ? env : { ...env, AWS_DEFAULT_REGION: region });
    inventories.set(region, inventory);
    return inventory;
  };
}

/** Whether commands in the terminal act where all of these were made. */
export async function isTerminalThere(entries: readonly LedgerEntry[], { cloud, terminal }: RunContext): Promise<boolean> {
  if (entries.every(({ account, region }) => account === undefined && region === undefined)) return true;
  try {
    const where = await cloud.identify(await terminal.variables());
    return entries.every((entry) => isThere(entry, where));
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/** Deletes all that is left and is the lab's, and says what could not be deleted and how to do it by hand. */
export async function deleteLeft(context: RunContext, signal: AbortSignal): Promise<void> {
  const { ledger, mode, emit } = context;
  for (const { entry, inventory, made, foreign } of await lookFor(inOrder(liveEntries(ledger, mode), context), context, signal)) {
    const { kind, name, step } = entry;
    const tell = (level: 'info' | 'warning' | 'error', text: string) => emit({ type: 'notice', level, text }, step);
    for (const one of foreign) {
      if (entry.before) emit(stays(kind, one), step);
      else tell('warning', `Whether ${kind} ${one.name} is this lab's is not known, so it stays. If it is: ${inventory.byHand(kind, one)}`);
    }
    let left = entry.before || foreign.length === 0 ? 0 : foreign.length;
    for (const one of made) {
      if (signal.aborted) return;
      try {
        await inventory.delete(kind, one, { signal, tell: (text) => tell('info', text) });
      } catch (error) {
        if (signal.aborted) return;
        left++;
        const why = error instanceof Error ? error.message : String(error);
        tell('error', `${why} Delete it by hand: ${inventory.byHand(kind, one)}`);
      }
    }
    if (made.length === 0 || left > 0) continue;
    ledger.change(entry, { state: 'gone' });
    emit({ type: 'resource-seen', kind, name, state: 'gone' }, step);
  }
}

/** What hangs on others goes first. */
function inOrder(entries: readonly LedgerEntry[], { cloud }: RunContext): LedgerEntry[] {
  const { kinds } = cloud.inventory(cloud.env);
  return entries.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}
