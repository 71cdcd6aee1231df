/** What a step makes in AWS, from before its first command to after its last: looked up, agreed to, written down. */
import { UserError } from '../../errors.ts';
import { expandText } from '../../lab/facts/expand.ts';
import type { Creates, Step } from '../../lab/types.ts';
import type { AccountRegion, Identity, Inventory, Resource } from '../context/cloud.ts';
import { isProvenMade, isThere, liveEntries, type LedgerEntry, type Planned } from '../context/ledger.ts';
import type { RunContext } from '../run-context.ts';

/** What is known before a step makes something. */
export interface Prepared {
  /** Not there where the keys are not known to AWS: nothing can be made with them. */
  where?: Identity;
  planned: readonly Planned[];
  agreed: boolean;
}

/** What a step makes, with the values of the variables in its names. */
export const createdBy = ({ creates }: Pick<Step, 'creates'>, { variables }: Pick<RunContext, 'variables'>): Creates[] =>
  creates.map(({ kind, name }) => ({ kind, name: expandText(name, variables) }));

/**
 * Looks what is there before a step is begun, and asks the person, once for each account and region. In the sandbox there is nothing to
 * ask, and nothing that could be another's.
 */
export async function prepareStep(step: Pick<Step, 'creates'>, context: RunContext, ask: boolean): Promise<Prepared> {
  const creates = createdBy(step, context);
  const { cloud, ledger, lab, mode } = context;
  if (creates.length === 0 || mode === 'sandbox') {
    const where = creates.length === 0 ? undefined : await identify(context);
    return { ...(where ? { where } : {}), planned: creates.map((one) => ({ ...one, ...placeOf(where) })), agreed: true };
  }
  const where = await identify(context);
  if (!where) return { planned: creates, agreed: true };
  const inventory = cloud.inventory(await context.terminal.variables());
  const isAsked = ask && context.agree !== undefined && !ledger.hasAgreed(where);
  const wanted = isAsked ? allCreates(lab.steps, context) : creates;
  const found = await Promise.all(wanted.map(async (one) => ({ ...one, ids: await listIds(inventory, one) })));
  const planned = creates.map((one): Planned => {
    const ids = found.find(({ kind, name }) => kind === one.kind && name === one.name)?.ids;
    return { ...one, ...placeOf(where), ...(ids ? { before: ids } : {}) };
  });
  if (!isAsked) return { where, planned, agreed: true };
  const existing = found.filter(({ ids }) => ids !== undefined && ids.length > 0).map(({ kind, name }) => `${kind} ${name}`);
  const agreed = (await context.agree?.({ ...where, creates: wanted, existing })) ?? true;
  if (agreed) ledger.agree(where);
  return { where, planned, agreed };
}

export const notAgreed = 'Nothing will be created in your AWS account until you agree.';

/** Whose the terminal's keys are; undefined where AWS does not know them or can't be asked. */
export async function identify({ cloud, terminal }: Pick<RunContext, 'cloud' | 'terminal'>): Promise<Identity | undefined> {
  try {
    return await cloud.identify(await terminal.variables());
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

const placeOf = (where: AccountRegion | undefined): Partial<AccountRegion> =>
  where ? { account: where.account, region: where.region } : {};

/** What all steps of a lab make, each once. */
export function allCreates(steps: readonly Step[], context: Pick<RunContext, 'variables'>): Creates[] {
  const all = new Map<string, Creates>();
  for (const one of steps.flatMap((step) => createdBy(step, context))) all.set(`${one.kind}:${one.name}`, one);
  return [...all.values()];
}

async function listIds(inventory: Inventory, { kind, name }: Creates): Promise<string[] | undefined> {
  return (await listOrNothing(inventory, { kind, name }))?.map(({ id }) => id);
}

/** Undefined where AWS doesn't say. */
const listOrNothing = (inventory: Inventory, { kind, name }: Creates): Promise<Resource[] | undefined> =>
  inventory.list(kind, name).catch(() => undefined);

/**
 * Looks what has come of what a step makes, after each of its commands, also after one that failed or was ended: what is there is written
 * down with its ids. More of a name than the step makes is told.
 */
export async function noteMade(step: Step, context: RunContext): Promise<void> {
  const { cloud, ledger, mode, emit } = context;
  const creates = createdBy(step, context);
  if (creates.length === 0) return;
  const where = await identify(context);
  if (!where) return;
  const inventory = cloud.inventory(await context.terminal.variables());
  // with other keys than those that the step was begun with, it may have made things elsewhere
  ledger.plan(
    step.id,
    mode,
    creates.map((one) => ({ ...one, ...placeOf(where) })),
  );
  const entries = liveEntries(ledger, mode).filter(
    (entry) => isThere(entry, where) && creates.some(({ kind, name }) => entry.kind === kind && entry.name === name),
  );
  await Promise.all(
    entries.map(async (entry) => {
      const found = (await listOrNothing(inventory, entry))?.filter(({ id }) => isProvenMade(entry, id));
      if (found) takeFound(entry, found);
    }),
  );

  function takeFound(entry: LedgerEntry, found: readonly Resource[]): void {
    if (found.length === 0) return;
    const ids = [...new Set([...entry.ids, ...found.map(({ id }) => id)])];
    ledger.change(entry, { ...placeOf(where), state: 'present', ids });
    if (entry.state !== 'present') emit({ type: 'resource-seen', kind: entry.kind, name: entry.name, state: 'present' }, step.id);
    if (ids.length > entry.ids.length) tellDoubles(entry, found);
  }

  function tellDoubles({ kind }: LedgerEntry, found: readonly Resource[]): void {
    for (const name of new Set(found.map((one) => one.name))) {
      const same = found.filter((one) => one.name === name);
      if (same.length < 2) continue;
      const commands = same.map((one) => `\`${inventory.byHand(kind, one)}\``).join(' or ');
      emit(
        {
          type: 'notice',
          level: 'warning',
          text: `There are ${same.length} things called ${kind} ${name} now, and the lab makes one: an attempt that did not get to its end has left one behind. Clean-up deletes all of them. To delete the one that is too many: ${commands}.`,
        },
        step.id,
      );
    }
  }
}
