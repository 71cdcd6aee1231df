/** What the plain driver says, in words. Pure. */
import type { CheckEnded, Event } from '../events/event.ts';
import type { Lab } from '../lab/types.ts';
import { adviceOf, type Explanation } from '../progress/explanation.ts';
import type { State } from '../progress/state.ts';
import { formatDuration } from '../text/duration.ts';
import type { Doing, Next, Summary, WalkView } from '../walk/walk-types.ts';

/** What Enter does: `type "chalice deploy"`. */
export function nextInWords(next: Next, lab: Lab): string {
  const again = 'again' in next && next.again ? ' again' : '';
  switch (next.kind) {
    case 'run': {
      const [first = '', ...more] = next.text.split('\n');
      const rest = more.length === 0 ? '' : ` and ${more.length} more ${more.length === 1 ? 'line' : 'lines'}`;
      return `type "${first}"${rest}${again}`;
    }
    case 'service':
      return `start ${next.name}${again}`;
    case 'file':
      return `open ${next.path} in your editor${again}`;
    case 'credentials':
      return `give AWS keys${again}`;
    case 'check':
      return 'check the step';
    case 'services':
      return `start again what ran when you left: ${next.names.join(', ')}`;
    case 'go-on': {
      const index = lab.steps.findIndex(({ id }) => id === next.step);
      return `go on to step ${index + 1}, ${lab.steps[index]?.title ?? next.step}`;
    }
    case 'end':
      return 'see how it went';
  }
}

/** The question that waits for the learner: what Enter does, and the letters that make sense now. */
export function promptFor(view: WalkView, lab: Lab): string {
  const letters = [
    view.hints.shown.length < view.hints.of ? 'h hint' : '',
    view.next.kind === 'file' ? "S the lab's file" : '',
    ...(view.next.kind === 'go-on' || view.next.kind === 'end' ? [] : ['c check', 's skip']),
    ...['t terminal', '? all', 'q quit'],
  ];
  return `Enter: ${nextInWords(view.next, lab)}. ${letters.filter((letter) => letter !== '').join(', ')} > `;
}

/** Lines for what has happened; what a notice says is left out here. */
export function tellEvent(event: Event, lab: Lab, state: State): string[] {
  switch (event.type) {
    case 'command-started':
      return event.byHand ? [] : event.text.split('\n').map((line, i) => `${i === 0 ? '$' : '>'} ${line}`);
    case 'command-ended':
      return event.text === undefined || event.status === 0 ? [] : [`It ended with status ${event.status}.`];
    case 'service-started':
      return [event.byHand ? `What you typed is ${event.service}: it goes on running.` : `Starting ${event.service}: ${event.text}`];
    case 'service-ready':
      return [`${event.service} is ready on ${event.by}.`];
    case 'service-ended':
      if (event.wanted) return [`${event.service} has ended.`];
      return [`The last lines of ${event.service}:`, ...lastLines(event.tail, 5).map((line) => `    ${line}`)];
    case 'file-written':
      return event.kept === undefined ? [`Written: ${event.path}`] : [];
    case 'variable-set':
      return event.step === undefined ? [] : [`${event.name} is now ${event.value}`];
    case 'credentials-given':
      return [`The keys are good. Account ${event.account}, region ${event.region}.`];
    case 'failure-explained':
      return [`To do: ${event.fix}`, ...(event.link === undefined ? [] : [`More about it: ${event.link}`])];
    case 'credentials-diagnosed':
      return [
        `Your keys: ${event.sentence}`,
        ...event.evidence.map((text) => `    Seen: ${text}`),
        ...event.fix.flatMap((text) => `To do: ${text}`.split('\n').map((line) => line.replace(/^ {2}/, '    '))),
        ...(event.link === undefined ? [] : [`More about it: ${event.link}`]),
      ];
    case 'check-ended':
      return checkLines(event);
    case 'step-ended': {
      if (event.outcome !== 'passed') return [];
      const index = state.indexes.get(event.step ?? '') ?? 0;
      return [`Step ${index + 1} of ${lab.steps.length} has passed.`];
    }
    case 'cleanup-ended':
      return [event.left.length === 0 ? 'Everything has been cleaned up.' : `Still there: ${event.left.join(', ')}.`];
    default:
      return [];
  }
}

/** What is known of a failure of earlier. */
export function explanationLines(explanation: Explanation): string[] {
  const { what, found, fix, link } = adviceOf(explanation);
  return [
    `What went wrong before: ${what}`,
    ...(found === undefined ? [] : [`Your keys: ${found}`]),
    ...fix.map((text) => `To do: ${text}`),
    ...(link === undefined ? [] : [`More about it: ${link}`]),
  ];
}

/** A verdict in words. */
export function checkLines(verdict: Omit<CheckEnded, 'type'>): string[] {
  const { summary, outcome, expected, actual, try: advice } = verdict;
  switch (outcome) {
    case 'passed':
      return [`passed: ${summary}`];
    case 'stale':
      return [`not checked: ${summary}. It looks at what a command prints, and that has not run yet.`];
    case 'told':
      return [];
    case 'failed':
      return [`FAILED: ${summary}`, ...row('Expected', expected), ...row('Got', actual), ...row('Try', advice)];
  }
}

const row = (word: string, text: string | undefined) => (text ? [`    ${word}: ${text.replaceAll('\n', '\n    ')}`] : []);

const lastLines = (text: string, most: number) => text.trimEnd().split('\n').slice(-most);

/** `Still running after 20 s: chalice deploy` */
export const stillDoing = ({ text, since }: Pick<Doing, 'text' | 'since'>, now: number): string =>
  `Still running after ${formatDuration(now - since)}: ${text.split('\n')[0] ?? ''}`;

/** The end of a lab. */
export function tellSummary({ ms, steps, checks, hints, solutions, deployed }: Summary): string[] {
  return [
    `That was the last step. ${steps.passed} of ${steps.of} steps have passed${steps.skipped === 0 ? '' : `, ${steps.skipped} were skipped`}.`,
    `Checks passed: ${checks.passed} of ${checks.of}. Hints: ${hints}. Files taken from the lab: ${solutions}. Time: ${formatDuration(ms)}.`,
    deployed.length === 0
      ? 'Nothing is left in AWS, as far as labwalk knows.'
      : `Still in AWS: ${deployed.join(', ')}. "clean" deletes it.`,
  ];
}

/** The services of a lab and how they are. */
export function tellServices({ services }: State): string[] {
  const list = Object.values(services);
  if (list.length === 0) return ['No service has been started yet.'];
  return list.map(({ name, status, readyBy, exitStatus, wanted }) => {
    if (status === 'starting') return `${name}: starting`;
    if (status === 'ready') return `${name}: running${readyBy === undefined ? '' : `, ${readyBy}`}`;
    return `${name}: ended${wanted ? '' : ` by itself with status ${exitStatus ?? '?'}`}`;
  });
}
