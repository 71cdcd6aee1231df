/**
 * What a lab makes in AWS, written down before the command that makes it runs: whatever happens then, `labwalk clean` knows where to look, and
 * which of what it finds is the lab's. One file in the workspace, replaced as a whole at each change.
 */
import fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../../errors.ts';
import { errorCode } from '../../files/error-code.ts';
import { refused } from '../../files/refused.ts';
import { writeWholeFile } from '../../files/write-whole.ts';
import type { Creates, Mode } from '../../lab/types.ts';
import { isListOf, isMaybe, hasShape, isOneOf, isText } from '../../text/json-shape.ts';
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
  /**
   * Writes down what a step is about to make, and gives what is new. What is there already keeps what is known of it. Throws a UserError where
   * that can't be written: then nothing may be made.
   */
  plan(step: string, mode: Mode, planned: readonly Planned[]): readonly LedgerEntry[];
  /** Never throws: what can't be written now is written with the next change. What was planned is on the disk. */
  change(entry: LedgerEntry, changes: EntryChanges): void;
  /** Whether the person has agreed that the lab makes things there. */
  hasAgreed(where: Partial<AccountRegion>): boolean;
  /** Never throws: what can't be written now is written with the next change. */
  agree(where: AccountRegion): void;
}

interface Content {
  entries: readonly LedgerEntry[];
  agreed: readonly AccountRegion[];
}

/**
 * Reads the file where there is one. Throws a UserError when it cannot be understood: what it says must not be lost by writing a new one.
 *
 * @param onFailure hears, once, that a change could not be written
 */
export function openLedger(file: string, onFailure: (failure: UserError) => void = () => {}): Ledger {
  let { entries, agreed } = readLedger(file);
  /** What is in memory is on the disk, too. */
  let isSaved = true;
  let hasFailed = false;
  const save = () => {
    if (isSaved) return;
    try {
      writeWholeFile(file, `${JSON.stringify({ version: 2, agreed, entries }, null, 2)}\n`, { mode: 0o600 });
      isSaved = true;
    } catch (error) {
      throw refused("What the lab makes in AWS can't be written down", file, error, { own: path.dirname(file) });
    }
  };
  const trySave = () => {
    try {
      save();
    } catch (error) {
      if (!hasFailed && error instanceof UserError) onFailure(error);
      hasFailed = true;
    }
  };
  const put = (changed: readonly LedgerEntry[]) => {
    if (JSON.stringify(changed) === JSON.stringify(entries)) return;
    entries = changed;
    isSaved = false;
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
      const before = entries;
      put(all);
      try {
        save();
      } catch (error) {
        entries = before;
        throw error;
      }
      return made;
    },
    change(entry, changes) {
      put(entries.map((other) => (other.mode === entry.mode && isSame(other, entry) ? { ...other, ...changes } : other)));
      trySave();
    },
    hasAgreed: (where) => agreed.some((other) => isThere(other, where)),
    agree({ account, region }) {
      if (agreed.some((other) => isThere(other, { account, region }))) return;
      agreed = [...agreed, { account, region }];
      isSaved = false;
      trySave();
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
export const isProvenMade = (entry: Pick<LedgerEntry, 'ids' | 'before' | 'mode'>, id: string): boolean =>
  entry.ids.includes(id) || (entry.before ? !entry.before.includes(id) : entry.mode === 'sandbox');

/** What is not known to be gone, in this mode. */
export const liveEntries = (ledger: Pick<Ledger, 'entries'>, mode: Mode): LedgerEntry[] =>
  ledger.entries().filter((entry) => entry.mode === mode && entry.state !== 'gone');

interface Content {
  entries: readonly LedgerEntry[];
  agreed: readonly AccountRegion[];
}

const isEntries = isListOf(
  hasShape<Omit<LedgerEntry, 'ids'> & { ids?: readonly string[] }>({
    kind: isText,
    name: isText,
    step: isText,
    mode: isOneOf(['sandbox', 'aws']),
    state: isOneOf(['planned', 'present', 'gone']),
    account: isMaybe(isText),
    region: isMaybe(isText),
    before: isMaybe(isListOf(isText)),
    // the first version told neither ids nor accounts
    ids: isMaybe(isListOf(isText)),
  }),
);
const isAgreed = isListOf(hasShape<AccountRegion>({ account: isText, region: isText }));

/** An entry that says too little may stand for something that still costs money: it is not passed over. */
function readLedger(file: string): Content {
  const text = readIfThere(file);
  if (text === undefined) return { entries: [], agreed: [] };
  const { entries, agreed } = parseObject(text);
  if (!isEntries(entries)) {
    throw new UserError(`The list of what was made in AWS can't be used: it is not as labwalk writes it (${file}).`, {
      fix: 'Correct the file. Or look in AWS for what is left, and then delete the file.',
    });
  }
  return { entries: entries.map((entry) => ({ ...entry, ids: entry.ids ?? [] })), agreed: isAgreed(agreed) ? agreed : [] };
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw refused("The list of what was made in AWS can't be read", file, error, { own: path.dirname(file) });
  }
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
