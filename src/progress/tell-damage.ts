import type { DamagedLine } from './journal.ts';

/** Says that lines of a journal could not be read: a notice's text. One that an earlier labwalk was killed in is nothing to tell. */
export function tellDamagedJournal({ journal }: { journal: string }, damaged: readonly DamagedLine[]): string {
  const lines = damaged.filter(({ torn }) => !torn).map(({ line }) => line);
  const which = lines.length === 1 ? `Line ${lines[0]}` : `${lines.length} lines, the first of them line ${lines[0]},`;
  const rest = lines.length === 1 ? "what it said of your progress isn't known" : "what they said of your progress isn't known";
  return `${which} of ${journal} can't be read, so ${rest}. Everything else is as it was: do a step again that counts as not done.`;
}
