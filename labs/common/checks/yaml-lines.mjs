/** YAML, and JSON, whose values know the line they stand in. */
import { YAML } from 'zx';

/**
 * @param {string} text
 * @returns {{ value: unknown, lineOf: (keys: (string | number)[]) => number, mistake?: { line: number, message: string } }} `lineOf` gives the
 *   line of a value by the keys that lead to it, counted from 1: that of its key where it has one, and of what is around it where it is missing.
 * @example readWithLines('a:\n  - b\n').lineOf(['a', 0]) // 2
 */
export function readWithLines(text) {
  const counter = new YAML.LineCounter();
  // merge keys are no part of YAML 1.2, and every program that reads such files knows them
  const document = YAML.parseDocument(text, { merge: true, lineCounter: counter, prettyErrors: false, logLevel: 'error' });
  const lineAt = (offset) => counter.linePos(offset).line;
  const lineOf = (keys) => lineAt(findPlace(document, keys));
  const [error] = document.errors;
  if (error) return { value: undefined, lineOf, mistake: { line: lineAt(error.pos[0]), message: error.code === 'DUPLICATE_KEY' ? 'a key that is there twice' : error.message } };
  try {
    return { value: document.toJS(), lineOf };
  } catch (error) {
    return { value: undefined, lineOf, mistake: { line: lineOfAlias(document, lineAt), message: error.message } };
  }
}

/** Where the value stands, or what is around it. */
function findPlace(document, keys) {
  let node = document.contents;
  let place = node?.range?.[0] ?? 0;
  for (const key of keys) {
    if (YAML.isAlias(node)) node = node.resolve(document);
    if (YAML.isMap(node)) {
      const pair = node.items.find((one) => String(one.key?.value ?? one.key) === String(key));
      if (!pair) return place;
      place = pair.key?.range?.[0] ?? place;
      node = pair.value;
    } else if (YAML.isSeq(node) && node.items[key]) {
      node = node.items[key];
      place = node.range?.[0] ?? place;
    } else return place;
  }
  return place;
}

/** The first alias that stands for nothing; what else `toJS` refuses has no place of its own. */
function lineOfAlias(document, lineAt) {
  let line = 1;
  YAML.visit(document, {
    Alias(_key, node) {
      if (node.resolve(document)) return undefined;
      line = lineAt(node.range[0]);
      return YAML.visit.BREAK;
    },
  });
  return line;
}
