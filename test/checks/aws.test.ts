import { describe, expect, test } from 'vitest';
import { aws } from '../../src/checks/aws.ts';
import { ResourceError } from '../../src/checks/check.ts';
import { describeContract } from './contract.ts';
import { makeContext, makeFolder, sentences } from './context.ts';

/** An AWS account with these names of every kind; `undefined` cannot be asked. */
const account = async (names: string[] | undefined) =>
  makeContext(await makeFolder(), {
    resources: {
      kinds: ['role', 'function', 'api'],
      find: (_, pattern) => {
        if (!names) return Promise.reject(new ResourceError('The keys of this terminal have expired.'));
        return Promise.resolve(
          names.filter((name) => name === pattern || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1)))),
        );
      },
    },
  });

const run = async (input: unknown, names?: string[]) => aws.run(aws.schema.parse(input), await account(names));

describeContract(aws, {
  passing: async () => ({ input: { role: 'myapp-dev' }, context: await account(['myapp-dev']) }),
  failing: async () => ({ input: { role: 'myapp-dev', present: false }, context: await account(['myapp-dev']) }),
});

describe('aws', () => {
  test('finds what is there and what is gone', async () => {
    expect((await run({ function: 'myapp-*' }, ['myapp-dev'])).passed).toBe(true);
    expect((await run({ api: 'myapp', present: false }, ['other'])).passed).toBe(true);
  });

  test.each([
    [
      { role: 'myapp-dev' },
      [],
      'role myapp-dev in AWS',
      'there is no role with this name',
      "Run the step's commands again, and read what they print: the last lines say what went wrong.",
    ],
    [
      { api: 'my*', present: false },
      ['mya', 'myb'],
      'no api my* in AWS',
      'still there: mya and myb',
      'Delete it with the command of the step. AWS may take a few seconds; then check again.',
    ],
    [
      { role: 'x' },
      undefined,
      'role x in AWS',
      'AWS could not be asked: The keys of this terminal have expired.',
      'Check the AWS credentials and the region of this terminal.',
    ],
    [
      { functoin: 'x' },
      [],
      'functoin x in AWS',
      'labwalk does not know the kind "functoin"',
      'This lab has a mistake here. Did its author mean "function"?',
    ],
    [
      { castle: 'x' },
      [],
      'castle x in AWS',
      'labwalk does not know the kind "castle"',
      'This lab has a mistake here. It knows api, function and role.',
    ],
  ])('says about %j with %j', async (input, names, expected, actual, advice) => {
    expect(sentences(await run(input, names))).toEqual({ expected, actual, try: advice });
  });

  test('names one resource', () => {
    for (const wrong of [{ present: true }, { role: 'a', api: 'b' }, { role: '' }, { role: 1 }, 'role']) {
      expect(aws.schema.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
    }
  });
});
