/**
 * One pass through a lab by one driver in one workspace. A driver uses the four methods and nothing else; what happens
 * leaves as events.
 */
import path from 'node:path';
import type { Check, CommandSeen } from '../checks/check.ts';
import type { EventBody, Listener, RunEnded, StepEnded } from '../events/event.ts';
import type { Lab, Step } from '../lab/types.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { runChecks, type Verdict } from './check-parts.ts';
import { cleanUp, type CleanupResult } from './clean-up.ts';
import type { Cloud } from './cloud.ts';
import { createLabTerminal } from './lab-terminal.ts';
import { openLedger } from './ledger.ts';
import { neededServices } from './needed-services.ts';
import { redactEvent } from './redact-event.ts';
import { createRedactor, type Redactor } from './redact.ts';
import { isAction, runAction } from './run-action.ts';
import { nothingRemembered, type Remembered, type RunContext } from './run-context.ts';
import { createServices } from './services.ts';
import { startServiceAction } from './start-service-action.ts';

export interface RunOptions {
  lab: Lab;
  workspace: Workspace;
  cloud: Cloud;
  checks: ReadonlyMap<string, Check>;
  /** Values of the lab's variables (`prepareVariables`). */
  variables: Record<string, string>;
  seed: string;
  driver: 'headless' | 'tui' | 'check' | 'clean';
  /** Steps that the run is about. */
  steps: readonly Step[];
  remembered?: Remembered;
  listen: Listener;
  /** Milliseconds since 1970. */
  now(): number;
  /** labwalk's version. */
  version: string;
  /** Path or name of bash. */
  bash?: string;
  /** Pipes instead of pseudo-terminals. */
  plain?: boolean;
}

export interface Run {
  /** Does the step: its actions and checks in the order of the lab. */
  start(step: string, options?: StepOptions): Promise<StepResult>;
  /** Does the checks of the step again, on things as they are now. */
  check(step: string, options?: StepOptions): Promise<StepResult>;
  /** Puts back what the started steps did. */
  cleanup(options?: StepOptions): Promise<CleanupResult>;
  /** Ends the terminal, the services and all that they started; never what is deployed. The run is over; a second call does nothing. */
  stop(outcome: RunEnded['outcome'], message?: string): Promise<void>;
}

export interface StepOptions {
  /** Ends what is being done; the step is then `interrupted`. */
  signal?: AbortSignal;
  /** Takes the step's events instead of the run's listener: for another labwalk that asked. */
  listen?: Listener;
}

export interface StepResult {
  outcome: StepEnded['outcome'];
  /** An action failed, so that what builds on it can't be done. */
  actionFailed: boolean;
  /** This machine or account lacks something. */
  machine: boolean;
}

export function createRun(options: RunOptions): Run {
  const own = createContext(options);
  const { lab, now } = own;
  const began = now();
  const byId = new Map(lab.steps.map((step) => [step.id, step]));
  let stopped = false;
  const started = new Set(own.remembered.started);

  own.emit({
    type: 'run-started',
    labwalk: options.version,
    title: lab.title,
    driver: options.driver,
    mode: own.mode,
    workspace: own.workspace.folder,
    hash: lab.hash,
    seed: options.seed,
    steps: options.steps.map(tellStep),
  });
  for (const [name, value] of Object.entries(own.variables)) own.emit({ type: 'variable-set', name, value });

  const walk = async (
    id: string,
    { signal = never, listen }: StepOptions,
    work: (step: Step, context: RunContext, signal: AbortSignal) => Promise<Walked>,
  ) => {
    const context = listen ? { ...own, emit: createEmit(options, own.redactor, listen) } : own;
    const { emit } = context;
    const step = byId.get(id);
    if (!step) throw new Error(`the lab has no step "${id}"`);
    const from = now();
    emit({ type: 'step-started' }, id);
    const interrupt = () => void context.terminal.interrupt();
    signal.addEventListener('abort', interrupt);
    try {
      const walked = step.reading ? readStep : await work(step, context, signal);
      const message = walked.message === undefined ? {} : { message: walked.message };
      emit({ type: 'step-ended', outcome: walked.outcome, ms: Math.round(now() - from), ...message }, id);
      return { outcome: walked.outcome, actionFailed: walked.actionFailed ?? false, machine: walked.machine ?? false };
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
  };

  return {
    start: (id, stepOptions = {}) =>
      walk(id, stepOptions, (step, context, signal) => {
        started.add(id);
        context.ledger.plan(id, context.mode, step.creates);
        for (const { kind, name } of step.creates) context.emit({ type: 'resource-seen', kind, name, state: 'planned' }, id);
        context.services.mark();
        return doStep(step, context, signal);
      }),
    check: (id, stepOptions = {}) => walk(id, stepOptions, checkStep),
    async cleanup({ signal = never } = {}) {
      const interrupt = () => void own.terminal.interrupt();
      signal.addEventListener('abort', interrupt);
      try {
        return await cleanUp(started, own, signal);
      } finally {
        signal.removeEventListener('abort', interrupt);
      }
    },
    async stop(outcome, message) {
      if (stopped) return;
      stopped = true;
      await own.services.stopAll();
      await own.terminal.close();
      own.emit({ type: 'run-ended', outcome, ms: Math.round(now() - began), ...(message === undefined ? {} : { message }) });
    },
  };
}

interface Walked {
  outcome: StepEnded['outcome'];
  message?: string;
  actionFailed?: boolean;
  machine?: boolean;
}

const readStep: Walked = { outcome: 'read' };

/**
 * Actions and checks in the order of the lab. Every check is done even when an earlier one failed; after a failed action the checks
 * that look at it are still done, further actions are not.
 */
async function doStep(step: Step, context: RunContext, signal: AbortSignal): Promise<Walked> {
  const verdicts: Verdict[] = [];
  let actions = 0;
  let command: CommandSeen | undefined;
  let failure: { message: string; machine: boolean } | undefined;
  for (const part of step.parts) {
    if (signal.aborted) return { outcome: 'interrupted' };
    if (isAction(part)) {
      if (failure) break;
      const { result, seen } = await runAction(part, actions++, step.id, context, signal);
      if (seen) command = seen;
      if (result.outcome === 'interrupted') return { outcome: 'interrupted' };
      if (result.outcome === 'failed') failure = { message: result.message, machine: result.machine ?? false };
    } else if (part.kind === 'checks') {
      const round = { step: step.id, first: verdicts.length, signal, ...(command ? { command } : {}) };
      verdicts.push(...(await runChecks(part.checks, round, context)));
    }
  }
  if (verdicts.includes('interrupted')) return { outcome: 'interrupted' };
  if (failure) return { outcome: 'failed', message: failure.message, actionFailed: true, machine: failure.machine };
  return judgeVerdicts(verdicts);
}

async function checkStep(step: Step, context: RunContext, signal: AbortSignal): Promise<Walked> {
  for (const service of neededServices(context.lab, step, context.variables)) {
    if (context.services.isRunning(service.name)) continue;
    const remembered = context.remembered.serviceDirectory(service.name);
    const directory = remembered === undefined ? undefined : path.resolve(context.workspace.folder, remembered);
    const result = await startServiceAction(service, step.id, context, signal, directory);
    if (result.outcome === 'failed') return { outcome: 'failed', message: result.message, actionFailed: true };
    if (result.outcome === 'interrupted') return { outcome: 'interrupted' };
  }
  const verdicts: Verdict[] = [];
  for (const part of step.parts) {
    if (part.kind !== 'checks') continue;
    verdicts.push(...(await runChecks(part.checks, { step: step.id, first: verdicts.length, signal }, context)));
  }
  if (verdicts.includes('interrupted')) return { outcome: 'interrupted' };
  return judgeVerdicts(verdicts);
}

function judgeVerdicts(verdicts: readonly Verdict[]): Walked {
  const failed = verdicts.filter((verdict) => verdict === 'failed').length;
  if (failed > 0) return { outcome: 'failed', message: failed === 1 ? '1 check failed' : `${failed} checks failed` };
  const stale = verdicts.includes('stale');
  if (stale && !verdicts.includes('passed')) return { outcome: 'failed', message: 'This step has not been done here yet.' };
  return { outcome: 'passed' };
}

/** A step as the event of a run's start tells of it. */
export const tellStep = ({ id, title, task, reading, parts }: Step) => ({ id, title, task, reading, checks: countChecks(parts) });

const countChecks = (parts: Step['parts']) => parts.reduce((sum, part) => sum + (part.kind === 'checks' ? part.checks.length : 0), 0);

const never = new AbortController().signal;

function createContext(options: RunOptions): RunContext {
  const { lab, workspace, cloud, checks, now, listen } = options;
  const remembered = options.remembered ?? nothingRemembered;
  const redactor = createRedactor(cloud.secrets);
  const bash = options.bash ?? 'bash';
  const plain = options.plain ?? false;
  let commands = 0;
  const nextCommand = () => ++commands;
  const emit = createEmit(options, redactor, listen);
  const variables = { ...options.variables };
  const terminal = createLabTerminal({
    workspace: workspace.folder,
    env: { ...cloud.env, ...variables, LABWALK_WORKSPACE: workspace.folder },
    directory: path.resolve(workspace.folder, remembered.directory ?? '.'),
    variables: remembered.terminalVariables,
    redactor,
    bash,
    plain,
    emit,
    nextCommand,
  });
  const services = createServices({ workspace: workspace.folder, redactor, bash, plain, emit, nextCommand, now });
  const ledger = openLedger(workspace.ledger);
  const verdicts = new Map<string, 'passed' | 'failed'>();
  return {
    lab,
    workspace,
    mode: cloud.mode,
    cloud,
    checks,
    variables,
    terminal,
    services,
    ledger,
    redactor,
    remembered,
    verdicts,
    bash,
    emit,
    now,
  };
}

/** Stamps and redacts an event and hands it on. */
function createEmit({ lab, now }: Pick<RunOptions, 'lab' | 'now'>, redactor: Redactor, listen: Listener) {
  return (body: EventBody, step?: string) => {
    const stamp = { time: new Date(now()).toISOString(), lab: lab.name, ...(step === undefined ? {} : { step }) };
    listen(redactEvent({ ...stamp, ...body }, redactor));
  };
}
