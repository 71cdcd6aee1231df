/** A report for GitHub Actions: annotations of the lab's lines, and a summary of the job as Markdown. */
import { createHash } from 'node:crypto';
import { fence, inline } from '../../report/markdown/inline.ts';
import { formatDuration } from '../../text/duration.ts';
import { showHidden } from '../../text/hidden.ts';
import { comparedParts, earlierText, type Comparison } from './compare.ts';
import { countAll, countRows, countText, killedText, toolsText } from './counts.ts';
import { counted, fileOf, labName, placeText } from './names.ts';
import type { VerifiedLab, VerifyReport } from './schema.ts';
import { troublesOf, type Trouble } from './troubles.ts';

/** GitHub shows so many of each level for a step of a job: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
const mostAnnotations = 10;
/** What a summary tells at most, so that it stays well below the 1 MiB that GitHub takes. */
const mostTroubles = 200;
const longestText = 2_000;

/**
 * The lines of annotations for a log. Where there are more than GitHub shows, the last tells how many.
 *
 * @example ::error file=labs/chalice/lab.md,line=59,col=1,title=chalice%3A run-locally::GET / answers 200%0Agot: 500
 */
export function toAnnotations(report: VerifyReport): string {
  const all = report.labs.flatMap((lab) => troublesOf(lab).map((trouble) => ({ lab, trouble })));
  const whole = report.message === undefined ? [] : [command('error', { title: 'labwalk verify' }, report.message)];
  const levels = (['error', 'warning'] as const).flatMap((level) => {
    const own = all.filter(({ trouble }) => trouble.level === level).map(({ lab, trouble }) => annotation(lab, trouble));
    const first = level === 'error' ? [...whole, ...own] : own;
    if (first.length <= mostAnnotations) return first;
    const more = first.length - mostAnnotations + 1;
    return [
      ...first.slice(0, mostAnnotations - 1),
      command(level, { title: 'labwalk verify' }, `${more} more: the summary of the job has them all.`),
    ];
  });
  return levels.map((line) => `${line}\n`).join('');
}

function annotation(lab: VerifiedLab, { level, what, rows, diff = [], place, step }: Trouble): string {
  const at: Record<string, string> = place
    ? { file: fileOf(lab, place), line: String(place.line), col: String(place.column) }
    : { file: lab.file };
  const title = [labName(lab), step].filter((part) => part !== undefined).join(': ');
  const lines = [what, ...rows.map(([word, text]) => `${word}: ${text}`), ...diff.map(({ mark, text }) => `${mark} ${text}`)];
  return command(level, { ...at, title }, lines.join('\n').slice(0, longestText));
}

/** A workflow command, escaped as GitHub's toolkit does it. */
function command(name: 'error' | 'warning', properties: Record<string, string>, message: string): string {
  const data = (text: string) => showHidden(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const given = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${name} ${given.join(',')}::${data(message)}`;
}

/**
 * A text for the log of a job in which nothing is a command to GitHub, whatever programs have printed into it. The word that ends it
 * is made from the text, so no part of the text can know it.
 */
export function withoutCommands(text: string): string {
  const token = createHash('sha256').update(text).digest('hex');
  return `::stop-commands::${token}\n${text.replace(/\n*$/, '\n')}::${token}::\n`;
}

/** What the page of the job shows. */
export function toSummary(report: VerifyReport, comparison?: Comparison): string {
  const { outcome, message, ms, labs, machines, shard, labwalk } = report;
  const part = shard ? `, part ${shard.index} of ${shard.of}` : '';
  const troubles = labs.flatMap((lab) => troublesOf(lab).map((trouble) => ({ lab, trouble })));
  const facts = [
    `labwalk ${labwalk}`,
    toolsText(labs),
    ...machines.map(({ name, platform, node }) => `${name} (${platform}, Node ${node})`),
  ];
  const blocks = [
    `# ${outcomeSigns[outcome]} labwalk verify: ${outcome} in ${formatDuration(ms)}${part}`,
    message === undefined ? '' : `**${inline(message)}**`,
    labTable(labs),
    countRows(countAll(labs))
      .map(([name, counts]) => `- ${name}: ${countText(counts)}`)
      .join('\n'),
    ...(comparison ? comparisonBlocks(comparison) : []),
    ...(troubles.length === 0
      ? []
      : ['## What is wrong', ...troubles.slice(0, mostTroubles).map(({ lab, trouble }) => troubleBlock(lab, trouble))]),
    troubles.length > mostTroubles ? `${(troubles.length - mostTroubles).toLocaleString('en')} more are in the other reports.` : '',
    facts.filter(Boolean).map(inline).join(' · '),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const outcomeSigns = { passed: '✅', failed: '❌', error: '❌', interrupted: '⚠️' };

function labTable(labs: readonly VerifiedLab[]): string {
  const rows = labs.map((lab) => {
    const { steps, checks, mutants, proofs } = countAll([lab]);
    const unproven = proofs.none > 0 ? `, ${proofs.none} unproven` : '';
    const cells = [
      inline(labName(lab)),
      `${outcomeSigns[lab.outcome]} ${lab.outcome}`,
      `${steps.passed} of ${lab.steps.length - steps.read}`,
      `${checks.passed} of ${checks.passed + checks.failed}${unproven}`,
      killedText(mutants) ?? '',
      formatDuration(lab.ms),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  if (rows.length === 0) return '';
  return ['| Lab | Outcome | Steps | Checks | Mutants killed | Time |', '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}

function troubleBlock(lab: VerifiedLab, { level, what, rows, diff, place, step }: Trouble): string {
  const at = [labName(lab), step, place && placeText(lab, place)].filter((part) => part !== undefined);
  const said = rows.map(([word, text]) => `- ${word}: ${inline(text.slice(0, longestText))}`).join('\n');
  const lines = (diff ?? []).map(({ mark, text }) => `${mark} ${showHidden(text)}`.trimEnd()).join('\n');
  return [
    `${level === 'error' ? '❌' : '⚠️'} **${inline(what.slice(0, longestText))}**  \n${at.map(inline).join(' · ')}`,
    ...(said === '' ? [] : [said]),
    ...(lines === '' ? [] : [fence(lines.slice(0, longestText), 'diff')]),
  ].join('\n\n');
}

function comparisonBlocks(comparison: Comparison): string[] {
  const parts = comparedParts(comparison);
  const title = `## Compared with ${inline(earlierText(comparison))}`;
  if (parts.length === 0) return [title, 'As it was.'];
  const shown = parts.map(({ title, lines }) => {
    const rows = lines
      .slice(0, mostTroubles)
      .map(
        ({ at, what, now }) => `- ${inline(at)}: ${inline(what)}${now === undefined ? '' : ` — now: ${inline(now.slice(0, longestText))}`}`,
      );
    const more = lines.length > mostTroubles ? [`- ${counted(lines.length - mostTroubles, 'more', 'more')}`] : [];
    return `**${title}**\n\n${[...rows, ...more].join('\n')}`;
  });
  return [title, ...shown];
}
