import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPty, type StartShell } from '../../src/terminal/shell/shell-process.ts';
import type { Terminal } from '../../src/terminal/terminal.ts';
import { makeFolder, nextEvent, open, outcome, shown } from './support.ts';

const linux = process.platform === 'linux';

/** A terminal some of whose output gets lost, as when a program empties the terminal's queue: all that comes while `isLosing` holds. */
async function openLosing(isLosing: () => boolean): Promise<Terminal> {
  const startPty = await loadPty();
  if (!startPty) throw new Error('no pseudo-terminal');
  const startShell: StartShell = (start) => startPty({ ...start, onData: (text) => void (isLosing() || start.onData(text)) });
  return open({ startShell });
}

describe.runIf(linux)('a command whose end was not heard', () => {
  test('is asked for, and the terminal goes on', async () => {
    let isLosing = false;
    const terminal = await openLosing(() => isLosing);
    const unheard = nextEvent(terminal, 'unheard');
    const gate = path.join(makeFolder(), 'gate');
    const ended = terminal.run(`cd /; export SEEN=yes; until [ -e ${gate} ]; do sleep 0.02; done; (exit 5)`);
    await nextEvent(terminal, 'start');
    isLosing = true;
    fs.writeFileSync(gate, '');
    expect((await unheard).status).toBe(5);
    isLosing = false;
    expect(await ended).toMatchObject({ status: 5, ended: 'done' });
    expect([terminal.directory, terminal.variables['SEEN']]).toEqual(['/', 'yes']);
    expect(await outcome(terminal, 'echo on')).toEqual([0, 'on\n']);
  });

  test('and that has never begun is typed again, and done once', async () => {
    let isLosing = false;
    const startPty = await loadPty();
    if (!startPty) throw new Error('no pseudo-terminal');
    // What labwalk types gets lost on its way to the shell.
    const startShell: StartShell = (start) => {
      const shell = startPty(start);
      return { ...shell, go: (line) => void (isLosing || shell.go(line)), write: (keys) => void (isLosing || shell.write(keys)) };
    };
    const terminal = await open({ startShell });
    isLosing = true;
    const typed = shown(terminal, 'echo once');
    const ended = outcome(terminal, 'echo once');
    await typed;
    await new Promise((resolve) => setTimeout(resolve, 0));
    isLosing = false;
    expect(await ended).toEqual([0, 'once\n']);
  });

  test('and a question to the learner are told apart', async () => {
    const terminal = await open();
    // Longer than two of the silences after which a terminal is asked: nothing may come of that, so bash ends the question by itself.
    const { output } = await terminal.run('read -e -t 8 -p "Name: " name; echo "status $?"');
    expect(output).toContain('status 142');
  });

  test('and a wait for something in the background are told apart', async () => {
    const terminal = await open();
    const { status, output } = await terminal.run('sleep 5 & wait; echo waited $?');
    expect([status, output.includes('waited 0')]).toEqual([0, true]);
  });
});

test('a change of size does not end a wait', async () => {
  const terminal = await open();
  const going = shown(terminal, 'going');
  const ended = terminal.run('sleep 1 & echo going; wait; echo waited $?');
  await going;
  terminal.resize(100, 30);
  expect((await ended).output).toContain('waited 0');
});
