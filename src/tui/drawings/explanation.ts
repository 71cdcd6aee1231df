/** What is known of a step's last failure, in lines: what the pane of checks and the full view share. */
import type { Look } from '../../report/look.ts';
import { drawRows, type ReasonRow } from './check-lines.ts';
import { fit, hang, keepLines, oneLine } from './lines.ts';
import type { ExplanationView } from './types.ts';

const mostOfText = 6;

/** All of it: `! Nothing listens on port 8080.`, what was found about the keys, what to do, and where more is said. */
export function drawExplanation({ what, found, fix, link }: ExplanationView, columns: number, look: Look, most = mostOfText): string[] {
  const rows: ReasonRow[] = [
    ['keys', found, plain],
    ...fix.map((text, i): ReasonRow => [i === 0 ? 'try' : '', text, look.bold]),
    ['see', link, plain],
  ];
  return [...drawWhat(what, columns, most, look), ...drawRows(rows, columns, most, look)];
}

/** The same in at most so many lines: first the link goes, then the texts become shorter. What to do is worth more than what was found. */
export function shortenExplanation(view: ExplanationView, rows: number, columns: number, look: Look): string[] {
  if (rows <= 0) return [];
  const whole = drawExplanation(view, columns, look);
  if (whole.length <= rows) return whole;
  const { what, found, fix } = view;
  for (const brief of [
    { what, ...(found === undefined ? {} : { found }), fix },
    { what, fix: fix.slice(0, 1) },
  ]) {
    for (let most = mostOfText; most > 1; most--) {
      const lines = drawExplanation(brief, columns, look, most);
      if (lines.length <= rows) return lines;
    }
  }
  const first = `${look.yellow('!')} ${fit(oneLine(what), columns - 2, look)}`;
  return [first, ...drawRows([['try', fit(oneLine(fix[0] ?? ''), columns - 12, look), look.bold]], columns, 1, look)].slice(0, rows);
}

const drawWhat = (what: string, columns: number, most: number, look: Look): string[] =>
  keepLines(hang(`${look.yellow('!')} `, oneLine(what), columns), most, look);

const plain = (text: string) => text;
