/** The words of an info string or of a labwalk comment: `run timeout=60s ready="log:Serving on"`. */

export interface Word {
  /** What stands before `=`, or the whole word. */
  key: string;
  /** What stands behind `=`, quotes removed; nothing where there is no `=`. */
  value?: string;
  /** Offset of the word in the file. */
  start: number;
  /** Offset of the value in the file, its quote included. */
  valueStart: number;
  /** A quote in it is never closed. */
  open: boolean;
}

/**
 * Parts a text at its spaces; quotes keep spaces together, and `\"` is a quote inside of double quotes.
 * @param offset where the text stands in its file
 */
export function splitWords(text: string, offset: number): Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at])) at++;
    else {
      const { word, end } = readWord(text, at, offset);
      words.push(word);
      at = end;
    }
  }
  return words;
}

function readWord(text: string, start: number, offset: number): { word: Word; end: number } {
  let at = start;
  let key = '';
  let value: string | undefined;
  let valueStart = offset + start;
  let quote = '';
  const add = (letter: string) => (value === undefined ? (key += letter) : (value += letter));
  for (; at < text.length; at++) {
    const letter = text[at] as string;
    if (quote) {
      if (letter === quote) quote = '';
      else if (letter === '\\' && quote === '"' && text[at + 1] === '"') add(text[++at] as string);
      else add(letter);
    } else if (isSpace(letter)) break;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '=' && value === undefined) {
      value = '';
      valueStart = offset + at + 1;
    } else add(letter);
  }
  return { word: { key, ...(value === undefined ? {} : { value }), start: offset + start, valueStart, open: quote !== '' }, end: at };
}

const isSpace = (letter: string | undefined) => letter === ' ' || letter === '\t' || letter === '\n';
