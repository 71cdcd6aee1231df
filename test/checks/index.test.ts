import { expect, test } from 'vitest';
import { checks, checksByName } from '../../src/checks/index.ts';

test('each check is known by its keyword, once', () => {
  expect(checks.map(({ name }) => name)).toEqual([
    'status',
    'output',
    'file',
    'tree',
    'syntax',
    'tool',
    'http',
    'log',
    'port',
    'aws',
    'script',
  ]);
  for (const check of checks) expect(checksByName.get(check.name)).toBe(check);
  expect(checksByName.size).toBe(checks.length);
});

test('only what a command printed or returned cannot be looked at again', () => {
  expect(checks.filter(({ looksAt }) => looksAt === 'output').map(({ name }) => name)).toEqual(['status', 'output']);
});
