/** JUnit's XML, as CI systems read it: a suite for each lab, a case for each check. */
import { listItems } from '../progress/list.ts';
import { adviceOf, type Explanation } from '../progress/explanation.ts';
import type { ActionState, CheckState, CommandState, State, StepState } from '../progress/state.ts';
import { plainText } from '../text/plain-text.ts';
import { diagnosisText } from './diagnosis-lines.ts';
import { collectRuns } from './collect-runs.ts';
import type { ReportFormat, ReportOptions } from './report.ts';
import { formatPlace } from './text-lines.ts';
import { element, textElement } from './xml.ts';

export const junitReport: ReportFormat = {
  name: 'junit',
  about: "JUnit's XML at the end, for CI: a case for each check",
  streams: false,
  create(out, options) {
    const runs = collectRuns();
    return { listen: runs.listen, end: () => out.write(toJunit(runs.states(), options)) };
  },
};

/** One `<testcase>`. */
interface Case {
  classname: string;
  name: string;
  ms: number;
  verdict: 'passed' | 'failure' | 'error' | 'skipped';
  message?: string;
  /** What the failure is about, in full. */
  details?: string;
  output?: string;
}

/** The XML document, of runs in the order in which they started. */
export function toJunit(states: readonly State[], options: ReportOptions): string {
  const suites = states.map((state) => ({ state, cases: casesOf(state, options) }));
  const all = suites.flatMap(({ cases }) => cases);
  const ms = states.reduce((sum, state) => sum + (state.ms ?? 0), 0);
  const { tests, failures, errors } = countCases(all);
  const attributes = { name: 'labwalk', tests, failures, errors, time: seconds(ms) };
  const body = suites.map(({ state, cases }) => suiteXml(state, cases));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, body)}\n`;
}

function suiteXml(state: State, cases: readonly Case[]): string {
  const { lab, title, mode, workspace, seed, hash, labwalk, status } = state;
  // No zone: the schemas that CI systems check against want a plain date and time, and take it for UTC.
  const timestamp = state.startedAt.replace(/(\.\d+)?(Z|[+-]\d\d:\d\d)$/, '');
  const attributes = { name: lab, ...countCases(cases), time: seconds(state.ms ?? 0), timestamp };
  const properties = Object.entries({
    title,
    mode,
    workspace,
    seed,
    hash,
    labwalk,
    outcome: status === 'running' ? 'interrupted' : status,
  });
  return element('testsuite', attributes, [
    element(
      'properties',
      {},
      properties.map(([name, value]) => element('property', { name, value })),
    ),
    ...cases.map(caseXml),
  ]);
}

function caseXml({ classname, name, ms, verdict, message, details, output }: Case): string {
  const children: string[] = [];
  if (verdict === 'skipped') children.push(element('skipped', { message }));
  else if (verdict !== 'passed') children.push(textElement(verdict, { message, type: verdict }, details ?? message ?? ''));
  if (output !== undefined && output !== '') children.push(textElement('system-out', {}, output));
  return element('testcase', { name, classname, time: seconds(ms) }, children);
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
  const common = { classname, name: oneLine(check.summary), ms: check.ms, output: outputBefore(step, check) };
  switch (check.outcome) {
    case 'passed':
      return { ...common, verdict: 'passed' };
    case 'told':
      return { ...common, verdict: 'skipped', message: 'not for here' };
    case 'stale':
      return { ...common, verdict: 'skipped', message: 'looks at an output that is not there yet' };
    case 'failed': {
      const said = [
        ['expected', check.expected],
        ['got', check.actual],
        ['try', check.try],
      ].filter(([, text]) => text !== undefined && text !== '');
      const lines = said.map(([word, text]) => `${word}: ${plainText(text ?? '')}`);
      return {
        ...common,
        verdict: 'failure',
        message: lines.join('; '),
        details: [...lines, `at: ${formatPlace(check.place, options)}`].join('\n'),
      };
    }
  }
}

function actionCase(
  classname: string,
  action: ActionState,
  { commands, explanation = commands.at(-1)?.explanation }: Pick<StepState, 'commands' | 'explanation'>,
  options: ReportOptions,
): Case {
  const message = plainText(action.message ?? 'failed');
  return {
    classname,
    name: `action: ${oneLine(action.summary)}`,
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
  const common = { classname, name: `step: ${oneLine(step.title)}`, ms: step.ms ?? 0 };
  const message = step.message === undefined ? undefined : plainText(step.message);
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
  const message = `still there: ${cleanup.left.map(oneLine).join(', ')}`;
  return [
    ...actions,
    { classname, name: 'clean-up', ms: cleanup.ms ?? 0, verdict: 'failure', message, output: outputOf(cleanup.commands) },
  ];
}

/** What stopped a whole run, where something did. */
function runCases({ lab, status, ms, message }: State): Case[] {
  if (status === 'passed' || status === 'failed') return [];
  const why = status === 'running' ? 'The run did not come to its end.' : plainText(message ?? `The run ended: ${status}.`);
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
      const tail = plainText(end?.tail ?? '').replace(/\n+$/, '');
      const isCut = end !== undefined && end.size > 4000;
      return [
        `$ ${plainText(text)}`,
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
  return [...rows, ...(link === undefined ? [] : [['see', link]])].map(([word, text]) => `${word}: ${plainText(text ?? '')}`);
}

function countCases(cases: readonly Case[]): { tests: number; failures: number; errors: number; skipped: number } {
  const count = (verdict: Case['verdict']) => cases.filter((one) => one.verdict === verdict).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function oneLine(text: string): string {
  return plainText(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}
