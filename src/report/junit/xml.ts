/** XML 1.0 as text: elements with attributes, nothing that a document may not hold. */
import { showHidden } from '../../text/hidden.ts';

type Attributes = Record<string, string | number | undefined>;

/** An element on a line of its own; its children, already XML, one deeper. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const start = `<${name}${writeAttributes(attributes)}`;
  if (children.length === 0) return `${start}/>`;
  return `${start}>\n${children.join('\n')}\n</${name}>`;
}

/** An element that holds text, and nothing is added to the text. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  return `<${name}${writeAttributes(attributes)}>${escapeText(text)}</${name}>`;
}

function writeAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeAttribute(String(value))}"`)
    .join('');
}

/** `>` is escaped too: `]]>` may not stand in text. */
function escapeText(text: string): string {
  return keepCharacters(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A reader would turn line ends and tabs of an attribute into spaces. */
function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** Shows what is hidden, control characters among it; halves of surrogate pairs become U+FFFD: https://www.w3.org/TR/xml/#charsets */
function keepCharacters(text: string): string {
  return showHidden(text)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/\p{Surrogate}/gu, '\ufffd');
}
