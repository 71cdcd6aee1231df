/** JUnit's XML as text: suites of cases. What stands in them, the reports say. */
import { showHidden } from '../../text/hidden.ts';
import { element, textElement } from './xml.ts';

/** A `<testsuite>`. */
export interface Suite {
  name: string;
  ms: number;
  /** ISO 8601. */
  started: string;
  properties: Record<string, string>;
  cases: readonly Case[];
}

/** A `<testcase>`. */
export interface Case {
  classname: string;
  name: string;
  ms: number;
  verdict: 'passed' | 'failure' | 'error' | 'skipped';
  /** What sort of failure it is, where there are several. */
  type?: string;
  /** Facts for programs. As pytest writes them; readers that don't know properties of a case pass over them. */
  properties?: Record<string, string>;
  message?: string;
  /** What the failure is about, in full. */
  details?: string;
  output?: string;
}

/** The whole document. */
export function junitXml(suites: readonly Suite[]): string {
  const counts = suites.map(({ cases }) => countCases(cases));
  const sum = (key: 'tests' | 'failures' | 'errors') => counts.reduce((all, count) => all + count[key], 0);
  const ms = suites.reduce((all, suite) => all + suite.ms, 0);
  const attributes = { name: 'labwalk', tests: sum('tests'), failures: sum('failures'), errors: sum('errors'), time: seconds(ms) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, suites.map(suiteXml))}\n`;
}

function suiteXml({ name, ms, started, properties, cases }: Suite): string {
  // No zone: the schemas that CI systems check against want a plain date and time, and take it for UTC.
  const timestamp = started.replace(/(\.\d+)?(Z|[+-]\d\d:\d\d)$/, '');
  const attributes = { name, ...countCases(cases), time: seconds(ms), timestamp };
  return element('testsuite', attributes, [propertiesXml(properties), ...cases.map(caseXml)]);
}

const propertiesXml = (properties: Record<string, string>): string =>
  element(
    'properties',
    {},
    Object.entries(properties).map(([name, value]) => element('property', { name, value })),
  );

function caseXml({ classname, name, ms, verdict, type = verdict, properties, message, details, output }: Case): string {
  const children = properties ? [propertiesXml(properties)] : [];
  if (verdict === 'skipped') children.push(element('skipped', { message }));
  else if (verdict !== 'passed') children.push(textElement(verdict, { message, type }, details ?? message ?? ''));
  if (output !== undefined && output !== '') children.push(textElement('system-out', {}, output));
  return element('testcase', { name, classname, time: seconds(ms) }, children);
}

/** What a failed check says, as a case does; `at` is its place as a person reads it. */
export function failureOf(
  said: { expected?: string | undefined; actual?: string | undefined; try?: string | undefined },
  at: string,
): Pick<Case, 'verdict' | 'message' | 'details'> {
  const rows = [
    ['expected', said.expected],
    ['got', said.actual],
    ['try', said.try],
  ].filter(([, text]) => text !== undefined && text !== '');
  const lines = rows.map(([word, text]) => `${word}: ${showHidden(text ?? '')}`);
  return { verdict: 'failure', message: lines.join('; '), details: [...lines, `at: ${at}`].join('\n') };
}

function countCases(cases: readonly Case[]): { tests: number; failures: number; errors: number; skipped: number } {
  const count = (verdict: Case['verdict']) => cases.filter((one) => one.verdict === verdict).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** A text for an attribute: without line ends. */
export function oneLine(text: string): string {
  return showHidden(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}
