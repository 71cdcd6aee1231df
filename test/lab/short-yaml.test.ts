import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { readShortYaml } from '../../src/lab/read/yaml/short-yaml.ts';

/** What labwalk uses of a node: its kind, its content, where it begins, how it is written. */
function facts(node: unknown): unknown {
  if (isScalar(node)) return [node.range?.[0], node.value, node.source];
  if (isSeq(node)) return [node.range?.[0], node.items.map(facts)];
  if (isMap(node)) return [node.range?.[0], node.items.map(({ key, value }) => [facts(key), facts(value)])];
  return node;
}

const byLibrary = (text: string) => parseDocument(text, { stringKeys: true, logLevel: 'silent' });

test.each([
  '- status: 0\n',
  '- status: 120\n- output: Hello\n',
  '- output: { equals: step 17 }\n',
  '- file: { path: app.py, contains: from chalice import Chalice }\n- port: 8000\n',
])('reads %j as the library does', (text) => {
  expect(facts(readShortYaml(text))).toEqual(facts(byLibrary(text).contents));
});

test.each([
  '',
  '\n',
  'status: 0\n',
  '- status: 0',
  '- status: 0 # good\n',
  '- status: 00\n',
  '- status: -1\n',
  '- status: 1.10\n',
  '- output: true\n',
  '- output: Null\n',
  '- output: "a"\n',
  '- output: a: b\n',
  '- output: &a b\n',
  '- output: a\n  b\n',
  '- output: { equals: a, equals: b }\n',
  '- output: { equals: {{NAME}} }\n',
  '- output: { json: { a: b } }\n',
  '- output: [a, b]\n',
])('leaves %j to the library', (text) => {
  expect(readShortYaml(text)).toBeUndefined();
});

describe('whatever it takes', () => {
  const piece = fc.constantFrom(...'- ,: ,{,},[,],\n,\n- ,a,status,equals,path,0,7,12,true,No,~,.,/,-,_,#,", ,x y,한'.split(','), ', ');
  const texts = fc.oneof(
    fc.array(piece, { maxLength: 14 }).map((pieces) => `- ${pieces.join('')}\n`),
    fc
      .array(piece, { maxLength: 8 })
      .map((pieces) => `- output: { equals: ${pieces.join('')} }\n- status: ${pieces.slice(0, 2).join('')}\n`),
  );

  test('means the same to the library', () => {
    let taken = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const short = readShortYaml(text);
        if (!short) return;
        taken++;
        const document = byLibrary(text);
        expect(document.errors).toEqual([]);
        expect(facts(short)).toEqual(facts(document.contents));
      }),
      { numRuns: 3000 },
    );
    expect(taken).toBeGreaterThan(50);
  });
});
