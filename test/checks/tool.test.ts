import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tool } from '../../src/checks/tool.ts';
import { describeContract } from './contract.ts';
import { makeContext, makeFolder, SECRET, sentences } from './context.ts';

/** A context whose PATH has one program with this text. */
async function withProgram(name: string, text: string) {
  const folder = await makeFolder({ [`bin/${name}`]: `#!/bin/sh\n${text}\n` });
  await chmod(join(folder, 'bin', name), 0o755);
  return makeContext(folder, { env: { PATH: `/nowhere:${join(folder, 'bin')}`, AWS_SECRET_ACCESS_KEY: SECRET } });
}

const prints = (name: string, version: string) => withProgram(name, `echo '${version}'`);
const run = async (input: unknown, context: Awaited<ReturnType<typeof prints>>) => tool.run(tool.schema.parse(input), context);

describeContract(tool, {
  passing: async () => ({
    input: { name: 'chalice', version: '>=1.34 <2' },
    context: await prints('chalice', 'chalice 1.34.0, python 3.11.7, linux 6.1'),
  }),
  failing: async () => ({
    input: { name: 'chalice', version: '>=1.34 <2' },
    context: await prints('chalice', 'chalice 1.32.0, python 3.11.7'),
  }),
});

describe('tool', () => {
  test.each([
    ['http', '>=3', '3.2.4', '3.2.4'],
    ['aws', '^1.44', 'aws-cli/1.44.5 Python/3.11.7 Linux/6.1 botocore/1.42', '1.44.5'],
    ['git', '2.x', 'git version 2.39.2', '2.39.2'],
    ['node', '>=20', 'v20.20.0', '20.20.0'],
    ['java', '>=17', 'openjdk version "21.0.1" 2023-10-17', '21.0.1'],
    ['uv', '>=0.4', 'warning: 2026 is here\nuv 0.5.1', '0.5.1'],
    ['python3.11', '3.11', 'Python 3.11.7', '3.11.7'],
  ])('reads the version of %s', async (name, version, printed, found) => {
    expect(await run({ name, version }, await prints(name, printed))).toEqual({ passed: true, version: found });
  });

  test('reads it from stderr, with other arguments, and needs none without a range', async () => {
    expect(
      (
        await run(
          { name: 'java', version: '>=17', args: ['-version'] },
          await withProgram('java', '[ "$1" = -version ] && echo "java 21.0" >&2'),
        )
      ).passed,
    ).toBe(true);
    expect((await run('x', await withProgram('x', 'exit 1'))).passed).toBe(true);
  });

  test.each([
    [
      { name: 'chalice', version: '>=1.34 <2' },
      'echo chalice 1.32.0',
      'chalice >=1.34 <2',
      'chalice is version 1.32.0',
      /^Install a version that fits: >=1\.34 <2\. The program that was asked is \/.+\/chalice\.$/,
    ],
    [
      { name: 'x', version: '1' },
      'echo "broken pipe" >&2; exit 1',
      'x 1',
      'x --version prints no version; it says "broken pipe"',
      /^Type x --version/,
    ],
    [{ name: 'x', version: '1' }, 'exit 0', 'x 1', 'x --version prints no version', /^Type x --version/],
  ])('says about %j what it found', async (input, text, expected, actual, advice) => {
    const outcome = sentences(await run(input, await withProgram(input.name, text)));
    expect(outcome).toMatchObject({ expected, actual });
    expect(outcome.try).toMatch(advice);
  });

  test('says when the program is not on PATH, or not runnable', async () => {
    const context = await prints('other', '1.0');
    expect(sentences(await run({ name: 'chalice', version: '1' }, context))).toEqual({
      expected: 'chalice 1',
      actual: 'chalice is not found on PATH',
      try: 'Install chalice as the step says. Is it in a virtual environment? Then switch that on in this terminal: source .venv/bin/activate',
    });
    await chmod(join(context.workspace, 'bin/other'), 0o644);
    expect(sentences(await run('other', context)).actual).toBe('other is not found on PATH');
  });

  test('copes with a program whose interpreter is gone', async () => {
    const folder = await makeFolder({ 'bin/x': '#!/nowhere/python\n' });
    await chmod(join(folder, 'bin/x'), 0o755);
    const outcome = await run({ name: 'x', version: '1' }, makeContext(folder, { env: { PATH: join(folder, 'bin') } }));
    expect(sentences(outcome).actual).toBe(`${join(folder, 'bin/x')} can't be started`);
  });

  test('refuses what is no name and no range', () => {
    for (const wrong of ['a/b', 'a b', '', { name: 'x', version: 'new' }, { name: 'x', version: 1.3 }]) {
      expect(tool.schema.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
    }
    expect(tool.schema.safeParse({ name: 'x', version: '{{VERSION}}' }).success).toBe(true);
  });
});
