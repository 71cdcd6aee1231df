import { describe, expect, test } from 'vitest';
import { status } from '../../src/checks/status.ts';
import { describeContract } from './contract.ts';
import { command, makeContext, makeFolder, sentences } from './context.ts';

const run = async (input: unknown, seen?: ReturnType<typeof command>) =>
  status.run(status.schema.parse(input), makeContext(await makeFolder(), seen ? { command: seen } : {}));

describeContract(status, {
  passing: async () => ({ input: 0, context: makeContext(await makeFolder(), { command: command('ok') }) }),
  failing: async () => ({ input: 0, context: makeContext(await makeFolder(), { command: command('', 1) }) }),
});

describe('status', () => {
  test('takes a number, a variable, or "is" and "not"', async () => {
    expect((await run({ is: 2 }, command('', 2))).passed).toBe(true);
    expect((await run('2', command('', 2))).passed).toBe(true);
    expect((await run({ not: 0 }, command('', 1))).passed).toBe(true);
    expect((await run({ not: 0 }, command('', 0))).passed).toBe(false);
    expect(status.schema.safeParse('{{STATUS}}').success).toBe(true);
    for (const wrong of ['two', 256, -1, 1.5, { is: 0, not: 1 }]) expect(status.schema.safeParse(wrong).success).toBe(false);
  });

  test.each([
    [
      0,
      command('boom\nError: no such option\n', 2),
      'status 0',
      'status 2; its last line was "Error: no such option"',
      'Read the last lines that it printed: they say what went wrong.',
    ],
    [
      0,
      command('', 127),
      'status 0',
      'status 127',
      'The shell did not find this program. Check its spelling, and that the step that installs it is done in this terminal.',
    ],
    [0, command('', 130), 'status 0', 'status 130', 'The command was stopped with Ctrl-C. Run it again and let it finish.'],
    [
      { not: 0 },
      command('fine'),
      'a status other than 0',
      'status 0; its last line was "fine"',
      'The command went well, and here it should not have. Read the step again: something may already be done that it relies on.',
    ],
    [0, undefined, 'status 0', 'no command has run yet', "Run this step's commands first."],
  ])('says for %j what came and what to try', async (input, seen, expected, actual, advice) => {
    expect(sentences(await run(input, seen))).toEqual({ expected, actual, try: advice });
  });
});
