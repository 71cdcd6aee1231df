/** How many of everything a report has. */
import type { Mutation, Proof, VerifiedCheck, VerifiedLab, VerifiedStep } from './schema.ts';

export interface VerifyCounts {
  steps: Record<VerifiedStep['outcome'], number>;
  /** Steps done once more. */
  again: Record<'passed' | 'failed' | 'not-done', number>;
  checks: Record<VerifiedCheck['outcome'], number>;
  /** What proves that the checks that passed can fail. */
  proofs: Record<Proof['by'], number>;
  mutants: Record<Mutation['outcome'], number>;
  drift: number;
}

export function countAll(labs: readonly VerifiedLab[]): VerifyCounts {
  const counts: VerifyCounts = {
    steps: { passed: 0, failed: 0, read: 0, skipped: 0, 'not-done': 0 },
    again: { passed: 0, failed: 0, 'not-done': 0 },
    checks: { passed: 0, failed: 0, told: 0, 'not-done': 0 },
    proofs: { red: 0, output: 0, mutant: 0, stays: 0, none: 0 },
    mutants: { killed: 0, survived: 0, equivalent: 0, undecided: 0, 'not-done': 0 },
    drift: 0,
  };
  for (const { steps, mutants } of labs) {
    for (const { outcome } of mutants) counts.mutants[outcome]++;
    for (const { outcome, again, checks, drift } of steps) {
      counts.steps[outcome]++;
      if (again) counts.again[again.outcome]++;
      counts.drift += drift.length;
      for (const check of checks) {
        counts.checks[check.outcome]++;
        if (check.proof) counts.proofs[check.proof.by]++;
      }
    }
  }
  return counts;
}

/** A line of a summary: its name and the numbers in it that are not 0, in words. */
export type CountRow = [name: string, counts: [word: string, count: number][]];

/** What a summary tells, line by line, without lines that have nothing to tell. */
export function countRows({ steps, again, checks, proofs, mutants, drift }: VerifyCounts): CountRow[] {
  const rows: CountRow[] = [
    [
      'Steps',
      [
        ['passed', steps.passed],
        ['failed', steps.failed],
        ['skipped', steps.skipped],
        ['to read', steps.read],
        ['not done', steps['not-done']],
      ],
    ],
    [
      'Again',
      [
        ['passed', again.passed],
        ['failed', again.failed],
        ['not done', again['not-done']],
      ],
    ],
    [
      'Checks',
      [
        ['passed', checks.passed],
        ['failed', checks.failed],
        ['not for here', checks.told],
        ['not done', checks['not-done']],
      ],
    ],
    [
      'Proofs',
      [
        ['red', proofs.red],
        ['by output', proofs.output],
        ['by mutant', proofs.mutant],
        ['stays', proofs.stays],
        ['unproven', proofs.none],
      ],
    ],
    [
      'Mutants',
      [
        ['killed', mutants.killed],
        ['survived', mutants.survived],
        ['equivalent', mutants.equivalent],
        ['undecided', mutants.undecided],
        ['not tried', mutants['not-done']],
      ],
    ],
    ['Drift', [[drift === 1 ? 'output' : 'outputs', drift]]],
  ];
  return rows
    .map(([name, counts]): CountRow => [name, counts.filter(([, count]) => count > 0)])
    .filter(([name, counts]) => counts.length > 0 || name === 'Steps' || name === 'Checks');
}

/** `3 passed, 1 failed` */
export const countText = (counts: CountRow[1]): string =>
  counts.length === 0 ? 'none' : counts.map(([word, count]) => `${count.toLocaleString('en')} ${word}`).join(', ');

/** `120 of 124`: how many of those that count were noticed. */
export function killedText({ killed, survived }: VerifyCounts['mutants']): string | undefined {
  return killed + survived === 0 ? undefined : `${killed} of ${killed + survived}`;
}

/** What the labs use, each tool once: `python3 3.11.7, chalice 1.34.0`; several versions where machines have several. */
export function toolsText(labs: readonly VerifiedLab[]): string {
  const versions = new Map<string, Set<string>>();
  for (const { tools } of labs)
    for (const [tool, version] of Object.entries(tools)) versions.set(tool, (versions.get(tool) ?? new Set()).add(version));
  return [...versions].map(([tool, all]) => `${tool} ${[...all].join(' and ')}`).join(', ');
}
