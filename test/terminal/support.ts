/** What the tests of terminals share. Everything that is opened here is closed at the end of its test. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openTerminal, type CommandResult, type Terminal, type TerminalEvent, type TerminalOptions } from '../../src/terminal/terminal.ts';

/** Tests that run at the same time hand in `onTestFinished` of their own context. */
type Finished = (end: () => void | Promise<void>) => void;

/** A folder of the test's own. */
export function makeFolder(finished: Finished = onTestFinished): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'labwalk-test-')));
  finished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function testEnv(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: os.tmpdir(), LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
}

export async function open(options: Partial<TerminalOptions> = {}, finished: Finished = onTestFinished): Promise<Terminal> {
  const terminal = await openTerminal({ directory: os.tmpdir(), env: testEnv(), ...options });
  finished(() => terminal.close());
  return terminal;
}

/** Status and output of a command, with plain line ends. */
export async function outcome(terminal: Terminal, text: string): Promise<[status: number, output: string]> {
  const { status, output } = await terminal.run(text);
  return [status, output.replaceAll('\r\n', '\n')];
}

/** Resolves with the next event that the test accepts. */
export function nextEvent<T extends TerminalEvent['type']>(
  terminal: Terminal,
  type: T,
  accept: (event: Extract<TerminalEvent, { type: T }>) => boolean = () => true,
): Promise<Extract<TerminalEvent, { type: T }>> {
  return new Promise((resolve) => {
    const stop = terminal.on((event) => {
      if (event.type !== type || !accept(event as Extract<TerminalEvent, { type: T }>)) return;
      stop();
      resolve(event as Extract<TerminalEvent, { type: T }>);
    });
  });
}

/** Resolves when the screen has shown this text since the call. */
export function shown(terminal: Terminal, text: string): Promise<unknown> {
  let seen = '';
  return nextEvent(terminal, 'output', (event) => (seen += event.text).includes(text));
}

/** Types keys; resolves with the result of the command that they start, at the prompt after it. */
export function typeCommand(terminal: Terminal, keys: string): Promise<CommandResult> {
  return new Promise((resolve) => {
    let result: CommandResult | undefined;
    const stop = terminal.on((event) => {
      if (event.type === 'end') result = event.result;
      // A prompt, or none when the command has ended the shell.
      if (!result || (event.type !== 'prompt' && event.type !== 'restart')) return;
      stop();
      resolve(result);
    });
    terminal.input(keys);
  });
}

/** Command lines of all processes that hold this text; not of the shells in whose script it stands. */
export function processesWith(text: string): string[] {
  return commandLines().filter((line) => line.startsWith(text));
}

function commandLines(): string[] {
  if (process.platform !== 'linux') return execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' }).split('\n');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      } catch {
        return '';
      }
    });
}

let numbers = 0;
/** A `sleep` that no other test has: its text finds it among all processes. */
export function uniqueSleep(): string {
  return `sleep 6${process.pid}${String(++numbers).padStart(3, '0')}`;
}

/** Waits until a fact about the machine holds that nobody reports; fails by the test's own time limit. */
export async function eventually(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}
