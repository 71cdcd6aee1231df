/** The lines that the text report writes for an event, all but a command's output. Pure. */
import { isAbsolute, relative } from 'node:path';
import type { ActionEnded, CheckEnded, Event, FailureExplained, RunStarted, ServiceEnded, StepEnded } from '../../events/event.ts';
import type { Mode, Place } from '../../lab/types.ts';
import { findStepState } from '../../progress/reduce.ts';
import type { ActionState, State } from '../../progress/state.ts';
import { formatDuration } from '../../text/duration.ts';
import { showHidden } from '../../text/hidden.ts';
import { plainText } from '../../text/plain-text.ts';
import { wrapText } from '../../text/width.ts';
import { diagnosisLines } from './diagnosis-lines.ts';
import { exchangeLines } from './http-exchange.ts';
import { foldLines } from './fold-lines.ts';
import type { Look } from '../look.ts';
import type { ReportOptions } from '../report.ts';

const stepIndent = '  ';
export const outputIndent = '    ';

export interface TextStyle extends ReportOptions {
  look: Look;
}

/** Lines for an event; `before` and `state` are how things stand before and after it. */
export function eventLines(event: Event, before: State, state: State, style: TextStyle): string[] {
  const { look } = style;
  const line = (text: string) => [stepIndent + text];
  switch (event.type) {
    case 'run-started':
      return headerLines(event, look);
    case 'step-started':
      return [...stepTitle(state, event.step, look), ...(event.continued ? line(look.dim('goes on')) : [])];
    case 'step-ended':
      return [...titleOfUnstarted(event, before, look), ...stepEndLines(event, before, look)];
    case 'action-ended':
      return actionLines(event, findAction(state, event.step, event.action), state.mode, look);
    case 'command-started':
      return event.terminal === 'lab' && !event.byHand ? commandLines('', event.text, look) : [];
    case 'terminal-restarted':
      return line(`${look.yellow('!')} ${clean(event.message)}`);
    case 'service-started':
      return commandLines(`[${clean(event.service)}] `, event.text, look);
    case 'service-ready':
      return line(`${look.dim(`[${clean(event.service)}]`)} ready in ${formatDuration(event.ms)} on ${clean(event.by)}`);
    case 'service-ended':
      return serviceEndLines(event, look);
    case 'file-written':
      return [
        ...line(`wrote ${clean(event.path)} ${look.dim(`(from ${clean(event.checkpoint)})`)}`),
        ...(event.kept === undefined ? [] : [outputIndent + look.dim(`the earlier one is kept as ${clean(event.kept)}`)]),
      ];
    case 'variable-set':
      return line(look.dim(`${clean(event.name)}=${clean(event.value)}`));
    case 'credentials-given':
      return [
        ...line(`credentials for account ${clean(event.account)} in ${clean(event.region)}`),
        outputIndent + look.dim(clean(event.arn)),
      ];
    case 'failure-explained':
      return explanationLines(event, look);
    case 'credentials-diagnosed':
      return diagnosisLines(event, look, { indent: 2, mark: look.yellow('!'), lead: 'Your credentials: ' });
    case 'check-ended':
      return checkLines(event, style);
    case 'resource-seen':
      return event.state === 'planned' ? [] : line(look.dim(`${clean(event.kind)} ${clean(event.name)}: ${event.state}`));
    case 'cleanup-started':
      return ['', look.bold('Clean-up')];
    case 'cleanup-ended':
      return cleanupLines(event.left, event.ms, look);
    case 'notice': {
      const mark = { info: look.dim(look.marks.other), warning: look.yellow('!'), error: look.red('!') }[event.level];
      return hangLines(`${stepIndent}${mark} `, 4, clean(event.text), look);
    }
    default:
      return [];
  }
}

function headerLines({ title, mode, workspace, labwalk, driver }: RunStarted, look: Look): string[] {
  const where = mode === 'sandbox' ? 'in the sandbox' : 'in your AWS account';
  const how = driver === 'check' ? 'Checks only, ' : driver === 'clean' ? 'Clean-up only, ' : '';
  const first = `${how}${where}, labwalk ${clean(labwalk)}`;
  return [look.bold(clean(title)), look.dim(first.charAt(0).toUpperCase() + first.slice(1)), look.dim(`Workspace ${clean(workspace)}`)];
}

function stepTitle(state: State, id: string | undefined, look: Look): string[] {
  const step = findStepState(state, id ?? '');
  const place = (state.indexes.get(id ?? '') ?? -1) + 1;
  const title = clean(step?.title ?? id ?? '');
  return ['', step ? `${look.cyan(`${place}/${state.steps.size}`)} ${look.bold(title)}` : look.bold(title)];
}

/** A step that was skipped, or only read, may end without having been started. */
function titleOfUnstarted({ step: id }: Event, before: State, look: Look): string[] {
  return findStepState(before, id ?? '')?.status === 'running' ? [] : stepTitle(before, id, look);
}

function stepEndLines(event: Event & StepEnded, before: State, look: Look): string[] {
  const { outcome, ms, message } = event;
  // What a failed action said stands a few lines above.
  const isSaid = findStepState(before, event.step ?? '')?.actions.some((action) => action.message === message);
  const why = message === undefined || isSaid ? '' : `: ${clean(message)}`;
  switch (outcome) {
    case 'passed':
      return [stepIndent + look.dim(`passed in ${formatDuration(ms)}`)];
    case 'failed':
      return hangLines(stepIndent, 2, look.red(`failed after ${formatDuration(ms)}`) + why, look);
    case 'read':
      return [stepIndent + look.dim('to read')];
    case 'interrupted':
      return hangLines(stepIndent, 2, look.yellow('interrupted') + why, look);
    case 'skipped':
      return hangLines(stepIndent, 2, look.yellow('skipped') + why, look);
  }
}

function actionLines({ outcome, message }: ActionEnded, action: ActionState | undefined, mode: Mode, look: Look): string[] {
  const summary = clean(action?.summary ?? '').replaceAll('\n', ' ');
  if (outcome === 'failed') return hangLines(`${stepIndent}${look.red(look.marks.failed)} `, 4, clean(message ?? summary), look);
  if (outcome === 'told') {
    const why = message === undefined ? `not done: it is not for ${mode === 'sandbox' ? 'the sandbox' : 'a real account'}` : clean(message);
    return hangLines(`${stepIndent}${look.dim(look.marks.other)} `, 4, `${summary}: ${why}`, look);
  }
  return [];
}

/** A command as it was typed, behind what tells whose it is. */
export function commandLines(before: string, text: string, look: Look): string[] {
  const [first = '', ...more] = clean(text).split('\n');
  return [
    `${stepIndent}${look.dim(before)}${look.green('$')} ${look.bold(first)}`,
    ...more.map((line) => `${stepIndent}${' '.repeat(before.length)}${look.green('>')} ${look.bold(line)}`),
  ];
}

function serviceEndLines({ service, status, wanted, tail, log, ms }: ServiceEnded, look: Look): string[] {
  const name = look.dim(`[${clean(service)}]`);
  if (wanted) return [`${stepIndent}${name} ${look.dim('ended')}`];
  const lines = clean(plainText(tail)).split('\n').slice(-40);
  return [
    `${stepIndent}${name} ${look.red(`ended by itself after ${formatDuration(ms)} with status ${status}`)}`,
    ...indentLines(outputIndent, tail === '' ? [] : lines),
    `${outputIndent}${look.dim(`the whole log: ${clean(log)}`)}`,
  ];
}

function checkLines(event: CheckEnded, style: TextStyle): string[] {
  const { look } = style;
  const { outcome, ms, repeated } = event;
  const summary = clean(event.summary).replaceAll('\n', ' ');
  const note = repeated ? ' (as it was before)' : '';
  const exchange = event.exchange
    ? indentLines(outputIndent, ['', ...exchangeLines(event.exchange, look, outcome === 'failed' ? 20 : 10), ''])
    : [];
  const took = look.dim(`${note}  ${formatDuration(ms)}`);
  switch (outcome) {
    case 'passed':
      return [`${stepIndent}${look.green(look.marks.passed)} ${summary}${took}`, ...exchange];
    case 'failed':
      return [`${stepIndent}${look.red(look.marks.failed)} ${summary}${took}`, ...verdictLines(event, look, 4), ...exchange];
    case 'told':
      return [`${stepIndent}${look.dim(`${look.marks.other} ${summary}: not for here, so not checked`)}`];
    case 'stale':
      return [`${stepIndent}${look.dim(`${look.marks.other} ${summary}: looks at an output that is not there yet`)}`];
  }
}

/** What was expected, what came and what to try, with a column for the words. */
export function verdictLines(verdict: Pick<CheckEnded, 'expected' | 'actual' | 'try'>, look: Look, indent: number): string[] {
  const rows: Row[] = [
    ['expected', verdict.expected],
    ['got', verdict.actual],
    ['try', verdict.try],
  ];
  return rowLines(rows, look, indent);
}

/** What is known of a failure, below its command. */
function explanationLines({ what, fix, link }: FailureExplained, look: Look): string[] {
  const rows: Row[] = [
    ['try', fix],
    ['see', link],
  ];
  return [...hangLines(`${stepIndent}${look.yellow('!')} `, 4, clean(what), look), ...rowLines(rows, look, 4)];
}

export type Row = [word: string, text: string | undefined];

/** Rows with a column for the words. */
export function rowLines(rows: readonly Row[], look: Look, indent: number): string[] {
  return rows.flatMap(([word, text]) => {
    if (text === undefined || text === '') return [];
    const [first = '', ...more] = foldLines(wrapText(clean(text), look.columns - indent - 10), 20, look);
    return [`${' '.repeat(indent)}${look.dim(word.padEnd(10))}${first}`, ...more.map((line) => ' '.repeat(indent + 10) + line)];
  });
}

function cleanupLines(left: readonly string[], ms: number, look: Look): string[] {
  if (left.length === 0)
    return [`${stepIndent}${look.green(look.marks.passed)} everything has been cleaned up${look.dim(`  ${formatDuration(ms)}`)}`];
  return [
    `${stepIndent}${look.red(look.marks.failed)} still there${look.dim(`  ${formatDuration(ms)}`)}`,
    ...left.map((what) => `${outputIndent}${clean(what)}`),
  ];
}

function findAction(state: State, id: string | undefined, action: number): ActionState | undefined {
  const work = state.cleanup.status === 'running' ? state.cleanup : findStepState(state, id ?? '');
  return work?.actions.findLast((known) => known.action === action);
}

/** `labs/chalice/lab.md:120`, relative where that is shorter for the reader. */
export function formatPlace({ file, line }: Place, { directory }: ReportOptions): string {
  const path = directory === undefined ? file : relative(directory, file);
  return `${path.startsWith('..') || isAbsolute(path) ? file : path}:${line}`;
}

/** A text behind a beginning, its further lines under its first; broken to the width where it has no colours. */
export function hangLines(beginning: string, indent: number, text: string, look: Look): string[] {
  const [first = '', ...more] = wrapText(text, look.columns - indent);
  return [beginning + first, ...more.map((line) => ' '.repeat(indent) + line)];
}

export function indentLines(indent: string, lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : indent + line));
}

/** A text of an event, trimmed at its end. What it holds that a reader would not see shows by its number. */
export function clean(text: string): string {
  return showHidden(text).replace(/\n+$/, '');
}
