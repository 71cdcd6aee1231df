import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createScreen, type Screen } from '../../src/terminal/screen.ts';
import type { Terminal, TerminalEvent } from '../../src/terminal/terminal.ts';
import { makeFolder, nextEvent, open, outcome, shown, typeCommand } from './support.ts';

/** A terminal with a screen, as a person sees it. */
async function openWithScreen(options = {}): Promise<{ terminal: Terminal; screen: Screen; text: () => Promise<string> }> {
  const terminal = await open({ screen: true, columns: 80, rows: 24, ...options });
  const screen = createScreen({ columns: 80, rows: 24 });
  terminal.on((event) => event.type === 'output' && screen.write(event.text));
  screen.onReply((keys) => terminal.busy && terminal.input(keys));
  const text = async () => {
    await screen.drawn();
    return screen.text().join('\n').trimEnd();
  };
  return { terminal, screen, text };
}

describe('a command typed by hand', () => {
  test('is known with its text and status at its end', async () => {
    const terminal = await open();
    const events: TerminalEvent[] = [];
    terminal.on((event) => events.push(event));
    expect(await typeCommand(terminal, 'echo one\r')).toMatchObject({ byHand: true, text: 'echo one', status: 0, output: 'one\r\n' });
    expect(events.find((event) => event.type === 'start')).toMatchObject({ text: null, byHand: true });
    expect(await typeCommand(terminal, 'false\r')).toMatchObject({ byHand: true, text: 'false', status: 1 });
    expect(await typeCommand(terminal, '(exit 7)\r')).toMatchObject({ text: '(exit 7)', status: 7 });
  });

  test('may have several lines', async () => {
    const terminal = await open();
    const result = await typeCommand(terminal, 'for i in 1 2; do\recho $i\rdone\r');
    expect(result).toMatchObject({ text: 'for i in 1 2; do echo $i; done', status: 0 });
  });

  test('may be pasted: each line is a command', async () => {
    const terminal = await open({ screen: true });
    const ends: unknown[] = [];
    const last = nextEvent(terminal, 'end', (event) => ends.push([event.result.byHand, event.result.output]) === 2);
    terminal.input('\x1b[200~echo p1\necho p2\x1b[201~\r');
    await last;
    expect(ends).toEqual([
      [true, 'p1\r\n'],
      [true, 'p2\r\n'],
    ]);
  });

  test('has no text when it was kept out of the history', async () => {
    const terminal = await open();
    await terminal.run('HISTCONTROL=ignorespace');
    expect(await typeCommand(terminal, ' echo hidden\r')).toMatchObject({ text: null, output: 'hidden\r\n' });
  });

  test('counts: its directory and exports are those of the terminal', async () => {
    const terminal = await open();
    await typeCommand(terminal, 'cd /usr; export AWS_REGION=eu-west-1\r');
    expect([terminal.directory, terminal.variables['AWS_REGION']]).toEqual(['/usr', 'eu-west-1']);
    expect(await outcome(terminal, 'pwd; echo $AWS_REGION')).toEqual([0, '/usr\neu-west-1\n']);
  });

  test('finds the commands that labwalk has run by the key Up', async () => {
    const { terminal } = await openWithScreen();
    await terminal.run('echo from the lab');
    await terminal.set({ SECRET: 'x' });
    expect(await typeCommand(terminal, '\x1b[A\r')).toMatchObject({ text: 'echo from the lab', output: 'from the lab\r\n' });
  });

  test('can end the shell, and another goes on', async () => {
    const terminal = await open();
    await typeCommand(terminal, 'cd /usr\r');
    expect(await typeCommand(terminal, 'exit 3\r')).toMatchObject({ text: 'exit 3', status: 3, ended: 'shell' });
    expect(await outcome(terminal, 'pwd')).toEqual([0, '/usr\n']);
  });

  test('can be Ctrl-D, and another shell goes on', async () => {
    const terminal = await open();
    const restart = nextEvent(terminal, 'restart');
    terminal.input('\x04');
    await restart;
    expect(await outcome(terminal, 'echo new')).toEqual([0, 'new\n']);
  });

  test('can take away the hooks', async () => {
    const terminal = await open();
    expect(await typeCommand(terminal, 'unset PROMPT_COMMAND\r')).toMatchObject({ status: 0 });
    expect(await typeCommand(terminal, '(exit 9)\r')).toMatchObject({ status: 9 });
    expect(await outcome(terminal, 'cd /usr; (exit 3)')).toEqual([3, '']);
    expect(terminal.directory).toBe('/usr');
  });

  test('is waited for before labwalk types', async () => {
    const terminal = await open();
    const end = nextEvent(terminal, 'end');
    terminal.input('sleep 0.2; echo mine\r');
    const mine = await outcome(terminal, 'echo yours');
    expect([(await end).result.output, mine[1]]).toEqual(['mine\r\n', 'yours\n']);
  });

  test('can be stopped', async () => {
    const terminal = await open();
    const start = nextEvent(terminal, 'start');
    const end = nextEvent(terminal, 'end');
    terminal.input('sleep 1000\r');
    await start;
    await terminal.stop();
    expect((await end).result).toMatchObject({ byHand: true, ended: 'stopped', text: 'sleep 1000' });
  });
});

test('a trace that the learner switched on does not show variables that are handed in', async () => {
  const terminal = await open();
  const file = path.join(makeFolder(), 'trace');
  let seen = '';
  terminal.on((event) => (seen += JSON.stringify(event)));
  await typeCommand(terminal, 'set -x\r');
  await terminal.set({ SECRET_KEY: 's3cret' });
  await typeCommand(terminal, `exec 40>${file}; BASH_XTRACEFD=40\r`);
  await terminal.set({ SECRET_KEY: 's3cret2' });
  expect(terminal.variables['SECRET_KEY']).toBe('s3cret2');
  await typeCommand(terminal, 'echo traced\r');
  const trace = readFileSync(file, 'utf8');
  expect(trace).toContain('echo traced');
  expect(seen + trace).not.toContain('s3cret');
});

describe('keys', () => {
  test('without a command start none', async () => {
    const terminal = await open();
    const started: TerminalEvent[] = [];
    terminal.on((event) => event.type === 'start' && started.push(event));
    for (const keys of ['\r', 'half a line\x03']) {
      terminal.input(keys);
      // Not a prompt: bash shows none for a Ctrl-C that comes just before it reads the line.
      await terminal.run(':');
    }
    expect(started).toMatchObject([{ byHand: false }, { byHand: false }]);
  });

  test.each([
    ['a half-typed line', 'echo half', 'echo half'],
    ['an open quote', 'echo "half\r', '> '],
    ['a search', '\x12ech', 'reverse-i-search'],
    ['a line and Ctrl-C', 'echo half\x03', '^C'],
    ['many Ctrl-C', '\x03\x03\x03\x03', '^C'],
    ['a quoted insert', '\x16', ''],
  ])('that left %s do not harm the next lab command', async (_name, keys, seen) => {
    const terminal = await open();
    const visible = seen === '' ? Promise.resolve() : shown(terminal, seen);
    terminal.input(keys);
    await visible;
    expect(await outcome(terminal, 'echo clean')).toEqual([0, 'clean\n']);
    await terminal.set({ A: '1' });
    expect(await outcome(terminal, 'echo $A')).toEqual([0, '1\n']);
  });

  test('pressed at any moment before a lab command do not harm it', async () => {
    const terminal = await open();
    for (let i = 0; i < 40; i++) {
      terminal.input(['\x03', 'half', 'half\x03', '\r', '\x12e', '"\r', '\x1b', 'x\x03\x03'][i % 8] ?? '');
      for (let turn = 0; turn < i % 5; turn++) await new Promise((resolve) => setImmediate(resolve));
      expect(await outcome(terminal, `echo lab ${i}`)).toEqual([0, `lab ${i}\n`]);
    }
  });

  test('pressed at any moment of a lab command reach its program or nobody, and do not harm the next', async () => {
    const terminal = await open();
    for (let i = 1; i < 20; i++) {
      const run = terminal.run('read -r line; echo "got $line"');
      for (let turn = 0; turn < i; turn++) await new Promise((resolve) => setImmediate(resolve));
      terminal.input('kim\r');
      expect((await run).output).toBe('kim\r\ngot kim\r\n');
    }
  });

  test('typed ahead while a command runs do not harm the next lab command', async () => {
    const terminal = await open();
    const run = terminal.run('sleep 0.1');
    await nextEvent(terminal, 'start');
    terminal.input('half a line');
    await run;
    expect(await outcome(terminal, 'echo clean')).toEqual([0, 'clean\n']);
  });

  test('that answer a program which does not wait for them do not harm the next lab command', async () => {
    const terminal = await open();
    for (let i = 0; i < 5; i++) {
      await terminal.run(String.raw`printf '\e[6n'`);
      expect(await outcome(terminal, 'echo clean')).toEqual([0, 'clean\n']);
    }
  });

  test('answer a program that asks', async () => {
    const terminal = await open();
    // Behind the line end: not the command itself.
    const asked = shown(terminal, '\r\nname? ');
    const run = terminal.run('read -p "name? " name; echo "hello $name"');
    await asked;
    terminal.input('kim\r');
    expect((await run).output).toBe('name? kim\r\nhello kim\r\n');
  });
});

describe('the screen of a terminal', () => {
  test('shows prompts, commands and output as if they were typed', async () => {
    const { terminal, text } = await openWithScreen();
    const prompt = nextEvent(terminal, 'prompt');
    await terminal.run('echo one\necho two');
    await terminal.set({ A: '1' });
    await prompt;
    await typeCommand(terminal, 'echo three\r');
    expect(await text()).toBe('echo one\n> echo two\none\ntwo\n~ $ echo three\nthree\n~ $');
  });

  test('keeps what a half-typed line was when labwalk goes on', async () => {
    const { terminal, text } = await openWithScreen();
    const half = shown(terminal, 'half');
    terminal.input('half');
    await half;
    await terminal.run('echo on');
    expect(await text()).toMatch(/half\^C\n~ \$ echo on\non(\n~ \$)?$/);
  });

  test('shows nothing of a Ctrl-C that only makes sure of a clean prompt', async () => {
    const { terminal, text } = await openWithScreen();
    const prompt = nextEvent(terminal, 'prompt');
    await terminal.run('sleep 1000', { timeout: 50 });
    await prompt;
    await terminal.run('echo on');
    expect(await text()).toMatch(/sleep 1000\n\^C\n~ \$ echo on\non(\n~ \$)?$/);
  });

  test('does not change when the terminal is resized at the prompt', async () => {
    const terminal = await open();
    const prompt = nextEvent(terminal, 'prompt');
    await terminal.run('true');
    await prompt;
    const events: string[] = [];
    terminal.on((event) => event.type !== 'output' && events.push(event.type));
    terminal.resize(60, 20);
    terminal.resize(70, 20);
    expect(await outcome(terminal, 'stty size')).toEqual([0, '20 70\n']);
    expect(events.slice(0, 2)).toEqual(['start', 'end']);
  });

  test('holds a full-screen program, and is itself again after it', async () => {
    const { terminal, screen, text } = await openWithScreen();
    const file = path.join(makeFolder(), 'long');
    writeFileSync(file, Array.from({ length: 300 }, (_, i) => `line ${i}`).join('\n'));
    const drawn = shown(terminal, 'line 22');
    const run = terminal.run(`less ${file}`);
    await drawn;
    await screen.drawn();
    expect([screen.fullscreen, screen.text()[0]]).toEqual([true, 'line 0']);
    terminal.input('q');
    expect(await run).toMatchObject({ status: 0, fullscreen: true });
    expect(await text()).toContain('less');
    expect(screen.fullscreen).toBe(false);
  });
});
