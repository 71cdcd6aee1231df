/**
 * Colours and marks of text and code. The terminal's own colours only, and of them those that can be read on light and on dark backgrounds:
 * no black, white, yellow or blue letters.
 */

export type Paint = (text: string) => string;

export interface Theme {
  colour: boolean;
  bold: Paint;
  dim: Paint;
  italic: Paint;
  underline: Paint;
  strike: Paint;
  /** Something to do. */
  action: Paint;
  /** Inline code. */
  code: Paint;
  quote: Paint;
  red: Paint;
  green: Paint;
  magenta: Paint;
  cyan: Paint;
  marks: ThemeMarks;
}

export interface ThemeMarks {
  /** At the left of what the learner does. */
  action: string;
  /** At the left of what is only shown. */
  shown: string;
  quote: string;
  bullets: readonly string[];
  rule: string;
  heading: string;
  more: string;
  /** Where something was left out. */
  cut: string;
  /** In front of what continues a line that was too long. */
  continued: string;
  /** At the first line of an output. */
  output: string;
}

const unicodeMarks: ThemeMarks = {
  action: '▌',
  shown: '│',
  quote: '┃',
  bullets: ['•', '◦', '·'],
  rule: '─',
  heading: '─',
  more: '▸',
  cut: '…',
  continued: '↪',
  output: '┌',
};
const asciiMarks: ThemeMarks = {
  action: '|',
  shown: ':',
  quote: '>',
  bullets: ['*', '-'],
  rule: '-',
  heading: '-',
  more: '+',
  cut: '...',
  continued: '~',
  output: '.',
};

export function createTheme({ colour, unicode }: { colour: boolean; unicode: boolean }): Theme {
  const paint = (start: number, end: number): Paint => (colour ? (text) => paintText(text, start, end) : (text) => text);
  const cyan = paint(36, 39);
  const bold = paint(1, 22);
  return {
    colour,
    bold,
    dim: paint(2, 22),
    italic: paint(3, 23),
    underline: paint(4, 24),
    strike: colour ? paint(9, 29) : (text) => `~~${text}~~`,
    action: (text) => bold(cyan(text)),
    code: colour ? cyan : (text) => `\`${text}\``,
    quote: paint(35, 39),
    red: paint(31, 39),
    green: paint(32, 39),
    magenta: paint(35, 39),
    cyan,
    marks: unicode ? unicodeMarks : asciiMarks,
  };
}

/** What is painted within goes back to this paint, not to the plain style. */
function paintText(text: string, start: number, end: number): string {
  if (text === '') return '';
  const stop = `\x1b[${end}m`;
  return `\x1b[${start}m${text.replaceAll(stop, `${stop}\x1b[${start}m`)}${stop}`;
}
