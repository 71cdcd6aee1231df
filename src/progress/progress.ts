/** What a workspace's journal says about the learner: where `list`, `check` and resuming start from. */
import type { CheckEnded, Event, StepEnded } from '../events/event.ts';
import type { Mode } from '../lab/types.ts';
import type { Identity, ResourceState } from './state.ts';

export interface Progress {
  /** By step id, only for steps that were ever begun. */
  steps: ReadonlyMap<string, StepProgress>;
  /** The lab's text is not the one that the last run saw. */
  changed: boolean;
  /** Of the last run; undefined when there was none. */
  lastRun?: { time: string; labwalk: string; driver: string; mode: Mode; hash: string; seed: string; ended: boolean };
  /** Id of the step that was done last. */
  lastStep?: string;
  /** The lab's variables, as last set. */
  variables: Readonly<Record<string, string>>;
  /** Directory of the lab's terminal at its last prompt: relative to the workspace where it is inside it, else absolute. */
  directory?: string;
  /** Exported variables of the lab's terminal at its last prompt that differ from its start; null: taken away. */
  terminalVariables: Readonly<Record<string, string | null>>;
  credentials?: Identity;
  /** By kind and name: `role:myapp-dev`. */
  resources: ReadonlyMap<string, ResourceState>;
  /** Ids of steps that were done after the last clean-up that left nothing: what the next one has to put back. */
  toCleanUp: ReadonlySet<string>;
  /** By name: where each service was started last, relative to the workspace where it is inside it, else absolute. */
  services: ReadonlyMap<string, { directory: string }>;
}

export interface StepProgress {
  /** `interrupted` also where the program ended in the middle of the step. */
  outcome: StepEnded['outcome'];
  /** When it ended; when it started where it never did. */
  time: string;
  ms: number;
  /** By the check's index in the step. Verdicts on another version of the lab are left out: its indexes may differ. */
  checks: ReadonlyMap<number, Verdict>;
}

/** A check's last real verdict; `time` is when it was made. */
export type Verdict = Omit<CheckEnded, 'type' | 'exchange'> & { outcome: 'passed' | 'failed'; time: string };

/** The lab as it is now, as far as progress needs it. A `Lab` is one. */
export interface KnownLab {
  hash: string;
  steps: readonly { id: string }[];
}

type MutableStep = Omit<StepProgress, 'checks'> & { checks: Map<number, Verdict>; hash: string };

/**
 * Replays events, oldest first, of one or more runs in one workspace. With a lab, steps that it no longer has are left out;
 * those that it still has keep their outcome even when the lab's text changed.
 *
 * @example progressOf(readJournal('workspace/chalice/.labwalk/journal.ndjson'), lab).steps.get('deploy')?.outcome
 */
export function progressOf(events: Iterable<Event>, lab?: KnownLab): Progress {
  const steps = new Map<string, MutableStep>();
  const resources = new Map<string, ResourceState>();
  const services = new Map<string, { directory: string }>();
  const toCleanUp = new Set<string>();
  const facts: Pick<Progress, 'lastStep' | 'directory' | 'credentials' | 'terminalVariables'> = { terminalVariables: {} };
  const variables: Record<string, string> = {};
  let run: Progress['lastRun'];

  for (const event of events) {
    const { time, step: id } = event;
    switch (event.type) {
      case 'run-started': {
        const { labwalk, driver, mode, hash, seed } = event;
        run = { time, labwalk, driver, mode, hash, seed, ended: false };
        break;
      }
      case 'run-ended':
        if (run) run.ended = true;
        break;
      case 'step-started':
        if (id !== undefined) {
          const before = steps.get(id);
          const hash = run?.hash ?? '';
          // `check` looks at a step again without doing it: what it showed when it was done is still known.
          if (run?.driver !== 'check' || !before) steps.set(id, { outcome: 'interrupted', time, ms: 0, checks: new Map(), hash });
          else if (before.hash !== hash) steps.set(id, { ...before, checks: new Map(), hash });
          facts.lastStep = id;
          if (run?.driver !== 'check') toCleanUp.add(id);
        }
        break;
      case 'step-ended':
        if (id !== undefined) {
          const before = steps.get(id);
          const { outcome, ms } = event;
          steps.set(id, { outcome, time, ms, checks: before?.checks ?? new Map(), hash: before?.hash ?? run?.hash ?? '' });
        }
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
        services.set(event.service, { directory: event.directory });
        break;
      case 'cleanup-ended':
        if (event.left.length === 0) toCleanUp.clear();
        break;
      case 'variable-set':
        variables[event.name] = event.value;
        break;
      case 'credentials-given':
        facts.credentials = { account: event.account, arn: event.arn, region: event.region };
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
        break;
      }
    }
  }
  const changed = lab !== undefined && run !== undefined && run.hash !== lab.hash;
  return { ...facts, steps: keepKnown(steps, lab), changed, variables, resources, services, toCleanUp, ...(run ? { lastRun: run } : {}) };
}

/** `stale` and `told` say nothing new about the learner's work. A repeated verdict is the one it repeats. */
function toVerdict(event: Event & CheckEnded): Verdict | undefined {
  const { outcome } = event;
  if (event.repeated || (outcome !== 'passed' && outcome !== 'failed')) return undefined;
  const { type: _type, lab: _lab, step: _step, exchange: _exchange, ...verdict } = event;
  return { ...verdict, outcome };
}

function keepKnown(steps: ReadonlyMap<string, MutableStep>, lab: KnownLab | undefined): Map<string, StepProgress> {
  const known = lab && new Set(lab.steps.map(({ id }) => id));
  const kept = new Map<string, StepProgress>();
  for (const [id, { hash, checks, ...step }] of steps) {
    if (known && !known.has(id)) continue;
    kept.set(id, { ...step, checks: lab && hash !== lab.hash ? new Map() : checks });
  }
  return kept;
}
