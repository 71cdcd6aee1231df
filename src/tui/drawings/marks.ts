/** The marks of the screen, in Unicode and in ASCII. All marks of a look that stand in one column of a list are equally wide. */
import type { Look } from '../../report/look.ts';

export interface Marks {
  /** In a list, all of one width. */
  passed: string;
  failed: string;
  open: string;
  skipped: string;
  reading: string;
  stopped: string;
  /** The step that is shown; the row that the arrow keys stand on. */
  here: string;
  chosen: string;
  /** A service that runs, starts, has stopped, has died. */
  runs: string;
  starts: string;
  stands: string;
  died: string;
  enter: string;
  dot: string;
  cursor: string;
  bar: { done: string; open: string };
  box: { topLeft: string; topRight: string; bottomLeft: string; bottomRight: string; across: string; down: string };
  above: string;
  below: string;
}

const unicodeMarks: Marks = {
  passed: '✓',
  failed: '✗',
  open: '·',
  skipped: '–',
  reading: '≡',
  stopped: '!',
  here: '▸',
  chosen: '❯',
  runs: '●',
  starts: '◌',
  stands: '○',
  died: '✗',
  enter: '⏎',
  dot: '•',
  cursor: '▏',
  bar: { done: '━', open: '─' },
  box: { topLeft: '╭', topRight: '╮', bottomLeft: '╰', bottomRight: '╯', across: '─', down: '│' },
  above: '↑',
  below: '↓',
};

const asciiMarks: Marks = {
  passed: 'ok',
  failed: '!!',
  open: '. ',
  skipped: '--',
  reading: '= ',
  stopped: '! ',
  here: '*',
  chosen: '>',
  runs: '*',
  starts: '.',
  stands: 'o',
  died: 'x',
  enter: 'Enter',
  dot: '*',
  cursor: '|',
  bar: { done: '#', open: '-' },
  box: { topLeft: '+', topRight: '+', bottomLeft: '+', bottomRight: '+', across: '-', down: '|' },
  above: '^',
  below: 'v',
};

export const marksOf = (look: Pick<Look, 'marks'>): Marks => (isUnicode(look) ? unicodeMarks : asciiMarks);

/** A look says by its own marks whether the screen can show more than ASCII. */
export const isUnicode = ({ marks }: Pick<Look, 'marks'>): boolean => marks.more === '…';

/** Names of keys as the screen can show them: `↑ k`, or `Up k`. */
export const keyWords = (keys: string, look: Pick<Look, 'marks'>): string =>
  isUnicode(look) ? keys : keys.replaceAll('↑', 'Up').replaceAll('↓', 'Down').replaceAll('…', '...');

/** Reverse video where there are colours; else the text as it is. */
export const invert = (text: string, look: Pick<Look, 'bold'>): string => (hasColour(look) ? `\x1b[7m${text}\x1b[27m` : text);

export const hasColour = ({ bold }: Pick<Look, 'bold'>): boolean => bold('x') !== 'x';
