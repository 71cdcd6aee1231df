import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { identify } from '../../src/process/liveness.ts';
import { makeRuntimeFolder, ownerOf, runtimeRoots } from '../../src/terminal/shell/runtime-folder.ts';
import { sweepLeftovers } from '../../src/terminal/sweep.ts';
import { makeFolder, nextEvent, open, outcome, processesWith, shown, uniqueSleep } from './support.ts';

const linux = process.platform === 'linux';
const own = identify();

/** Removes everything in the runtime folder of the only terminal there, and the folder itself. */
const remove = (root: string) => fs.readdirSync(root).forEach((name) => fs.rmSync(path.join(root, name), { recursive: true }));

test('the folder is made in the first place that takes it', () => {
  const place = makeFolder();
  fs.writeFileSync(path.join(place, 'file'), '');
  const folder = makeRuntimeFolder([path.join(place, 'missing'), path.join(place, 'file'), place], 'abc');
  expect(path.dirname(folder)).toBe(place);
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
  expect(ownerOf(path.basename(folder))).toEqual({ ...own, id: 'abc' });
});

test('where no place takes it, each is named with its reason', () => {
  const place = makeFolder();
  fs.writeFileSync(path.join(place, 'file'), '');
  expect(() => makeRuntimeFolder([path.join(place, 'missing'), path.join(place, 'file')], 'abc')).toThrow(
    `${place}/missing: its folder is missing and can't be made\n  ${place}/file: a file is in the way`,
  );
});

test('the places are those that the environment names and those that systems have, each once', () => {
  const roots = runtimeRoots({ XDG_RUNTIME_DIR: '/run/user/7/', TMPDIR: 'relative' });
  expect(roots.slice(0, 2)).toEqual(['/run/user/7', '/dev/shm']);
  expect(roots.every((root) => path.isAbsolute(root))).toBe(true);
  expect(new Set(roots).size).toBe(roots.length);
});

describe.skipIf(!linux)('a sweep', () => {
  test('leaves alone what belongs to another PID namespace: its process ids say nothing here', async () => {
    const root = makeFolder();
    // Process 999999999 runs nowhere on this machine.
    fs.mkdirSync(path.join(root, `labwalk-${own.namespace + 1}-999999999-1-abc123`));
    fs.mkdirSync(path.join(root, `labwalk-${own.namespace}-999999999-1-abc124`));
    await sweepLeftovers([root]);
    expect(fs.readdirSync(root)).toEqual([`labwalk-${own.namespace + 1}-999999999-1-abc123`]);
  });

  test('removes what another container left there more than a day ago', async () => {
    const root = makeFolder();
    const folder = path.join(root, `labwalk-${own.namespace + 1}-999999999-1-abc127`);
    fs.mkdirSync(folder);
    const old = new Date(Date.now() - 25 * 60 * 60 * 1000);
    fs.utimesSync(folder, old, old);
    await sweepLeftovers([root]);
    expect(fs.readdirSync(root)).toEqual([]);
  });

  test('finds left-overs in every place, and sockets, too', async () => {
    const roots = [makeFolder(), makeFolder()];
    const dead = `labwalk-${own.namespace}-999999999-1-abc125`;
    const sleep = uniqueSleep();
    for (const root of roots) fs.mkdirSync(path.join(root, dead));
    const server = net.createServer().listen(path.join(roots[1] ?? '', `${dead}.sock`));
    await once(server, 'listening');
    const left = spawn('bash', ['-c', `exec ${sleep}`], {
      env: { ...process.env, LABWALK_RUN: 'abc125' },
      detached: true,
      stdio: 'ignore',
    });
    await once(left, 'spawn');
    const gone = once(left, 'exit');
    await sweepLeftovers(roots);
    await gone;
    expect([roots.map((root) => fs.readdirSync(root)), processesWith(sleep)]).toEqual([[[], []], []]);
    server.close();
  });

  test('leaves alone a file that only has such a name', async () => {
    const root = makeFolder();
    const name = `labwalk-${own.namespace}-999999999-1-abc126`;
    fs.writeFileSync(path.join(root, name), "somebody's");
    await sweepLeftovers([root]);
    expect(fs.readdirSync(root)).toEqual([name]);
  });
});

describe('when somebody removes the runtime folder', () => {
  test('during a command, it ends as ever, and the shell goes on with all that it knows', async () => {
    const runtimeFolder = makeFolder();
    const terminal = await open({ runtimeFolder });
    await terminal.run('local_variable=kept');
    const { pid } = terminal;
    const gate = path.join(makeFolder(), 'gate');
    const run = terminal.run(`cd /; export SEEN=yes; echo go; until [ -e ${gate} ]; do sleep 0.02; done; (exit 7)`);
    await shown(terminal, 'go');
    remove(runtimeFolder);
    fs.writeFileSync(gate, '');
    expect((await run).status).toBe(7);
    expect([terminal.directory, terminal.variables['SEEN'], terminal.pid]).toEqual(['/', 'yes', pid]);
    expect(await outcome(terminal, 'echo $local_variable')).toEqual([0, 'kept\n']);
  });

  test('between two commands, the second is done, and not the first once more', async () => {
    const runtimeFolder = makeFolder();
    const terminal = await open({ runtimeFolder });
    expect(await outcome(terminal, 'echo first')).toEqual([0, 'first\n']);
    remove(runtimeFolder);
    expect(await outcome(terminal, 'echo second')).toEqual([0, 'second\n']);
    // Only the pipes: bash would make plain files of their names.
    for (const folder of fs.readdirSync(runtimeFolder)) remove(path.join(runtimeFolder, folder));
    expect(await outcome(terminal, 'echo third')).toEqual([0, 'third\n']);
  });

  // bash does a DEBUG trap between the line that labwalk has typed and the reading of the command.
  const removeAtNextLine = (runtimeFolder: string) => `trap 'trap - DEBUG; rm -rf ${runtimeFolder}/*' DEBUG`;

  test('when a command is typed and not read yet, it is done once, and only once is told', async () => {
    const runtimeFolder = makeFolder();
    const terminal = await open({ runtimeFolder });
    const log = path.join(makeFolder(), 'log');
    await terminal.run(removeAtNextLine(runtimeFolder));
    const events: string[] = [];
    terminal.on(({ type }) => void (type === 'start' || type === 'end' ? events.push(type) : undefined));
    expect(await outcome(terminal, `echo done; echo line >> ${log}; (exit 3)`)).toEqual([3, 'done\n']);
    expect([fs.readFileSync(log, 'utf8'), events]).toEqual(['line\n', ['start', 'end']]);
  });

  test('when variables are handed over, they arrive all the same', async () => {
    const runtimeFolder = makeFolder();
    const terminal = await open({ runtimeFolder });
    await terminal.run(removeAtNextLine(runtimeFolder));
    await terminal.set({ HANDED: 'over' });
    expect(await outcome(terminal, 'echo $HANDED')).toEqual([0, 'over\n']);
  });

  test('again and again, a new shell takes over, and the command is done once', async () => {
    const runtimeFolder = makeFolder();
    const terminal = await open({ runtimeFolder });
    const log = path.join(makeFolder(), 'log');
    await terminal.run(`trap 'rm -rf ${runtimeFolder}/*' DEBUG`);
    expect(await outcome(terminal, `echo line >> ${log}`)).toEqual([0, '']);
    expect(fs.readFileSync(log, 'utf8')).toBe('line\n');
  });

  test('and the shell never finds what it is to do, the terminal says so instead of claiming that it was done', async () => {
    const terminal = await open();
    const log = path.join(makeFolder(), 'log');
    await terminal.run('__lw_find() { return 1; }');
    await expect(terminal.run(`echo line >> ${log}`)).rejects.toThrow('something keeps removing its private folder');
    expect(fs.existsSync(log)).toBe(false);
  });

  test('and something else stands in its place, a new shell gets a folder elsewhere', async () => {
    const root = makeFolder();
    const env = { PATH: process.env['PATH'] ?? '', HOME: root, XDG_RUNTIME_DIR: root };
    const terminal = await open({ env });
    const [name = ''] = fs.readdirSync(root);
    remove(root);
    fs.mkdirSync(path.join(root, name), { mode: 0o755 });
    const restarted = nextEvent(terminal, 'restart');
    // The line finds no channel; the shell is ended for that, and the new one does it.
    expect(await outcome(terminal, 'echo done')).toEqual([0, 'done\n']);
    await restarted;
  });
});

test('a shell that can write no message any more gives way to a new one', async () => {
  const terminal = await open();
  const restarted = nextEvent(terminal, 'restart');
  await terminal.run('cd /');
  // No redirection works then, that of the message neither.
  const limited = terminal.run('ulimit -n 3');
  await Promise.all([limited, restarted]);
  expect(await outcome(terminal, 'pwd')).toEqual([0, '/\n']);
});
