import { expect, test } from 'vitest';
import { checksByName } from '../../src/checks/index.ts';
import type { CheckContext } from '../../src/checks/check.ts';
import { doubtOutputs } from '../../src/verify/doubt-outputs.ts';

const doubt = async (name: string, input: unknown, command?: { output: string; status: number }) => {
  const { checks, doubtsOfLast } = doubtOutputs(checksByName);
  const check = checks.get(name)!;
  const parsed = check.schema.parse(input);
  const context = { signal: new AbortController().signal, ...(command ? { command: { text: 'tool --version', ...command } } : {}) };
  const { passed } = await check.run(parsed, context as unknown as CheckContext);
  return { passed, doubts: doubtsOfLast() };
};

test('an output that must have something is not there where nothing was printed', async () => {
  expect(await doubt('output', { contains: 'hello' }, { output: 'hello\n', status: 0 })).toEqual({
    passed: true,
    doubts: ['nothing was printed', 'the command was not found', 'the command worked and printed nothing'],
  });
});

test('a status is another one where the command was not found, or where it worked', async () => {
  expect((await doubt('status', 0, { output: '', status: 0 })).doubts).toEqual(['the command was not found']);
  expect((await doubt('status', { not: 0 }, { output: '', status: 1 })).doubts).toEqual(['the command worked and printed nothing']);
});

test('nothing makes a check fail that anything fits', async () => {
  expect((await doubt('output', { not: { contains: 'error' } }, { output: 'fine', status: 0 })).doubts).toEqual([]);
  expect((await doubt('output', { matches: '.*' }, { output: 'fine', status: 0 })).doubts).toEqual([]);
});

test('one that failed is not doubted', async () => {
  expect(await doubt('output', { contains: 'hello' }, { output: 'bye', status: 0 })).toEqual({ passed: false, doubts: [] });
});
