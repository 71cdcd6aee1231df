import { describe, expect, test } from 'vitest';
import { judgeEnding, type Ending, type Fence } from '../../../src/engine/step/judge-ending.ts';

const place = { file: '/labs/trial/lab.md', line: 7, column: 1 };

/** What is said of a fence whose last command has ended like this. */
const judge = (fence: Partial<Fence>, ending: Partial<Ending> = {}, variables: Record<string, string> = {}) => {
  const output = ending.output ?? '';
  return judgeEnding(
    { place, ...fence },
    { text: 'chalice deploy', status: 1, ended: 'done', output, all: output, ...ending },
    { lab: { folder: '/labs/trial' }, variables },
  );
};

describe('a command that is to fail', () => {
  test.each([1, 2, 125, 193, 254, 255])('may do so with status %s', async (status) => {
    expect(await judge({ expect: 'fail' }, { status })).toBeUndefined();
  });

  test.each([
    [126, 'The shell may not run it. Is chalice executable?'],
    [127, 'The shell did not find it. Is chalice installed, and is the virtual environment active?'],
    [130, 'SIGINT ended it. That is what Ctrl-C does.'],
    [137, 'SIGKILL ended it. That often happens when memory runs out.'],
    [143, 'SIGTERM ended it. Run it again. (Where the lab wants exactly this status, it says expect=143.)'],
  ])('has not where the status is %s', async (status, why) => {
    const said = await judge({ expect: 'fail' }, { status });
    expect(said).toContain(`\`chalice deploy\` should have failed here by itself, but it ended with status ${status}.`);
    expect(said).toContain(why);
    expect(await judge({ expect: status }, { status })).toBeUndefined();
  });

  test('has not where it was still running', async () => {
    expect(await judge({ expect: 'fail' }, { status: 143, ended: 'timeout' })).toContain('was still running after 5 min and was ended');
    expect(await judge({ expect: 'fail', timeout: 90_000 }, { status: 143, ended: 'timeout' })).toContain('after 1 min 30 s');
  });
});

describe('what a fence must print', () => {
  const wants = (text: string): Partial<Fence> => ({ expect: 'fail', expectOutput: { kind: 'text', text } });

  test('is looked for in what the command printed that failed', async () => {
    expect(await judge(wants('NoSuchEntity'), { output: 'An error occurred (NoSuchEntity)' })).toBeUndefined();
    expect(await judge(wants('No  Such\nEntity'), { output: 'No Such Entity' })).toBeUndefined();
    expect(await judge(wants('{{NAME}} not found'), { output: 'myapp not found' }, { NAME: 'myapp' })).toBeUndefined();
    const before = { output: 'no network', all: 'NoSuchEntity\nno network' };
    expect(await judge(wants('NoSuchEntity'), before)).toContain('failed, but not as it should');
  });

  test('is looked for in all that the fence printed where none is to fail', async () => {
    const fence: Partial<Fence> = { expectOutput: { kind: 'text', text: 'saved' } };
    expect(await judge(fence, { status: 0, output: 'done', all: 'saved\ndone' })).toBeUndefined();
    expect(await judge(fence, { status: 0, output: 'done' })).toContain('`chalice deploy` did not print what it should');
  });

  test('may be a pattern; one without an end is a mistake of the lab, with its place', async () => {
    const pattern = (source: string): Partial<Fence> => ({ expect: 'fail', expectOutput: { kind: 'pattern', source } });
    expect(await judge(pattern('(Access|Permission) denied'), { output: 'Permission denied' })).toBeUndefined();
    const said = await judge(pattern('^(a+)+$'), { output: `${'a'.repeat(60)}!` });
    expect(said).toContain('lab.md:7. This is a mistake in the lab, not yours.');
  });
});
