import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startProgram } from '../../src/terminal/program.ts';
import { sweepLeftovers } from '../../src/terminal/sweep.ts';
import { eventually, makeFolder, processesWith, testEnv, uniqueSleep } from './support.ts';

test('a program has a terminal, the environment that is given, and an end', async () => {
  const folder = makeFolder();
  let output = '';
  const program = await startProgram({
    command: 'tty -s && echo "$A $TERM $(pwd) ${HISTFILE-none}"; stty size; read -r x; echo "<$x>"; exit 3',
    directory: folder,
    env: { ...testEnv(), A: 'b', HISTFILE: '/x', BASH_ENV: '/x' },
    columns: 70,
    rows: 20,
    runtimeFolder: folder,
    onOutput: (text) => (output += text),
  });
  expect(readdirSync(folder)).toHaveLength(1);
  program.input('keys\r');
  expect(await program.ended).toBe(3);
  expect(output.replaceAll('\r\n', '\n').replace('keys\n', '')).toBe(`b xterm-256color ${folder} none\n20 70\n<keys>\n`);
  expect(readdirSync(folder)).toEqual([]);
  program.input('nobody reads this');
  program.resize(10, 10);
  await program.close();
});

test('what a killed labwalk left of it is swept away', async () => {
  const runtimeFolder = makeFolder();
  const sleep = uniqueSleep();
  const script = path.join(makeFolder(), 'main.mjs');
  const module = path.resolve(import.meta.dirname, '../../src/terminal/program.ts');
  const options = { command: `trap '' HUP; setsid ${sleep} & ${sleep}`, directory: '/', env: testEnv(), runtimeFolder };
  writeFileSync(
    script,
    `import { startProgram } from ${JSON.stringify(module)};
     await startProgram({ ...${JSON.stringify(options)}, onOutput() {} });
     console.log('started');`,
  );
  const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  await eventually(() => processesWith(sleep).length === 2);
  child.kill('SIGKILL');
  await once(child, 'close');
  await sweepLeftovers([runtimeFolder]);
  expect([processesWith(sleep), readdirSync(runtimeFolder)]).toEqual([[], []]);
});
