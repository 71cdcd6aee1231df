/** Texts of a lab, which may come from anywhere, made fit for a line of a screen. */
import { showHidden } from '../text/hidden.ts';

/** A name or a value: all on one line, and what is hidden in it shown. */
export const cleanLine = (text: string): string => showHidden(text).replace(/\s+/g, ' ').trim();

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
