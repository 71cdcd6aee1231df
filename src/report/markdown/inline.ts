/** Texts of others in Markdown. */
import { showHidden } from '../../text/hidden.ts';

/** A fence that no line of the text can close. */
export function fence(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${text.replace(/\n+$/, '')}\n${ticks}`;
}

/** A text on one line in which nothing is markup, whatever it holds. */
export function inline(text: string): string {
  return showHidden(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|~&#!]/g, (character) => `\\${character}`);
}
