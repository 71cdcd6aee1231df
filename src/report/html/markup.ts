/** HTML as text. Whatever is put into a template is escaped, unless it was made by one. */
import { showHidden } from '../../text/hidden.ts';

/** A piece of a page that is safe to put into another. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | undefined | Markup | readonly Markup[];

/**
 * A piece of HTML.
 *
 * @example markup`<p class="${kind}">${whatSomebodyTyped}</p>`
 */
export function markup(strings: TemplateStringsArray, ...values: Value[]): Markup {
  return new Markup(strings.reduce((all, part, index) => all + toText(values[index - 1]) + part));
}

export const nothing = new Markup('');

function toText(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('\n');
  return escapeHtml(String(value));
}

/** A text for an element or a quoted attribute: nothing in it is markup any more, and nothing of it is hidden. */
export function escapeHtml(text: string): string {
  return showHidden(text)
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
