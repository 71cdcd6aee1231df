import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { describeFailure, hideLogins } from '../../toolchain/must-run.mjs';
import {
  cacheFolder,
  ensureToolchain,
  openToolchain,
  removeToolchain,
  ToolchainError,
  toolchainFolder,
} from '../../toolchain/toolchain.mjs';
import { makeConstraints, preferWheel } from '../../toolchain/wheels.mjs';
import { makeFolder } from './folders.ts';
import { makeMachine } from './machine.ts';

describe('where it stands', () => {
  test("in the person's cache folder, named for what is in it", () => {
    expect(cacheFolder({ HOME: '/home/ada', XDG_CACHE_HOME: '/var/cache/ada' })).toBe('/var/cache/ada/labwalk');
    expect(cacheFolder({ HOME: '/home/ada' })).toMatch(/^\/home\/ada\/(\.cache|Library\/Caches)\/labwalk$/);
    expect(toolchainFolder({ HOME: '/home/ada' })).toMatch(/\/labwalk\/toolchain-[0-9a-f]{12}$/);
  });

  test('a folder that cannot be made is told with a way out', async () => {
    const { env } = makeMachine();
    writeFileSync(path.join(env.HOME, 'file'), '');
    const made = ensureToolchain({ env: { ...env, XDG_CACHE_HOME: path.join(env.HOME, 'file') } });
    await expect(made).rejects.toThrow(/can't be made: a file is in the way.*Set XDG_CACHE_HOME/s);
  });
});

describe('making it', () => {
  test('uv installs, the wheels get their build tag, and python3 is the machine’s own', async () => {
    const { env, readLog } = makeMachine();
    const toolchain = await ensureToolchain({ env });
    expect(readLog()).toContain('--require-hashes');
    expect(readdirSync(toolchain.bin)).toEqual(['aws', 'python3']);
    expect(readFileSync(path.join(toolchain.bin, 'python3'), 'utf8')).toContain(`exec '${env.PATH}/python3' "$@"`);
    const wheels = readdirSync(path.join(toolchain.folder, 'wheels'));
    expect(wheels).toEqual(['chalice-1.34.0-1labwalk-py3-none-any.whl', 'six-1.17.0-1labwalk-py2.py3-none-any.whl']);
    // SHA-256 of "x\n", which is all that these have.
    const link = (name: string) =>
      `<a href="wheels/${name}#sha256=73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac">${name}</a>`;
    expect(readFileSync(toolchain.wheels, 'utf8').match(/<a .*<\/a>/g)).toEqual(wheels.map(link));
    expect(toolchain.pip.PIP_FIND_LINKS).toBe(pathToFileURL(toolchain.wheels).href);
    expect(readFileSync(toolchain.constraints, 'utf8')).toContain('chalice==1.34.0\n');
    expect(openToolchain(env)).toEqual(toolchain);
  });

  test('a second time starts no program', async () => {
    const { env, readLog } = makeMachine();
    await ensureToolchain({ env });
    const before = readLog();
    await ensureToolchain({ env });
    expect(readLog()).toBe(before);
  });

  test('several at once make one', async () => {
    const { env, readLog, cache } = makeMachine();
    const made = await Promise.all([1, 2, 3, 4].map(() => ensureToolchain({ env })));
    expect(new Set(made.map(({ folder }) => folder)).size).toBe(1);
    expect(readLog().match(/^uv venv/gm)).toHaveLength(1);
    expect(readdirSync(cache)).toHaveLength(2);
  });

  test('where uv fails, pip does it and the person is told', async () => {
    const { env, readLog } = makeMachine({ uv: 'exit 2' });
    const messages: string[] = [];
    await ensureToolchain({ env, onProgress: (message) => messages.push(message) });
    expect(readLog()).toContain('python -m pip install --quiet --require-hashes');
    expect(messages.join('\n')).toContain('Installing with pip');
    expect(openToolchain(env)).toBeDefined();
  });

  test('a failure tells the reason without the login of the index, and leaves nothing', async () => {
    const { env, cache } = makeMachine({
      python: `[ "$2" = download ] && { echo "no route to https://me:secret@mirror.example/simple" >&2; exit 1; }`,
    });
    const failed = await ensureToolchain({ env }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(ToolchainError);
    expect(String(failed)).toContain('no route to https://***@mirror.example/simple');
    expect(String(failed)).not.toContain('secret');
    expect(readdirSync(cache)).toEqual([]);
    expect(openToolchain(env)).toBeUndefined();
  });

  test('a failure ends what else is being made', async () => {
    const { env, cache } = makeMachine({ uv: 'exec sleep 1000', python: `[ "$2" = download ] && { echo "no wheels today" >&2; exit 1; }` });
    await expect(ensureToolchain({ env })).rejects.toThrow('no wheels today');
    expect(readdirSync(cache)).toEqual([]);
  });

  test('an interruption ends what was started and leaves nothing', async () => {
    const { env, cache, readLog } = makeMachine({ uv: 'exec sleep 1000' });
    const aborter = new AbortController();
    const onProgress = (message: string) => {
      if (message.startsWith('Fetching')) aborter.abort(new Error('interrupted'));
    };
    await expect(ensureToolchain({ env, onProgress, signal: aborter.signal })).rejects.toThrow('interrupted');
    expect(readLog()).not.toContain('pip install');
    expect(readdirSync(cache)).toEqual([]);
  });

  test('no Python: what to install on each system', async () => {
    const { env } = makeMachine();
    await expect(ensureToolchain({ env: { ...env, PATH: makeFolder() } })).rejects.toThrow(
      /Python 3\.10 or newer is missing.*apt install.*dnf install.*brew install/s,
    );
  });
});

describe('a toolchain that is not whole is made again', () => {
  const damages: [string, (folder: string) => void][] = [
    ['a file is gone', (folder) => rmSync(path.join(folder, 'wheels/six-1.17.0-1labwalk-py2.py3-none-any.whl'))],
    ['a package is gone', (folder) => rmSync(path.join(folder, 'venv/lib/python3.11/site-packages/ministack'), { recursive: true })],
    ['a file is empty', (folder) => writeFileSync(path.join(folder, 'constraints.txt'), '')],
    [
      'the stamp was cut',
      (folder) => writeFileSync(path.join(folder, 'complete.json'), readFileSync(path.join(folder, 'complete.json')).subarray(0, 40)),
    ],
    ['the stamp is missing', (folder) => rmSync(path.join(folder, 'complete.json'))],
    [
      'the Python that it was made with is gone',
      (folder) => {
        const file = path.join(folder, 'complete.json');
        writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), base: '/nonexistent/python3' }));
      },
    ],
  ];
  test.each(damages)('when %s', async (_, damage) => {
    const { env, cache } = makeMachine();
    const { folder } = await ensureToolchain({ env });
    damage(folder);
    expect(openToolchain(env)).toBeUndefined();
    await ensureToolchain({ env });
    expect(openToolchain(env)).toBeDefined();
    expect(readdirSync(cache)).toHaveLength(2);
  });

  test('and what a killed maker left is removed', async () => {
    const { env, cache } = makeMachine();
    const left = `${toolchainFolder(env)}-killed`;
    mkdirSync(path.join(left, 'venv'), { recursive: true });
    await ensureToolchain({ env });
    expect(existsSync(left)).toBe(false);
    expect(readdirSync(cache)).toHaveLength(2);
  });
});

test('removing it leaves nothing of it, and says whether there was anything', async () => {
  const { env, cache } = makeMachine();
  await ensureToolchain({ env });
  expect(await removeToolchain(env)).toBe(true);
  expect(readdirSync(cache)).toEqual([]);
  expect(await removeToolchain(env)).toBe(false);
});

test('a new virtual environment keeps its pip and setuptools; everything else has one version', () => {
  expect(
    makeConstraints('chalice==1.34.0 \\\n    --hash=sha256:00\npip==26.2.1 \\\nmultidict==7.1.0 ; python_full_version < "3.11" \\\n'),
  ).toBe('chalice==1.34.0\npip<=26.2.1\nmultidict==7.1.0 ; python_full_version < "3.11"\n');
});

test('a wheel that has a build tag keeps it', () => {
  expect(preferWheel('six-1.17.0-2-py3-none-any.whl')).toBe('six-1.17.0-2-py3-none-any.whl');
});

test('logins are hidden in every address of a text', () => {
  expect(hideLogins('a https://u:p@x/y b http://t@z')).toBe('a https://***@x/y b http://***@z');
});

test.each([
  ['a full disk, by pip', 'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device', 'XDG_CACHE_HOME'],
  ['a full disk, by npm', 'npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write', 'XDG_CACHE_HOME'],
  [
    'a proxy that is not there, by pip',
    "ProxyError('Cannot connect to proxy.', NewConnectionError('Connection refused'))",
    '(https_proxy)',
  ],
  [
    'a proxy that wants a login, by npm',
    'npm error request to https://r.example/ failed, reason: tunneling socket, statusCode=407',
    '(https_proxy)',
  ],
  [
    'no network, by npm',
    "npm error code ENOTFOUND\nnpm error network If you are behind a proxy, please make sure that the\nnpm error network 'proxy' config is set properly.",
    'reaches the network',
  ],
  ['no network, by pip', 'ERROR: Could not find a version that satisfies the requirement six (from versions: none)', 'reaches the network'],
  ['a certificate, by npm', 'npm error code SELF_SIGNED_CERT_IN_CHAIN', 'NODE_EXTRA_CA_CERTS'],
  ['a package that is another one, by npm', 'npm error code EINTEGRITY', 'npm cache clean --force'],
  [
    "npm's cache that lacks a file",
    'npm error code ENOENT\nnpm error path /home/ada/.npm/_cacache/content-v2/sha512/ad/59/2cb',
    'npm cache clean --force',
  ],
  [
    'a package that is another one, by pip',
    'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n    certifi==2026.10.18 from https://files.example/certifi.whl',
    'python3 -m pip cache purge',
  ],
  ['something else', 'npm error code EBADENGINE', 'Check the network'],
])('what to do about %s', (_, errors, fix) => {
  expect(describeFailure('It failed', errors).fix).toContain(fix);
});

test.each(['requirements', 'lab-requirements', 'uv-requirements'])('%s.txt pins every package and gives a hash for each', (name) => {
  const file = fileURLToPath(new URL(`../../toolchain/${name}.txt`, import.meta.url));
  const packages = readFileSync(file, 'utf8')
    .trim()
    .split(/\n(?=\S)/);
  expect(statSync(file).size).toBeGreaterThan(0);
  for (const text of packages) expect(text).toMatch(/^[a-z0-9.-]+==\S+ .*\n\s+--hash=sha256:[0-9a-f]{64}/);
});
