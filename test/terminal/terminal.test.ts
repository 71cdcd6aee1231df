import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTerminal, type TerminalEvent } from '../../src/terminal/terminal.ts';
import { makeFolder, open, outcome, testEnv } from './support.ts';

describe.each(['pty', 'pipes'] as const)('a terminal (%s)', (kind) => {
  const plain = kind === 'pipes';

  test('says what it is and where it stands', async () => {
    const directory = makeFolder();
    const terminal = await open({ plain, directory });
    expect([terminal.kind, terminal.directory, terminal.busy]).toEqual([kind, directory, false]);
    expect(terminal.pid).toBeGreaterThan(1);
  });

  test('gives exact status and output', async () => {
    const terminal = await open({ plain });
    expect(await outcome(terminal, 'echo one; echo two >&2; (exit 3)')).toEqual([3, 'one\ntwo\n']);
    expect(await outcome(terminal, 'printf "no newline"')).toEqual([0, 'no newline']);
    expect(await outcome(terminal, 'true')).toEqual([0, '']);
    expect(await outcome(terminal, 'no-such-command-here 2>/dev/null')).toEqual([127, '']);
  });

  test('runs commands of several lines', async () => {
    const terminal = await open({ plain });
    const script = 'x=3\ncat <<E\nv=$x\n\nE\nfor i in 1 2; do\n  echo $i\ndone\n';
    expect(await outcome(terminal, script)).toEqual([0, 'v=3\n\n1\n2\n']);
  });

  test('carries directory, variables, functions and aliases from one command to the next', async () => {
    const terminal = await open({ plain, directory: makeFolder() });
    await terminal.run('mkdir "my app" && cd "my app"; export A="a b\nc"; f() { echo f; }; alias g="echo g"; declare Q=4');
    expect(await outcome(terminal, 'basename "$PWD"; echo "$A"; f; g; echo $Q; echo $?')).toEqual([0, 'my app\na b\nc\nf\ng\n4\n0\n']);
  });

  test('tells directory and exported variables after each command', async () => {
    const directory = makeFolder();
    const terminal = await open({ plain, directory });
    await terminal.run(`mkdir 실습; cd 실습; export KEY='it'"'"'s "quoted" \\ $x'; export LINES3=$'a\\nb\\tc'; NOT_EXPORTED=1`);
    expect(terminal.directory).toBe(path.join(directory, '실습'));
    expect(terminal.variables).toMatchObject({ KEY: 'it\'s "quoted" \\ $x', LINES3: 'a\nb\tc' });
    expect(Object.keys(terminal.variables).filter((name) => /^(LABWALK|__lw|NOT_EXPORTED|INPUTRC|PWD$|_$)/.test(name))).toEqual([]);
    await terminal.run('unset KEY');
    expect(terminal.variables).not.toHaveProperty('KEY');
  });

  test('takes in variables that are not shown, not in the history and not on disk', async () => {
    const runtimeFolder = makeFolder();
    const terminal = await open({ plain, runtimeFolder });
    let seen = '';
    terminal.on((event) => (seen += JSON.stringify(event)));
    const value = `s3cret'"$x \\ 안녕\nline`;
    await terminal.run('export GONE=1');
    await terminal.set({ SECRET_KEY: value, GONE: null });
    expect(terminal.variables).toMatchObject({ SECRET_KEY: value });
    expect(terminal.variables).not.toHaveProperty('GONE');
    expect(await outcome(terminal, '[ "$SECRET_KEY" = "$(printenv SECRET_KEY)" ] && echo ${GONE-gone}')).toEqual([0, 'gone\n']);
    const [, history] = await outcome(terminal, 'history');
    expect(history.split('\n').map((line) => line.replace(/^\s*\d+\s+/, ''))).toEqual([
      'export GONE=1',
      '[ "$SECRET_KEY" = "$(printenv SECRET_KEY)" ] && echo ${GONE-gone}',
      'history',
      '',
    ]);
    expect(seen).not.toContain('s3cret');
    expect(seen).not.toContain('__lw');
    // Pipes only: nothing that would stay when the power goes.
    const files = readdirSync(path.join(runtimeFolder, readdirSync(runtimeFolder)[0] ?? ''), { withFileTypes: true });
    expect(files.filter((file) => !file.isFIFO()).map((file) => file.name)).toEqual([]);
  });

  test('refuses what can be no variable', async () => {
    const terminal = await open({ plain });
    await expect(terminal.set({ 'a b': '1' })).rejects.toThrow('"a b" can\'t be the name of a variable');
    await expect(terminal.set({ A: '1\0' })).rejects.toThrow('NUL');
    await expect(terminal.run('echo \0')).rejects.toThrow('NUL');
    expect(await outcome(terminal, 'echo fine')).toEqual([0, 'fine\n']);
  });

  test('hands over long values and long commands', async () => {
    const terminal = await open({ plain });
    const value = 'x'.repeat(100_000);
    await terminal.set({ LONG: value });
    expect(terminal.variables['LONG']).toBe(value);
    expect(await outcome(terminal, `printf %s "$LONG" | wc -c; : '${'y'.repeat(100_000)}'`)).toEqual([0, '100000\n']);
  });

  test('does commands one after the other, also when nobody waits', async () => {
    const terminal = await open({ plain });
    const results = await Promise.all([terminal.run('sleep 0.05; echo 1'), terminal.set({ N: '2' }), terminal.run('echo $N')]);
    expect([results[0].output, results[2].output].map((text) => text.trim())).toEqual(['1', '2']);
  });

  test.each([
    ['exit 7', 7],
    ['set -e\nfalse\necho no', 1],
    ['exec sh -c "exit 5"', 5],
    ['kill -9 $$', 137],
  ])('goes on in a new shell where it was after: %s', async (script, status) => {
    const directory = makeFolder();
    const terminal = await open({ plain });
    await terminal.run(`cd ${directory}; export A="a b"`);
    await terminal.set({ B: 'from labwalk' });
    const events: string[] = [];
    terminal.on((event) => events.push(event.type));
    const result = await terminal.run(script);
    expect([result.status, result.ended]).toEqual([status, 'shell']);
    expect(await outcome(terminal, 'pwd; echo "$A, $B"')).toEqual([0, `${directory}\na b, from labwalk\n`]);
    expect(events).toContain('restart');
  });

  test('keeps what the last command before an exit has changed', async () => {
    const directory = makeFolder();
    const terminal = await open({ plain });
    await terminal.run(`cd ${directory}; export LAST=1; exit 2`);
    expect(await outcome(terminal, 'pwd; echo $LAST')).toEqual([0, `${directory}\n1\n`]);
  });

  test('goes on in the folder above when its own is gone', async () => {
    const directory = makeFolder();
    mkdirSync(path.join(directory, 'a/b'), { recursive: true });
    const terminal = await open({ plain, directory: path.join(directory, 'a/b') });
    rmSync(path.join(directory, 'a'), { recursive: true });
    await terminal.run('exit');
    expect(await outcome(terminal, 'pwd')).toEqual([0, `${directory}\n`]);
  });

  test.each([
    'PS1="x> "',
    'PROMPT_COMMAND="echo hook"',
    'PS1=x; PROMPT_COMMAND=:; PS0=',
    'unset PROMPT_COMMAND PS1 PS0',
    'exec </dev/null',
  ])('is not put off by: %s', async (script) => {
    const terminal = await open({ plain });
    await terminal.run(script);
    expect(await outcome(terminal, 'echo still; (exit 3)')).toEqual([3, 'still\n']);
    await terminal.run('cd /');
    expect(terminal.directory).toBe('/');
  });

  test.each([
    'trap "echo bye" EXIT',
    'set -o vi',
    'set -C -f; IFS=x',
    'set -u; set -x',
    'shopt -u promptvars; set +o history',
    'printf() { :; }; alias eval=false',
    'set -o posix',
    'unset LABWALK_COMMAND',
  ])('is not put off by: %s', async (script) => {
    const terminal = await open({ plain });
    await terminal.run(script);
    expect(await outcome(terminal, 'echo still; (exit 3)')).toEqual([3, 'still\n']);
    await terminal.run('cd /; export V=1');
    expect([terminal.directory, terminal.variables['V']]).toEqual(['/', '1']);
  });

  test('is not put off by a command that sends its output elsewhere for good', async () => {
    const terminal = await open({ plain });
    await terminal.run(`exec >${makeFolder()}/out 2>&1`);
    expect(await outcome(terminal, 'echo still; (exit 3)')).toEqual([3, 'still\n']);
  });

  test.each(['echo "open', 'if then', 'echo $(', 'f() {', 'fi'])('survives broken syntax: %s', async (script) => {
    const terminal = await open({ plain });
    const result = await terminal.run(script);
    expect([result.ended, result.status === 0]).toEqual(['done', false]);
    expect(await outcome(terminal, 'echo on')).toEqual([0, 'on\n']);
  });

  test('is not fooled by a program that prints marks', async () => {
    const terminal = await open({ plain });
    const fakes = String.raw`printf '\e]133;D;0\a\e]133;C;1\a\e]133;D;0123456789abcdef;0\a\e]133;B;0123456789abcdef;99\a'; echo after; (exit 4)`;
    const [status, output] = await outcome(terminal, fakes);
    expect([status, output.endsWith('after\n')]).toEqual([4, true]);
    expect(await outcome(terminal, String.raw`printf '\e]0;title'; (exit 6)`)).toEqual([6, '\x1b]0;title']);
    expect(await outcome(terminal, 'echo next')).toEqual([0, 'next\n']);
  });

  test('keeps UTF-8 whole, also when it comes in pieces', async () => {
    const terminal = await open({ plain });
    expect(await outcome(terminal, "echo '안녕하세요 é 🙂'")).toEqual([0, '안녕하세요 é 🙂\n']);
    expect(await outcome(terminal, String.raw`printf '\xec'; sleep 0.05; printf '\x95'; sleep 0.05; printf '\x88\n'`)).toEqual([0, '안\n']);
  });

  test('survives binary output', async () => {
    const terminal = await open({ plain });
    const result = await terminal.run('head -c 300000 /dev/urandom; (exit 2)');
    expect([result.status, result.ended]).toEqual([2, 'done']);
    expect(await outcome(terminal, 'echo fine')).toEqual([0, 'fine\n']);
  });

  test('bounds what it keeps of a flood, and counts it exactly', async () => {
    const terminal = await open({ plain });
    let length = 0;
    terminal.on((event) => (length += event.type === 'output' ? event.text.length : 0));
    const result = await terminal.run('seq 1000000');
    const size = plain ? 6_888_896 : 7_888_896;
    expect([result.status, result.size, result.lost]).toEqual([0, size, size - 512 * 1024]);
    expect(result.output).toHaveLength(512 * 1024);
    expect(result.output.startsWith('1')).toBe(true);
    expect(result.output.trimEnd().endsWith('1000000')).toBe(true);
    expect(length).toBeGreaterThanOrEqual(size);
    const line = await terminal.run('head -c 10000000 /dev/zero | tr "\\0" a');
    expect(line.size).toBe(10_000_000);
  });

  test('between start and end it hands out exactly the output', async () => {
    const terminal = await open({ plain });
    const events: TerminalEvent[] = [];
    terminal.on((event) => events.push(event));
    const result = await terminal.run('echo one\necho two');
    const start = events.findIndex((event) => event.type === 'start');
    const end = events.findIndex((event) => event.type === 'end');
    const output = events.slice(start, end).map((event) => (event.type === 'output' ? event.text : ''));
    expect(output.join('')).toBe(result.output);
    expect(events[start]).toEqual({ type: 'start', n: result.n, text: 'echo one\necho two', byHand: false });
    expect(events[end]).toEqual({ type: 'end', result });
    expect(events[0]).toEqual({ type: 'output', text: 'echo one\r\n> echo two\r\n' });
  });

  test('is busy while a command runs', async () => {
    const terminal = await open({ plain });
    const run = terminal.run('sleep 0.05');
    const busy = new Promise((resolve) => terminal.on((event) => event.type === 'start' && resolve(terminal.busy)));
    expect(await busy).toBe(true);
    await run;
    expect(terminal.busy).toBe(false);
  });

  test('leaves nothing of itself in the environment of programs but its marker', async () => {
    const terminal = await open({ plain });
    const [, output] = await outcome(terminal, 'env | grep -E "LABWALK|__lw|133|INPUTRC"');
    expect(output.split('\n').map((line) => line.replace(/=.*/, ''))).toEqual(['LABWALK_COMMAND', 'LABWALK_RUN', '']);
  });

  test('runs nothing when it is closed', async () => {
    const runtimeFolder = makeFolder();
    const terminal = await open({ plain, runtimeFolder });
    await terminal.close();
    await terminal.close();
    await expect(terminal.run('echo')).rejects.toThrow('the terminal is closed');
    expect(readdirSync(runtimeFolder)).toEqual([]);
  });

  test('says so when there is no bash, and leaves nothing', async () => {
    const runtimeFolder = makeFolder();
    const opening = openTerminal({ directory: os.tmpdir(), env: testEnv(), bash: '/nowhere/bash', plain, runtimeFolder });
    await expect(opening).rejects.toThrow(/The lab's terminal can't be opened: \/nowhere\/bash ended .* labwalk needs bash on PATH\./);
    expect(readdirSync(runtimeFolder)).toEqual([]);
  });
});

describe('a pseudo-terminal', () => {
  test('is a terminal for its programs, with colours and a size', async () => {
    const terminal = await open({ columns: 90, rows: 24 });
    expect(await outcome(terminal, 'test -t 0 && test -t 1 && test -t 2 && stty size')).toEqual([0, '24 90\n']);
    terminal.resize(70, 20);
    expect(await outcome(terminal, 'stty size; echo $TERM')).toEqual([0, '20 70\nxterm-256color\n']);
  });

  test('is not put off by a command that changes its modes', async () => {
    const terminal = await open();
    await terminal.run('stty raw -echo');
    expect(await outcome(terminal, 'echo still; (exit 3)')).toEqual([3, 'still\n']);
  });

  test('knows a full-screen program', async () => {
    const terminal = await open();
    expect((await terminal.run(String.raw`printf '\e[?1049h\e[?1049l'`)).fullscreen).toBe(true);
    expect((await terminal.run('echo')).fullscreen).toBe(false);
  });

  test('ends its own start-up file, which holds the nonce', async () => {
    const runtimeFolder = makeFolder();
    await open({ runtimeFolder });
    expect(readdirSync(path.join(runtimeFolder, readdirSync(runtimeFolder)[0] ?? '')).sort()).toEqual(['in-1', 'out-1']);
  });

  test('hides what it types, also from a narrow screen', async () => {
    const terminal = await open({ columns: 20, rows: 5 });
    let screen = '';
    terminal.on((event) => (screen += event.type === 'output' ? event.text : ''));
    await terminal.run('echo hello');
    await terminal.set({ A: '1' });
    await terminal.run('echo $A');
    expect(screen).not.toContain('lw_');
    expect(screen).not.toContain('export');
  });
});

test('on pipes the input of programs is empty', async () => {
  const terminal = await open({ plain: true });
  expect(await outcome(terminal, 'cat; read a; echo $?')).toEqual([0, '1\n']);
});
