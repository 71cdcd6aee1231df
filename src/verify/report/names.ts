/** How the parts of a report are called where people read of them. */
import path from 'node:path';
import type { ReportDiffLine, Mutation, VerifiedLab, VerifiedStep } from './schema.ts';

/**
 * A lab, and the machine where several have verified it.
 *
 * @example labName({ lab: 'chalice', machine: 'desk-4' }) // 'chalice on desk-4'
 */
export const labName = ({ lab, machine }: Pick<VerifiedLab, 'lab' | 'machine'>): string =>
  machine === undefined ? lab : `${lab} on ${machine}`;

/** What links within a page lead to. */
export const anchorOf = (lab: Pick<VerifiedLab, 'lab' | 'machine'>, step?: string): string =>
  [labName(lab), ...(step === undefined ? [] : [step])].join('--').replace(/[^\w.-]+/g, '-');

/** A place in the lab's folder as a path from where labwalk was started. */
export const fileOf = ({ file }: Pick<VerifiedLab, 'file'>, place: VerifiedStep['place']): string =>
  path.posix.join(path.posix.dirname(file), place.file);

/** `labs/chalice/lab.md:59` */
export const placeText = (lab: Pick<VerifiedLab, 'file'>, place: VerifiedStep['place']): string => `${fileOf(lab, place)}:${place.line}`;

/** `1 step`, `2 steps` */
export const counted = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? noun : nouns}`;

/** A mutant's change as a difference. */
export const changeOf = ({ before, after }: Pick<Mutation, 'before' | 'after'>): ReportDiffLine[] => [
  ...before.split('\n').map((text) => ({ mark: '-' as const, text })),
  ...after.split('\n').map((text) => ({ mark: '+' as const, text })),
];
