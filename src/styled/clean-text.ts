/** A lab may come from anywhere: nothing of its text may act on the terminal, nor show another order than it has. */

/* eslint-disable no-control-regex -- control characters are what this file looks for */
const sequences = /\x1b(?:\[[0-?]*[ -/]*[@-~]?|[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?|[ -/]*[0-~]?)|\x9b[0-?]*[ -/]*[@-~]?/g;
/** Control characters but tab and line end, and the marks that turn the direction of text. */
const acting = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/g;
const suspicious = /[^\t\n\x20-\x7e\xa0-\u0600]/;
/* eslint-enable no-control-regex */

/** The text without escape sequences and control characters. Tabs and line ends (as `\n`) stay. */
export function cleanText(text: string): string {
  if (!suspicious.test(text)) return text;
  return text
    .replace(/\r\n?/g, '\n')
    .replace(sequences, '')
    .replace(acting, '')
    .replace(/[\u2028\u2029]/g, ' ');
}

/** A name or a value: all on one line. */
export const cleanLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim();

/** Longest address that terminals take as a link (VTE's bound). */
const longestAddress = 2083;

/** The address for a link sequence; undefined where no terminal should open it. */
export function clickableAddress(href: string): string | undefined {
  if (!/^(?:https?:\/\/|mailto:)/i.test(href)) return undefined;
  const address = href.replace(/[^\x21-\x7e]/gu, (character) => (character.isWellFormed() ? encodeURIComponent(character) : ''));
  return address.length <= longestAddress ? address : undefined;
}

/** Code with spaces for its tabs. */
export function expandTabs(line: string, stop = 4): string {
  if (!line.includes('\t')) return line;
  let text = '';
  for (const character of line) text += character === '\t' ? ' '.repeat(stop - (text.length % stop)) : character;
  return text;
}
