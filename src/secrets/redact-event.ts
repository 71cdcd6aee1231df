import type { Event } from '../events/event.ts';
import { sureness } from './names.ts';
import type { Redactor } from './redactor.ts';
import { MASK } from './span.ts';
import { isSecretValue } from './values.ts';

/** The event with every text in it redacted. Output is redacted as it comes, piece by piece, and passes unchanged. */
export function redactEvent(event: Event, redactor: Pick<Redactor, 'redact'>): Event {
  return event.type === 'output' ? event : (redactMembers(event, redactor, labwalksOwn) as Event);
}

/** Members of an event that labwalk alone writes: nobody's secret, and a fifth of all texts. */
const labwalksOwn: readonly string[] = ['type', 'time'];

/** Of headers and keys whose name says that their value is secret, all of it is, whatever it looks like. */
const isSecret = (name: string, value: string): boolean =>
  /^(?:proxy-)?authorization$/i.test(name) ||
  (sureness(name) === 'surely' && isSecretValue({ text: value, quoted: true, literal: true }, 'surely'));

/** The same value where nothing in it is secret: most events hold nothing, and a copy of each would cost more than the search. */
function redactValue(value: unknown, redactor: Pick<Redactor, 'redact'>): unknown {
  if (typeof value === 'string') return redactor.redact(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const [name, content] = value as unknown[];
    // a header: name and value apart
    if (value.length === 2 && typeof name === 'string' && typeof content === 'string' && isSecret(name, content)) return [name, MASK];
  }
  return redactMembers(value, redactor);
}

function redactMembers(value: object, redactor: Pick<Redactor, 'redact'>, without: readonly string[] = []): object {
  let copy: Record<string, unknown> | undefined;
  for (const [key, item] of Object.entries(value) as [string, unknown][]) {
    if (without.includes(key)) continue;
    const redacted = typeof item === 'string' && isSecret(key, item) ? MASK : redactValue(item, redactor);
    if (redacted === item) continue;
    copy ??= (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
    copy[key] = redacted;
  }
  return copy ?? value;
}
