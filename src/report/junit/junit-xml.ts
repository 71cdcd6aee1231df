/** JUnit's XML as text: suites of cases. What stands in them, the reports say. */
import { showHidden } from '../../text/hidden.ts';

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
export function onOneLine(text: string): string {
  return showHidden(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

/** XML 1.0 as text: elements with attributes, nothing that a document may not hold. */
type Attributes = Record<string, string | number | undefined>;

/** An element on a line of its own; its children, already XML, one deeper. */
function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const start = `<${name}${writeAttributes(attributes)}`;
  if (children.length === 0) return `${start}/>`;
  return `${start}>\n${children.join('\n')}\n</${name}>`;
}

/** An element that holds text, and nothing is added to the text. */
function textElement(name: string, attributes: Attributes, text: string): string {
  return `<${name}${writeAttributes(attributes)}>${escapeText(text)}</${name}>`;
}

function writeAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeAttribute(String(value))}"`)
    .join('');
}

/** `>` is escaped too: `]]>` may not stand in text. */
function escapeText(text: string): string {
  return keepCharacters(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A reader would turn line ends and tabs of an attribute into spaces. */
function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** Shows what is hidden, control characters among it; halves of surrogate pairs become U+FFFD: https://www.w3.org/TR/xml/#charsets */
function keepCharacters(text: string): string {
  return showHidden(text)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/\p{Surrogate}/gu, '\ufffd');
}
