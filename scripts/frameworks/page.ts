/** What was measured, as Markdown: a table with a column for each framework, and what is in each. */
import { formatDuration } from '../../src/text/duration.ts';
import type { CountedFile } from './count-lines.ts';
import { frameworks } from './frameworks.ts';
import type { Comparison, Measurement } from './record.ts';

type Row = [name: string, of: (measured: Measurement) => string];

const counts: Row[] = [
  ['commands in its lab', ({ commands }) => `${commands}`],
  ['different ones of its own', ({ own }) => `${own.length}`],
  ['files in the project', ({ files }) => `${files.length}`],
];
const sizes: Row[] = [
  ['lines of code', ({ files }) => `${linesOf(files, 'code')}`],
  ['lines of configuration', ({ files }) => `${linesOf(files, 'configuration')}`],
];
const local: Row = ['until it answers here', ({ ms }) => formatDuration(ms.local)];
const times: Row[] = [
  ['first deployment', ({ ms }) => formatDuration(ms.deploy)],
  ['the next one', ({ ms }) => formatDuration(ms.redeploy)],
];
const removal: Row = ['taking it down', ({ ms }) => formatDuration(ms.remove)];
const account: Row[] = [
  ['functions', ({ functions }) => `${functions.length}`],
  ['package, zipped', ({ functions }) => formatBytes(Math.max(...functions.map(({ bytes }) => bytes)))],
  ['made beside them', ({ resources }) => Object.entries(resources).map(describeKind).join(', ')],
];
const permissions: Row[] = [
  ['permissions of the app', ({ allowed }) => `${allowed.length}`],
  ['permissions to deploy', ({ asked }) => `${asked.length}`],
];

/** The short one, for the end of a lab. */
export const comparisonTable = (record: Comparison) => table(record, [...sizes, ...times, ...account.slice(0, 2), ...permissions]);

/** All that was measured. */
export function wholeComparison(record: Comparison): string {
  const { processors, architecture, node } = record.machine;
  return [
    table(record, [...counts, ...sizes, local, ...times, removal, ...account, ...permissions]),
    `Measured in the sandbox on ${record.date}, one run of each lab: ${processors} processors (${architecture}), Node ${node}.`,
    ...measuredOf(record).map(([name, measured]) => describeFramework(name, measured)),
  ].join('\n\n');
}

function describeFramework(name: string, { own, files, functions, resources, allowed, asked }: Measurement): string {
  const made: [string, string[]][] = [
    ['functions', functions.map(({ name, bytes }) => `${code(name)} (${formatBytes(bytes)})`)],
    ...Object.entries(resources).map(([kind, names]): [string, string[]] => [wordFor(kind), names.map(code)]),
  ];
  return [
    `## ${name}`,
    `**Its commands** in the lab: ${own.map(code).join(', ')}.`,
    `**Its files:** ${files.map(({ path, lines }) => `${code(path)} (${plural(lines, 'line')})`).join(', ')}.`,
    `**Made in AWS:** ${made.map(([kind, names]) => `${kind}: ${names.join(', ')}`).join('; ')}.`,
    `**The app may:** ${allowed.map(code).join(', ')}.`,
    `**To deploy, you must be allowed:** ${asked.map(code).join(', ')}.`,
  ].join('\n\n');
}

function table(record: Comparison, rows: readonly Row[]): string {
  const measured = measuredOf(record);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['', ...measured.map(([name]) => name)]),
    line(['---', ...measured.map(() => '---')]),
    ...rows.map(([name, of]) => line([name, ...measured.map(([, one]) => of(one))])),
  ].join('\n');
}

/** In the order of the list of frameworks. */
const measuredOf = ({ labs }: Comparison) =>
  frameworks.flatMap(({ lab, name }): [string, Measurement][] => (labs[lab] ? [[name, labs[lab]]] : []));

const linesOf = (files: readonly CountedFile[], kind: CountedFile['kind']) =>
  files.filter((file) => file.kind === kind).reduce((sum, { lines }) => sum + lines, 0);

const describeKind = ([kind, names]: [string, string[]]) => plural(names.length, wordFor(kind).replace(/s$/, ''));

const wordFor = (kind: string) => kind.replace('-', ' ').replace(/^api/, 'API');

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

const code = (text: string) => `\`${text}\``;

/** In the units that AWS and file managers use: 1 kB is 1000 bytes. */
function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(0)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
