/** Views made from what a walk knows: the one place where drawings meet State and Lab. */
import { expandText } from '../../lab/facts/expand.ts';
import { segmentsOf } from '../../lab/facts/segments.ts';
import type { CheckUse, Lab, Step } from '../../lab/types.ts';
import { adviceOf } from '../../progress/explanation.ts';
import { getItem } from '../../progress/list.ts';
import type { State, StepState } from '../../progress/state.ts';
import type { CheckLine, ChecksView, OutlineView, ServiceLine, StepStatus } from './types.ts';

type Variables = Readonly<Record<string, string>>;

export function outlineView(lab: Lab, state: State, current: string, chosen?: string): OutlineView {
  const tasks = new Map(lab.tasks.map((task) => [task.id, task.title]));
  const steps = lab.steps.map(({ id, title, task, reading }) => {
    const known = stepState(state, id);
    return { id, title, task: tasks.get(task) ?? task, reading, status: (known?.status ?? 'pending') satisfies StepStatus };
  });
  return { steps, current, ...(chosen === undefined ? {} : { chosen }) };
}

/** The checks of a step with their last verdicts; those never made are `open`. */
export function checksView(step: Step, state: State): ChecksView {
  const verdicts = new Map((stepState(state, step.id)?.checks ?? []).map((verdict) => [verdict.check, verdict]));
  const uses = segmentsOf(step).flatMap((segment) => segment.checks);
  const checks = uses.map(({ number, use }): CheckLine => {
    const verdict = verdicts.get(number);
    if (!verdict) return { outcome: 'open', summary: summaryOf(use, state.variables) };
    const { outcome, expected, actual, exchange, ms } = verdict;
    const isOld = outcome === 'failed' && verdict.repeated === true;
    const summary = isOld ? `${verdict.summary} (as it was before)` : verdict.summary;
    return {
      ...{ outcome, summary, ms },
      ...(isOld && { isOld }),
      ...(expected === undefined ? {} : { expected }),
      ...(actual === undefined ? {} : { actual }),
      ...(verdict.try === undefined ? {} : { try: verdict.try }),
      ...(exchange === undefined ? {} : { exchange }),
    };
  });
  const explanation = stepState(state, step.id)?.explanation;
  return { checks, ...(explanation ? { explanation: adviceOf(explanation) } : {}) };
}

/** What a check that was not made yet will look at. */
const summaryOf = ({ check, title, summary }: CheckUse, variables: Variables) => expandText(title ?? summary ?? check, variables);

/** The services that have been started, in the order of their first start. `since`: when each was last started, where it is known. */
export function serviceLines(
  state: State,
  now: number,
  since: (name: string) => number | undefined,
  tailOf: (name: string) => string | undefined,
): ServiceLine[] {
  return Object.values(state.services).map((service): ServiceLine => {
    const { name, text, status, wanted, exitStatus } = service;
    const from = since(name);
    const tail = status === 'ended' ? service.tail : tailOf(name);
    const port = shownPort(service.readyBy);
    return {
      ...{ name, text },
      status: status === 'ended' ? (wanted === false ? 'died' : 'stopped') : status,
      ...(port === undefined ? {} : { port }),
      ...(from === undefined || status === 'ended' ? {} : { upMs: now - from }),
      ...(exitStatus === undefined ? {} : { exitStatus }),
      ...(tail === undefined ? {} : { tail }),
      ...(service.byHand ? { byHand: true } : {}),
    };
  });
}

/** From what showed that a service is ready: `http://localhost:8080/`, `port 8080`. */
export function shownPort(readyBy: string | undefined): string | undefined {
  if (readyBy === undefined) return undefined;
  const port = /^port (\d+)$/.exec(readyBy)?.[1] ?? /^https?:\/\/[^/]*:(\d+)/.exec(readyBy)?.[1];
  return port ?? (/^https?:\/\//.test(readyBy) ? (readyBy.startsWith('https') ? '443' : '80') : undefined);
}

function stepState(state: State, id: string): StepState | undefined {
  const index = state.indexes.get(id);
  return index === undefined ? undefined : getItem(state.steps, index);
}
