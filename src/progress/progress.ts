/** What a workspace's journal says about the learner: where `list`, `check` and resuming start from. */
import type { ActionEnded, ActionStarted, CheckEnded, Event, StepEnded } from '../events/event.ts';
import type { Scenario } from '../lab/facts/scenarios.ts';
import type { Mode } from '../lab/types.ts';
import { nextExplanation, type Explanation } from './explanation.ts';
import { addUpOpenTime } from './open-time.ts';
import { createResetMemory } from './reset-memory.ts';
import { identityOf, type GivenIdentity, type ResourceState } from './state.ts';

export interface Progress {
  /** By step id, only for steps that were ever begun. */
  steps: ReadonlyMap<string, StepProgress>;
  /** The lab's text is not the one that the last run saw. */
  changed: boolean;
  /** Of the last run; undefined when there was none. */
  lastRun?: { time: string; labwalk: string; driver: string; mode: Mode; scenario?: Scenario; hash: string; seed: string; ended: boolean };
  /** Id of the step that was done last. */
  lastStep?: string;
  /** The lab's variables, as last set. */
  variables: Readonly<Record<string, string>>;
  /** Directory of the lab's terminal at its last prompt: relative to the workspace where it is inside it, else absolute. */
  directory?: string;
  /** Exported variables of the lab's terminal at its last prompt that differ from its start; null: taken away. */
  terminalVariables: Readonly<Record<string, string | null>>;
  credentials?: GivenIdentity;
  /** By kind and name: `role:myapp-dev`. */
  resources: ReadonlyMap<string, ResourceState>;
  /** Ids of steps that were done after the last clean-up that left nothing: what the next one has to put back. */
  toCleanUp: ReadonlySet<string>;
  /**
   * By name: where each service was started last, relative to the workspace where it is inside it, else absolute; and whether it ran when
   * the learner left.
   */
  services: ReadonlyMap<string, { directory: string; running: boolean }>;
  /** Id of the step that the learner saw last. */
  shownStep?: string;
  /** How many hints of each step were shown, by the step's id; also of steps that were not begun. */
  hints: ReadonlyMap<string, number>;
  /** How many files were taken from the solutions. */
  solutions: number;
  /** Milliseconds that labwalk was open, over all runs. */
  ms: number;
}

export interface StepProgress {
  /** `interrupted` also where the program ended in the middle of the step. */
  outcome: StepEnded['outcome'];
  /** When it ended; when it started where it never did. */
  time: string;
  ms: number;
  message?: string;
  /** How many of its hints were shown. */
  hints: number;
  /**
   * How its actions went when they were done last, by their number in the step. Those that did not come to their end are left out, and
   * all of another version of the lab.
   */
  actions: ReadonlyMap<number, ActionProgress>;
  /** By the check's index in the step. Verdicts on another version of the lab are left out: its indexes may differ. */
  checks: ReadonlyMap<number, LastVerdict>;
  /** What is known of its last failure; left out where it is of another version of the lab. */
  explanation?: Explanation;
}

export type ActionProgress = Omit<ActionStarted, 'type'> & Omit<ActionEnded, 'type'>;

/** Numbers of the actions of a step that are done. */
export const doneActions = (step: StepProgress | undefined): number[] =>
  [...(step?.actions.values() ?? [])].filter(({ outcome }) => outcome === 'done').map(({ action }) => action);

/** A check's last real verdict; `time` is when it was made. */
export type LastVerdict = Omit<CheckEnded, 'type' | 'exchange'> & { outcome: 'passed' | 'failed'; time: string };

/** The lab as it is now, as far as progress needs it. A `Lab` is one. */
export interface KnownLab {
  hash: string;
  steps: readonly { id: string }[];
}

type MutableStep = Omit<StepProgress, 'checks' | 'actions' | 'hints' | 'explanation'> & {
  checks: Map<number, LastVerdict>;
  actions: Map<number, ActionProgress>;
  begun: Map<number, ActionStarted>;
  hash: string;
};

/**
 * Replays events, oldest first, of one or more runs in one workspace. With a lab, steps that it no longer has are left out;
 * those that it still has keep their outcome even when the lab's text changed.
 *
 * @example progressOf(readJournal('workspace/chalice/.labwalk/journal.ndjson'), lab).steps.get('deploy')?.outcome
 */
export function progressOf(events: Iterable<Event>, lab?: KnownLab): Progress {
  const steps = new Map<string, MutableStep>();
  const resources = new Map<string, ResourceState>();
  const services = new Map<string, { directory: string; running: boolean }>();
  const hints = new Map<string, number>();
  const toCleanUp = new Set<string>();
  const facts: Pick<Progress, 'lastStep' | 'shownStep' | 'directory' | 'credentials' | 'terminalVariables' | 'solutions'> = {
    terminalVariables: {},
    solutions: 0,
  };
  const openTime = addUpOpenTime();
  const resets = createResetMemory({ steps, services, facts });
  const explanations = new Map<string, Explanation>();
  let isCleaning = false;
  const variables: Record<string, string> = {};
  let run: Progress['lastRun'];

  for (const event of events) {
    const { time, step: id } = event;
    openTime.take(event);
    resets.take(event);
    explain(event);
    switch (event.type) {
      case 'run-started': {
        const { labwalk, driver, mode, scenario, hash, seed } = event;
        run = { time, labwalk, driver, mode, ...(scenario ? { scenario } : {}), hash, seed, ended: false };
        break;
      }
      case 'run-ended':
        if (run) run.ended = true;
        break;
      case 'step-started':
        if (id !== undefined) {
          const before = steps.get(id);
          const hash = run?.hash ?? '';
          // What looks at a step again, or goes on with it, leaves what was done of it before.
          const goesOn = run?.driver === 'check' || event.continued;
          if (!goesOn || !before) steps.set(id, { outcome: 'interrupted', time, ms: 0, ...nothingDone(), hash });
          else if (before.hash !== hash) steps.set(id, { ...before, ...nothingDone(), hash });
          facts.lastStep = id;
          if (run?.driver !== 'check' && !event.continued) toCleanUp.add(id);
        }
        break;
      case 'step-ended':
        if (id !== undefined) {
          const before = steps.get(id);
          const { outcome, ms, message } = event;
          const { checks, actions, begun, hash } = before ?? { ...nothingDone(), hash: run?.hash ?? '' };
          steps.set(id, { outcome, time, ms, ...(message === undefined ? {} : { message }), checks, actions, begun, hash });
        }
        break;
      case 'action-started':
        if (id !== undefined && event.kind !== 'cleanup') {
          const step = steps.get(id);
          step?.actions.delete(event.action);
          step?.begun.set(event.action, event);
          toCleanUp.add(id);
        }
        break;
      case 'action-ended':
        if (id !== undefined) endAction(steps.get(id), event);
        break;
      case 'step-shown':
        if (id !== undefined) facts.shownStep = id;
        break;
      case 'hint-shown':
        if (id !== undefined) hints.set(id, Math.max(hints.get(id) ?? 0, event.hint + 1));
        break;
      case 'file-written':
        facts.solutions++;
        break;
      case 'check-ended':
        if (id !== undefined) {
          const verdict = toVerdict(event);
          if (verdict) steps.get(id)?.checks.set(event.check, verdict);
        }
        break;
      case 'terminal-state':
        facts.directory = event.directory;
        facts.terminalVariables = event.variables;
        break;
      case 'service-started':
        services.set(event.service, {
          directory: event.directory,
          running: isWalk(run?.driver) || (services.get(event.service)?.running ?? false),
        });
        break;
      case 'service-ended': {
        const known = services.get(event.service);
        if (known && isWalk(run?.driver)) services.set(event.service, { ...known, running: known.running && event.withRun === true });
        break;
      }
      case 'cleanup-ended':
        if (event.left.length === 0) toCleanUp.clear();
        // What was put back needs no services any more.
        for (const [name, service] of services) services.set(name, { ...service, running: false });
        break;
      case 'variable-set':
        variables[event.name] = event.value;
        break;
      case 'credentials-given':
        facts.credentials = identityOf(event);
        break;
      case 'resource-seen': {
        const { kind, name, state } = event;
        resources.set(`${kind}:${name}`, {
          ...resources.get(`${kind}:${name}`),
          kind,
          name,
          state,
          ...(id === undefined ? {} : { step: id }),
        });
        // written down before anything is done: from here on there may be something to put back
        if (state === 'planned' && id !== undefined) toCleanUp.add(id);
        break;
      }
    }
  }
  const changed = lab !== undefined && run !== undefined && run.hash !== lab.hash;

  /** What a clean-up's commands say is no step's any more. */
  function explain(event: Event): void {
    if (event.type === 'cleanup-started') isCleaning = true;
    if (event.type === 'run-started' || event.type === 'cleanup-ended') isCleaning = false;
    // each run counts its commands anew
    if (event.type === 'run-started') for (const [id, known] of explanations) explanations.set(id, { ...known, command: 0 });
    if (event.type === 'step-reset') for (const id of event.steps) explanations.delete(id);
    if (event.step === undefined || isCleaning) return;
    const next = nextExplanation(explanations.get(event.step), event);
    if (next) explanations.set(event.step, next);
    else explanations.delete(event.step);
  }

  return {
    ...facts,
    steps: keepKnown(steps, { hints, explanations }, lab),
    changed,
    variables,
    resources,
    services,
    hints,
    toCleanUp,
    ms: openTime.ms(),
    ...(run ? { lastRun: run } : {}),
  };
}

const nothingDone = () => ({
  checks: new Map<number, LastVerdict>(),
  actions: new Map<number, ActionProgress>(),
  begun: new Map<number, ActionStarted>(),
});

function endAction(step: MutableStep | undefined, event: Event & ActionEnded): void {
  const begun = step?.begun.get(event.action);
  if (!step || !begun) return;
  const { action, kind, summary, place } = begun;
  const { outcome, ms, message } = event;
  step.begun.delete(action);
  step.actions.set(action, { action, kind, summary, place, outcome, ms, ...(message === undefined ? {} : { message }) });
}

/** Such a run leaves services for the next time; `check` only borrows them. */
const isWalk = (driver: string | undefined) => driver === 'tui' || driver === 'headless';

/** `stale` and `told` say nothing new about the learner's work. A repeated verdict is the one it repeats. */
function toVerdict(event: Event & CheckEnded): LastVerdict | undefined {
  const { outcome } = event;
  if (event.repeated || (outcome !== 'passed' && outcome !== 'failed')) return undefined;
  const { type: _type, lab: _lab, step: _step, exchange: _exchange, ...verdict } = event;
  return { ...verdict, outcome };
}

function keepKnown(
  steps: ReadonlyMap<string, MutableStep>,
  { hints, explanations }: { hints: ReadonlyMap<string, number>; explanations: ReadonlyMap<string, Explanation> },
  lab: KnownLab | undefined,
): Map<string, StepProgress> {
  const known = lab && new Set(lab.steps.map(({ id }) => id));
  const kept = new Map<string, StepProgress>();
  for (const [id, { hash, checks, actions, begun: _begun, ...step }] of steps) {
    if (known && !known.has(id)) continue;
    const isOther = lab !== undefined && hash !== lab.hash;
    const done = isOther ? { checks: new Map<number, LastVerdict>(), actions: new Map<number, ActionProgress>() } : { checks, actions };
    const explanation = isOther ? undefined : explanations.get(id);
    kept.set(id, { ...step, hints: hints.get(id) ?? 0, ...done, ...(explanation ? { explanation: { ...explanation, command: 0 } } : {}) });
  }
  return kept;
}
