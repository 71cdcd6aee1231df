/** What is wrong with a lab, in the order of the lab: what the text, the GitHub report and the top of the page tell, and what decides an outcome. */
import { changeOf } from './names.ts';
import type {
  Again,
  ReportDiffLine,
  ReportFinding,
  Mutation,
  VerifiedCheck,
  VerifiedLab,
  VerifiedStep,
  VerifyOutcome,
  VerifyReport,
} from './schema.ts';

export interface Trouble {
  kind: 'lab' | 'step' | 'check' | 'unproven' | 'finding' | 'again' | 'mutant' | 'drift' | 'left';
  /** A warning does not make the lab fail. */
  level: 'error' | 'warning';
  /** Id of the step, where it belongs to one. */
  step?: string;
  /** What is wrong, on one line. */
  what: string;
  /** What more is known, each behind a word: expected, got, try. */
  rows: [word: string, text: string][];
  diff?: readonly ReportDiffLine[];
  /** In the lab's folder. */
  place?: VerifiedStep['place'];
}

export function troublesOf(lab: VerifiedLab): Trouble[] {
  return [
    ...(lab.message === undefined ? [] : [{ kind: 'lab', level: 'error', what: lab.message, rows: [] } satisfies Trouble]),
    ...lab.steps.flatMap(stepTroubles),
    ...lab.mutants.filter(({ outcome }) => outcome === 'survived').map((mutant) => survivor(mutant, lab)),
    ...lab.findings.map((finding) => found(finding)),
    ...lab.cleanup.left.map((what): Trouble => ({ kind: 'left', level: 'error', what: `Still there after clean-up: ${what}`, rows: [] })),
  ];
}

/** What the parts of a report say of the whole: the worst. Nothing at all is an error: nothing was shown to be good. */
export function worstOutcome(outcomes: readonly VerifyOutcome[]): VerifyReport['outcome'] {
  if (outcomes.length === 0 || outcomes.includes('error')) return 'error';
  if (outcomes.includes('interrupted')) return 'interrupted';
  return outcomes.includes('failed') ? 'failed' : 'passed';
}

export const hasError = (lab: VerifiedLab): boolean => troublesOf(lab).some(({ level }) => level === 'error');

function stepTroubles(step: VerifiedStep): Trouble[] {
  const own = { step: step.id, level: 'error' } as const;
  const checks = step.checks.flatMap((check): Trouble[] => {
    if (check.outcome === 'failed') return [{ ...own, kind: 'check', what: check.summary, rows: rowsOf(check), place: check.place }];
    return isUnproven(check) ? [{ ...own, kind: 'unproven', what: unprovenText(check), rows: [unprovenAdvice], place: check.place }] : [];
  });
  const findings = step.findings.map((finding) => found(finding, step));
  const isSaid = checks.some(({ kind }) => kind === 'check') || findings.length > 0;
  const { message = 'The step failed.', place } = step;
  const failed: Trouble[] =
    step.outcome === 'failed' && !isSaid ? [{ ...own, kind: 'step', what: `${step.title}: ${message}`, rows: [], place }] : [];
  const drift = step.drift.map((one): Trouble => ({
    ...{ step: step.id, kind: 'drift', level: 'warning' },
    what: `\`${one.command}\` now prints something else than the lab says`,
    rows: [],
    diff: one.lines,
    place: one.place,
  }));
  return [...failed, ...checks, ...findings, ...(step.again ? againTroubles(step, step.again) : []), ...drift];
}

export const isUnproven = ({ outcome, proof }: VerifiedCheck): boolean => outcome === 'passed' && proof?.by === 'none';

const unprovenText = ({ summary }: VerifiedCheck) => `Nothing has made this check fail: ${summary}`;
const unprovenAdvice: [string, string] = [
  'try',
  'Let it look at what the step makes, so that it fails before. Where it is right that it can\'t, say why in the step: stays="…".',
];

function againTroubles(step: VerifiedStep, again: Again): Trouble[] {
  if (again.outcome !== 'failed') return [];
  const own = { kind: 'again', level: 'error', step: step.id } as const;
  if (again.failed.length === 0) {
    return [
      {
        ...own,
        what: `Done again, "${step.title}" fails: ${again.message ?? 'it does not come to its end.'}`,
        rows: [],
        place: step.place,
      },
    ];
  }
  return again.failed.map((check) => ({
    ...own,
    what: `Done again, this fails: ${check.summary}`,
    rows: rowsOf(check),
    place: check.place,
  }));
}

function survivor(mutant: Mutation, lab: VerifiedLab): Trouble {
  const { checkpoint, operator, file, line } = mutant;
  const place = lab.steps.find(({ id }) => id === checkpoint)?.place;
  return {
    ...{ kind: 'mutant', level: 'error', step: checkpoint, what: `No check notices this change (${operator}) at ${file}:${line}` },
    rows: [],
    diff: changeOf(mutant),
    ...(place ? { place } : {}),
  };
}

function found({ text, fix, place }: ReportFinding, step?: VerifiedStep): Trouble {
  const at = place ?? step?.place;
  return {
    ...{ kind: 'finding', level: 'error', what: text },
    rows: fix === undefined ? [] : [['try', fix]],
    ...(step ? { step: step.id } : {}),
    ...(at ? { place: at } : {}),
  };
}

/** What a failed check says, each behind its word. */
export const rowsOf = (said: Pick<VerifiedCheck, 'expected' | 'actual' | 'try'>): [string, string][] =>
  [
    ['expected', said.expected],
    ['got', said.actual],
    ['try', said.try],
  ].filter((row): row is [string, string] => row[1] !== undefined && row[1] !== '');
