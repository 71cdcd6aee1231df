/** The second pass: a step once more, from how everything was before it, in a terminal of its own; and the clean-up of who stops there. */
import type { Event } from '../events/event.ts';
import type { Creates, Lab, Step } from '../lab/types.ts';
import { findStepState, reduce } from '../progress/reduce.ts';
import { initialState, type State, type StepState } from '../progress/state.ts';
import { beforeAll, type ScratchWorkspace, type Made, type Stage, type StageOptions } from './scratch-workspace.ts';
import type { ReportFinding } from './report/schema.ts';
import { madeSince } from './undeclared.ts';

export interface AgainOptions {
  lab: Lab;
  scratch: ScratchWorkspace;
  step: Step;
  /** Services that ran before the step. */
  services: readonly string[];
  /** What was in AWS before the first step. */
  first: readonly Made[];
  signal: AbortSignal;
  hardSignal: AbortSignal;
}

export interface DoneAgain {
  outcome: 'passed' | 'failed' | 'not-done';
  ms: number;
  message?: string;
  /** Not there where the step was not done. */
  state?: StepState;
  findings: ReportFinding[];
}

/** Where the step stands in the lab, from 0. */
export const placeOf = ({ steps }: Lab, step: string): number => steps.findIndex(({ id }) => id === step);

/** The step before, whose end the step begins with. */
export const stepBefore = (lab: Lab, step: Step): string => lab.steps[placeOf(lab, step.id) - 1]?.id ?? beforeAll;

export async function doAgain(options: AgainOptions): Promise<DoneAgain> {
  const { lab, scratch, step } = options;
  const from = stepBefore(lab, step);
  if (!scratch.has(from)) return { outcome: 'not-done', ms: 0, message: 'The step before it did not pass.', findings: [] };
  return doIn(await openAt(scratch, from, lab, [step]), options);
}

/** The first step that does something begins with an empty folder, so it is done again in another one, whatever happens in this one meanwhile. */
export async function doFirstAgain(options: Omit<AgainOptions, 'services' | 'first'>): Promise<DoneAgain> {
  const scratch = await options.scratch.fresh();
  try {
    const opened = await openWith(scratch, { lab: options.lab, steps: [options.step], goesOn: false });
    return await doIn(opened, { ...options, scratch, services: [], first: (await scratch.everything()) ?? [] });
  } finally {
    await scratch.close();
  }
}

async function doIn({ stage, stateOf }: Opened, options: AgainOptions): Promise<DoneAgain> {
  const { lab, scratch, step, services, first, signal, hardSignal } = options;
  const from = stepBefore(lab, step);
  const findings: ReportFinding[] = [];
  const began = Date.now();
  let outcome: DoneAgain['outcome'] = 'not-done';
  try {
    for (const name of services) await stage.run.controlService(name, 'start', from);
    const result = await stage.run.start(step.id, { signal });
    outcome = result.outcome === 'passed' ? 'passed' : signal.aborted ? 'not-done' : 'failed';
    const ms = Date.now() - began;
    if (outcome === 'passed' && step.creates.length > 0) findings.push(...(await cleanUpHere(stage)));
    const state = findStepState(stateOf(), step.id);
    return { outcome, ms, ...(state?.message === undefined ? {} : { message: state.message }), ...(state ? { state } : {}), findings };
  } finally {
    await stage.run.stop(outcome === 'passed' ? 'passed' : 'failed');
    await stage.close();
  }

  /** Whoever stops after this step must find nothing left of it, either. */
  async function cleanUpHere({ run }: Stage): Promise<ReportFinding[]> {
    await run.cleanup({ signal: hardSignal });
    const left = madeSince(first, (await scratch.everything()) ?? []);
    const found = left.map(([kind, name]): ReportFinding => ({
      name: 'left-resource',
      text: `Whoever stops after this step and cleans up leaves the ${kind} ${name} behind.`,
      fix: `Delete it in the step's cleanup fence, and name it in creates="…".`,
      place: step.place,
    }));
    const missing = withoutCleanup(lab, step);
    return missing.length === 0 ? found : [missingCleanup(missing, step), ...found];
  }
}

/** What a step makes and no step that has a cleanup fence names. */
function withoutCleanup({ steps }: Lab, { creates }: Step): Creates[] {
  const cleaned = steps.filter(({ parts }) => parts.some(({ kind }) => kind === 'cleanup')).flatMap((step) => step.creates);
  return creates.filter((one) => !cleaned.some(({ kind, name }) => kind === one.kind && name === one.name));
}

const missingCleanup = (missing: readonly Creates[], { place }: Step): ReportFinding => ({
  name: 'missing-cleanup',
  text: `The step makes ${missing.map(({ kind, name }) => `${kind} ${name}`).join(', ')}, and no cleanup fence deletes that: a learner who stops here does not see how it is done.`,
  fix: 'Add a fence `sh cleanup` with the commands that delete it.',
  place,
});

/**
 * A step that names what it builds on (`after`), done after those alone: what it needs of others is found.
 */
export async function doAlone(options: Omit<AgainOptions, 'services' | 'first'>): Promise<ReportFinding[]> {
  const { lab, scratch, step, signal } = options;
  const listed = closure(lab, step);
  const earlier = lab.steps.slice(0, placeOf(lab, step.id));
  const unlisted = earlier.filter((one) => !one.reading && !listed.has(one.id));
  if (step.after.length === 0 || unlisted.length === 0) return [];
  const steps = [...earlier.filter(({ id }) => listed.has(id)), step];
  const { stage, stateOf } = await openAt(scratch, beforeAll, lab, steps);
  try {
    for (const one of steps) {
      const { outcome } = await stage.run.start(one.id, { signal });
      if (outcome !== 'failed') continue;
      if (one.id !== step.id) return [];
      const why = (findStepState(stateOf(), step.id)?.message ?? 'it failed').replace(/\.$/, '');
      return [
        {
          name: 'depends-on-unlisted',
          text: `After the steps that it names (after="${step.after.join(' ')}") alone, the step does not work: ${why}. It needs something of ${unlisted.map(({ id }) => id).join(', ')}.`,
          fix: 'Add the step that it builds on to after="…".',
          place: step.place,
        },
      ];
    }
    return [];
  } finally {
    await stage.run.cleanup({ signal: options.hardSignal });
    await stage.run.stop('passed');
    await stage.close();
  }
}

/** Ids of all steps that a step builds on, those of these included. */
function closure(lab: Lab, step: Step): Set<string> {
  const found = new Set<string>();
  const open = [...step.after];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(lab.steps.find((one) => one.id === id)?.after ?? []));
  }
  return found;
}

interface Opened {
  stage: Stage;
  stateOf(): State;
}

/** Puts everything back to how it was at the end of a step, and goes on from there. */
export async function openAt(scratch: ScratchWorkspace, from: string, lab: Lab, steps: readonly Step[]): Promise<Opened> {
  await scratch.restore(from);
  return openWith(scratch, { lab, steps, goesOn: true });
}

async function openWith(scratch: ScratchWorkspace, options: Omit<StageOptions, 'listen'>): Promise<Opened> {
  let state = initialState(options.lab.name);
  const listen = (event: Event) => void (state = reduce(state, event));
  const stage = await scratch.open({ ...options, listen });
  return { stage, stateOf: () => state };
}
