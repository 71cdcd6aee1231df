import type { Event } from '../events/event.ts';
import type { Redactor } from './redact.ts';

/** The event with every text in it redacted. Output is redacted as it comes, piece by piece, and passes unchanged. */
export function redactEvent(event: Event, redactor: Redactor): Event {
  return event.type === 'output' || redactor.idle ? event : (redactValue(event, redactor) as Event);
}

function redactValue(value: unknown, redactor: Redactor): unknown {
  if (typeof value === 'string') return redactor.redact(value);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redactor));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactValue(item, redactor)]));
}
