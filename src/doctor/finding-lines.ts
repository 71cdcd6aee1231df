/** The findings as text for people: first what is good, a line each; then what is not, with what to do; then how it stands. Pure. */
import type { Look } from '../report/look.ts';
import { plainText } from '../text/plain-text.ts';
import { wrapText } from '../text/width.ts';
import { isMissing, type Finding, type System } from './finding.ts';
import { fixLines } from './fix-lines.ts';

export interface FindingsStyle {
  look: Look;
  /** Marks outside ASCII may be used. */
  unicode: boolean;
  system?: System | undefined;
  /** What it is all for: `The lab chalice`, `All labs`. */
  what: string;
}

/** Narrower than this, texts begin below the name instead of beside it. */
const narrow = 60;

export function findingLines(findings: readonly Finding[], style: FindingsStyle): string[] {
  const order = ['ok', 'warning', 'missing'] as const;
  const column = Math.max(...findings.map(({ name }) => name.length)) + 2;
  const lines = order.flatMap((wanted) =>
    findings.filter(({ status }) => status === wanted).flatMap((finding) => linesOf(finding, column, style)),
  );
  return [...lines, '', ...wrapText(closing(findings, style.what), style.look.columns - 1)];
}

function linesOf(finding: Finding, column: number, { look, unicode, system }: FindingsStyle): string[] {
  const { name, status, found = '', why } = finding;
  const mark = markOf(status, look, unicode);
  const isNarrow = look.columns < narrow;
  const indent = (unicode ? 2 : 3) + (isNarrow ? 2 : column);
  const room = look.columns - 1 - indent;
  const told = why === undefined ? [] : wrapText(plainText(why), room);
  const ways = fixLines(finding, system).flatMap((line) =>
    line.startsWith('  ') ? [look.bold(plainText(line))] : wrapText(plainText(line), room),
  );
  const texts = [...(found ? wrapText(plainText(found), room) : []), ...told.map(status === 'ok' ? look.dim : (text) => text), ...ways];
  if (isNarrow) return [`${mark} ${name}`, ...texts.map((text) => ' '.repeat(indent) + text)];
  const [first = '', ...rest] = texts;
  return [`${mark} ${name.padEnd(column)}${first}`.trimEnd(), ...rest.map((text) => ' '.repeat(indent) + text)];
}

function markOf(status: Finding['status'], look: Look, unicode: boolean): string {
  if (status === 'ok') return look.green(unicode ? '✓' : 'ok');
  return status === 'warning' ? look.yellow(unicode ? '!' : '! ') : look.red(unicode ? '✗' : 'x ');
}

function closing(findings: readonly Finding[], what: string): string {
  const missing = findings.filter(isMissing).map(({ name }) => name);
  const warnings = findings.filter(({ status }) => status === 'warning').length;
  if (missing.length > 0) return `${what} cannot run on this machine yet. Missing: ${missing.join(', ')}.`;
  const lessGood = warnings === 0 ? '' : ` ${warnings === 1 ? 'One thing' : `${warnings} things`} could be better: see above.`;
  return `${what} can run on this machine.${lessGood}`;
}
