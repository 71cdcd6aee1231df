/**
 * A quick way for the YAML that most check fences hold: a list with an entry a line, each a name with a value or with a short mapping.
 * The YAML library takes some 0.15 ms for each such fence, which is most of the work on a lab. Whatever is not surely simple is left to it.
 */
import { Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';

const name = '[a-z][a-z-]*';
/** Letters first, so no number, date or sign; no colon, hash, quote or bracket. Or a whole number. */
const value = String.raw`[A-Za-z](?:[\w./ -]*[\w./-])?|0|[1-9]\d{0,8}`;
const flatMap = `\\{ ${name}: (?:${value})(?:, ${name}: (?:${value}))* \\}`;
const entry = new RegExp(`- (${name}): (?:(${value})|(${flatMap}))\\n`, 'y');
const pairInMap = new RegExp(`(${name}): (${value})`, 'g');
/** Words that are no texts in YAML. */
const special = /^(?:true|false|null)$/i;

/**
 * The nodes of such a text, with their places; nothing for any other.
 *
 * @example readShortYaml('- status: 0\n- output: { equals: step 1 }\n')
 */
export function readShortYaml(text: string): YAMLSeq | undefined {
  const list = new YAMLSeq();
  list.range = [0, text.length, text.length];
  for (entry.lastIndex = 0; entry.lastIndex < text.length;) {
    const start = entry.lastIndex;
    const [line, key = '', plain, map] = entry.exec(text) ?? [];
    if (line === undefined) return undefined;
    const valueStart = start + line.length - 1 - (plain ?? map ?? '').length;
    const item = map === undefined ? readScalar(plain ?? '', valueStart) : readFlatMap(map, valueStart);
    if (!item) return undefined;
    list.items.push(mapOf([new Pair(scalar(key, key, start + 2), item)], start + 2));
  }
  return list.items.length > 0 ? list : undefined;
}

function readFlatMap(text: string, start: number): YAMLMap | undefined {
  const pairs: Pair[] = [];
  const keys = new Set<string>();
  for (const match of text.matchAll(pairInMap)) {
    const [whole, key = '', plain = ''] = match;
    const item = readScalar(plain, start + match.index + whole.length - plain.length);
    // A key that is there twice is a mistake, and the library tells it.
    if (!item || keys.has(key)) return undefined;
    keys.add(key);
    pairs.push(new Pair(scalar(key, key, start + match.index), item));
  }
  return mapOf(pairs, start);
}

function readScalar(text: string, start: number): Scalar | undefined {
  if (special.test(text)) return undefined;
  return scalar(/^\d/.test(text) ? Number(text) : text, text, start);
}

function scalar(content: string | number, source: string, start: number): Scalar {
  const node = new Scalar(content);
  node.source = source;
  node.range = [start, start + source.length, start + source.length];
  return node;
}

function mapOf(pairs: Pair[], start: number): YAMLMap {
  const map = new YAMLMap();
  map.items = pairs;
  map.range = [start, start, start];
  return map;
}
