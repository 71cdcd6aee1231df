/**
 * What a lab makes in AWS, written down before the command that makes it runs: whatever happens then, `labwalk clean` knows where to look, and
 * which of what it finds is the lab's. One file in the workspace, replaced as a whole at each change.
 */
import fs from 'node:fs';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { UserError } from '../errors.ts';
import type { Creates, Mode } from '../lab/types.ts';
import type { AccountRegion } from './cloud.ts';

export interface LedgerEntry extends Creates, Partial<AccountRegion> {
  step: string;
  mode: Mode;
  /** `planned`: a command that makes it was about to run. `present`: seen since. `gone`: looked for and not found afterwards. */
  state: 'planned' | 'present' | 'gone';
  /** Ids of what had the name before the step began: not the lab's, whatever becomes of it. Not there where nobody could say. */
  before?: readonly string[];
  /** Ids of what has come since. */
  ids: readonly string[];
}

/** Something to be made, and what is known beforehand. */
export type Planned = Creates & Partial<AccountRegion> & Pick<LedgerEntry, 'before'>;

export type EntryChanges = Partial<Pick<LedgerEntry, 'state' | 'before' | 'ids' | 'account' | 'region'>>;

export interface Ledger {
  entries(): readonly LedgerEntry[];
  /** Writes down what a step is about to make, and gives what is new. What is there already keeps what is known of it. */
  plan(step: string, mode: Mode, planned: readonly Planned[]): readonly LedgerEntry[];
  change(entry: LedgerEntry, changes: EntryChanges): void;
  /** Whether the person has agreed that the lab makes things there. */
  hasAgreed(where: Partial<AccountRegion>): boolean;
  agree(where: AccountRegion): void;
}

interface Content {
  entries: readonly LedgerEntry[];
  agreed: readonly AccountRegion[];
}

/** Reads the file where there is one. Throws a UserError when it cannot be understood: what it says must not be lost by writing a new one. */
export function openLedger(file: string): Ledger {
  let { entries, agreed } = readLedger(file);
  const save = () => writeFileAtomic(file, `${JSON.stringify({ version: 2, agreed, entries }, null, 2)}\n`, { mode: 0o600 });
  const put = (changed: readonly LedgerEntry[]) => {
    if (JSON.stringify(changed) === JSON.stringify(entries)) return;
    entries = changed;
    save();
  };
  return {
    entries: () => entries,
    plan(step, mode, planned) {
      let all = entries;
      const made: LedgerEntry[] = [];
      for (const one of planned) {
        const mine = (entry: LedgerEntry) => entry.mode === mode && isSame(entry, one);
        const known = all.find((entry) => mine(entry) && entry.state !== 'gone');
        const entry: LedgerEntry = known ? { ...one, ...known, step } : { ...one, step, mode, state: 'planned', ids: [] };
        if (!known) made.push(entry);
        all = [...all.filter((other) => !mine(other)), entry];
      }
      put(all);
      return made;
    },
    change(entry, changes) {
      put(entries.map((other) => (other.mode === entry.mode && isSame(other, entry) ? { ...other, ...changes } : other)));
    },
    hasAgreed: (where) => agreed.some((other) => isThere(other, where)),
    agree({ account, region }) {
      if (agreed.some((other) => isThere(other, { account, region }))) return;
      agreed = [...agreed, { account, region }];
      save();
    },
  };
}

/** Whether an entry may be about something there; one whose account is not known yet may be anywhere. */
export const isThere = (entry: Partial<AccountRegion>, where: Partial<AccountRegion>): boolean =>
  agrees(entry.account, where.account) && agrees(entry.region, where.region);

const agrees = (a: string | undefined, b: string | undefined) => a === undefined || b === undefined || a === b;

const isSame = (a: Creates & Partial<AccountRegion>, b: Creates & Partial<AccountRegion>) =>
  a.kind === b.kind && a.name === b.name && isThere(a, b);

/**
 * Whether something that has the name is the lab's: it was seen to come, or it was not there before the step began. The sandbox's account
 * belongs to the workspace alone, so that all in it is the lab's.
 */
export const isMade = (entry: Pick<LedgerEntry, 'ids' | 'before' | 'mode'>, id: string): boolean =>
  entry.ids.includes(id) || (entry.before ? !entry.before.includes(id) : entry.mode === 'sandbox');

/** What is not known to be gone, in this mode. */
export const liveEntries = (ledger: Pick<Ledger, 'entries'>, mode: Mode): LedgerEntry[] =>
  ledger.entries().filter((entry) => entry.mode === mode && entry.state !== 'gone');

interface Content {
  entries: readonly LedgerEntry[];
  agreed: readonly AccountRegion[];
}

/** The first version told neither ids nor accounts. */
function readLedger(file: string): Content {
  try {
    const { entries, agreed } = JSON.parse(fs.readFileSync(file, 'utf8')) as { entries?: unknown; agreed?: unknown };
    if (!Array.isArray(entries)) throw new Error('it has no entries');
    return {
      entries: (entries as LedgerEntry[]).map((entry) => ({ ...entry, ids: (entry.ids as string[] | undefined) ?? [] })),
      agreed: Array.isArray(agreed) ? (agreed as AccountRegion[]) : [],
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { entries: [], agreed: [] };
    throw new UserError(`The list of what was made in AWS cannot be read: ${file}: ${(error as Error).message}.`, {
      fix: 'Mend the file, or look in AWS for what is left and then remove it.',
      cause: error,
    });
  }
}
