import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import checkNode from '../../bin/check-node.cjs';

const checkout = path.resolve(import.meta.dirname, '../..');

const read = (name: string): unknown => JSON.parse(readFileSync(path.join(checkout, name), 'utf8'));

test.each([
  ['20.19.0', true],
  ['20.18.3', false],
  ['18.20.0', false],
  ['22.0.0', true],
  ['26.1.0', true],
])('Node %s will do: %s', (version, good) => {
  expect(checkNode.isNodeNewEnough(version)).toBe(good);
});

test('the version that is asked for is the one that package.json names', () => {
  const { engines } = read('package.json') as { engines: { node: string } };
  const oldest = engines.node.replace('>=', '');
  expect(checkNode.isNodeNewEnough(oldest)).toBe(true);
  expect(checkNode.describeOldNode('18.20.0', '/usr/bin/node')).toContain(
    `Node.js ${oldest} or newer is needed; this is 18.20.0 (/usr/bin/node).`,
  );
});

test("each script of package.json that starts a file of this checkout looks at Node's version first", () => {
  const { scripts } = read('package.json') as { scripts: Record<string, string> };
  const own = Object.values(scripts).filter((script) => /^node /.test(script));
  expect(own.length).toBeGreaterThan(3);
  for (const script of own) expect(script).toMatch(/^node -r \.\/bin\/check-node\.cjs scripts\//);
});
