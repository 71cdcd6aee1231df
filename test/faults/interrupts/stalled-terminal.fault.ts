import path from 'node:path';
import { spawn } from '@lydell/node-pty';
import { expect } from 'vitest';
import { anyCheck, fence, isRunning, labwalk, makeFolder, makeLab, makeNap, readJournal, root, waitUntil } from '../../e2e/program.ts';
import { isAlive } from '../../../src/process/processes.ts';
import { area, fault } from '../fault.ts';
import { isTaken } from './stubborn.ts';

const program = path.join(root, 'bin/labwalk.js');

/** More than a pseudo-terminal takes that nobody reads, in many short commands. */
const muchToShow = Array.from({ length: 300 }, (_, i) => fence('sh run', `echo ${'much '.repeat(14)}${i}`)).join('');

/** Starts labwalk in a terminal that takes no output, as where a connection stalls or tmux is stopped. */
function startStalled(args: readonly string[], env: Record<string, string> = {}) {
  const given = Object.entries({ ...process.env, ...env }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const pty = spawn(process.execPath, [program, ...args], { cols: 80, rows: 24, cwd: makeFolder(), env: Object.fromEntries(given) });
  const ended = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)));
  return { pty, ended, stall: () => pty.pause() };
}

area('Interrupts', () => {
  fault(
    'The person’s terminal takes no more output; then comes SIGTERM',
    { promise: 'The run goes on all the while. At the signal it ends, cleans up, and exits with 130, whatever was never shown.' },
    async () => {
      const nap = makeNap();
      const { file, workspace } = makeLab({ steps: `### Print\n\n${muchToShow}${fence('sh run', nap)}${anyCheck}` });
      const { pty, ended, stall } = startStalled(['run', file, '--workspace', workspace]);
      stall();
      await waitUntil(() => isRunning(nap), 'all has been printed that comes before');
      process.kill(pty.pid, 'SIGTERM');
      await waitUntil(() => !isAlive(pty.pid), 'labwalk has ended');
      pty.resume();
      expect(await ended).toBe(130);
      expect(isRunning(nap)).toBe(false);
      expect(readJournal(workspace).at(-1)).toMatchObject({ type: 'run-ended', outcome: 'interrupted' });
    },
  );

  fault(
    'The terminal of a walk takes no more output; then comes SIGTERM',
    { promise: 'The walk ends, nothing runs on, and the workspace is free.' },
    async () => {
      const nap = makeNap();
      const { file, workspace } = makeLab({ steps: `### Print\n\n${fence('sh run', `yes much | head -n 200000; ${nap}`)}${anyCheck}` });
      const config = { XDG_CONFIG_HOME: makeFolder() };
      const { pty, ended, stall } = startStalled(['start', file, '--workspace', workspace], config);
      await new Promise<void>((resolve) => {
        let text = '';
        pty.onData((more) => {
          text += more;
          if (text.includes('Run this lab')) resolve();
        });
      });
      pty.write('\r');
      await waitUntil(() => isTaken(workspace), 'the walk is open');
      stall();
      // Each key makes a frame, until the terminal takes none.
      const type = setInterval(() => pty.write('\r'), 50);
      await waitUntil(() => isRunning(nap), 'the command has printed all');
      clearInterval(type);
      process.kill(pty.pid, 'SIGTERM');
      await waitUntil(() => !isAlive(pty.pid), 'labwalk has ended');
      pty.resume();
      expect(await ended).toBe(130);
      expect([isRunning(nap), isTaken(workspace)]).toEqual([false, false]);
      const next = await labwalk(['check', file, '--workspace', workspace]);
      expect(next.stderr).toBe('');
    },
  );
});
