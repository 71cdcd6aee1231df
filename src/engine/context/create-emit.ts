import type { EventBody, Listener, Stamp } from '../../events/event.ts';
import type { Lab } from '../../lab/types.ts';
import { redactEvent } from '../../secrets/redact-event.ts';
import type { Redactor } from '../../secrets/redactor.ts';

/** Stamps and redacts an event and hands it on. `now` is in milliseconds. */
export function createEmit(
  { lab, now }: { lab: Pick<Lab, 'name'>; now: () => number },
  redactor: Pick<Redactor, 'redact'>,
  listen: Listener,
): (body: EventBody, step?: string) => void {
  let last = { ms: Number.NaN, text: '' };
  return (body: EventBody, step?: string) => {
    const ms = now();
    if (ms !== last.ms) last = { ms, text: new Date(ms).toISOString() };
    const stamp: Stamp = { time: last.text, lab: lab.name };
    if (step !== undefined) stamp.step = step;
    // Spreads of objects of many shapes take ten times as long, and a run has thousands of events.
    listen(redactEvent(Object.assign(stamp, body), redactor));
  };
}
