/** Labs in which something does not end by itself, and what must be so once labwalk has ended all the same. */
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { isRunning, readJournal, root, type Ended } from '../../e2e/program.ts';
import { argumentsOf, descendantsOf, listProcesses } from '../../../src/process/processes.ts';

/** Runs a command that takes no notice of Ctrl-C, of SIGTERM, and of a terminal that is closed. */
export const ignoreSignals = (command: string): string => `(trap "" INT TERM HUP QUIT; exec ${command})`;

/** An end that was asked for: code 130, a journal that is whole and says so, the workspace free, and none of these commands running. */
export function expectInterrupted({ code, stdout, stderr }: Ended, workspace: string, commands: readonly string[]): void {
  expect(code, stdout + stderr).toBe(130);
  expect(commands.filter(isRunning)).toEqual([]);
  expect(readJournal(workspace).at(-1)).toMatchObject({ type: 'run-ended', outcome: 'interrupted' });
  expect(isTaken(workspace)).toBe(false);
}

export const isTaken = (workspace: string): boolean => fs.existsSync(path.join(workspace, '.labwalk/lock'));

/** The process of the sandbox that a labwalk has started; undefined before it has. */
export const sandboxOf = (pid: number): number | undefined => descendantsOf(pid).find((one) => argumentsOf(one).includes(launcher));

/** The sandbox's program, of this checkout: others on this machine may have theirs. */
export const launcher = path.join(root, 'sandbox/launcher.py');

/** Command lines of all processes that hold this text. */
export const commandsWith = (text: string): string[] =>
  listProcesses()
    .map(({ pid }) => argumentsOf(pid).join(' '))
    .filter((line) => line.includes(text));

/** A signal as people meet it. */
export const nameOf = {
  SIGINT: 'Ctrl-C',
  SIGTERM: 'SIGTERM (`kill`)',
  SIGHUP: 'SIGHUP (a closed terminal)',
  SIGKILL: 'SIGKILL (`kill -9`)',
} as const;
