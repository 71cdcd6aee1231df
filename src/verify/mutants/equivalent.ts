/** Which mutants the lab names as equivalent. Pure. */
import { splitText } from '../../diff/text-lines.ts';
import type { EquivalentMutant, Lab, Problem } from '../../lab/types.ts';
import type { Mutant } from './mutant.ts';

export interface Equivalents {
  /** Why a mutant is equivalent, by its id. */
  reasons: ReadonlyMap<string, string>;
  /** Entries that name no mutant, or not one. */
  problems: Problem[];
}

/** An entry stands for one mutant, so that it hides no other. */
export function findEquivalents({ equivalent }: Pick<Lab, 'equivalent'>, mutants: readonly Mutant[]): Equivalents {
  const reasons = new Map<string, string>();
  const problems: Problem[] = [];
  for (const entry of equivalent) {
    const found = mutants.filter((mutant) => fits(entry, mutant));
    const near = found.length > 0 && entry.near !== undefined ? nearestTo(entry.near, found) : found;
    const [only, ...others] = near;
    if (only && others.length === 0) reasons.set(only.id, entry.reason);
    else problems.push({ ...entry.place, ...explain(entry, found, near) });
  }
  return { reasons, problems };
}

function fits(entry: EquivalentMutant, { operator, checkpoint, file, before, after }: Mutant): boolean {
  if (entry.checkpoint !== undefined && entry.checkpoint !== checkpoint) return false;
  const read = operator === 'indentation' ? (text: string) => text.trimEnd() : plain;
  return entry.operator === operator && entry.file === file && read(entry.before) === read(before) && read(entry.after) === read(after);
}

/** White space is hard to see in YAML. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Those whose place is nearest to a line that has this text; none where no line has it. */
function nearestTo(text: string, mutants: readonly Mutant[]): Mutant[] {
  const distances = mutants.map(({ source, line }) => {
    const lines = splitText(source).flatMap((each, i) => (plain(each.text).includes(plain(text)) ? [i + 1] : []));
    return Math.min(...lines.map((at) => Math.abs(at - line)));
  });
  const least = Math.min(...distances);
  return least === Infinity ? [] : mutants.filter((_, i) => distances[i] === least);
}

function explain(entry: EquivalentMutant, found: readonly Mutant[], near: readonly Mutant[]): Pick<Problem, 'what' | 'why' | 'fix'> {
  const what = `${entry.operator} in ${entry.file}: ${JSON.stringify(entry.before)} to ${JSON.stringify(entry.after)}`;
  if (found.length === 0) {
    return {
      what: `no mutant is the equivalent one ${what}`,
      why: 'The solution has changed, or a word is not the same.',
      fix: 'Take operator, file, before and after from what `labwalk verify --mutate` lists, or remove the entry.',
    };
  }
  if (near.length === 0)
    return { what: `no line of ${entry.file} has the text ${JSON.stringify(entry.near)}`, fix: 'Name a line near it.' };
  const lines = near.map(({ line, checkpoint }) => `${line} (${checkpoint})`).join(', ');
  return {
    what: `several mutants are the equivalent one ${what}`,
    why: `They are in the lines ${lines}.`,
    fix: 'Add near, a line of the file that is nearest to the one, or checkpoint, the step whose file it is.',
  };
}
