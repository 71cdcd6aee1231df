import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventually, processesWith, uniqueSleep } from '../terminal/support.ts';
import { eventsOf, openTerminals } from './terminals-support.ts';

describe('the screen of the main terminal', () => {
  test('shows a short prompt, and what labwalk runs as if it were typed', async () => {
    const { terminal, text, until } = await openTerminals();
    expect(await text()).toBe('my-lab $');
    await terminal.run('mkdir myapp; cd myapp', 'one');
    await terminal.run('echo hello', 'one');
    await until(async () => (await text()).endsWith('myapp $'));
    expect(await text()).toBe('my-lab $ mkdir myapp; cd myapp\nmyapp $ echo hello\nhello\nmyapp $');
  });

  test('shows an activated Python environment in the prompt', async () => {
    const { terminal, text, until, folder } = await openTerminals();
    fs.mkdirSync(path.join(folder, 'my-lab/.venv/bin'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'my-lab/.venv/bin/activate'), activate(path.join(folder, 'my-lab/.venv')));
    await terminal.run('source .venv/bin/activate', 'one');
    await until(async () => (await text()).endsWith('(.venv) my-lab $'));
  });

  test('keeps the environment in a further terminal, where `deactivate` leaves it', async () => {
    const { terminal, terminals, text, typeLine, until, folder } = await openTerminals();
    fs.mkdirSync(path.join(folder, 'my-lab/.venv/bin'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'my-lab/.venv/bin/activate'), activate(path.join(folder, 'my-lab/.venv')));
    await terminal.run('source .venv/bin/activate', 'one');
    const id = await terminals.open();
    expect(await text(id)).toBe('(.venv) my-lab $');
    expect(await typeLine('source .venv/bin/activate; echo "$PATH"', id)).toMatchObject({ status: 0 });
    await until(async () => /\n\(\.venv\) my-lab \$$/.test(await text(id)));
    await typeLine('deactivate; echo "<$VIRTUAL_ENV>"', id);
    await until(async () => (await text(id)).endsWith('<>\nmy-lab $'));
    expect((await typeLine('echo "$PATH"', id)).output).not.toContain('.venv');
  });

  test('shows no secret, and holds no echo back for long', async () => {
    const { terminal, terminals, text, type, until } = await openTerminals({ secrets: ['abc-secret-1'] });
    await terminal.run('echo abc-secret-"1"; echo abc-secret-1', 'one');
    await until(async () => (await text()).endsWith('my-lab $'));
    const hidden = '*'.repeat(12);
    expect(await text()).toBe(`my-lab $ echo abc-secret-"1"; echo ${hidden}\n${hidden}\n${hidden}\nmy-lab $`);
    // each of these letters could begin the secret
    type('a');
    await until(async () => (await text()).endsWith('my-lab $ a'));
    type('bc');
    await until(async () => (await text()).endsWith('my-lab $ abc'));
    expect(terminals.list).toEqual([{ id: 'lab', kind: 'pty', busy: false }]);
  });
});

describe('commands typed by hand', () => {
  test('are events, and the engine hears of them', async () => {
    const { typeLine, events } = await openTerminals();
    expect(await typeLine('mkdir a; cd a; export A=1; echo hello')).toEqual({
      terminal: 'lab',
      text: 'mkdir a; cd a; export A=1; echo hello',
      status: 0,
      output: 'hello\n',
      ended: 'done',
    });
    expect(events.map(({ type }) => type)).toEqual(['command-started', 'output', 'command-ended', 'terminal-state']);
    expect(events[0]).toMatchObject({ step: 'one', terminal: 'lab', text: '', byHand: true, directory: '.' });
    expect(events[1]).toMatchObject({ command: 1, text: 'hello\r\n' });
    expect(events[2]).toMatchObject({ step: 'one', command: 1, text: 'mkdir a; cd a; export A=1; echo hello', status: 0, tail: 'hello\n' });
    expect(events[3]).toMatchObject({ directory: 'a', variables: { A: '1' } });
  });

  test('are kept in the log file with what they print', async () => {
    const { typeLine, events, folder } = await openTerminals();
    await typeLine('seq 3');
    const [ended] = eventsOf(events, 'command-ended');
    expect(fs.readFileSync(path.join(folder, 'my-lab', ended!.log), 'utf8')).toBe('--- one: (typed by hand)\n1\r\n2\r\n3\r\n');
  });

  test('may run while a command of labwalk waits for them', async () => {
    const { terminal, type, until, events, typed } = await openTerminals();
    type('read -r x; echo mine $x\r');
    await until(() => eventsOf(events, 'command-started').length === 1);
    const yours = terminal.run('echo yours', 'one');
    type('now\r');
    expect(await yours).toMatchObject({ command: 2, status: 0, ended: 'done', output: 'yours\n' });
    expect(typed).toMatchObject([{ text: 'read -r x; echo mine $x', output: 'now\nmine now\n' }]);
    const told = events.flatMap((event) => (event.type === 'command-started' || event.type === 'command-ended' ? [event] : []));
    expect(told.map(({ type: what, command }) => `${what} ${command}`)).toEqual([
      'command-started 1',
      'command-ended 1',
      'command-started 2',
      'command-ended 2',
    ]);
  });

  test('go on when a command of labwalk that waits for them is ended', async () => {
    const { terminal, type, until, events, typed } = await openTerminals();
    type('read -r x; echo mine $x\r');
    await until(() => eventsOf(events, 'command-started').length === 1);
    const yours = terminal.run('echo yours', 'one');
    await terminal.interrupt();
    expect(await yours).toMatchObject({ ended: 'stopped' });
    type('now\r');
    await until(() => typed.length === 1);
    expect(typed[0]).toMatchObject({ status: 0, output: 'now\nmine now\n' });
    expect(eventsOf(events, 'command-started')).toHaveLength(1);
  });

  test('do not tell the keys that they hold', async () => {
    const { typeLine, events, text } = await openTerminals();
    await typeLine("AWS_SECRET_ACCESS_KEY='hush-hush-1' bash -c 'echo $AWS_SECRET_ACCESS_KEY' >/dev/null");
    await typeLine('export DB_PASSWORD=hush-hush-2');
    const pasted = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    await typeLine(`echo ${pasted}`);
    const texts = eventsOf(events, 'command-ended').map((ended) => ended.text);
    expect(texts).toEqual([
      "AWS_SECRET_ACCESS_KEY='[secret]' bash -c 'echo $AWS_SECRET_ACCESS_KEY' >/dev/null",
      'export DB_PASSWORD=[secret]',
      'echo [secret]',
    ]);
    expect(JSON.stringify(events)).not.toContain('hush');
    expect(await text()).not.toContain(pasted);
    expect(JSON.stringify(events)).not.toContain(pasted);
  });

  test('can be edited from the history and completed', async () => {
    const { terminal, type, typed, until, folder, text } = await openTerminals();
    fs.writeFileSync(path.join(folder, 'my-lab/a-file-of-mine.txt'), 'content\n');
    await terminal.run('echo from the lab', 'one');
    await until(async () => (await text()).endsWith('my-lab $'));
    type('\x1b[A');
    await until(async () => (await text()).endsWith('echo from the lab'));
    type(' again\r');
    await until(() => typed.length === 1);
    type('cat a-f\t');
    await until(async () => (await text()).endsWith('cat a-file-of-mine.txt'));
    type('\r');
    await until(() => typed.length === 2);
    expect(typed).toMatchObject([
      { text: 'echo from the lab again', output: 'from the lab again\n' },
      { text: expect.stringMatching(/^cat a-file-of-mine\.txt *$/) as string, output: 'content\n' },
    ]);
  });

  test('may ask for a password without showing it', async () => {
    const { type, until, text, typed } = await openTerminals();
    type('read -rsp "Password: " p; echo; echo ${#p}\r');
    await until(async () => (await text()).endsWith('Password:'));
    type('open sesame\r');
    await until(() => typed.length === 1);
    await until(async () => (await text()).endsWith('my-lab $'));
    expect(await text()).toMatch(/Password: \n11\nmy-lab \$$/);
  });

  test('can be ended by Ctrl-C', async () => {
    const { type, until, text, typed } = await openTerminals();
    const sleep = uniqueSleep();
    type(`${sleep}\r`);
    // earlier it would meet the shell itself
    await until(() => processesWith(sleep).length === 1);
    type('\x03');
    await until(() => typed.length === 1);
    await until(async () => (await text()).endsWith('my-lab $'));
    expect([typed[0]?.status, await text()]).toEqual([130, `my-lab $ ${sleep}\n^C\nmy-lab $`]);
  });

  test('can be full-screen: less, on the whole size', async () => {
    const { type, until, screen, text, typed, terminals } = await openTerminals();
    terminals.resize(60, 15);
    screen('lab').resize(60, 15);
    type('seq 100 | less\r');
    await until(async () => (await text()).split('\n').length === 15 && screen('lab').fullscreen);
    expect((await text()).split('\n').slice(0, 14)).toEqual(Array.from({ length: 14 }, (_, i) => String(i + 1)));
    type('q');
    await until(() => typed.length === 1);
    await until(async () => (await text()).endsWith('my-lab $'));
    expect([screen('lab').fullscreen, typed[0]?.output]).toEqual([false, '']);
  });

  test('Ctrl-D ends the shell of the main terminal, and another goes on', async () => {
    const { type, until, typeLine, events, text } = await openTerminals();
    await typeLine('mkdir a; cd a');
    await until(async () => (await text()).endsWith('\na $'));
    type('\x04');
    await until(() => eventsOf(events, 'terminal-restarted').length === 1);
    await until(async () => (await text()).endsWith('exit\na $'));
    expect((await typeLine('basename "$PWD"')).output).toBe('a\n');
  });
});

describe('further terminals', () => {
  test('start where the main one is, with its variables', async () => {
    const { terminal, terminals, typeLine, events } = await openTerminals();
    await terminal.run('mkdir a; cd a; export A="1 2"', 'one');
    const before = terminals.list;
    const id = await terminals.open();
    expect(id).toBe('lab-2');
    expect(terminals.list).not.toBe(before);
    expect(terminals.list.map((one) => one.id)).toEqual(['lab', 'lab-2']);
    expect(await typeLine('echo "$A $(basename "$PWD")"; cd ..', id)).toMatchObject({ terminal: 'lab-2', output: '1 2 a\n' });
    expect(eventsOf(events, 'command-started').at(-1)).toMatchObject({ terminal: 'lab-2', directory: 'a' });
    // only the main one counts for the lab
    expect(eventsOf(events, 'terminal-state')).toHaveLength(1);
    expect(terminals.main).toBe('lab');
  });

  test('are closed with all that runs in them; the main one is not', async () => {
    const { terminals, type, until, typed, events } = await openTerminals();
    const id = await terminals.open();
    const [one, two] = [uniqueSleep(), uniqueSleep()];
    type(`setsid ${one} & ${two}\r`, id);
    await until(() => eventsOf(events, 'command-started').length === 1 && processesWith(one).length + processesWith(two).length === 2);
    await terminals.close(id);
    await terminals.close('lab');
    expect(terminals.list.map((shown) => shown.id)).toEqual(['lab']);
    expect([...processesWith(one), ...processesWith(two)]).toEqual([]);
    expect(typed).toEqual([]);
  });

  test('are closed by `exit` and Ctrl-D', async () => {
    const { terminals, type, until, events } = await openTerminals();
    const [two, three] = [await terminals.open(), await terminals.open()];
    type('exit\r', two);
    type('\x04', three);
    await until(() => terminals.list.length === 1);
    expect(eventsOf(events, 'terminal-restarted')).toEqual([]);
  });

  test('do not wait for one that prints without end', async () => {
    const { terminals, terminal, type, typeLine, until, typed, events } = await openTerminals();
    const id = await terminals.open();
    type('yes "a line of some length, as a log has it"\r');
    await until(() => eventsOf(events, 'output').length > 100);
    expect((await typeLine('echo there', id)).output).toBe('there\n');
    type('\x03');
    await until(() => typed.length === 2);
    expect((await terminal.run('echo here', 'one')).output).toBe('here\n');
  });
});

describe('a program', () => {
  test('such as an editor has a terminal of its own until it ends', async () => {
    const { terminals, type, text, until, folder, screen, events } = await openTerminals();
    const file = path.join(folder, 'app.py');
    fs.writeFileSync(file, 'one\n');
    const opened: string[] = [];
    const status = terminals.runProgram({
      command: 'vi -u NONE app.py; exit 5',
      directory: folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: folder },
      onOpen: (id) => opened.push(id),
    });
    await until(async () => opened.length === 1 && (await text('program')).startsWith('one\n~'));
    expect(screen('program').fullscreen).toBe(true);
    expect(terminals.list.at(-1)).toEqual({ id: 'program', kind: 'pty', busy: true });
    type('otwo\x1b:wq\r', 'program');
    expect(await status).toBe(5);
    expect(fs.readFileSync(file, 'utf8')).toBe('one\ntwo\n');
    expect(terminals.list.map(({ id }) => id)).toEqual(['lab']);
    expect(events).toEqual([]);
  });

  test('has from its start the size that was set when it was opened', async () => {
    const { terminals, folder } = await openTerminals();
    const directory = path.join(folder, 'made-later');
    const status = terminals.runProgram({
      command: 'stty size >size',
      directory,
      env: { PATH: process.env['PATH'] ?? '' },
      onOpen() {
        // Without its folder it could not have started.
        fs.mkdirSync(directory);
        terminals.resize(71, 17);
      },
    });
    expect(await status).toBe(0);
    expect(fs.readFileSync(path.join(directory, 'size'), 'utf8')).toBe('17 71\n');
  });

  test('is ended with the run', async () => {
    const { terminals, until, close } = await openTerminals();
    const sleep = uniqueSleep();
    const status = terminals.runProgram({
      command: `setsid ${sleep} & ${sleep}`,
      directory: '/',
      env: { PATH: process.env['PATH'] ?? '' },
      onOpen() {},
    });
    await until(() => processesWith(sleep).length === 2);
    await close();
    expect(await status).not.toBe(0);
    await eventually(() => processesWith(sleep).length === 0);
  });
});

test('on pipes a command is typed by labwalk alone, and nothing breaks', async () => {
  const { terminals, terminal } = await openTerminals({ plain: true });
  expect(terminals.list).toEqual([{ id: 'lab', kind: 'pipes', busy: false }]);
  terminals.input('lab', 'echo no\r');
  expect((await terminal.run('echo yes', 'one')).output).toBe('yes\n');
});

test('everything ends with the run', async () => {
  const { terminals, terminal, services, type, until, close } = await openTerminals();
  const sleeps = [uniqueSleep(), uniqueSleep(), uniqueSleep()];
  const id = await terminals.open();
  type(`${sleeps[0]}\r`, id);
  type(`setsid ${sleeps[1]}\r`);
  const start = { name: 'web', script: sleeps[2]!, directory: '/', env: await terminal.variables(), timeoutMs: 1000, step: 'one' };
  await services.start({ ...start, signal: new AbortController().signal });
  await until(() => sleeps.every((sleep) => processesWith(sleep).length > 0));
  await close();
  expect(sleeps.flatMap(processesWith)).toEqual([]);
});

/** What Python's `venv` writes, as far as it matters here. */
const activate = (folder: string) => `
deactivate () {
    if [ -n "\${_OLD_VIRTUAL_PATH:-}" ] ; then PATH="\${_OLD_VIRTUAL_PATH:-}"; export PATH; unset _OLD_VIRTUAL_PATH; fi
    if [ -n "\${_OLD_VIRTUAL_PS1:-}" ] ; then PS1="\${_OLD_VIRTUAL_PS1:-}"; export PS1; unset _OLD_VIRTUAL_PS1; fi
    unset VIRTUAL_ENV
    if [ ! "\${1:-}" = "nondestructive" ] ; then unset -f deactivate; fi
}
deactivate nondestructive
export VIRTUAL_ENV="${folder}"
_OLD_VIRTUAL_PATH="$PATH"
PATH="$VIRTUAL_ENV/bin:$PATH"
export PATH
_OLD_VIRTUAL_PS1="\${PS1:-}"
PS1="(.venv) \${PS1:-}"
export PS1
`;
