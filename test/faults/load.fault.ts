import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { removeOrLeave } from '../../src/files/remove-or-leave.ts';
import { anyCheck, fence, labwalk, makeFolder, makeLab, root } from '../e2e/program.ts';
import { area, fault } from './fault.ts';
import type { Typed } from './type-commands.ts';

const typists = 4;

/** Makes the machine as full as one of a class: more programs want to run than it has cores. */
function keepBusy(): void {
  for (let loops = 0; loops < 4; loops++) {
    const loop = spawn('bash', ['-c', 'while :; do :; done'], { stdio: 'ignore' });
    onTestFinished(() => void loop.kill('SIGKILL'));
  }
}

/** Types so many commands in several terminals at the same time; beside them, `disturb` is done again and again until they are through. */
async function typeBeside(commands: number, disturb: () => Promise<unknown>): Promise<{ typed: Typed[]; disturbed: number }> {
  keepBusy();
  const tsx = path.join(root, 'node_modules/.bin/tsx');
  const typing = Array.from({ length: typists }, async () => {
    const script = path.join(import.meta.dirname, 'type-commands.ts');
    const env = { ...process.env, XDG_RUNTIME_DIR: '' };
    const typist = spawn(tsx, [script, makeFolder(), String(commands / typists)], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void typist.kill('SIGKILL'));
    let said = '';
    typist.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    await once(typist, 'close');
    return JSON.parse(said) as Typed;
  });
  let isOver = false;
  const all = Promise.all(typing).finally(() => (isOver = true));
  let disturbed = 0;
  for (; !isOver; disturbed++) await disturb();
  return { typed: await all, disturbed };
}

const honest = (typed: readonly Typed[]) => typed.map(({ lies, hangs, misdone }) => ({ lies, hangs, misdone }));
const spotless = Array.from({ length: typists }, () => ({ lies: [], hangs: [], misdone: [] }));

area('A busy machine', () => {
  fault(
    '30,000 commands are typed on a full machine, while labwalks of other containers start and end beside them',
    { promise: 'Each is done once, none hangs, and each is told as what it did.', slow: true, root: true },
    async () => {
      const small = makeLab({ steps: `### Say\n\n${fence('sh run', 'echo hello')}${anyCheck}` });
      const elsewhere = ['unshare', '--pid', '--fork', '--mount-proc'];
      const starts: (number | undefined)[] = [];
      const { typed } = await typeBeside(30_000, async () => {
        const workspace = makeFolder();
        const { code } = await labwalk(['run', small.file, '--workspace', workspace], {
          env: { XDG_RUNTIME_DIR: undefined },
          before: elsewhere,
        });
        starts.push(code);
      });
      expect(honest(typed)).toEqual(spotless);
      expect(starts.length).toBeGreaterThanOrEqual(16);
      expect(new Set(starts)).toEqual(new Set([0]));
      expect(typed.map(({ restarts }) => restarts)).toEqual(Array(typists).fill(0));
    },
  );

  fault(
    '6,000 commands are typed on a full machine, while somebody keeps removing the private folders of all terminals',
    { promise: 'Each is done once, none hangs, and each is told as what it did.', slow: true },
    async () => {
      const { typed, disturbed } = await typeBeside(6000, async () => {
        for (const name of fs.readdirSync('/dev/shm')) {
          if (name.startsWith('labwalk-')) removeOrLeave(path.join('/dev/shm', name));
        }
        await sleep(50 + Math.random() * 400);
      });
      expect(honest(typed)).toEqual(spotless);
      expect(disturbed).toBeGreaterThan(20);
    },
  );
});
