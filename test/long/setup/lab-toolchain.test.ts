/** A lab's own packages, really fetched: one of each kind, small, without others that they need. The toolchain below is the machine's. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';

import { tmpdir } from 'node:os';

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLabToolchainThere, labToolchainFolder, openLabToolchain, ensureLabToolchain } from '../../../toolchain/lab-toolchain.mjs';
import { ensureToolchain, removeToolchain } from '../../../toolchain/toolchain.mjs';
import { toolchainFolder } from '../../../toolchain/places.mjs';
import { linkPrograms, makeFolder } from '../../setup/folders.ts';

/** Of PyPI, by its own page: `uv pip compile --generate-hashes` writes the same. */
const python =
  'itsdangerous==2.2.0 \\\n    --hash=sha256:c6242fc49e35958c8b15141343aa660db5fc54d4f13a1db01a3f5891b98700ef \\\n    --hash=sha256:e0050c0b7da1eea53ffaf149c0cfbb5c6e2e2b69c4bef22c81fa6eb73e5f6173\n';

type Env = Record<string, string | undefined>;

const base = mkdtempSync(path.join(tmpdir(), 'labwalk test-'));
/** Both kinds, and one alone where a test is about one. */
const [locked, pythonOnly, nodeOnly] = [path.join(base, 'both'), path.join(base, 'python'), path.join(base, 'node')] as const;
/** A cache in which the packages of both kinds were made, and what was told meanwhile. */
const made = { env: { ...process.env, XDG_CACHE_HOME: path.join(base, 'cache') } as Env, told: [] as string[] };
afterAll(() => rmSync(base, { recursive: true, force: true }));

beforeAll(async () => {
  await ensureToolchain({ env: process.env });
  for (const folder of [locked, pythonOnly, nodeOnly]) mkdirSync(folder);
  writeFileSync(path.join(locked, 'requirements.txt'), python);
  writeFileSync(path.join(locked, 'package.json'), '{"name":"lab","private":true,"dependencies":{"semver":"7.7.3"}}');
  execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit'], { cwd: locked, stdio: 'ignore' });
  copyFileSync(path.join(locked, 'requirements.txt'), path.join(pythonOnly, 'requirements.txt'));
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(path.join(locked, name), path.join(nodeOnly, name));
  linkToolchain(made.env);
  await ensureLabToolchain(packages(), { env: made.env, onProgress: (message) => made.told.push(message) });
}, 240_000);

/** A cache that has the machine's toolchain, and nothing of a lab yet. */
function newCache(env: Env = process.env) {
  const mine = { ...env, XDG_CACHE_HOME: path.join(makeFolder(), 'cache') };
  linkToolchain(mine);
  return mine;
}

function linkToolchain(env: Env) {
  mkdirSync(path.dirname(toolchainFolder(env)), { recursive: true });
  symlinkSync(toolchainFolder(process.env), toolchainFolder(env));
}

const packages = (folder = locked) => ({ lab: 'trial', folder, megabytes: 2 });
const listCache = (env: Env) => readdirSync(path.dirname(toolchainFolder(env))).filter((name) => name.startsWith('lab-'));

/** The locked files with a change. */
function changed(from: string, name: string, change: (text: string) => string): string {
  const folder = makeFolder();
  for (const one of readdirSync(from)) {
    const text = readFileSync(path.join(from, one), 'utf8');
    writeFileSync(path.join(folder, one), one === name ? change(text) : text);
  }
  return folder;
}

describe('what a lab has of it', () => {
  test('the size is told before; then pip needs nothing of the network, and the programs are on PATH', async () => {
    const { env, told } = made;
    const { pip, npm, programs, bin } = await ensureLabToolchain(packages(), { env });
    expect(told[0]).toBe('Fetching the packages of trial, about 2 MB, for all workspaces');
    expect(told).toContain('Python packages: 1 of 1');

    const folder = makeFolder();
    const labEnv = {
      ...pip,
      ...npm,
      PATH: [...programs, bin, '/usr/bin', '/bin'].join(':'),
      HOME: folder,
      PIP_INDEX_URL: 'http://127.0.0.1:9/',
    };
    const run = async (command: string) =>
      (await execa('bash', ['-ec', command], { env: labEnv, extendEnv: false, cwd: folder, all: true, stdin: 'ignore' })).all;
    const output = await run('python3 -m venv .venv; .venv/bin/pip install --retries 0 itsdangerous httpie; .venv/bin/pip freeze');
    expect(output).toMatch(/^itsdangerous==2\.2\.0$/m);
    expect(output).toMatch(/^httpie==3\.2\.4$/m);
    expect(output).not.toMatch(/^ +Downloading/m);
    expect(await run('semver 1.2.3 -i minor')).toBe('1.3.0');
    expect(await run('node --version')).toBe(process.version);
    expect(npm).toMatchObject({ npm_config_prefer_offline: 'true', npm_config_cache: expect.stringMatching(/^\//) as string });
  });

  test("a lab without packages has none of another's", async () => {
    const without = await ensureLabToolchain(undefined, { env: made.env });
    expect(without).toMatchObject({ programs: [], npm: {} });
    expect(without.pip.PIP_FIND_LINKS).not.toContain('/lab-');
  });

  test('a Python package without a wheel is built, without the keys of the person', async () => {
    const source = makeFolder();
    const setup =
      'import os; from setuptools import setup; setup(name="keys" + str(len(os.environ.get("AWS_SECRET_ACCESS_KEY", ""))), version="1")';
    mkdirSync(path.join(source, 'keys0-1'));
    writeFileSync(path.join(source, 'keys0-1', 'setup.py'), setup);
    writeFileSync(path.join(source, 'keys0-1', 'PKG-INFO'), 'Metadata-Version: 2.1\nName: keys0\nVersion: 1\n');
    execFileSync('tar', ['czf', 'keys0-1.tar.gz', 'keys0-1'], { cwd: source });
    const hash = createHash('sha256')
      .update(readFileSync(path.join(source, 'keys0-1.tar.gz')))
      .digest('hex');
    const folder = makeFolder();
    writeFileSync(path.join(folder, 'requirements.txt'), `keys0==1 \\\n    --hash=sha256:${hash}\n`);
    const env = newCache({ ...process.env, PIP_FIND_LINKS: pathToFileURL(source).href, AWS_SECRET_ACCESS_KEY: 'hidden' });
    await ensureLabToolchain(packages(folder), { env });
    expect(readdirSync(path.join(labToolchainFolder(folder, env), 'wheels'))).toEqual(['keys0-1-1labwalk-py3-none-any.whl']);
  });

  test('no script of a Node package is run', async () => {
    const env = newCache();
    const evil = makeFolder();
    writeFileSync(path.join(evil, 'package.json'), '{"name":"evil","version":"1.0.0","scripts":{"install":"touch was-run"}}');
    execFileSync('npm', ['pack', '--silent'], { cwd: evil });
    const folder = makeFolder();
    writeFileSync(path.join(folder, 'package.json'), `{"name":"lab","dependencies":{"evil":"file:${evil}/evil-1.0.0.tgz"}}`);
    execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit'], { cwd: folder, stdio: 'ignore' });
    await ensureLabToolchain(packages(folder), { env });
    expect(readdirSync(path.join(labToolchainFolder(folder, env), 'node_modules', 'evil'))).toEqual(['package.json']);
  });
});

describe('making it', () => {
  test('several at once make one; two labs with the same files share it', async () => {
    const env = newCache();
    const told: string[] = [];
    const onProgress = (message: string) => told.push(message);
    const twin = changed(nodeOnly, '', (text) => text);
    const all = await Promise.all([nodeOnly, nodeOnly, twin].map((folder) => ensureLabToolchain(packages(folder), { env, onProgress })));
    expect(new Set(all.map(({ programs }) => programs[0])).size).toBe(1);
    expect(told.filter((message) => message.startsWith('Fetching'))).toHaveLength(1);
    expect(listCache(env)).toHaveLength(2);
  });

  test('a damaged one is made again, what a killed maker left is removed, and all goes with the toolchain', async () => {
    const env = newCache();
    const { programs } = await ensureLabToolchain(packages(nodeOnly), { env });
    rmSync(path.join(programs[0] ?? '', 'semver'));
    mkdirSync(`${labToolchainFolder(nodeOnly, env)}-killed`);
    expect(openLabToolchain(packages(nodeOnly), env)).toBeUndefined();
    await ensureLabToolchain(packages(nodeOnly), { env });
    expect(statSync(path.join(programs[0] ?? '', 'semver')).size).toBeGreaterThan(0);
    expect(listCache(env)).toHaveLength(2);
    // the machine's own toolchain is not to go
    rmSync(toolchainFolder(env));
    expect(await removeToolchain(env)).toBe(true);
    expect(listCache(env)).toEqual([]);
    expect(isLabToolchainThere(nodeOnly, env)).toBe(false);
  });

  test.each([
    ['a Python package', pythonOnly, 'requirements.txt', (text: string) => text.replaceAll(/sha256:\w{4}/g, 'sha256:0000'), /HASHES|hash/i],
    ['a Node package', nodeOnly, 'package-lock.json', (text: string) => text.replace(/sha512-\w{4}/, 'sha512-0000'), /EINTEGRITY/],
  ])('%s that is not the locked one is refused, and nothing is left', async (_, from, name, change, reason) => {
    const env = newCache();
    const folder = changed(from, name, change);
    await expect(ensureLabToolchain(packages(folder), { env })).rejects.toThrow(reason);
    expect(listCache(env)).toEqual([]);
  });

  test('without the network: what, why, and what to do', async () => {
    const env = newCache({ ...process.env, PIP_INDEX_URL: 'http://127.0.0.1:9/simple/', PIP_RETRIES: '0', PIP_NO_CACHE_DIR: '1' });
    await expect(ensureLabToolchain(packages(pythonOnly), { env })).rejects.toThrow(
      /packages could not be fetched:[\s\S]*itsdangerous[\s\S]*Look whether this machine reaches the network/,
    );
    expect(listCache(env)).toEqual([]);
  });

  test('without npm: what to install', async () => {
    const bin = linkPrograms(path.join(makeFolder(), 'bin'), ['bash', 'sh']);
    const env = newCache({ ...process.env, PATH: bin });
    await expect(ensureLabToolchain(packages(nodeOnly), { env })).rejects.toThrow('npm is not on PATH, and the lab has Node packages.');
    expect(listCache(env)).toEqual([]);
  });

  test('an interruption ends what was started and leaves nothing', async () => {
    const env = newCache();
    const aborter = new AbortController();
    const onProgress = () => aborter.abort(new Error('interrupted'));
    await expect(ensureLabToolchain(packages(), { env, onProgress, signal: aborter.signal })).rejects.toThrow('interrupted');
    expect(listCache(env)).toEqual([]);
    expect(existsSync(labToolchainFolder(locked, env))).toBe(false);
  });
});

test('one made with another Python than the toolchain is not taken for whole', () => {
  const { env } = made;
  const stamp = path.join(labToolchainFolder(locked, env), 'complete.json');
  expect(isLabToolchainThere(locked, env)).toBe(true);
  writeFileSync(stamp, JSON.stringify({ ...JSON.parse(readFileSync(stamp, 'utf8')), base: process.execPath }));
  expect(isLabToolchainThere(locked, env)).toBe(false);
});
