import type { Event } from '../events/event.ts';
import { MASK, type Redactor } from './redactor.ts';

/** The event with every text in it redacted. Output is redacted as it comes, piece by piece, and passes unchanged. */
export function redactEvent(event: Event, redactor: Redactor): Event {
  return event.type === 'output' ? event : (redactValue(event, redactor) as Event);
}

/** Headers and keys whose whole value is secret, whatever it looks like. */
const secretName = /^(?:authorization|proxy-authorization|x-amz-security-token|(?:aws_?)?(?:secret_?access_?key|session_?token))$/i;

function redactValue(value: unknown, redactor: Redactor): unknown {
  if (typeof value === 'string') return redactor.redact(value);
  if (Array.isArray(value)) {
    const [name, content] = value as unknown[];
    // a header: name and value apart
    if (value.length === 2 && typeof name === 'string' && typeof content === 'string' && secretName.test(name)) return [name, MASK];
    return value.map((item) => redactValue(item, redactor));
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      typeof item === 'string' && secretName.test(key) ? MASK : redactValue(item, redactor),
    ]),
  );
}
