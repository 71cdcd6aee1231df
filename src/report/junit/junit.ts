/** JUnit's XML, as CI systems read it: a suite for each lab, a case for each check. */
import { listItems } from '../../progress/list.ts';
import { adviceOf, type Explanation } from '../../progress/explanation.ts';
import type { ActionState, CheckState, CommandState, State, StepState } from '../../progress/state.ts';
import { showHidden } from '../../text/hidden.ts';
import { plainText } from '../../text/plain-text.ts';
import { diagnosisText } from '../text/diagnosis-lines.ts';
import { collectRuns } from '../collect-runs.ts';
import { failureOf, junitXml, onOneLine, type Case, type Suite } from './junit-xml.ts';
import type { ReportFormat, ReportOptions } from '../report.ts';
import { formatPlace } from '../text/text-lines.ts';

export const junitReport: ReportFormat = {
  name: 'junit',
  about: "JUnit's XML at the end, for CI: a case for each check",
  streams: false,
  create(out, options) {
    const runs = collectRuns();
    return { listen: runs.listen, end: () => out.write(toJunit(runs.states(), options)) };
  },
};

/** The XML document, of runs in the order in which they started. */
export function toJunit(states: readonly State[], options: ReportOptions): string {
  return junitXml(states.map((state) => toSuite(state, options)));
}

function toSuite(state: State, options: ReportOptions): Suite {
  const { lab, title, mode, workspace, seed, hash, labwalk, status } = state;
  return {
    name: lab,
    ms: state.ms ?? 0,
    started: state.startedAt,
    properties: { title, mode, workspace, seed, hash, labwalk, outcome: status === 'running' ? 'interrupted' : status },
    cases: casesOf(state, options),
  };
}

function casesOf(state: State, options: ReportOptions): Case[] {
  const steps = listItems(state.steps).flatMap((step) => stepCases(state, step, options));
  return [...steps, ...cleanupCases(state, options), ...runCases(state)];
}

function stepCases(state: State, step: StepState, options: ReportOptions): Case[] {
  const classname = `${state.lab}.${step.id}`;
  const checks = step.checks.map((check) => checkCase(classname, step, check, options));
  const actions = step.actions
    .filter(({ status }) => status === 'failed')
    .map((action) => withDiagnosis(actionCase(classname, action, step, options), state, step, action));
  const ending = endingCase(classname, step, actions.length > 0 || checks.some(({ verdict }) => verdict === 'failure'));
  return [...actions, ...checks, ...(ending ? [ending] : [])];
}

function checkCase(classname: string, step: StepState, check: CheckState, options: ReportOptions): Case {
  const common = { classname, name: onOneLine(check.summary), ms: check.ms, output: outputBefore(step, check) };
  switch (check.outcome) {
    case 'passed':
      return { ...common, verdict: 'passed' };
    case 'told':
      return { ...common, verdict: 'skipped', message: 'not for here' };
    case 'stale':
      return { ...common, verdict: 'skipped', message: 'looks at an output that is not there yet' };
    case 'failed':
      return { ...common, ...failureOf(check, formatPlace(check.place, options)) };
  }
}

function actionCase(
  classname: string,
  action: ActionState,
  { commands, explanation = commands.at(-1)?.explanation }: Pick<StepState, 'commands' | 'explanation'>,
  options: ReportOptions,
): Case {
  const message = showHidden(action.message ?? 'failed');
  return {
    classname,
    name: `action: ${onOneLine(action.summary)}`,
    ms: action.ms ?? 0,
    verdict: 'failure',
    message,
    details: [message, ...explanationOf(explanation), `at: ${formatPlace(action.place, options)}`].join('\n'),
    output: outputOf(commands),
  };
}

/** What was the matter with the credentials that an action wanted. */
function withDiagnosis(one: Case, { diagnoses }: State, { id }: StepState, { kind }: ActionState): Case {
  const diagnosis = kind === 'credentials' ? diagnoses.find(({ step }) => step === id) : undefined;
  return diagnosis ? { ...one, details: `${one.details ?? ''}\n\n${diagnosisText(diagnosis)}` } : one;
}

/** A step that did not come to its end, or that failed without a check or an action that says why. */
function endingCase(classname: string, step: StepState, isToldAlready: boolean): Case | undefined {
  const common = { classname, name: `step: ${onOneLine(step.title)}`, ms: step.ms ?? 0 };
  const message = step.message === undefined ? undefined : showHidden(step.message);
  if (step.status === 'skipped') return { ...common, verdict: 'skipped', message: message ?? 'skipped' };
  if (step.status === 'interrupted' || step.status === 'running') {
    return { ...common, verdict: 'error', message: message ?? 'The step was interrupted.', output: outputOf(step.commands) };
  }
  if (step.status === 'failed' && !isToldAlready) {
    return { ...common, verdict: 'failure', message: message ?? 'The step failed.', output: outputOf(step.commands) };
  }
  return undefined;
}

function cleanupCases({ lab, cleanup }: State, options: ReportOptions): Case[] {
  const classname = `${lab}.cleanup`;
  const actions = cleanup.actions
    .filter(({ status }) => status === 'failed')
    .map((action) => actionCase(classname, action, cleanup, options));
  if (cleanup.left.length === 0) return actions;
  const message = `still there: ${cleanup.left.map(onOneLine).join(', ')}`;
  return [
    ...actions,
    { classname, name: 'clean-up', ms: cleanup.ms ?? 0, verdict: 'failure', message, output: outputOf(cleanup.commands) },
  ];
}

/** What stopped a whole run, where something did. */
function runCases({ lab, status, ms, message }: State): Case[] {
  if (status === 'passed' || status === 'failed') return [];
  const why = status === 'running' ? 'The run did not come to its end.' : showHidden(message ?? `The run ended: ${status}.`);
  return [{ classname: lab, name: 'run', ms: ms ?? 0, verdict: 'error', message: why }];
}

/** The output that a check could look at: of the commands between the checks above it and itself. */
function outputBefore({ checks, commands }: StepState, { afterCommands }: CheckState): string {
  const earlier = checks.map((check) => check.afterCommands).filter((count) => count < afterCommands);
  return outputOf(commands.slice(Math.max(0, ...earlier), afterCommands));
}

function outputOf(commands: readonly CommandState[]): string {
  return commands
    .flatMap(({ text, end, explanation }) => {
      const tail = showHidden(plainText(end?.tail ?? '')).replace(/\n+$/, '');
      const isCut = end !== undefined && end.size > 4000;
      return [
        `$ ${showHidden(text)}`,
        ...(isCut ? [`… the whole output: ${end.log}`] : []),
        ...(tail === '' ? [] : [tail]),
        ...explanationOf(explanation),
      ];
    })
    .join('\n');
}

/** What is known of a failure, a line each. */
function explanationOf(explanation: Explanation | undefined): string[] {
  if (!explanation) return [];
  const { what, found, fix, link } = adviceOf(explanation);
  const rows = [['explained', what], ...(found === undefined ? [] : [['credentials', found]]), ...fix.map((one) => ['try', one])];
  return [...rows, ...(link === undefined ? [] : [['see', link]])].map(([word, text]) => `${word}: ${showHidden(text ?? '')}`);
}
