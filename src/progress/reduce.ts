import type {
  ActionEnded,
  ActionStarted,
  CheckEnded,
  CommandEnded,
  CommandStarted,
  CredentialsDiagnosed,
  Event,
  FailureExplained,
  StepEnded,
} from '../events/event.ts';
import { diagnosisOf, nextExplanation, type Explanation } from './explanation.ts';
import { addOutput } from './output-tail.ts';
import { getItem, setItem } from './list.ts';
import { identityOf, startState } from './state.ts';
import type { ActionState, CheckState, CleanupState, CommandState, Counts, ServiceState, State, StepState } from './state.ts';

/** Notices and commands typed by hand have no natural end: the oldest go. */
const mostNotices = 200;
const mostCommands = 500;

/**
 * The State after an event. Pure: it changes nothing, and what an event doesn't touch is the same object as before.
 * An event of an unknown type, or for a step that the run doesn't have, gives the State back as it is.
 */
export function reduce(state: State, event: Event): State {
  return explainStep(reduceEvent(state, event), event);
}

function reduceEvent(state: State, event: Event): State {
  switch (event.type) {
    case 'run-started':
      return startState(event);
    case 'run-ended':
      return { ...state, status: event.outcome, ms: event.ms, ...withMessage(event.message) };
    case 'step-started':
      return event.continued ? continueStep(state, event.step) : startStep(state, event.step);
    case 'step-shown':
      return event.step !== undefined && state.indexes.has(event.step) ? { ...state, shown: event.step } : state;
    case 'hint-shown':
      return changeStep(state, event.step, (step) => (event.hint < step.hints ? step : { ...step, hints: event.hint + 1 }));
    case 'step-ended':
      return endStep(state, event.step, event);
    case 'step-reset':
      return event.steps.reduce(forgetStep, state);
    case 'action-started':
      return changeWork(forgetAction(state, event), event.step, (work) => reduceWork(work, event));
    case 'action-ended':
    case 'command-started':
    case 'command-ended':
      return changeWork(state, event.step, (work) => reduceWork(work, event));
    case 'check-ended':
      return addCheck(state, event);
    case 'file-written': {
      const { path, checkpoint, kept } = event;
      const file = kept === undefined ? { path, checkpoint } : { path, checkpoint, kept };
      return changeStep(state, event.step, (step) => ({ ...step, files: [...step.files, file] }));
    }
    case 'output':
      return { ...state, output: addOutput(state.output, event) };
    case 'terminal-state':
      return { ...state, directory: event.directory, terminalVariables: event.variables };
    case 'variable-set':
      return { ...state, variables: { ...state.variables, [event.name]: event.value } };
    case 'credentials-given':
      return { ...state, credentials: identityOf(event) };
    case 'failure-explained':
      return explainCommand(state, event);
    case 'credentials-diagnosed':
      return event.command === undefined ? addDiagnosis(state, event) : explainCommand(state, event);
    case 'service-started': {
      const { service: name, text, byHand, command, step } = event;
      const facts = { ...(byHand ? { byHand } : {}), ...(step === undefined ? {} : { step }) };
      return setService(state, { name, text, command, status: 'starting', ...facts });
    }
    case 'service-ready': {
      const service = serviceOf(state, event.service);
      return service ? setService(state, { ...service, status: 'ready', readyBy: event.by, readyMs: event.ms }) : state;
    }
    case 'service-ended': {
      const service = serviceOf(state, event.service);
      const { status: exitStatus, wanted, ms, tail, log } = event;
      return service ? setService(state, { ...service, status: 'ended', exitStatus, wanted, ms, tail, log }) : state;
    }
    case 'resource-seen': {
      const { kind, name, state: seen, step } = event;
      const before = state.resources[`${kind}:${name}`];
      const resource = { ...before, kind, name, state: seen, ...(step === undefined ? {} : { step }) };
      return { ...state, resources: { ...state.resources, [`${kind}:${name}`]: resource } };
    }
    case 'cleanup-started':
      return { ...state, cleanup: { status: 'running', actions: [], commands: [], left: [] } };
    case 'cleanup-ended':
      return { ...state, cleanup: { ...state.cleanup, status: 'done', ms: event.ms, left: event.left } };
    case 'terminal-restarted':
      return addNotice(state, 'info', event.message, event.step);
    case 'notice':
      return addNotice(state, event.level, event.text, event.step);
    default:
      return state;
  }
}

/** The explanation that stands over a step; that of a clean-up belongs to its command alone. */
function explainStep(state: State, event: Event): State {
  if (event.type === 'output' || state.cleanup.status === 'running') return state;
  return changeStep(state, event.step, (step) => {
    const next = nextExplanation(step.explanation, event);
    if (next === step.explanation) return step;
    const { explanation: _before, ...others } = step;
    return next ? { ...others, explanation: next } : others;
  });
}

/** What is known of a failure stays with its command, or with the service whose command it was. */
function explainCommand(state: State, event: Event & (FailureExplained | CredentialsDiagnosed)): State {
  const service = Object.values(state.services).find(({ command }) => command === event.command);
  const explain = <T extends { explanation?: Explanation }>(one: T): T => {
    const explanation = nextExplanation(one.explanation, event);
    return explanation === one.explanation || !explanation ? one : { ...one, explanation };
  };
  const explained = service && event.command !== undefined ? setService(state, explain(service)) : state;
  return changeWork(explained, event.step, (work) => {
    const at = work.commands.findLastIndex(({ command }) => command === event.command);
    const command = work.commands[at];
    const changed = command && explain(command);
    return changed === command || !changed ? work : { ...work, commands: work.commands.with(at, changed) };
  });
}

/** A look at credentials that was not about a command: the last of each step counts. */
function addDiagnosis(state: State, event: Event & CredentialsDiagnosed): State {
  const { step } = event;
  const diagnosis = { ...diagnosisOf(event), ...(step === undefined ? {} : { step }) };
  return { ...state, diagnoses: [...state.diagnoses.filter((other) => other.step !== step), diagnosis] };
}

function startStep(state: State, id: string | undefined): State {
  const started = changeStep(state, id, (step) => {
    const { ms: _ms, message: _message, ...facts } = step;
    return { ...facts, status: 'running', actions: [], commands: [], checks: [], files: [] };
  });
  if (started === state || id === undefined) return state;
  const before = findStepState(state, id);
  const checks = before ? countChecks(state.counts.checks, before.checks, -1) : state.counts.checks;
  return { ...started, current: id, counts: { steps: moveStep(state.counts.steps, before, 'pending'), checks } };
}

/** The step is to be done again; its hints have been seen. */
function forgetStep(state: State, id: string): State {
  const before = findStepState(state, id);
  const forgotten = changeStep(state, id, ({ ms: _ms, message: _message, explanation: _explanation, ...facts }) => ({
    ...facts,
    ...{ status: 'pending', actions: [], commands: [], checks: [], files: [] },
  }));
  const checks = before ? countChecks(state.counts.checks, before.checks, -1) : state.counts.checks;
  return { ...forgotten, counts: { steps: moveStep(state.counts.steps, before, 'pending'), checks } };
}

/** What was done of the step stays, and so do its verdicts until they are made anew. */
function continueStep(state: State, id: string | undefined): State {
  const started = changeStep(state, id, ({ ms: _ms, message: _message, ...facts }) => ({ ...facts, status: 'running' }));
  if (started === state || id === undefined) return state;
  return { ...started, current: id, counts: { ...state.counts, steps: moveStep(state.counts.steps, findStepState(state, id), 'pending') } };
}

/** An action that is done again takes the place of how it went before. */
function forgetAction(state: State, { step: id, action: number }: Event & ActionStarted): State {
  if (state.cleanup.status === 'running') return state;
  return changeStep(state, id, (step) => {
    const actions = step.actions.filter(({ action }) => action !== number);
    return actions.length === step.actions.length ? step : { ...step, actions };
  });
}

function endStep(state: State, id: string | undefined, { outcome, ms, message }: StepEnded): State {
  const before = id === undefined ? undefined : findStepState(state, id);
  const ended = changeStep(state, id, (step) => ({ ...step, status: outcome, ms, ...withMessage(message) }));
  if (ended === state || id === undefined) return state;
  return { ...ended, current: id, counts: { ...ended.counts, steps: moveStep(state.counts.steps, before, outcome) } };
}

/** A check that is done again takes the place of its earlier verdict. */
function addCheck(state: State, event: Event & CheckEnded): State {
  const { type: _type, time: _time, lab: _lab, step: id, ...verdict } = event;
  const before = id === undefined ? undefined : findStepState(state, id);
  if (!before) return state;
  const old = before.checks.filter(({ check: index }) => index === verdict.check);
  const others = old.length === 0 ? before.checks : before.checks.filter(({ check: index }) => index !== verdict.check);
  const check: CheckState = { ...(verdict.repeated && reasonsOf(old[0])), ...verdict, afterCommands: before.commands.length };
  const changed = changeStep(state, id, (step) => ({ ...step, checks: [...others, check] }));
  const checks = countChecks(countChecks(state.counts.checks, old, -1), [check], 1);
  return { ...changed, counts: { ...state.counts, checks } };
}

/** A repeated verdict says nothing anew about its reasons: they are those of the one that it repeats. */
function reasonsOf(verdict: CheckState | undefined): Partial<CheckState> {
  if (!verdict) return {};
  const { expected, actual, try: advice } = verdict;
  return {
    ...(expected !== undefined && { expected }),
    ...(actual !== undefined && { actual }),
    ...(advice !== undefined && { try: advice }),
  };
}

/** What does actions and commands: a step, or the clean-up. */
type Work = Pick<StepState, 'actions' | 'commands'>;

/** While the clean-up runs, its actions carry the ids of steps that ended long ago; they belong to the clean-up. */
function changeWork(state: State, id: string | undefined, change: <T extends Work>(work: T) => T): State {
  if (state.cleanup.status !== 'running') return changeStep(state, id, change);
  const cleanup: CleanupState = change(state.cleanup);
  return cleanup === state.cleanup ? state : { ...state, cleanup };
}

function reduceWork<T extends Work>(work: T, event: ActionStarted | ActionEnded | CommandStarted | CommandEnded): T {
  switch (event.type) {
    case 'action-started': {
      const { action, kind, summary, place } = event;
      const started: ActionState = { action, kind, summary, place, status: 'running' };
      return { ...work, actions: [...work.actions, started] };
    }
    case 'action-ended': {
      const at = work.actions.findLastIndex(({ action, status }) => action === event.action && status === 'running');
      const action = work.actions[at];
      if (!action) return work;
      const ended: ActionState = { ...action, status: event.outcome, ms: event.ms, ...withMessage(event.message) };
      return { ...work, actions: work.actions.with(at, ended) };
    }
    case 'command-started': {
      const { command, terminal, text, byHand } = event;
      const started: CommandState = { command, terminal, text, byHand };
      return { ...work, commands: [...work.commands.slice(-mostCommands + 1), started] };
    }
    case 'command-ended': {
      const at = work.commands.findLastIndex(({ command }) => command === event.command);
      const command = work.commands[at];
      if (!command) return work;
      const { text = command.text, status, ended, ms, size, tail, log } = event;
      return { ...work, commands: work.commands.with(at, { ...command, text, end: { status, ended, ms, size, tail, log } }) };
    }
  }
}

function changeStep(state: State, id: string | undefined, change: (step: StepState) => StepState): State {
  const index = id === undefined ? undefined : state.indexes.get(id);
  const step = index === undefined ? undefined : getItem(state.steps, index);
  if (index === undefined || !step) return state;
  const changed = change(step);
  return changed === step ? state : { ...state, steps: setItem(state.steps, index, changed) };
}

/** A step by its id. */
export function findStepState(state: State, id: string): StepState | undefined {
  const index = state.indexes.get(id);
  return index === undefined ? undefined : getItem(state.steps, index);
}

/** Names come from events, and an object has some by itself. */
const serviceOf = ({ services }: State, name: string): ServiceState | undefined =>
  Object.hasOwn(services, name) ? services[name] : undefined;

function setService(state: State, service: ServiceState): State {
  return { ...state, services: { ...state.services, [service.name]: service } };
}

function addNotice(state: State, level: 'info' | 'warning' | 'error', text: string, step: string | undefined): State {
  const notice = { level, text, ...(step === undefined ? {} : { step }) };
  return { ...state, notices: [...state.notices.slice(-mostNotices + 1), notice] };
}

export function moveStep(counts: Counts['steps'], step: StepState | undefined, to: keyof Counts['steps']): Counts['steps'] {
  const from = step === undefined || step.status === 'running' ? 'pending' : step.status;
  if (from === to) return counts;
  return { ...counts, [from]: counts[from] - 1, [to]: counts[to] + 1 };
}

function countChecks(counts: Counts['checks'], checks: readonly CheckState[], sign: 1 | -1): Counts['checks'] {
  let { passed, failed } = counts;
  for (const { outcome } of checks) {
    if (outcome === 'passed') passed += sign;
    if (outcome === 'failed') failed += sign;
  }
  return { passed, failed };
}

function withMessage(message: string | undefined): { message?: string } {
  return message === undefined ? {} : { message };
}
