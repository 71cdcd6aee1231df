import type { Out } from './report.ts';

/** How a text report looks: colours that may be none, and marks that a screen can show. */
export interface Look {
  columns: number;
  marks: { passed: string; failed: string; other: string; more: string };
  bold: Paint;
  dim: Paint;
  red: Paint;
  green: Paint;
  yellow: Paint;
  blue: Paint;
  cyan: Paint;
}

type Paint = (text: string) => string;

const unicodeMarks = { passed: '✓', failed: '✗', other: '·', more: '…' };
const asciiMarks = { passed: 'ok', failed: 'FAILED', other: '-', more: '...' };

export function createLook({ colour, columns, unicode }: Pick<Out, 'colour' | 'columns' | 'unicode'>): Look {
  const paint = (start: number, end: number): Paint =>
    colour ? (text) => (text === '' ? '' : `\x1b[${start}m${text}\x1b[${end}m`) : (text) => text;
  return {
    columns: Math.max(columns, 40),
    marks: unicode ? unicodeMarks : asciiMarks,
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    blue: paint(34, 39),
    cyan: paint(36, 39),
  };
}
