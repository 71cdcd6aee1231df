import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document } from 'yaml';
import type { Texts } from './types.ts';

/** Whether two YAML texts hold the same values with the same tags, whatever the order of keys. Both must be YAML. */
export function sameYaml({ yours, labs }: Texts): boolean {
  const [left, right] = [canonical(yours), canonical(labs)];
  return left !== undefined && left === right;
}

/** More in one another than this is no file that a person wrote: an alias may stand within itself. */
const deepest = 100;

class TooDeep extends Error {}

function canonical(text: string): string | undefined {
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  if (!Array.isArray(documents)) return '[]';
  try {
    return JSON.stringify(documents.map((document) => tell(document.contents, document, 0)));
  } catch (error) {
    if (error instanceof TooDeep || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A value with its tag: `!Ref Name` is not the text `Name`, and `"1"` is not `1`. */
function tell(node: unknown, document: Document, depth: number): unknown {
  if (depth > deepest) throw new TooDeep();
  if (isAlias(node)) return tell(node.resolve(document), document, depth + 1);
  if (isMap(node)) {
    const pairs = node.items.map(({ key, value }) => [tell(key, document, depth + 1), tell(value, document, depth + 1)]);
    const texts = pairs.map((pair) => JSON.stringify(pair)).sort();
    return ['map', node.tag ?? '', texts];
  }
  if (isSeq(node)) return ['seq', node.tag ?? '', node.items.map((item) => tell(item, document, depth + 1))];
  if (isScalar(node)) return [typeof node.value, node.tag ?? '', String(node.value)];
  return ['nothing'];
}
