/** What each action of a step printed: for comparing with what the lab's text shows. */
import type { Event } from '../events/event.ts';
import { plainText } from '../text/plain-text.ts';

export interface Outputs {
  listen(event: Event): void;
  /** What the commands of an action printed, as plain text; actions count from 0. Nothing where it did not act. */
  of(step: string, action: number): string | undefined;
}

/** More of one action is not kept, in characters: no text of a lab is so long. */
const most = 200_000;

export function collectOutputs(): Outputs {
  const texts = new Map<string, string>();
  const actionOf = new Map<number, string>();
  let current: string | undefined;
  return {
    listen(event) {
      if (event.step === undefined) return;
      if (event.type === 'step-started') for (const key of texts.keys()) if (key.startsWith(`${event.step}/`)) texts.delete(key);
      if (event.type === 'action-started') {
        current = `${event.step}/${event.action}`;
        texts.set(current, '');
      } else if (event.type === 'action-ended') current = undefined;
      else if ((event.type === 'command-started' || event.type === 'service-started') && current !== undefined)
        actionOf.set(event.command, current);
      else if (event.type === 'output') {
        const key = actionOf.get(event.command);
        const text = key === undefined ? '' : (texts.get(key) ?? '');
        if (key !== undefined && text.length < most) texts.set(key, text + event.text);
      }
    },
    of(step, action) {
      const text = texts.get(`${step}/${action}`);
      return text === undefined ? undefined : plainText(text);
    },
  };
}
