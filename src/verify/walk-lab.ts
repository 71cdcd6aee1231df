/** The first pass: every step in order, each check seen red before, what the step makes compared with what it declares; then clean-up. */
import { setTimeout } from 'node:timers/promises';
import { checksByName } from '../checks/index.ts';
import type { Run } from '../engine/run.ts';
import type { Event } from '../events/event.ts';
import { checksOf } from '../lab/facts/check-scripts.ts';
import { missingBefore } from '../lab/facts/missing-before.ts';
import type { CheckUse, Lab, Step } from '../lab/types.ts';
import { argumentsOf, environmentOf, listProcesses } from '../process/processes.ts';
import { reduce } from '../progress/reduce.ts';
import { initialState, type State } from '../progress/state.ts';
import type { Doubting } from './doubt-outputs.ts';
import { beforeAll, type ScratchWorkspace, type Made, type Stage } from './scratch-workspace.ts';
import { collectOutputs, type Outputs } from './outputs.ts';
import type { ReportFinding } from './report/schema.ts';
import { findUndeclared, madeSince } from './undeclared.ts';

export interface WalkLabOptions {
  lab: Lab;
  scratch: ScratchWorkspace;
  /** Steps to do, in order. */
  steps: readonly Step[];
  /** Ids of those that are looked at closely; the others are done for their sake. */
  owned: ReadonlySet<string>;
  doubting: Doubting;
  /** Ends the step; what is left is cleaned up. */
  signal: AbortSignal;
  /** Ends clean-up, too. */
  hardSignal: AbortSignal;
  onStepBegun(step: Step): void;
  onStepEnded(step: Step, state: State): void;
}

export interface WalkedLab {
  state: State;
  /** How each check failed before its step was done, by `step/check`; those that never did are not there. */
  red: ReadonlyMap<string, Red>;
  /** What made a check on an output fail, by `step/check`. */
  doubts: ReadonlyMap<string, readonly string[]>;
  /** When a step began: ISO 8601 in UTC. */
  started: ReadonlyMap<string, string>;
  /** What is wrong with a step beside its checks; '' for the whole lab. */
  findings: ReadonlyMap<string, readonly ReportFinding[]>;
  outputs: Outputs;
  /** What was in AWS before the first step. */
  first: readonly Made[];
  /** Services that ran when a step had passed, by step. */
  services: ReadonlyMap<string, readonly string[]>;
}

/** A check that failed before its step was done. */
export interface Red {
  /** Id of the step before which that was: its own, or an earlier one at which the service that it asks did run. */
  before: string;
  actual: string;
}

export async function walkLab(options: WalkLabOptions): Promise<WalkedLab> {
  const { lab, scratch, steps, owned, doubting, signal, hardSignal } = options;
  let state = initialState(lab.name);
  const [red, doubts, started, services] = [
    new Map<string, Red>(),
    new Map<string, readonly string[]>(),
    new Map<string, string>(),
    new Map<string, readonly string[]>(),
  ];
  const findings = new Map<string, ReportFinding[]>();
  const outputs = collectOutputs();
  const find = (step: string, finding: ReportFinding) => void findings.set(step, [...(findings.get(step) ?? []), finding]);
  const listen = (event: Event) => {
    state = reduce(state, event);
    outputs.listen(event);
    if (event.step === undefined) return;
    if (event.type === 'step-started') started.set(event.step, event.time);
    if (event.type === 'check-ended') doubts.set(`${event.step}/${event.check}`, doubting.doubtsOfLast());
  };
  const strays = new Map<number, { stray: Stray; step: string }>();

  let first: readonly Made[] | undefined;
  const stage = await scratch.open({ lab, steps, goesOn: false, listen, checks: doubting.checks });
  try {
    await scratch.keep(beforeAll);
    first = await scratch.everything();
    await doSteps(stage, first);
    await stage.run.cleanup({ signal: hardSignal });
    if (first) for (const one of madeSince(first, (await scratch.everything()) ?? [])) find(makerOf(one), leftResource(one));
    for (const stray of await findStrays(scratch.folder)) {
      const step = strays.get(stray.pid)?.step ?? '';
      find(step, leftProcess(stray));
    }
    await stage.run.stop(signal.aborted ? 'interrupted' : 'passed');
  } finally {
    await stage.close();
  }
  return { state, red, doubts, started, findings, outputs, first: first ?? [], services };

  async function doSteps({ run, emit, lab: settled }: Stage, first: readonly Made[] | undefined): Promise<void> {
    const failed = new Map<string, Step>();
    let broken: Step | undefined;
    let there = first;
    for (const { id } of steps) {
      const step = settled.steps.find((one) => one.id === id);
      if (signal.aborted || !step) break;
      const missing = missingBefore(step, failed, broken);
      if (missing) {
        emit({ type: 'step-ended', outcome: 'skipped', ms: 0, message: `It builds on "${missing.title}", which did not pass.` }, id);
        failed.set(id, step);
        options.onStepEnded(step, state);
        continue;
      }
      options.onStepBegun(step);
      await lookBefore(run, step, settled);
      const result = await run.start(id, { signal });
      if (result.outcome === 'failed') {
        failed.set(id, step);
        if (result.actionFailed) broken ??= step;
      }
      const now = step.reading ? there : await scratch.everything();
      if (there && now) {
        const declared = settled.steps.slice(0, settled.steps.indexOf(step) + 1).flatMap(({ creates }) => creates);
        const undeclared = findUndeclared(madeSince(there, now), declared, state.variables);
        for (const one of undeclared) find(id, undeclaredResource(one, step));
      }
      there = now;
      await noteStrays(id);
      services.set(id, runningServices(state));
      if (result.outcome === 'passed' || result.outcome === 'read') await scratch.keep(id);
      options.onStepEnded(step, state);
    }
  }

  /**
   * Makes the checks of a step before it is done; and those of later steps that ask a service, where one runs: what it answers before they
   * should pass says more than that nobody answers.
   */
  async function lookBefore(run: Run, step: Step, { steps: all }: Lab): Promise<void> {
    const isRunning = runningServices(state).length > 0;
    for (const other of all.slice(all.indexOf(step))) {
      if (!owned.has(other.id) || other.reading) continue;
      const isWanted = ({ check }: CheckUse, number: number) =>
        !red.has(`${other.id}/${number}`) && (other === step || (isRunning && asksService(check)));
      if (!checksOf([other]).some(isWanted)) continue;
      const listen = (event: Event) => {
        if (event.type !== 'check-ended' || event.outcome !== 'failed') return;
        red.set(`${other.id}/${event.check}`, { before: step.id, actual: event.actual ?? '' });
      };
      await run.check(other.id, { asIs: isWanted, listen, signal });
    }
  }

  /** Whose they are is known where they are first seen; whether they are left over, at the end. */
  async function noteStrays(step: string): Promise<void> {
    if (Object.values(state.services).some(({ status }) => status !== 'ended')) return;
    for (const stray of await findStrays(scratch.folder)) if (!strays.has(stray.pid)) strays.set(stray.pid, { stray, step });
  }

  function makerOf([kind, name]: Made): string {
    const resource = Object.values(state.resources).find((one) => one.kind === kind && one.name === name);
    return resource?.step ?? '';
  }
}

const asksService = (name: string): boolean => name === 'log' || checksByName.get(name)?.asksServer === true;

const runningServices = ({ services }: State): string[] =>
  Object.values(services)
    .filter(({ status }) => status === 'ready')
    .map(({ name }) => name);

const leftResource = ([kind, name]: Made): ReportFinding => ({
  name: 'left-resource',
  text: `The ${kind} ${name} is still there after clean-up.`,
  fix: `Declare it with creates="${kind}:${name}" in the step that makes it, and delete it in a cleanup fence of that step.`,
});

const leftProcess = ({ command }: Stray): ReportFinding => ({
  name: 'left-process',
  text: `After clean-up a process still runs that is no service of the lab: ${command}`,
  fix: 'Make it a service fence (`sh service=NAME`), which labwalk ends, or end it in a cleanup fence.',
});

const undeclaredResource = ([kind, name]: Made, { place }: Step): ReportFinding => ({
  name: 'undeclared-resource',
  text: `The step makes the ${kind} ${name}, and does not say so.`,
  fix: `Add ${kind}:${name} to creates="…" below its heading, or below that of the step that causes it, so that clean-up knows of it.`,
  place,
});

/** Processes that a lab has started and that are neither its terminals nor its services. */
interface Stray {
  pid: number;
  /** The program and its arguments. */
  command: string;
}

/** Between two looks, in milliseconds: what a prompt starts for itself is gone by then. */
const secondLook = 150;

/**
 * Those that have this workspace in their environment, whoever their parent is by now. To be asked when no service runs and no command does.
 */
async function findStrays(workspace: string): Promise<Stray[]> {
  const first = look(workspace);
  if (first.length === 0) return [];
  await setTimeout(secondLook);
  const again = new Set(look(workspace));
  return first.filter((pid) => again.has(pid)).map((pid) => ({ pid, command: argumentsOf(pid).join(' ') }));
}

function look(workspace: string): number[] {
  // a terminal's bash is a child of this process; what runs in it is not
  const others = listProcesses().filter(({ ppid }) => ppid !== process.pid);
  return others.map(({ pid }) => pid).filter((pid) => environmentOf(pid).get('LABWALK_WORKSPACE') === workspace);
}
