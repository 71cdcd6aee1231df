/** Does the lab with a changed solution, from the step that takes it on, until something notices: a check, or a command. */
import fs from 'node:fs';
import path from 'node:path';
import { isAction } from '../lab/facts/segments.ts';
import type { Action, CheckUse, Lab, Step } from '../lab/types.ts';
import { firstLine } from '../engine/step/judge-ending.ts';
import { patience as allowForLoad } from '../process/patience.ts';
import { findStepState } from '../progress/reduce.ts';
import type { State, StepState } from '../progress/state.ts';
import { openAt, placeOf, stepBefore } from './do-again.ts';
import type { ScratchWorkspace } from './scratch-workspace.ts';
import type { Mutant } from './mutants/mutant.ts';
import type { Mutation } from './report/schema.ts';

export interface TryOptions {
  lab: Lab;
  scratch: ScratchWorkspace;
  /** An empty folder for changed solutions. */
  folder: string;
  /** How far to go: id of the last step that matters, which does not come before the mutant's checkpoint: what no step sees survives nothing. */
  through: string;
  /** Checks that are wanted to notice it, as `step/check`: the others are not waited for. Where not given, it ends with the step in which it was noticed first. */
  wanted?: ReadonlySet<string>;
  /** How long each action of a step took with the right solution, in milliseconds; by `step/action`. */
  measured: ReadonlyMap<string, number>;
  signal: AbortSignal;
}

export interface Tried {
  mutation: Mutation;
  /** Checks that noticed it, as `step/check`. */
  noticed: readonly string[];
}

/** A check that fails is tried again for so long at most, in milliseconds: in the sandbox nothing takes longer to arrive. */
const patience = 3000;

export async function tryMutant(mutant: Mutant, options: TryOptions): Promise<Tried> {
  const { lab, scratch, through, wanted, signal } = options;
  const began = Date.now();
  const { text: _text, source: _source, ...facts } = mutant;
  const end = (outcome: Mutation['outcome'], more: Partial<Mutation> = {}, noticed: string[] = []): Tried => ({
    mutation: { ...facts, outcome, ...more, ms: Date.now() - began },
    noticed,
  });
  const first = lab.steps.find(({ id }) => id === mutant.checkpoint);
  if (!first) return end('not-done', { reason: `The lab has no step "${mutant.checkpoint}".` });
  const from = stepBefore(lab, first);
  if (!scratch.has(from)) return end('not-done', { reason: 'The step before its checkpoint did not pass.' });
  const steps = stepsBetween(lab, first.id, through);
  const changed = { ...withLimits(impatient(lab, wanted), options.measured), solutions: withChange(mutant, options) };
  const { stage, stateOf } = await openAt(scratch, from, changed, steps);
  const noticed: string[] = [];
  let by: Mutation['by'];
  try {
    for (const step of steps) {
      if (signal.aborted) return end('not-done', { reason: 'Interrupted.' });
      const { outcome, actionFailed } = await stage.run.start(step.id, { signal, untilFailed: !wanted });
      if (outcome !== 'failed') continue;
      const hung = whatHung(findStepState(stateOf(), step.id), changed, step);
      if (hung !== undefined) return end('undecided', { reason: hung }, noticed);
      noticed.push(...failedChecks(stateOf(), step).map(({ check }) => `${step.id}/${check}`));
      by ??= noticedBy(findStepState(stateOf(), step.id), step);
      if (!wanted || actionFailed) break;
    }
  } finally {
    await stage.run.stop('passed');
    await stage.close();
  }
  return by ? end('killed', { by }, noticed) : end('survived');
}

const stepsBetween = (lab: Lab, first: string, last: string): Step[] => lab.steps.slice(placeOf(lab, first), placeOf(lab, last) + 1);

/** The solutions in a folder of their own, with the changed file in place. */
function withChange({ checkpoint, file, text }: Mutant, { lab, folder }: TryOptions): string {
  const solutions = path.join(folder, 'solutions');
  fs.rmSync(solutions, { recursive: true, force: true });
  fs.cpSync(lab.solutions, solutions, { recursive: true });
  fs.writeFileSync(path.join(solutions, checkpoint, ...file.split('/')), text);
  return solutions;
}

const impatient = (lab: Lab, wanted: ReadonlySet<string> | undefined): Lab => ({
  ...lab,
  steps: lab.steps.map((step) => {
    let number = 0;
    const hasten = (use: CheckUse): CheckUse => {
      const most = !wanted || wanted.has(`${step.id}/${number++}`) ? patience : 0;
      return use.within === undefined ? use : { ...use, within: Math.min(use.within, most) };
    };
    return { ...step, parts: step.parts.map((part) => (part.kind === 'checks' ? { ...part, checks: part.checks.map(hasten) } : part)) };
  }),
});

/** A changed solution may take several times as long as the right one, and on a full machine longer still. */
const leastLimitMs = 10_000;
const timesMeasured = 5;

/** The lab with the time limits of its actions made for what it takes: a program that hangs is not waited for as long as a slow one may take. */
function withLimits(lab: Lab, measured: ReadonlyMap<string, number>): Lab {
  const limit = (part: Action, step: Step, action: number): Action => {
    const ms = measured.get(`${step.id}/${action}`);
    if ((part.kind !== 'run' && part.kind !== 'service') || ms === undefined) return part;
    const most = Math.round(allowForLoad(Math.max(leastLimitMs, timesMeasured * ms)));
    return { ...part, timeout: part.timeout === undefined ? most : Math.min(part.timeout, most) };
  };
  return {
    ...lab,
    steps: lab.steps.map((step) => {
      let actions = 0;
      return { ...step, parts: step.parts.map((part) => (isAction(part) ? limit(part, step, actions++) : part)) };
    }),
  };
}

/** What of a failed step ran into its time limit; undefined where nothing did. */
function whatHung(state: StepState | undefined, lab: Lab, { id }: Step): string | undefined {
  const command = state?.commands.find(({ end }) => end?.ended === 'timeout');
  if (command) return `\`${firstLine(command.text)}\` in ${id} was still running at its time limit.`;
  const actions = lab.steps.find((step) => step.id === id)?.parts.filter(isAction) ?? [];
  const service = state?.actions.find(({ action, kind, status, ms = 0 }) => {
    const part = actions[action];
    return kind === 'service' && status === 'failed' && part?.kind === 'service' && ms >= (part.timeout ?? Infinity);
  });
  return service && `A service of ${id} runs, but was not ready within its time limit: ${service.summary}`;
}

const failedChecks = (state: State, step: Step) =>
  findStepState(state, step.id)?.checks.filter(({ outcome }) => outcome === 'failed') ?? [];

/** What a learner would see first: a command that failed, else the first check that did. */
function noticedBy(state: StepState | undefined, step: Step): Mutation['by'] {
  const action = state?.actions.find(({ status }) => status === 'failed');
  const check = state?.checks.find(({ outcome }) => outcome === 'failed');
  if (check && (!action || (state?.actions.indexOf(action) ?? 0) > 0)) return { step: step.id, check: check.check, summary: check.summary };
  return { step: step.id, summary: action?.message ?? action?.summary ?? state?.message ?? 'the step failed' };
}

/**
 * One of each kind in each file first, so that few have to be tried until each check has been seen to fail.
 *
 * @param first kinds that begin
 */
export function inTurns(mutants: readonly Mutant[], first: readonly string[] = []): Mutant[] {
  const groups = new Map<string, Mutant[]>();
  for (const mutant of [...mutants.filter(isFirst), ...mutants.filter((mutant) => !isFirst(mutant))]) {
    const key = `${mutant.operator} ${mutant.checkpoint}/${mutant.file}`;
    groups.set(key, [...(groups.get(key) ?? []), mutant]);
  }
  const rounds = Math.max(0, ...[...groups.values()].map(({ length }) => length));
  return Array.from({ length: rounds }, (_, i) => [...groups.values()].flatMap((group) => group[i] ?? [])).flat();

  function isFirst({ operator }: Mutant): boolean {
    return first.includes(operator);
  }
}
