import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isAlive } from '../../src/process/processes.ts';
import { sweepLeftovers } from '../../src/terminal/sweep.ts';
import { eventually, makeFolder, nextEvent, open, outcome, processesWith, uniqueSleep } from './support.ts';

const linux = process.platform === 'linux';

describe.concurrent('a command that takes too long', () => {
  const rude: [name: string, script: (sleep: string) => string][] = [
    ['simple', (sleep) => sleep],
    ['followed by another', (sleep) => `${sleep}; echo after`],
    ['that ignores Ctrl-C', (sleep) => `sh -c 'trap "" INT; ${sleep}; :'`],
    ['that ignores Ctrl-C and TERM', (sleep) => `sh -c 'trap "" INT TERM; while :; do ${sleep}; done'`],
    ['that is a loop of the shell', (sleep) => `while :; do ${sleep}; done`],
    ['that is a loop of the shell which ignores Ctrl-C', () => `trap '' INT; while :; do :; done`],
    ['in a pipe', (sleep) => `${sleep} | cat | ${sleep}`],
    ['with a helper in a session of its own', (sleep) => `setsid ${sleep} & ${sleep}`],
    ['with a helper that ignores the hang-up', (sleep) => `nohup sh -c "${sleep}" >/dev/null 2>&1 & ${sleep}`],
    ['with a helper that left its parents', (sleep) => `(setsid sh -c "${sleep} & exec ${sleep}" &); cat`],
    ['with a subshell left behind', (sleep) => `(trap "" INT TERM HUP; while :; do ${sleep}; done) & cat`],
  ];

  test.for(rude)('%s is ended with all that it started, and the terminal goes on', async ([, script], { onTestFinished }) => {
    const terminal = await open({ directory: '/' }, onTestFinished);
    const directory = makeFolder(onTestFinished);
    await terminal.run(`export KEPT=1; cd ${directory}`);
    const sleep = uniqueSleep();
    const result = await terminal.run(script(sleep), { timeout: 300 });
    expect(result.ended).toBe('timeout');
    expect(processesWith(sleep)).toEqual([]);
    expect(await outcome(terminal, 'pwd; echo $KEPT')).toEqual([0, `${directory}\n1\n`]);
  });

  test.for(rude.slice(0, 5))('%s is ended on plain pipes', async ([, script], { onTestFinished }) => {
    const terminal = await open({ plain: true }, onTestFinished);
    const sleep = uniqueSleep();
    const result = await terminal.run(script(sleep), { timeout: 300 });
    expect(result.ended).toBe('timeout');
    expect(processesWith(sleep)).toEqual([]);
    expect(await outcome(terminal, 'echo on')).toEqual([0, 'on\n']);
  });

  test('counts as timed out even when it ends well', async ({ onTestFinished }) => {
    const terminal = await open({}, onTestFinished);
    const result = await terminal.run('trap "exit 0" INT; sleep 100', { timeout: 100 });
    expect(result.ended).toBe('timeout');
    expect(await outcome(terminal, 'echo on')).toEqual([0, 'on\n']);
  });
});

describe('stop', () => {
  test('ends the running command and says why', async () => {
    const terminal = await open();
    const run = terminal.run('sleep 1000');
    await nextEvent(terminal, 'start');
    await terminal.stop();
    expect(await run).toMatchObject({ ended: 'stopped', status: 130 });
  });

  test('keeps a command from beginning that is still waiting', async () => {
    const terminal = await open();
    terminal.input('half a line');
    const run = terminal.run('echo never');
    await terminal.stop();
    expect(await run).toMatchObject({ ended: 'stopped', status: 130, output: '', n: 0 });
    expect(await outcome(terminal, 'echo on')).toEqual([0, 'on\n']);
  });

  test('does nothing when no command runs', async () => {
    const terminal = await open();
    await terminal.stop();
    expect(await outcome(terminal, 'echo on')).toEqual([0, 'on\n']);
  });

  test('can come at any moment of a command', async () => {
    const terminal = await open();
    for (let i = 0; i < 20; i++) {
      const run = terminal.run(`echo ${i}; : ${'x'.repeat(i * 50)}`);
      // Somewhere between typing the line and the prompt after it.
      for (let turn = 0; turn < i; turn++) await new Promise((resolve) => setImmediate(resolve));
      await terminal.stop();
      expect(['done', 'stopped']).toContain((await run).ended);
      expect(await outcome(terminal, `echo after ${i}`)).toEqual([0, `after ${i}\n`]);
    }
  });

  test('leaves the background jobs of earlier commands alone', async () => {
    const terminal = await open();
    const sleep = uniqueSleep();
    await terminal.run(`${sleep} &`);
    await terminal.run(`(while :; do ${sleep}9; done) &`);
    await eventually(() => processesWith(sleep).length === 2);
    await terminal.run('sleep 1000', { timeout: 100 });
    await terminal.run('cat', { timeout: 100 });
    expect(processesWith(sleep)).toHaveLength(2);
  });
});

describe('close', () => {
  test.skipIf(!linux)('ends everything that was started in the terminal', async () => {
    const terminal = await open();
    const sleep = uniqueSleep();
    await terminal.run(`${sleep} & setsid ${sleep} & nohup ${sleep} >/dev/null 2>&1 & (${sleep} &); ${sleep} & disown`);
    await terminal.run(`(trap "" TERM HUP; while :; do ${sleep}; done) &`);
    await eventually(() => processesWith(sleep).length === 6);
    const { pid } = terminal;
    await terminal.close();
    expect([processesWith(sleep), isAlive(pid)]).toEqual([[], false]);
  });

  test('ends a running command, whose result says so', async () => {
    const terminal = await open();
    const sleep = uniqueSleep();
    const run = terminal.run(sleep);
    await nextEvent(terminal, 'start');
    await terminal.close();
    expect(await run).toMatchObject({ ended: 'stopped' });
    expect(processesWith(sleep)).toEqual([]);
  });

  test('also ends what an earlier shell of the terminal has left', async () => {
    const terminal = await open();
    const sleep = uniqueSleep();
    await terminal.run(`nohup ${sleep} >/dev/null 2>&1 & exit`);
    await terminal.run('true');
    expect(processesWith(sleep)).toHaveLength(1);
    await terminal.close();
    expect(processesWith(sleep)).toEqual([]);
  });
});

/** A labwalk of its own that does this and kills itself. Gives the folder in which it had its runtime folder. */
async function killedLabwalk(script: string): Promise<string> {
  const runtimeFolder = makeFolder();
  const source = path.resolve(import.meta.dirname, '../../src');
  const program = `
    import { spawn } from 'node:child_process';
    import { openTerminal } from '${source}/terminal/terminal.ts';
    import { withoutMasters } from '${source}/process/masters.ts';
    const options = { directory: '/', env: { PATH: process.env.PATH }, runtimeFolder: ${JSON.stringify(runtimeFolder)} };
    const terminal = await openTerminal(options);
    const other = await openTerminal(options);
    ${script}
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, name] = (await once(child, 'exit')) as [number | null, string | null];
  expect(name).toBe('SIGKILL');
  return runtimeFolder;
}

describe.skipIf(!linux)('when labwalk is killed', () => {
  test('what runs in the foreground of its terminals ends by itself', async () => {
    const sleep = uniqueSleep();
    const helper = uniqueSleep();
    await killedLabwalk(`
      // It outlives labwalk, and must not keep the terminals open.
      spawn(...withoutMasters('${helper.split(' ')[0]}', ['${helper.split(' ')[1]}']), { stdio: 'ignore', detached: true });
      await terminal.run('${sleep} &');
      other.run('${sleep}');
      terminal.run('${sleep}; ${sleep}');
      // Only when both shells wait for their program: one that a shell has just forked when it is hung up is in none of its jobs yet, and
      // is left for the next start to end.
      const { execFileSync, spawnSync } = await import('node:child_process');
      const running = () => Number(spawnSync('pgrep', ['-fxc', '${sleep}'], { encoding: 'utf8' }).stdout);
      const waiting = () => [terminal, other].every(({ pid }) => execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('S'));
      while (running() < 3 || !waiting()) await new Promise((resolve) => setTimeout(resolve, 20));
      process.kill(process.pid, 'SIGKILL');
    `);
    await eventually(() => processesWith(sleep).length === 0);
    const [left] = processesWith(helper);
    expect(left).toBe(helper);
    spawn('pkill', ['-fx', helper]);
    await eventually(() => processesWith(helper).length === 0);
  });

  test('the next start ends the rest and removes the runtime folders', async () => {
    const sleep = uniqueSleep();
    const runtimeFolder = await killedLabwalk(`
      await terminal.run('setsid ${sleep} & nohup ${sleep} >/dev/null 2>&1 & (trap "" HUP TERM; exec ${sleep}) & disown -a');
      while ((await terminal.run('pgrep -fxc "${sleep}"')).output.trim() !== '3');
      process.kill(process.pid, 'SIGKILL');
    `);
    expect(readdirSync(runtimeFolder)).toHaveLength(2);
    await eventually(() => processesWith(sleep).length >= 1);
    await sweepLeftovers([runtimeFolder]);
    expect([processesWith(sleep), readdirSync(runtimeFolder)]).toEqual([[], []]);
  });

  test('a sweep leaves alone what belongs to a labwalk that still runs', async () => {
    const runtimeFolder = makeFolder();
    const terminal = await open({ runtimeFolder });
    const sleep = uniqueSleep();
    await terminal.run(`setsid ${sleep} &`);
    await eventually(() => processesWith(sleep).length === 1);
    await sweepLeftovers([runtimeFolder]);
    await sweepLeftovers([path.join(os.tmpdir(), 'no-such-folder')]);
    expect([processesWith(sleep).length, readdirSync(runtimeFolder).length]).toEqual([1, 1]);
    expect(await outcome(terminal, 'echo on')).toEqual([0, 'on\n']);
  });
});
