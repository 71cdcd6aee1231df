/** YAML inside of a lab, with the place of each key and value. */
import { type Document, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, visit } from 'yaml';
import type { ReportProblem } from '../../problems.ts';
import { readShortYaml } from './short-yaml.ts';
import { lineText, offsetOfLine, placeAt, type Source } from '../source.ts';
import type { Place } from '../../types.ts';

export interface YamlText {
  root: Node | null;
  /** The value as plain data. */
  valueOf(node: unknown): unknown;
  placeOf(node: unknown): Place;
  /** A scalar as its author wrote it: `1.10` stays `1.10`. */
  writtenAs(node: unknown): string | undefined;
}

// one schema for all documents: making it is most of the work for a short one
const { schema } = parseDocument('');

/** Parses a document. Reports what is no YAML and gives nothing then. */
export function parseYaml(text: string, placeOfOffset: (offset: number) => Place, report: ReportProblem): YamlText | undefined {
  const short = readShortYaml(text);
  if (short) return yamlText(short, placeOfOffset);
  const document: Document.Parsed = parseDocument(text, { schema, prettyErrors: false, stringKeys: true, logLevel: 'silent' });
  const mistakes = [...document.errors, ...document.warnings];
  for (const { pos, message } of mistakes) {
    const braces = text.startsWith('{{', pos[0] - 1) ? pos[0] - 1 : pos[0];
    if (/^\{\{ *[A-Z_]/.test(text.slice(braces, braces + 10)))
      report(placeOfOffset(braces), 'a value that begins with {{ is no text in YAML', { fix: 'Put it in quotes: "{{NAME}}".' });
    else report(placeOfOffset(pos[0]), `this is not YAML: ${sentence(message)}`);
  }
  if (mistakes.length > 0 || (text.includes('*') && reportAliases(document, placeOfOffset, report))) return undefined;
  return yamlText(document.contents, placeOfOffset);
}

const yamlText = (root: Node | null, placeOfOffset: (offset: number) => Place): YamlText => ({
  root,
  valueOf: toPlain,
  placeOf: (node) => placeOfOffset((node as Node | undefined)?.range?.[0] ?? 0),
  writtenAs: (node) => (isScalar(node) && typeof node.value === 'number' ? node.source : undefined),
});

/** The node at a path, or the nearest one above it. For `key`, the node of the last key itself. */
export function nodeAt(root: unknown, path: readonly PropertyKey[], wanted: 'key' | 'value'): unknown {
  let node: unknown = root;
  for (const [i, segment] of path.entries()) {
    const last = i === path.length - 1;
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(segment));
      if (!pair) return node;
      if (last && wanted === 'key') return pair.key;
      if (!pair.value) return pair.key;
      node = pair.value;
    } else if (isSeq(node) && typeof segment === 'number' && node.items[segment]) node = node.items[segment];
    else return node;
  }
  return node;
}

/** Like the document's `toJS`, which is slow for many short documents. There are no aliases. */
function toPlain(node: unknown): unknown {
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map(toPlain);
  if (isMap(node)) return Object.fromEntries(node.items.map(({ key, value }) => [String(toPlain(key)), toPlain(value)]));
  return node ?? null;
}

/** Aliases can grow a short text to gigabytes, and nobody needs them in a lab. */
function reportAliases(document: Document, placeOfOffset: (offset: number) => Place, report: ReportProblem): boolean {
  let found = false;
  visit(document, {
    Alias: (_, alias) => {
      found = true;
      report(placeOfOffset(alias.range?.[0] ?? 0), `a lab can't have YAML aliases, such as *${alias.source}`, {
        fix: 'Write the value out.',
      });
    },
  });
  return found;
}

/** Place in the file of an offset in a fence's content, whose lines may have lost an indentation. */
export function placeInContent(source: Source, content: string, firstLine: number, offset: number): Place {
  const lineStart = offset === 0 ? 0 : content.lastIndexOf('\n', offset - 1) + 1;
  let row = 0;
  for (let at = content.indexOf('\n'); at !== -1 && at < lineStart; at = content.indexOf('\n', at + 1)) row++;
  const lineEnd = content.indexOf('\n', lineStart);
  const inner = content.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
  const outer = lineText(source, firstLine + row);
  const shift = outer.endsWith(inner)
    ? outer.length - inner.length
    : outer.length - inner.trimStart().length - (inner.length - inner.trimStart().length);
  const column = Math.max(0, Math.min(outer.length, offset - lineStart + shift));
  return placeAt(source, offsetOfLine(source, firstLine + row) + column);
}

function sentence(message: string): string {
  const first = (message.split('\n')[0] ?? '').trim().replace(/[.:]$/, '');
  return first.charAt(0).toLowerCase() + first.slice(1);
}
