/** The published schema and the page that explains it say what the program writes. */
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { file, schemaText } from '../../../scripts/verify-schema.ts';
import { readPage } from '../../docs/pages.ts';

interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
}

const published = fs.readFileSync(file, 'utf8');
const schema = JSON.parse(published) as Schema;

test('the published schema is the one that the program uses', async () => {
  expect(await schemaText(), 'run npx tsx scripts/verify-schema.ts').toBe(published);
});

test('who checks a report against it is not stopped by keys that come later', () => {
  expect(published).not.toContain('"additionalProperties": false');
});

/** The schema behind keys, through lists. */
function at(...keys: string[]): Schema {
  return keys.reduce((inside, key) => {
    const next = inside.properties?.[key] ?? {};
    return next.items ?? next;
  }, schema);
}

const page = readPage('docs/verify-json.md');
const section = (heading: string) => page.text.split(/^#+ /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
const codes = (text: string) => [...text.matchAll(/`([\w-]+)`/g)].map(([, key = '']) => key);

test.each([
  ['The JSON of a verification', at()],
  ['A lab', at('labs')],
  ['A step', at('labs', 'steps')],
  ['A verified command', at('labs', 'steps', 'commands')],
  ['A verified check', at('labs', 'steps', 'checks')],
  ['A mutant', at('labs', 'mutants')],
  ['A drift', at('labs', 'steps', 'drift')],
  ['A finding', at('labs', 'findings')],
])('"%s" explains every key, and no other', (heading, { properties = {} }) => {
  const rows =
    section(heading)
      .split('\n\n')
      .find((block) => block.startsWith('| key')) ?? '';
  const explained = [...rows.matchAll(/^\| (`[^|]*`) +\|/gm)].flatMap(([, cell = '']) => codes(cell));
  expect(explained.sort()).toEqual(Object.keys(properties).sort());
});

test.each([
  ['The JSON of a verification', at('machines')],
  ['The JSON of a verification', at('shard')],
  ['A lab', at('labs', 'cleanup')],
  ['A step', at('labs', 'steps', 'again')],
  ['A step', at('labs', 'steps', 'place')],
  ['A verified check', at('labs', 'steps', 'checks', 'proof')],
  ['A mutant', at('labs', 'mutants', 'by')],
  ['A drift', at('labs', 'steps', 'drift', 'lines')],
])('"%s" explains what is inside of its keys: %#', (heading, { properties = {} }) => {
  expect(Object.keys(properties).length).toBeGreaterThan(0);
  expect(codes(section(heading))).toEqual(expect.arrayContaining(Object.keys(properties)));
});
