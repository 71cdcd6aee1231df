/**
 * The one border at which events come in from outside: a journal that another version has written, that a full disk has cut or a person has
 * edited; the socket of another labwalk. Whatever lacks something that its type promises is left out, so that no reader of events has to ask.
 */
import { scenarioNames } from '../lab/facts/scenarios.ts';
import type { Mode, Place } from '../lab/types.ts';
import {
  isCount,
  isEither,
  isFlag,
  isJust,
  isListOf,
  isMaybe,
  isNumber,
  hasShape,
  isOneOf,
  isRecordOf,
  isText,
  isTime,
  type Shape,
} from '../text/json-shape.ts';
import { causes, type Diagnosis } from './diagnosis.ts';
import type { CheckEnded, Event, EventBody, Exchange, RunStarted, Stamp } from './event.ts';

type Type = EventBody['type'];
type Body<T extends Type> = Omit<Extract<EventBody, { type: T }>, 'type'>;

const isMode = isOneOf<Mode>(['sandbox', 'aws']);
const isPlace = hasShape<Place>({ file: isText, line: isNumber, column: isNumber });
const isMessage = isMaybe(isText);

const isStep = hasShape<RunStarted['steps'][number]>({ id: isText, title: isText, task: isText, reading: isFlag, checks: isCount });

const isHeader: Shape<[string, string]> = (value): value is [string, string] =>
  Array.isArray(value) && value.length === 2 && isText(value[0]) && isText(value[1]);

const isExchange = hasShape<Exchange>({
  request: hasShape<Exchange['request']>({ method: isText, url: isText, headers: isListOf(isHeader), body: isMaybe(isText) }),
  response: isMaybe(
    hasShape<NonNullable<Exchange['response']>>({
      status: isNumber,
      reason: isText,
      version: isText,
      headers: isListOf(isHeader),
      body: isText,
      truncated: isFlag,
      ms: isNumber,
    }),
  ),
  error: isMaybe(isText),
});

const diagnosis: { [K in keyof Required<Diagnosis>]: Shape<Diagnosis[K]> } = {
  cause: isOneOf(causes),
  sentence: isText,
  evidence: isListOf(isText),
  place: isMaybe(isOneOf(['cloud9', 'cloudshell', 'sso', 'sandbox', 'other'])),
  fix: isListOf(isText),
  link: isMaybe(isText),
  source: isMaybe(isText),
  profile: isMaybe(isText),
  region: isMaybe(isText),
  account: isMaybe(isText),
  arn: isMaybe(isText),
  expires: isMaybe(isText),
  permission: isMaybe(isText),
  clockSeconds: isMaybe(isNumber),
};

const check: { [K in keyof Required<Omit<CheckEnded, 'type'>>]: Shape<CheckEnded[K]> } = {
  check: isCount,
  name: isText,
  summary: isText,
  outcome: isOneOf(['passed', 'failed', 'told', 'stale']),
  ms: isNumber,
  place: isPlace,
  expected: isMaybe(isText),
  actual: isMaybe(isText),
  try: isMaybe(isText),
  exchange: isMaybe(isExchange),
  repeated: isMaybe(isFlag),
};

const shapes: { [T in Type]: Shape<Body<T>> } = {
  'run-started': hasShape<Body<'run-started'>>({
    labwalk: isText,
    title: isText,
    driver: isOneOf(['headless', 'tui', 'check', 'clean']),
    mode: isMode,
    scenario: isMaybe(isOneOf(scenarioNames)),
    workspace: isText,
    hash: isText,
    seed: isText,
    steps: isListOf(isStep),
  }),
  'run-ended': hasShape<Body<'run-ended'>>({
    outcome: isOneOf(['passed', 'failed', 'interrupted', 'error']),
    ms: isNumber,
    message: isMessage,
  }),
  'step-started': hasShape<Body<'step-started'>>({ continued: isMaybe(isJust(true)) }),
  'step-shown': hasShape<Body<'step-shown'>>({}),
  'hint-shown': hasShape<Body<'hint-shown'>>({ hint: isCount }),
  'step-ended': hasShape<Body<'step-ended'>>({
    outcome: isOneOf(['passed', 'failed', 'read', 'skipped', 'interrupted']),
    ms: isNumber,
    message: isMessage,
  }),
  'step-reset': hasShape<Body<'step-reset'>>({ reset: isCount, steps: isListOf(isText), from: isMaybe(isText) }),
  'reset-undone': hasShape<Body<'reset-undone'>>({ reset: isCount }),
  'action-started': hasShape<Body<'action-started'>>({
    action: isCount,
    kind: isOneOf(['run', 'service', 'file', 'credentials', 'cleanup']),
    summary: isText,
    place: isPlace,
  }),
  'action-ended': hasShape<Body<'action-ended'>>({
    action: isCount,
    outcome: isOneOf(['done', 'failed', 'told', 'interrupted']),
    ms: isNumber,
    message: isMessage,
  }),
  'command-started': hasShape<Body<'command-started'>>({
    command: isCount,
    terminal: isText,
    text: isText,
    byHand: isFlag,
    directory: isText,
  }),
  output: hasShape<Body<'output'>>({ command: isCount, terminal: isText, text: isText }),
  'command-ended': hasShape<Body<'command-ended'>>({
    command: isCount,
    terminal: isText,
    text: isMaybe(isText),
    status: isNumber,
    ended: isOneOf(['done', 'timeout', 'stopped', 'shell']),
    ms: isNumber,
    size: isNumber,
    tail: isText,
    log: isText,
  }),
  'terminal-state': hasShape<Body<'terminal-state'>>({ directory: isText, variables: isRecordOf(isEither(isText, isJust(null))) }),
  'terminal-restarted': hasShape<Body<'terminal-restarted'>>({ message: isText }),
  'service-started': hasShape<Body<'service-started'>>({
    service: isText,
    byHand: isMaybe(isJust(true)),
    command: isCount,
    text: isText,
    directory: isText,
  }),
  'service-ready': hasShape<Body<'service-ready'>>({ service: isText, by: isText, ms: isNumber }),
  'service-ended': hasShape<Body<'service-ended'>>({
    service: isText,
    status: isNumber,
    wanted: isFlag,
    withRun: isMaybe(isJust(true)),
    ms: isNumber,
    tail: isText,
    log: isText,
  }),
  'file-written': hasShape<Body<'file-written'>>({ path: isText, checkpoint: isText, kept: isMaybe(isText) }),
  'variable-set': hasShape<Body<'variable-set'>>({ name: isText, value: isText }),
  'credentials-given': hasShape<Body<'credentials-given'>>({ account: isText, arn: isText, region: isText, expires: isMaybe(isText) }),
  'credentials-diagnosed': hasShape<Body<'credentials-diagnosed'>>({ ...diagnosis, command: isMaybe(isCount) }),
  'failure-explained': hasShape<Body<'failure-explained'>>({
    command: isCount,
    text: isText,
    signature: isText,
    what: isText,
    fix: isText,
    link: isMaybe(isText),
  }),
  'check-ended': hasShape<Body<'check-ended'>>(check),
  'resource-seen': hasShape<Body<'resource-seen'>>({
    kind: isText,
    name: isText,
    state: isOneOf(['planned', 'present', 'gone', 'unknown']),
  }),
  'cleanup-started': hasShape<Body<'cleanup-started'>>({}),
  'cleanup-ended': hasShape<Body<'cleanup-ended'>>({ ms: isNumber, left: isListOf(isText) }),
  notice: hasShape<Body<'notice'>>({ level: isOneOf(['info', 'warning', 'error']), text: isText }),
};

const isStamped = hasShape<Stamp & { type: string }>({ type: isText, time: isTime, lab: isText, step: isMaybe(isText) });

/** Whether a value that was read from JSON is an event with all that its type promises. Types of a later version count as events, too. */
export function isEvent(value: unknown): value is Event {
  if (!isStamped(value)) return false;
  return !Object.hasOwn(shapes, value.type) || shapes[value.type as Type](value);
}
