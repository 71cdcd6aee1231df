import { listItems } from '../../progress/list.ts';
import type { State, StepState } from '../../progress/state.ts';
import { formatDuration } from '../../text/duration.ts';
import { wrapText } from '../../text/width.ts';
import { clean, formatPlace, verdictLines } from './text-lines.ts';
import type { TextStyle } from './text-lines.ts';

/** The end of a run: what failed once more, with its place in the lab, then the counts and how it went. */
export function summaryLines(state: State, style: TextStyle): string[] {
  const { look } = style;
  const { steps, checks } = state.counts;
  const failed = listItems(state.steps).filter(hasFailure);
  const failures = failed.length === 0 ? [] : ['', look.bold('Failed'), ...failed.flatMap((step) => failureLines(state, step, style))];
  const left =
    state.cleanup.left.length === 0 ? [] : ['', look.bold('Still there'), ...state.cleanup.left.map((what) => `  ${clean(what)}`)];
  return [
    ...failures,
    ...left,
    '',
    `${look.bold('Steps')}   ${counted([
      ['passed', steps.passed],
      ['failed', steps.failed],
      ['skipped', steps.skipped],
      ['interrupted', steps.interrupted],
      ['to read', steps.read],
      ['not done', steps.pending],
    ])}`,
    `${look.bold('Checks')}  ${counted([
      ['passed', checks.passed],
      ['failed', checks.failed],
    ])}`,
    `${look.bold('Result')}  ${resultOf(state, style)}`,
    ...messageLines(state, style),
  ];
}

/** Also where the step did not come to its end. */
function hasFailure({ status, actions, checks }: StepState): boolean {
  return status === 'failed' || actions.some((action) => action.status === 'failed') || checks.some(({ outcome }) => outcome === 'failed');
}

function failureLines(state: State, step: StepState, style: TextStyle): string[] {
  const { look } = style;
  const number = `${(state.indexes.get(step.id) ?? 0) + 1}/${state.steps.size}`;
  const actions = step.actions.filter(({ status }) => status === 'failed');
  const checks = step.checks.filter(({ outcome }) => outcome === 'failed');
  const said = actions.length + checks.length > 0;
  return [
    `  ${look.cyan(number)} ${clean(step.title)}`,
    ...actions
      .flatMap(({ summary, message, place }) => [
        `    ${look.red(look.marks.failed)} ${oneLine(summary)}  ${look.dim(formatPlace(place, style))}`,
        ...wrapText(clean(message ?? ''), look.columns - 6).map((line) => (line === '' ? '' : `      ${line}`)),
      ])
      .filter((line) => line !== ''),
    ...checks.flatMap((check) => [
      `    ${look.red(look.marks.failed)} ${oneLine(check.summary)}  ${look.dim(formatPlace(check.place, style))}`,
      ...verdictLines(check, look, 6),
    ]),
    ...(said || step.message === undefined ? [] : wrapText(clean(step.message), look.columns - 4).map((line) => `    ${line}`)),
  ];
}

function resultOf({ status, ms }: State, { look }: TextStyle): string {
  const time = ms === undefined ? '' : formatDuration(ms);
  switch (status) {
    case 'passed':
      return look.green(`passed in ${time}`);
    case 'failed':
      return look.red(`failed after ${time}`);
    case 'interrupted':
      return look.yellow(`interrupted after ${time}`);
    case 'error':
      return look.red(`stopped by an error after ${time}`);
    case 'running':
      return look.yellow('cut short: the run did not come to its end');
  }
}

function messageLines({ message }: State, { look }: TextStyle): string[] {
  return message === undefined ? [] : wrapText(clean(message), look.columns - 8).map((line) => `        ${line}`);
}

function counted(counts: [string, number][]): string {
  const some = counts.filter(([, count]) => count > 0).map(([word, count]) => `${count} ${word}`);
  return some.length === 0 ? 'none' : some.join(', ');
}

function oneLine(text: string): string {
  return clean(text).replaceAll('\n', ' ');
}
