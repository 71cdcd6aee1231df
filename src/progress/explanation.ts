/** What is known of the last failure of a step: from the events alone, for the State and for what a journal has. Pure. */
import type { Diagnosis } from '../events/diagnosis.ts';
import type { CredentialsDiagnosed, Event, EventBody, FailureExplained } from '../events/event.ts';

export interface Explanation extends Omit<FailureExplained, 'type'> {
  /** 0 where it was a command of an earlier run. */
  command: number;
  /** What is the matter with the credentials, where they were looked at. */
  diagnosis?: Diagnosis;
  /** The lab wants the command to fail here: the explanation is part of its story. Undefined until its action has ended. */
  expected?: boolean;
}

/**
 * The explanation of a step after one of its events. It stands until the command is done again, or the step has passed; what the lab wants to
 * fail stays explained.
 */
export function nextExplanation(now: Explanation | undefined, event: EventBody): Explanation | undefined {
  if (event.type === 'failure-explained') {
    const { command, text, signature, what, fix, link } = event;
    return { command, text, signature, what, fix, ...(link === undefined ? {} : { link }) };
  }
  if (!now) return undefined;
  const isSame = (text: string | undefined) => now.text !== '' && text === now.text;
  switch (event.type) {
    case 'credentials-diagnosed':
      return event.command === now.command ? { ...now, diagnosis: diagnosisOf(event) } : now;
    case 'command-started':
      if (isSame(event.text)) return undefined;
      return now.expected === undefined ? { ...now, expected: false } : now;
    case 'command-ended':
      return event.command !== now.command && isSame(event.text) ? undefined : now;
    case 'service-started':
      return isSame(event.text) ? undefined : now;
    case 'action-ended':
      return now.expected === undefined ? { ...now, expected: event.outcome === 'done' } : now;
    case 'step-started':
      return event.continued ? now : undefined;
    case 'step-ended':
      return event.outcome === 'passed' && now.expected !== true ? undefined : now;
    default:
      return now;
  }
}

/** The result of a look at credentials, without what makes it an event. */
export function diagnosisOf(event: CredentialsDiagnosed & Partial<Event>): Diagnosis {
  const { type: _type, time: _time, lab: _lab, step: _step, command: _command, ...diagnosis } = event;
  return diagnosis;
}

/**
 * What to tell of an explanation: what happened, what was found about the credentials, what to do, a step each, and where more is said. What was
 * found out about the keys at hand counts more than what a signature says in general.
 */
export function adviceOf({ what, fix, link, diagnosis }: Pick<Explanation, 'what' | 'fix' | 'link' | 'diagnosis'>): {
  what: string;
  found?: string;
  fix: readonly string[];
  link?: string;
} {
  const isSure = diagnosis !== undefined && !vague.has(diagnosis.cause);
  const more = (isSure ? diagnosis.link : undefined) ?? link;
  return {
    what,
    ...(diagnosis ? { found: diagnosis.sentence } : {}),
    fix: isSure && diagnosis.fix.length > 0 ? diagnosis.fix : [fix],
    ...(more === undefined ? {} : { link: more }),
  };
}

/** These say nothing about what to do. */
const vague: ReadonlySet<Diagnosis['cause']> = new Set(['fine', 'unclear', 'unreachable', 'throttled']);
