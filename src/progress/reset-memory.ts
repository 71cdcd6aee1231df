/** What going back does to the progress, and how that is taken back: how things stood is remembered at each reset. */
import type { Event, StepReset } from '../events/event.ts';

interface Terminal {
  directory?: string;
  terminalVariables: Readonly<Record<string, string | null>>;
}

interface Facts extends Terminal {
  lastStep?: string;
  shownStep?: string;
}

interface Step {
  checks: Map<number, unknown>;
  actions: Map<number, unknown>;
  begun: Map<number, unknown>;
}

/** What a replay has come to so far; changed in place. */
interface Replay<S, V> {
  steps: Map<string, S>;
  services: Map<string, V>;
  facts: Facts;
}

export function createResetMemory<S extends Step, V extends { running: boolean }>(replay: Replay<S, V>): { take(event: Event): void } {
  const { steps, services, facts } = replay;
  const snapshots = new Map<number, Replay<S, V> & { ends: Map<string, Terminal> }>();
  /** How the terminal was when each step had passed. */
  const ends = new Map<string, Terminal>();

  const goBack = (event: StepReset, shown: string | undefined) => {
    snapshots.set(event.reset, { steps: copySteps(steps), services: new Map(services), facts: pick(facts), ends: new Map(ends) });
    for (const id of event.steps) for (const known of [steps, ends]) known.delete(id);
    for (const [name, service] of services) services.set(name, { ...service, running: false });
    const end = event.from === undefined ? { terminalVariables: {} } : (ends.get(event.from) ?? terminalOf(facts));
    put(facts, {
      ...end,
      ...(event.from === undefined ? {} : { lastStep: event.from }),
      ...(shown === undefined ? {} : { shownStep: shown }),
    });
  };

  const undo = (number: number) => {
    const snapshot = snapshots.get(number);
    if (!snapshot) return;
    refill(steps, snapshot.steps);
    refill(services, snapshot.services);
    refill(ends, snapshot.ends);
    put(facts, snapshot.facts);
  };

  return {
    take(event) {
      if (event.type === 'step-ended' && event.outcome === 'passed' && event.step !== undefined) ends.set(event.step, terminalOf(facts));
      else if (event.type === 'step-reset') goBack(event, event.step);
      else if (event.type === 'reset-undone') undo(event.reset);
    },
  };
}

const pick = ({ lastStep, shownStep, ...more }: Facts): Facts => ({
  ...terminalOf(more),
  ...(lastStep === undefined ? {} : { lastStep }),
  ...(shownStep === undefined ? {} : { shownStep }),
});

const terminalOf = ({ directory, terminalVariables }: Terminal): Terminal => ({
  ...(directory === undefined ? {} : { directory }),
  terminalVariables,
});

/** What a step has done is added to in place. */
const copySteps = <S extends Step>(steps: ReadonlyMap<string, S>): Map<string, S> =>
  new Map(
    [...steps].map(([id, step]) => [
      id,
      { ...step, checks: new Map(step.checks), actions: new Map(step.actions), begun: new Map(step.begun) },
    ]),
  );

function refill<K, V>(map: Map<K, V>, content: ReadonlyMap<K, V>): void {
  map.clear();
  for (const [key, value] of content) map.set(key, value);
}

function put(facts: Facts, to: Facts): void {
  delete facts.directory;
  delete facts.lastStep;
  delete facts.shownStep;
  Object.assign(facts, to);
}
