/**
 * What a lab makes in AWS, written down before the command that makes it runs: whatever happens then, `labwalk clean` knows where to look.
 * One file in the workspace, replaced as a whole at each change.
 */
import fs from 'node:fs';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { UserError } from '../errors.ts';
import type { Creates, Mode } from '../lab/types.ts';

export interface LedgerEntry extends Creates {
  step: string;
  mode: Mode;
  /** `planned`: a command that makes it was about to run. `gone`: looked for and not found afterwards. */
  state: 'planned' | 'present' | 'gone';
}

export interface Ledger {
  entries(): readonly LedgerEntry[];
  plan(step: string, mode: Mode, creates: readonly Creates[]): void;
  mark(entry: LedgerEntry, state: LedgerEntry['state']): void;
}

/** Reads the file where there is one. Throws a UserError when it cannot be understood: what it says must not be lost by writing a new one. */
export function openLedger(file: string): Ledger {
  let entries = readLedger(file);
  const save = () => writeFileAtomic(file, `${JSON.stringify({ version: 1, entries }, null, 2)}\n`, { mode: 0o600 });
  return {
    entries: () => entries,
    plan(step, mode, creates) {
      if (creates.length === 0) return;
      const planned = creates.map(({ kind, name }): LedgerEntry => ({ step, mode, kind, name, state: 'planned' }));
      entries = [...entries.filter((entry) => !planned.some((other) => sameResource(entry, other))), ...planned];
      save();
    },
    mark(entry, state) {
      const changed = entries.map((known) => (sameResource(known, entry) && known.state !== state ? { ...known, state } : known));
      if (changed.every((known, i) => known === entries[i])) return;
      entries = changed;
      save();
    },
  };
}

const sameResource = (a: LedgerEntry, b: LedgerEntry) => a.mode === b.mode && a.kind === b.kind && a.name === b.name;

function readLedger(file: string): LedgerEntry[] {
  try {
    const { entries } = JSON.parse(fs.readFileSync(file, 'utf8')) as { entries?: unknown };
    if (!Array.isArray(entries)) throw new Error('it has no entries');
    return entries as LedgerEntry[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new UserError(`The list of what was made in AWS cannot be read: ${file}: ${(error as Error).message}.`, {
      fix: 'Mend the file, or look in AWS for what is left and then remove it.',
      cause: error,
    });
  }
}
