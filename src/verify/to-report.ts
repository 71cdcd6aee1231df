/** Puts together what the passes have found, in the shape of the report. Pure. */
import path from 'node:path';
import type { Lab, Place, Step } from '../lab/types.ts';
import { findStepState } from '../progress/reduce.ts';
import type { ActionState, CheckState, CommandState, State, StepState } from '../progress/state.ts';
import type { DoneAgain } from './do-again.ts';
import type { Again, Drift, ReportFinding, VerifiedCheck, VerifiedCommand, VerifiedStep } from './report/schema.ts';
import type { WalkedLab } from './walk-lab.ts';

export interface VerifiedStepFacts {
  lab: Lab;
  step: Step;
  walked: WalkedLab;
  drift: readonly Drift[];
  /** Mutants can be tried: else it is no fault that nothing has made a check fail. */
  triesMutants: boolean;
}

export function toStep({ lab, step, walked, drift, triesMutants }: VerifiedStepFacts): VerifiedStep {
  const state = findStepState(walked.state, step.id);
  const failedActions = state?.actions.filter(({ status }) => status === 'failed') ?? [];
  const started = walked.started.get(step.id);
  return {
    id: step.id,
    number: lab.steps.findIndex(({ id }) => id === step.id) + 1,
    title: step.title,
    task: step.task,
    place: relativePlace(step.place, lab),
    outcome: outcomeOf(state),
    ...(started === undefined ? {} : { started }),
    ms: state?.ms ?? 0,
    ...(state?.message === undefined ? {} : { message: state.message }),
    commands: (state?.commands ?? []).map(toCommand),
    checks: (state?.checks ?? []).map((check) => toCheck(check, { lab, step, walked, triesMutants })),
    findings: allOf([...failedActions.map(actionFailed), ...(walked.findings.get(step.id) ?? [])], lab),
    drift: drift.map((one) => ({ ...one, place: relativePlace(one.place, lab) })),
  };
}

/** The step with what came of doing it again. */
export const withAgain = (step: VerifiedStep, done: DoneAgain, lab: Lab): VerifiedStep => ({
  ...step,
  findings: allOf([...step.findings, ...done.findings], lab),
  again: toAgain(done, lab),
});

/** Relative to the lab's folder, so that reports of different machines can be put together. */
export const relativePlace = ({ file, line, column }: Place, { folder }: Pick<Lab, 'folder'>): Place => ({
  file: path.relative(folder, file),
  line,
  column,
});

const atPlace = ({ place, ...finding }: ReportFinding, lab: Lab): ReportFinding => ({
  ...finding,
  ...(place ? { place: path.isAbsolute(place.file) ? relativePlace(place, lab) : place } : {}),
});

/** Each once: what is found twice was wrong once. */
const allOf = (findings: readonly ReportFinding[], lab: Lab): ReportFinding[] => [
  ...new Map(findings.map((finding) => [`${finding.name} ${finding.text}`, atPlace(finding, lab)])).values(),
];

function outcomeOf(state: StepState | undefined): VerifiedStep['outcome'] {
  if (!state || state.status === 'pending' || state.status === 'running' || state.status === 'interrupted') return 'not-done';
  return state.status;
}

const actionFailed = ({ message, summary, place }: ActionState): ReportFinding => ({
  name: 'action-failed',
  text: message ?? `\`${summary}\` failed.`,
  place,
});

export function toCommand({ text, terminal, end }: CommandState): VerifiedCommand {
  return {
    text,
    terminal,
    ...(end ? { status: end.status, ms: end.ms } : {}),
    ended: end?.ended ?? 'running',
    output: end?.tail ?? '',
  };
}

function toCheck(check: CheckState, { lab, step, walked, triesMutants }: Omit<VerifiedStepFacts, 'drift'>): VerifiedCheck {
  const proof = proofOf(`${step.id}/${check.check}`, step, walked);
  const isProof = check.outcome === 'passed' && (triesMutants || proof.by !== 'none');
  const { check: number, name, summary, outcome, ms, place, expected, actual, try: advice } = check;
  return {
    check: number,
    kind: name,
    summary,
    outcome: outcome === 'stale' ? 'not-done' : outcome,
    ms,
    place: relativePlace(place, lab),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    ...(advice === undefined ? {} : { try: advice }),
    ...(isProof ? { proof } : {}),
  };
}

/** What shows that the check can fail. A mutant may come later. */
function proofOf(key: string, step: Step, { red, doubts }: WalkedLab): NonNullable<VerifiedCheck['proof']> {
  const before = red.get(key);
  if (before)
    return { by: 'red', detail: `before ${before.before === step.id ? 'the step' : `the step ${before.before}`}: ${before.actual}` };
  const doubt = doubts.get(key) ?? [];
  if (doubt.length > 0) return { by: 'output', detail: `it fails where ${doubt.join(', or where ')}` };
  if (step.stays !== undefined) return { by: 'stays', detail: step.stays };
  return { by: 'none' };
}

function toAgain({ outcome, ms, message, state }: DoneAgain, lab: Lab): Again {
  return {
    outcome,
    ms,
    ...(message === undefined ? {} : { message }),
    failed: (state?.checks ?? [])
      .filter((check) => check.outcome === 'failed')
      .map(({ check, name, summary, expected, actual, try: advice, place }) => ({
        ...{ check, kind: name, summary, place: relativePlace(place, lab) },
        ...(expected === undefined ? {} : { expected }),
        ...(actual === undefined ? {} : { actual }),
        ...(advice === undefined ? {} : { try: advice }),
      })),
    commands: (state?.commands ?? []).map(toCommand),
  };
}

/** What of the cleaning up is told. */
export const toCleanup = ({ cleanup }: State) => ({
  done: cleanup.status === 'done',
  ms: cleanup.ms ?? 0,
  commands: cleanup.commands.map(toCommand),
  left: [...cleanup.left],
});
