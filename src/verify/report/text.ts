/** A report as text: a line for each lab, below it only what is wrong, then the counts. For a terminal and for the log of a CI. */
import { foldLines } from '../../report/text/fold-lines.ts';
import type { Look } from '../../report/look.ts';
import { clean, hangLines, rowLines } from '../../report/text/text-lines.ts';
import { formatDuration } from '../../text/duration.ts';
import { comparedParts, earlierText, type Comparison } from './compare.ts';
import { countAll, countRows, countText, killedText, toolsText } from './counts.ts';
import { counted, labName, placeText } from './names.ts';
import type { ReportDiffLine, VerifiedLab, VerifyReport } from './schema.ts';
import { troublesOf, type Trouble } from './troubles.ts';

/** Lines of a difference that are shown. */
const mostDiff = 20;

export function toText(report: VerifyReport, look: Look, comparison?: Comparison): string {
  const lines = [
    ...report.labs.flatMap((lab) => labLines(lab, look)),
    ...(comparison ? comparisonLines(comparison, look) : []),
    '',
    ...countLines(report, look),
    ...resultLines(report, look),
  ];
  return `${lines.join('\n')}\n`;
}

function labLines(lab: VerifiedLab, look: Look): string[] {
  const { steps, checks, mutants } = countAll([lab]);
  const facts = [
    counted(lab.steps.length - steps.read, 'step'),
    counted(checks.passed + checks.failed, 'check'),
    killedText(mutants) === undefined ? '' : `${killedText(mutants)} mutants killed`,
    formatDuration(lab.ms),
  ].filter(Boolean);
  const troubles = troublesOf(lab);
  return [
    `${outcomeMark(lab.outcome, look)} ${look.bold(clean(labName(lab)))}  ${outcomeText(lab.outcome, look)}  ${look.dim(facts.join(', '))}`,
    ...troubles.flatMap((trouble) => troubleLines(trouble, lab, look)),
  ];
}

function troubleLines(trouble: Trouble, lab: VerifiedLab, look: Look): string[] {
  const { level, what, rows, diff, place, step } = trouble;
  const mark = level === 'error' ? look.red(look.marks.failed) : look.yellow('!');
  const at = [step, place && placeText(lab, place)].filter((part) => part !== undefined);
  return [
    ...hangLines(`  ${mark} `, 4, clean(what).replaceAll('\n', ' '), look),
    ...(at.length === 0 ? [] : [`    ${look.dim(clean(at.join('  ')))}`]),
    ...rowLines(rows, look, 4),
    ...diffLines(diff ?? [], look),
  ];
}

function diffLines(diff: readonly ReportDiffLine[], look: Look): string[] {
  const paint = { '-': look.red, '+': look.green, ' ': look.dim };
  const lines = diff.map(({ mark, text }) => paint[mark](`${mark} ${clean(text)}`.trimEnd()));
  return foldLines(lines, mostDiff, look).map((line) => `      ${line}`);
}

function comparisonLines(comparison: Comparison, look: Look): string[] {
  const parts = comparedParts(comparison);
  const paint = { bad: look.red, good: look.green, mild: look.yellow, plain: look.cyan };
  return [
    '',
    ...hangLines('', 0, `Compared with ${earlierText(comparison)}${parts.length === 0 ? ': as it was' : ''}`, look).map(look.bold),
    ...parts.flatMap(({ title, tone, lines }) => [
      `  ${paint[tone](title)}`,
      ...lines.flatMap(({ at, what, now }) => [
        ...hangLines('    ', 6, clean(`${at}: ${what}`).replaceAll('\n', ' '), look),
        ...(now === undefined ? [] : rowLines([['now', now]], look, 6)),
      ]),
    ]),
  ];
}

function countLines(report: VerifyReport, look: Look): string[] {
  const outcomes = new Map<string, number>();
  for (const { outcome } of report.labs) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const tools = toolsText(report.labs);
  const machines = report.machines.length > 1 ? rows('Machines', report.machines.map(({ name }) => clean(name)).join(', '), look) : [];
  return [
    ...rows('Labs', countText([...outcomes].map(([outcome, count]) => [outcomeWords[outcome] ?? outcome, count])), look),
    ...countRows(countAll(report.labs)).flatMap(([name, counts]) => rows(name, countText(counts), look)),
    ...machines,
    ...(tools === '' ? [] : rows('Tools', clean(tools), look)),
  ];
}

const rows = (name: string, text: string, look: Look): string[] => hangLines(look.bold(name.padEnd(10)), 10, text, look);

function resultLines({ outcome, message, ms, shard }: VerifyReport, look: Look): string[] {
  const part = shard ? ` (part ${shard.index} of ${shard.of})` : '';
  const lines = message === undefined ? [] : hangLines(' '.repeat(10), 10, clean(message), look);
  const how = outcome === 'passed' ? `passed in ${formatDuration(ms)}` : `${outcomeWords[outcome]} after ${formatDuration(ms)}`;
  return [`${look.bold('Result'.padEnd(10))}${outcomePaint(outcome, look)(how)}${part}`, ...lines];
}

const outcomeWords: Record<string, string> = {
  passed: 'passed',
  failed: 'failed',
  interrupted: 'interrupted',
  error: 'stopped by an error',
};

const outcomeText = (outcome: VerifiedLab['outcome'], look: Look) => outcomePaint(outcome, look)(outcomeWords[outcome] ?? outcome);

const outcomePaint = (outcome: VerifiedLab['outcome'], look: Look) =>
  ({ passed: look.green, failed: look.red, error: look.red, interrupted: look.yellow })[outcome];

const outcomeMark = (outcome: VerifiedLab['outcome'], { marks, green, red }: Look) =>
  outcome === 'passed' ? green(marks.passed) : red(marks.failed);
