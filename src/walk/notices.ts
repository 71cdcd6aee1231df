/** The one sentence that a walk says about what has just happened. Pure. */
import type { Event } from '../events/event.ts';
import type { Step } from '../lab/types.ts';
import { offersFor, said } from './questions.ts';
import { fileActions } from '../lab/facts/step-files.ts';
import type { WalkView } from './walk-types.ts';

type Notice = NonNullable<WalkView['notice']>;

/** @param hintsLeft of the shown step */
export function noticeOf(event: Event, step: Step, hintsLeft: boolean): Notice | undefined {
  switch (event.type) {
    case 'step-ended': {
      if (event.step !== step.id) return undefined;
      if (event.outcome === 'passed') return { level: 'info', text: said.passed };
      if (event.outcome !== 'failed') return undefined;
      const offers = offersFor({ hints: hintsLeft, file: fileActions(step).length > 0 });
      return { level: 'error', text: `${sentence(event.message ?? 'It did not work')} ${offers}` };
    }
    case 'failure-explained':
      // What labwalk does says at its end that it has failed; what the learner typed has no such end. What to do stands beside the checks.
      return event.step === step.id ? { level: 'warning', text: sentence(event.what) } : undefined;
    case 'service-ended': {
      if (event.wanted) return undefined;
      return { level: 'warning', text: said.died(event.service, event.status, lastLine(event.tail)) };
    }
    case 'file-written':
      return event.kept === undefined ? undefined : { level: 'info', text: said.kept(event.path, event.kept) };
    case 'terminal-restarted':
      return { level: 'info', text: event.message };
    case 'credentials-diagnosed':
      // what a command failed of is shown below it
      return event.cause === 'fine' || event.command !== undefined
        ? undefined
        : { level: 'warning', text: [event.sentence, oneLine(event.fix[0] ?? '')].join(' ').trim() };
    case 'notice':
      return { level: event.level, text: event.text, meanwhile: true };
    default:
      return undefined;
  }
}

/** Turns an engine message into a full sentence. */
const sentence = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** The commands of a step to take, behind its words. */
const oneLine = (text: string) => text.replace(/\n */g, ' ');

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1)?.trim() ?? '';
