import { describe, expect, test } from 'vitest';
import { output } from '../../src/checks/output.ts';
import { describeContract } from './contract.ts';
import { command, makeContext, makeFolder, sentences } from './context.ts';

const run = async (input: unknown, text: string, status = 0) =>
  output.run(output.schema.parse(input), makeContext(await makeFolder(), { command: command(text, status) }));

describeContract(output, {
  passing: async () => ({ input: 'Hello', context: makeContext(await makeFolder(), { command: command('Hello Ada\n') }) }),
  failing: async () => ({ input: 'Hello', context: makeContext(await makeFolder(), { command: command('Bye\n') }) }),
});

describe('output', () => {
  test.each([
    ['several lines', { contains: ['one', 'three'] }, 'one\ntwo\nthree\n'],
    [
      'a sentence that a program has wrapped',
      'calling the CreateRole operation',
      ' when calling the CreateRole \n   operation: The security',
    ],
    ['a line by a pattern', { matches: '^chalice 1\\.\\d+' }, 'collected\nchalice 1.34.0, python 3.11\n'],
    ['the whole', { equals: 'https://example.org/api/' }, '\nhttps://example.org/api/\r\n'],
    ['what is not there', { not: { contains: 'Traceback', matches: 'Err\\w+' } }, 'ok\n'],
    ['JSON alone', { json: { a: 1 } }, '{"a": 1, "b": 2}'],
    [
      'JSON below headers, as HTTPie prints it',
      { json: { hello: 'world' } },
      'HTTP/1.1 200 OK\nServer: x\n\n{\n    "hello": "world"\n}\n\n',
    ],
    ['the JSON that fits among several', { json: { n: 2 } }, '{"n": 1}\ndone {x}\n{"n": 2}\n[3]\n'],
  ])('finds %s', async (_, input, text) => {
    expect(await run(input, text)).toEqual({ passed: true });
  });

  test.each([
    ['Deployed', '', '"Deployed" in the output', 'the output is empty'],
    ['Deployed', 'Error: no\n', '"Deployed" in the output', 'the output is "Error: no"'],
    ['Deployed', 'one\ntwo\n', '"Deployed" in the output', 'the output does not have it; it ends with "two"'],
    ['hello ada', 'Hello Ada', '"hello ada" in the output', 'the output has it with other capital letters'],
    [{ matches: '^v\\d' }, 'x1', 'something like "v…" in the output', 'the output is "x1"'],
    [{ equals: 'a\nb' }, 'a\nc', 'line 2: "b"', 'line 2: "c"'],
    [{ json: { name: 'Ada' } }, '{"name": "Bob"}', '$.name is "Ada"', '$.name: expected "Ada", got "Bob"'],
    [{ json: { name: 'Ada' } }, 'Ada', 'JSON in the output', 'the output is "Ada"'],
    [{ not: { contains: 'Traceback' } }, 'x\nTraceback (most', 'no "Traceback" in the output', 'the output contains it'],
    [{ not: { matches: 'Err\\w+' } }, 'an Error', 'nothing in the output like "Err…"', 'the output contains "Error"'],
  ])('says what is missing: %j in %j', async (input, text, expected, actual) => {
    expect(sentences(await run(input, text))).toMatchObject({ expected, actual });
  });

  test('points at the command where it went well, and at its error where it did not', async () => {
    expect(sentences(await run('x', 'y', 0)).try).toBe('Compare the command that you ran with the one in the step, letter by letter.');
    expect(sentences(await run('x', 'y', 1)).try).toBe('The command ended with status 1. Mend what its last lines say, then run it again.');
  });

  test('never repeats a long output', async () => {
    const outcome = sentences(await run({ equals: 'x' }, 'y'.repeat(100_000)));
    expect(JSON.stringify(outcome).length).toBeLessThan(600);
  });

  test('shows control characters instead of obeying them', async () => {
    expect(sentences(await run('x', 'a\u001b[2Jb')).actual).toBe('the output is "a\\u001b[2Jb"');
  });

  test('refuses a pattern that is none when the lab is read, and copes with one that becomes none', async () => {
    expect(output.schema.safeParse({ matches: '(' }).success).toBe(false);
    expect(output.schema.safeParse({ matches: 'Hello {{WHO}}' }).success).toBe(true);
    expect(output.schema.safeParse({ contains: [] }).success).toBe(false);
    expect(output.schema.safeParse({ not: {} }).success).toBe(false);
    const outcome = await output.run({ matches: ['('] }, makeContext(await makeFolder(), { command: command('x') }));
    expect(sentences(outcome).actual).toBe('this is not a regular expression, so the lab has a mistake here');
  });
});
