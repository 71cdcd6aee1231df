import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { script } from '../../src/checks/script.ts';
import { describeContract } from './contract.ts';
import { makeContext, makeFolder, sentences } from './context.ts';

const withScript = async (text: string) => makeContext(await makeFolder({ 'checks/x.mjs': text, 'work/note.txt': 'hello' }));
const run = async (text: string, input: object = {}) =>
  script.run(script.schema.parse({ file: 'checks/x.mjs', ...input }), await withScript(text));

describeContract(script, {
  passing: async () => ({ input: 'checks/x.mjs', context: await withScript('') }),
  failing: async () => ({ input: 'checks/x.mjs', context: await withScript('process.exit(1)') }),
});

describe('script', () => {
  test("runs with zx's globals, in the terminal's directory, with its variables and the arguments", async () => {
    const context = await withScript(`
      const { stdout } = await $\`cat note.txt\`;
      if (stdout !== 'hello' || process.env.COLOUR !== 'blue' || argv._.join() !== 'one,two words') process.exit(1);
    `);
    const changed = { ...context, directory: join(context.workspace, 'work'), env: { ...context.env, COLOUR: 'blue' } };
    expect(await script.run({ file: 'checks/x.mjs', args: ['one', 'two words'], timeout: '60s' }, changed)).toEqual({ passed: true });
  });

  test('tells what the last line of its output says', async () => {
    const outcome = await run(`
      console.log('looking');
      console.log(JSON.stringify({ expected: 'two routes', actual: 'one route', try: 'Add the other one.' }));
      process.exit(1);
    `);
    expect(sentences(outcome)).toEqual({ expected: 'two routes', actual: 'one route', try: 'Add the other one.' });
  });

  test.each([
    ['its complaint', 'console.error("\\u001b[31mno thumbnail\\u001b[0m"); process.exit(3)', 'no thumbnail'],
    ['its last words', 'console.log("a\\nno thumbnail"); process.exit(3)', '"no thumbnail"'],
    ['its status', 'process.exit(3)', 'it ended with status 3'],
    ['that it was killed', 'process.kill(process.pid, "SIGKILL"); await new Promise(() => setInterval(() => {}, 1000))', 'it was killed'],
  ])('else tells %s', async (_, text, actual) => {
    expect(sentences(await run(text))).toEqual({
      expected: 'checks/x.mjs ends with status 0',
      actual,
      try: 'Read the step again, and compare it with what you have.',
    });
  });

  test('what it says to try comes before what the lab says', async () => {
    const said = (verdict: object) => `console.log(${JSON.stringify(JSON.stringify(verdict))}); process.exit(1)`;
    expect(await run(said({ expected: 'a', actual: 'b', try: 'Add it.' }))).toMatchObject({ try: 'Add it.', sure: true });
    expect(await run(said({ expected: 'a', actual: 'b' }))).not.toHaveProperty('sure');
  });

  test.each([
    ['a slip', 'undefined.x;', "Cannot read properties of undefined (reading 'x')"],
    ['a file that it lacks', 'await fs.readFile("nowhere")', 'ENOENT'],
    ['a module that it lacks', 'import "./nowhere.mjs";', 'Cannot find module'],
    ['no JavaScript', 'let = ;', 'SyntaxError'],
  ])("a script's own error is no mistake of the learner's: %s", async (_, text, actual) => {
    const outcome = await run(text);
    expect(sentences(outcome)).toMatchObject({
      expected: 'a check that runs to its end',
      actual: expect.stringContaining(actual) as string,
    });
    expect(outcome).toMatchObject({
      try: expect.stringMatching(/^The check itself has failed, which is no mistake of yours/) as string,
      sure: true,
    });
  });

  test('a command that fails in it is a verdict', async () => {
    const outcome = await run('await $`test -e /nowhere`');
    expect(sentences(outcome)).toMatchObject({ expected: 'checks/x.mjs ends with status 0' });
    expect(outcome).not.toHaveProperty('sure');
  });

  test('tells shortly of a mistake in the script', async () => {
    const { actual } = sentences(await run('throw new Error("the lab is wrong")'));
    expect(actual).toContain('the lab is wrong');
    expect(actual.length).toBeLessThan(1_001);
  });

  test('ends what never ends, with all that it started, in other process groups, too', async () => {
    const context = await withScript(`
      const { spawn } = await import('node:child_process');
      const child = spawn('sleep', ['1000'], { detached: true });
      await fs.writeFile('pid', String(child.pid));
      await $\`sleep 1000\`;
    `);
    const outcome = await script.run({ file: 'checks/x.mjs', args: [], timeout: '1500ms' }, context);
    expect(sentences(outcome)).toMatchObject({ actual: 'checks/x.mjs did not end within 1500ms' });
    await expectEnd(context.workspace);
  });

  test('does not wait for what a script leaves running, and ends it', async () => {
    const context = await withScript(`
      import { spawn } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      const child = spawn('sleep', ['1000'], { stdio: 'inherit' });
      writeFileSync('pid', String(child.pid));
      process.exit(0);
    `);
    expect(await script.run({ file: 'checks/x.mjs', args: [], timeout: '60s' }, context)).toEqual({ passed: true });
    await expectEnd(context.workspace);
  });

  test('stops when it is told to', async () => {
    const controller = new AbortController();
    const context = {
      ...(await withScript('console.log("x"); await new Promise(() => setInterval(() => {}, 1000))')),
      signal: controller.signal,
    };
    const running = script.run({ file: 'checks/x.mjs', args: [], timeout: '60s' }, context);
    controller.abort();
    expect(sentences(await running).actual).toBe('the check was stopped before it had an answer');
  });

  test("runs only what is in the lab's folder", async () => {
    const outside = await makeFolder({ 'x.mjs': '' });
    const context = await withScript('');
    await symlink(join(outside, 'x.mjs'), join(context.folder, 'link.mjs'));
    expect(sentences(await script.run({ file: 'link.mjs', args: [], timeout: '60s' }, context)).actual).toBe(
      'link.mjs is a link that leads out of this folder',
    );
    expect(sentences(await script.run({ file: 'none.mjs', args: [], timeout: '60s' }, context)).actual).toBe(
      'the lab has no file none.mjs',
    );
    for (const wrong of ['../x.mjs', '/x.mjs', 'x.sh', { file: 'x.mjs', timeout: '5' }])
      expect(script.schema.safeParse(wrong).success).toBe(false);
  });
});

/** Waits until the process is gone whose number is in the file `pid`, where the script came to write it. */
async function expectEnd(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'pid'), 'utf8').catch(() => '');
  if (text !== '') await expect.poll(() => isAlive(Number(text)), { timeout: 10_000 }).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
