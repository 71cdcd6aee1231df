/** Programs that try to outlive the terminal they were started in: none does. Where other processes' limits can't be read, only those with their environment. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { familyOf } from '../../src/process/family-mark.ts';
import { sweepLeftovers } from '../../src/terminal/sweep.ts';
import { eventually, makeFolder, open, outcome, processesWith, uniqueSleep } from './support.ts';

const ways: [name: string, script: (sleep: string) => string][] = [
  ['in a session of its own', (sleep) => `setsid ${sleep} &`],
  ['that ignores the hang-up', (sleep) => `nohup ${sleep} >/dev/null 2>&1 &`],
  ['whose parents are gone', (sleep) => `( ( setsid sh -c "${sleep} & exec ${sleep}" & ) & )`],
  ['that ignores TERM', (sleep) => `setsid sh -c 'trap "" TERM HUP INT; while :; do ${sleep}; done' &`],
  ['with a cleared environment', (sleep) => `env -i setsid ${sleep} &`],
  ['with a cleared environment, whose parents are gone', (sleep) => `( env -i setsid bash -c "${sleep} & disown" & )`],
  [
    'that starts itself again when it is asked to end',
    (sleep) => `env -i setsid bash -c 'trap "setsid bash -c \\"trap : TERM; ${sleep}; ${sleep}\\" & exit" TERM; ${sleep}' &`,
  ],
  ['that is stopped', (sleep) => `env -i setsid ${sleep} &\nuntil pkill -STOP -f "^${sleep}"; do :; done`],
  ['without the terminal', (sleep) => `env -i setsid ${sleep} </dev/null >/dev/null 2>&1 &`],
];

describe.skipIf(process.platform !== 'linux').concurrent('a program', () => {
  test.for(ways)('%s ends with the terminal', async ([, script], { onTestFinished }) => {
    const terminal = await open({ directory: '/' }, onTestFinished);
    const sleep = uniqueSleep();
    await terminal.run(script(sleep));
    await eventually(() => processesWith(sleep).length > 0);
    await terminal.close();
    expect(processesWith(sleep)).toEqual([]);
  });

  test.for(ways)('%s ends with the command that took too long', async ([, script], { onTestFinished }) => {
    const terminal = await open({ directory: '/' }, onTestFinished);
    const sleep = uniqueSleep();
    const { ended } = await terminal.run(`${script(sleep)}\nuntil pgrep -f "^${sleep}" >/dev/null; do :; done; cat`, { timeout: 1000 });
    expect(ended).toBe('timeout');
    expect(processesWith(sleep)).toEqual([]);
    expect(await outcome(terminal, 'echo on')).toEqual([0, 'on\n']);
  });

  test('of an earlier command, and what that starts meanwhile, outlives a later one that took too long', async ({ onTestFinished }) => {
    const terminal = await open({ directory: '/' }, onTestFinished);
    const [sleep, child] = [uniqueSleep(), uniqueSleep()];
    const gate = path.join(makeFolder(onTestFinished), 'gate');
    await terminal.run(`env -i setsid bash -c 'until [ -e ${gate} ]; do read -t 0.05 < <(:); done; ${child} & ${sleep}' &`);
    await terminal.run(`touch ${gate}; until pgrep -f "^${child}" >/dev/null; do :; done; cat`, { timeout: 1000 });
    expect([processesWith(sleep), processesWith(child)]).toEqual([[sleep], [child]]);
    await terminal.close();
    expect([processesWith(sleep), processesWith(child)]).toEqual([[], []]);
  });

  test.for(ways)('%s of a labwalk that was killed ends when the next one starts', async ([, script], { onTestFinished }) => {
    const sleep = uniqueSleep();
    const runtimeFolder = makeFolder(onTestFinished);
    const source = path.resolve(import.meta.dirname, '../../src');
    const labwalk = `
      import { openTerminal } from '${source}/terminal/terminal.ts';
      const terminal = await openTerminal({ directory: '/', env: { PATH: process.env.PATH }, runtimeFolder: ${JSON.stringify(runtimeFolder)} });
      await terminal.run(${JSON.stringify(script(sleep))});
      await terminal.run('until pgrep -f "^${sleep}" >/dev/null; do :; done');
      process.kill(process.pid, 'SIGKILL');
    `;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', labwalk], {
      cwd: path.resolve(import.meta.dirname, '../..'),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
    await sweepLeftovers([runtimeFolder]);
    expect(processesWith(sleep)).toEqual([]);
  });

  test('in a terminal within a terminal has a mark of its own', async ({ onTestFinished }) => {
    const outer = await open({ directory: '/' }, onTestFinished);
    const source = path.resolve(import.meta.dirname, '../../src');
    const labwalk = `import { makeFamilyId } from '${source}/process/family-mark.ts'; console.log(makeFamilyId());`;
    const [status, id] = await outcome(
      outer,
      `cd ${path.resolve(import.meta.dirname, '../..')} && ${process.execPath} --import tsx --input-type=module --eval ${JSON.stringify(labwalk)}`,
    );
    expect([status, id]).toEqual([0, expect.stringMatching(/^[0-9a-f]{12}\n$/)]);
    const own = familyOf(outer.pid);
    expect(own).toMatch(/^[0-9a-f]{12}$/);
    expect(parseInt(id, 16)).toBeLessThan(parseInt(own ?? '', 16));
    expect(familyOf(process.pid)).not.toBe(own);
  });
});
