/** What of each step is done, while a person works on it: made from the run's own events, beginning with what earlier runs left. */
import type { CommandSeen } from '../../checks/check.ts';
import type { ActionEnded, CheckEnded, EventBody, StepEnded } from '../../events/event.ts';
import { isForOtherMode } from '../../lab/facts/modes.ts';
import { segmentsOf, type Segment } from '../../lab/facts/segments.ts';
import type { Lab, Mode } from '../../lab/types.ts';
import type { Remembered } from '../run-context.ts';

export interface StepRecord {
  readonly segments: readonly Segment[];
  /** `new`: nobody has begun it. */
  status: 'new' | 'running' | StepEnded['outcome'];
  /** How it had ended when it was begun again. */
  before?: StepEnded;
  /** How it ended last. */
  ended?: StepEnded;
  /** Since when it is worked on, by the run's clock; in milliseconds. */
  since: number;
  /** By the action's number. */
  actions: Map<number, Pick<ActionEnded, 'outcome' | 'message'>>;
  /** By the check's number. */
  verdicts: Map<number, CheckEnded['outcome']>;
  /** What the commands of each run fence printed in this run, by the action's number. */
  seen: Map<number, CommandSeen>;
  /** What went well of a fence, typed by labwalk or by hand: outputs by the command's place in it, by the action's number. */
  typed: Map<number, Map<number, string>>;
  /** What it creates is in the ledger. */
  planned: boolean;
  /** The services' logs were marked at its begin. */
  marked: boolean;
}

export interface StepRecords {
  /** The record of a step that the lab has. */
  of(step: string): StepRecord;
  /** Takes an event of the run. */
  take(body: EventBody, step: string | undefined): void;
}

export function createStepRecords(lab: Lab, remembered: Remembered): StepRecords {
  const records = new Map<string, StepRecord>();
  const steps = new Map(lab.steps.map((step) => [step.id, step]));

  const find = (id: string): StepRecord | undefined => {
    const known = records.get(id);
    const step = known ? undefined : steps.get(id);
    if (!step) return known;
    const record = recall(id, segmentsOf(step), remembered);
    records.set(id, record);
    return record;
  };

  return {
    of(id) {
      const record = find(id);
      if (!record) throw new Error(`the lab has no step "${id}"`);
      return record;
    },
    take(body, id) {
      if (body.type === 'cleanup-ended') for (const record of records.values()) record.planned = false;
      const record = id === undefined ? undefined : find(id);
      if (record) takeEvent(record, body);
    },
  };
}

function recall(id: string, segments: readonly Segment[], remembered: Remembered): StepRecord {
  const checks = segments.flatMap((segment) => segment.checks.map(({ number }) => number));
  const verdicts = checks.flatMap((number) => {
    const verdict = remembered.verdict(id, number);
    return verdict ? [[number, verdict] as const] : [];
  });
  const actions = [...remembered.actionsDone(id)].map((number) => [number, { outcome: 'done' }] as const);
  const outcome = remembered.outcome(id);
  return {
    segments,
    status: outcome ?? 'new',
    ...(outcome ? { ended: { type: 'step-ended', outcome, ms: 0 } } : {}),
    since: 0,
    actions: new Map(actions),
    verdicts: new Map(verdicts),
    seen: new Map(),
    typed: new Map(),
    planned: false,
    marked: false,
  };
}

function takeEvent(record: StepRecord, body: EventBody): void {
  switch (body.type) {
    case 'step-started':
      if (!body.continued) for (const known of [record.actions, record.verdicts, record.seen]) known.clear();
      if (record.ended) record.before = record.ended;
      else delete record.before;
      record.status = 'running';
      break;
    case 'step-ended':
      record.status = body.outcome;
      record.ended = body;
      break;
    case 'action-started':
      record.actions.delete(body.action);
      break;
    case 'action-ended':
      record.actions.set(body.action, body);
      break;
    case 'check-ended':
      record.verdicts.set(body.check, body.outcome);
      break;
  }
}

/** A segment with an action. */
export type ActionSegment = Segment & Required<Pick<Segment, 'action' | 'number'>>;

export const hasAction = (segment: Segment): segment is ActionSegment => segment.action !== undefined;

/** Without an action that is done here: it needs nothing but its checks. */
export const isIdle = ({ action }: Segment, mode: Mode): boolean => action === undefined || isForOtherMode(action, mode);

/** Whether nothing of the segment is left to do. */
export function isDone(segment: Segment, record: StepRecord, mode: Mode): boolean {
  return hasActed(segment, record, mode) && segment.checks.every(({ number }) => record.verdicts.get(number) !== 'failed');
}

/** Whether its action is done, where it has one for this mode. */
export const hasActed = (segment: Segment, record: StepRecord, mode: Mode): boolean =>
  isIdle(segment, mode) || record.actions.get(segment.number ?? -1)?.outcome === 'done';

/** Whether it was begun, be it with success or without. */
export const isAttempted = (segment: Segment, record: StepRecord): boolean =>
  segment.action === undefined ||
  record.actions.has(segment.number ?? -1) ||
  segment.checks.some(({ number }) => record.verdicts.has(number));

/** Whether all of it was made that needs no doing of the learner. */
export const isSegmentMade = ({ action, number, checks }: Segment, record: StepRecord): boolean =>
  (action === undefined || record.actions.has(number ?? -1)) && checks.every((check) => record.verdicts.has(check.number));

/** What the commands above a segment's checks printed: its own fence, else the nearest above it. */
export function seenBy(segment: Segment, { seen }: StepRecord): CommandSeen | undefined {
  for (let number = segment.number ?? -1; number >= 0; number--) {
    const found = seen.get(number);
    if (found) return found;
  }
  return undefined;
}
