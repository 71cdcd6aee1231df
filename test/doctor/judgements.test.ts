/** Every verdict on facts that are made up; the looking has tests of its own, on the real machine. */
import { describe, expect, test } from 'vitest';
import { judgeBash } from '../../src/doctor/examine/examine-bash.ts';
import { judgeClock } from '../../src/doctor/examine/examine-clock.ts';
import { judgeCredentials } from '../../src/doctor/examine/examine-credentials.ts';
import { judgeDisk } from '../../src/doctor/examine/examine-disk.ts';
import { judgeLocale } from '../../src/doctor/examine/examine-locale.ts';
import { judgeMemory } from '../../src/doctor/examine/examine-memory.ts';
import { judgeNode } from '../../src/doctor/examine/examine-node.ts';
import { judgePlace } from '../../src/doctor/examine/examine-place.ts';
import { judgePort } from '../../src/doctor/examine/examine-port.ts';
import { judgeProxy } from '../../src/doctor/examine/examine-proxy.ts';
import { judgePty } from '../../src/doctor/examine/examine-pty.ts';
import { judgePython } from '../../src/doctor/examine/examine-python.ts';
import { judgeRegistry } from '../../src/doctor/examine/examine-registry.ts';
import { judgeTerminal } from '../../src/doctor/examine/examine-terminal.ts';
import { judgeTool } from '../../src/doctor/examine/examine-tool.ts';
import { cacheDisk, workspaceDisk } from '../../src/doctor/needed-space.ts';
import { systemOf } from '../../src/doctor/system.ts';

const megabyte = 1024 * 1024;

test('Node: the version of package.json and newer', () => {
  expect(judgeNode('20.19.0').status).toBe('ok');
  expect(judgeNode('22.1.0').status).toBe('ok');
  expect(judgeNode('20.18.3')).toMatchObject({ status: 'missing', found: '20.18.3', why: 'Version 20.19 or newer is needed.' });
  expect(judgeNode('18.20.1')).toMatchObject({ status: 'missing', fix: { macos: 'brew install node@22' } });
});

describe('Python', () => {
  const found = {
    command: '/usr/bin/python3',
    executable: '/usr/bin/python3.11',
    version: '3.11.7',
    pip: '/x/pip-23.2.1-py3-none-any.whl',
  };
  test('there, with what new environments get', () => {
    expect(judgePython({ found, refused: [] }, true)).toEqual([
      { id: 'python', name: 'Python', status: 'ok', found: '3.11.7 (/usr/bin/python3)' },
      { id: 'venv', name: 'venv and pip', status: 'ok', found: 'pip 23.2.1 for new environments' },
    ]);
  });
  test('there, but it cannot make environments', () => {
    const refused = [{ command: '/usr/bin/python3', why: 'no-venv' as const, version: '3.11.2' }];
    expect(judgePython({ refused }, true)).toMatchObject([
      { id: 'python', status: 'ok', found: '3.11.2 (/usr/bin/python3)' },
      { id: 'venv', status: 'missing', fix: { debian: 'sudo apt install python3.11-venv' } },
    ]);
  });
  test('too old; and only a warning where the tools are made already', () => {
    const refused = [{ command: '/usr/bin/python3', why: 'old' as const, version: '3.9.16' }];
    expect(judgePython({ refused }, true)).toMatchObject([
      {
        id: 'python',
        status: 'missing',
        why: 'Python 3.10 or newer is missing: /usr/bin/python3 is 3.9.16.',
        fix: { amazonLinux: 'sudo dnf install python3.11 python3.11-pip' },
      },
    ]);
    expect(judgePython({ refused }, false)[0]?.status).toBe('warning');
  });
});

test('bash: there, too old, not there', () => {
  expect(judgeBash({ file: '/bin/bash', version: '3.2.57' })).toMatchObject({ status: 'ok', found: '3.2.57 (/bin/bash)' });
  expect(judgeBash({ file: '/bin/bash', version: '3.1.0' })).toMatchObject({ status: 'missing', why: 'Version 3.2 or newer is needed.' });
  expect(judgeBash(undefined)).toMatchObject({ status: 'missing', fix: { debian: 'sudo apt install bash' } });
});

test('a tool that a lab requires is missing; one that is only useful is a warning', () => {
  expect(judgeTool({ tool: 'jq' }, undefined)).toMatchObject({ id: 'tool-jq', status: 'missing', why: 'jq is not on PATH.' });
  expect(judgeTool({ tool: 'git' }, undefined, 'Labs come with it.')).toMatchObject({
    status: 'warning',
    why: 'git is not on PATH. Labs come with it.',
    fix: { amazonLinux: 'sudo dnf install git' },
  });
  expect(judgeTool({ tool: 'jq', version: '>=1.6' }, { file: '/bin/jq', version: '1.5' })).toMatchObject({
    status: 'missing',
    found: '1.5 (/bin/jq)',
    why: 'jq >=1.6 is needed.',
  });
  expect(judgeTool({ tool: 'jq' }, { file: '/bin/jq' })).toMatchObject({ status: 'missing', why: '/bin/jq --version does not work.' });
  const own = '/home/ada/.cache/labwalk/toolchain-915a2b512a82/bin/aws';
  expect(judgeTool({ tool: 'aws' }, { file: own })).toMatchObject({
    status: 'missing',
    why: `${own} is a tool of labwalk's own, and damaged.`,
    fix: 'labwalk clean --toolchain',
  });
  expect(judgeTool({ tool: 'jq' }, { file: '/bin/jq', version: '' })).toMatchObject({ status: 'ok', found: '/bin/jq' });
});

test('the pseudo-terminal is only a warning: labs run without it', () => {
  expect(judgePty(true).status).toBe('ok');
  expect(judgePty(false)).toMatchObject({ status: 'warning', fix: expect.stringContaining('npm ci') });
});

test('a disk: not to be written to, too full, no room for more files, good', () => {
  const good = { there: '/w', writable: true, free: 400 * megabyte, filesFree: 100_000 };
  const disk = workspaceDisk('/w/lab', true);
  expect(judgeDisk(disk, good)).toMatchObject({ id: 'disk-workspace', status: 'ok', found: '/w/lab, 400 MB free' });
  expect(judgeDisk(disk, { ...good, free: 149 * megabyte })).toMatchObject({ status: 'missing', why: '150 MB are needed.' });
  expect(judgeDisk(disk, { ...good, filesFree: 12 })).toMatchObject({ status: 'missing', why: expect.stringContaining('12 more files') });
  expect(judgeDisk(disk, { ...good, writable: false })).toMatchObject({ status: 'missing', why: '/w cannot be written to.' });
  const little = { ...good, free: 20 * megabyte };
  expect(judgeDisk(workspaceDisk('/w', false), little).status).toBe('ok');
  expect(judgeDisk(cacheDisk('/c', true), little).status).toBe('ok');
  expect(judgeDisk(cacheDisk('/c', false), little)).toMatchObject({ status: 'missing', fix: expect.stringContaining('XDG_CACHE_HOME') });
});

test('memory is a warning where it is scarce', () => {
  expect(judgeMemory(250 * megabyte)).toMatchObject({ status: 'ok', found: '250 MB available' });
  expect(judgeMemory(249 * megabyte).status).toBe('warning');
  expect(judgeMemory(20 * 1024 * megabyte).found).toBe('20 GB available');
});

test('a port: free, taken by somebody, taken by somebody unknown', () => {
  expect(judgePort(8080, { free: true })).toEqual({ id: 'port-8080', name: 'Port 8080', status: 'ok', found: 'free' });
  expect(judgePort(8080, { free: false, owner: { pid: 412, name: 'python3' } })).toMatchObject({
    status: 'warning',
    found: 'in use by python3 (pid 412)',
    fix: expect.stringContaining('kill 412'),
  });
  expect(judgePort(8080, { free: false })).not.toHaveProperty('fix');
});

describe('the proxy variables', () => {
  const both = { http_proxy: 'http://p:3128', https_proxy: 'http://p:3128' };
  const except = { no_proxy: 'localhost,127.0.0.1' };
  test.each<[string, Record<string, string>, 'ok' | 'warning', string]>([
    ['none', {}, 'ok', ''],
    ['all that is wanted', { ...both, ...except }, 'ok', ''],
    ['one for all', { ALL_PROXY: 'socks5://p:1080', NO_PROXY: '*' }, 'ok', ''],
    ['not an address', { https_proxy: 'ftp://p' }, 'warning', 'not the address of a proxy'],
    ['only one of two', { https_proxy: 'http://p:3128', ...except }, 'warning', 'https_proxy is set and http_proxy is not'],
    ['only the other', { HTTP_PROXY: 'http://p:3128', ...except }, 'warning', 'HTTP_PROXY is set and https_proxy is not'],
    ['two that differ', { ...both, HTTPS_PROXY: 'http://q:1', ...except }, 'warning', 'https_proxy and HTTPS_PROXY differ'],
    ['nothing excepted', both, 'warning', 'NO_PROXY does not name this machine'],
    ['127.0.0.1 not excepted', { ...both, no_proxy: 'localhost' }, 'warning', 'NO_PROXY does not name this machine'],
    ['capitals only', { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, 'warning', 'curl reads http_proxy in small'],
  ])('%s', (_name, env, status, why) => {
    const finding = judgeProxy(env);
    expect(finding.status).toBe(status);
    expect(finding.why ?? '').toContain(why);
    if (status === 'warning') expect(finding.fix).toBeTruthy();
  });

  test('a password in an address is never told, also not where the address is broken', () => {
    for (const address of ['http://ana:hidden@p:3128', 'ana:hidden@p:3128', 'http://ana:hidden@p:port']) {
      const told = JSON.stringify(judgeProxy({ http_proxy: address, https_proxy: address }));
      expect(told).toContain('p:');
      expect(told).not.toContain('hidden');
    }
  });

  test('what is excepted already stays so', () => {
    expect(judgeProxy({ ...both, no_proxy: '.corp' }).fix).toContain('export NO_PROXY=".corp,localhost,127.0.0.1,::1"');
  });
});

describe('a registry', () => {
  const words = { id: 'package-index', name: 'Package index', tool: 'pip', use: 'It is wanted.', needed: true, setting: '`pip config`' };
  const settings = { address: 'https://index.example/simple' };
  const judge = (reached: object, more = {}) =>
    judgeRegistry({ ...words, ...more }, { settings, reached: { host: 'index.example', ...reached } })[0];

  test('answers, asks for a login, answers with a mistake', () => {
    expect(judge({ status: 200 })).toMatchObject({ status: 'ok', found: 'index.example' });
    expect(judge({ status: 404 })?.status).toBe('ok');
    expect(judge({ status: 401 })).toMatchObject({ status: 'ok', found: 'index.example, which asks for a login' });
    expect(judge({ status: 503 })).toMatchObject({ status: 'warning', why: 'It answers 503. It is wanted.' });
    expect(judge({ status: 403, proxy: 'p:3128' })).toMatchObject({ status: 'warning', found: 'index.example through the proxy p:3128' });
  });

  test('no answer is missing where no lab can run without it, else a warning; the fix is for what is in the way', () => {
    expect(judge({ problem: 'ENOTFOUND' })).toMatchObject({ status: 'missing', why: 'It does not answer (ENOTFOUND). It is wanted.' });
    expect(judge({ problem: 'ENOTFOUND' }, { needed: false })).toMatchObject({
      status: 'warning',
      fix: expect.stringContaining('network'),
    });
    expect(judge({ problem: 'ECONNREFUSED', proxy: 'p:3128' })?.fix).toContain('Look whether the proxy runs');
    expect(judge({ problem: 'SELF_SIGNED_CERT_IN_CHAIN' })?.fix).toContain('NODE_EXTRA_CA_CERTS');
  });

  test('none is used, or nobody can be asked', () => {
    expect(judgeRegistry(words, { settings: {} })).toMatchObject([{ status: 'ok', found: 'pip is set to use none' }]);
    expect(judgeRegistry(words, {})).toEqual([]);
  });
});

test('the clock: within what AWS bears, ahead, behind, nothing to compare it with', () => {
  const at = (clockSeconds: number) => [undefined, { host: 'index.example', clockSeconds }];
  expect(judgeClock(at(-300))).toMatchObject({ status: 'ok', found: 'as index.example has it' });
  expect(judgeClock(at(1200))).toMatchObject({ status: 'warning', found: '20 min ahead of index.example' });
  expect(judgeClock(at(-301))).toMatchObject({
    status: 'warning',
    found: '5 min 1 s behind index.example',
    fix: { debian: 'sudo timedatectl set-ntp true' },
  });
  expect(judgeClock([undefined, { host: 'x', problem: 'ENOTFOUND' }])).toMatchObject({ status: 'warning', found: 'not compared' });
});

test('the locale: by what the machine makes of it, else by its name', () => {
  expect(judgeLocale({ variable: 'LANG', value: 'de_DE.utf8', charmap: 'UTF-8' }).status).toBe('ok');
  expect(judgeLocale({ variable: 'LANG', value: 'de_DE.utf8' }).status).toBe('ok');
  expect(judgeLocale({ variable: 'LANG', value: 'C', charmap: 'ANSI_X3.4-1968' })).toMatchObject({
    status: 'warning',
    found: 'LANG=C',
    why: expect.stringContaining('not UTF-8'),
    fix: { debian: 'export LANG=C.UTF-8', macos: 'export LANG=en_US.UTF-8' },
  });
  const absent = judgeLocale({ variable: 'LC_ALL', value: 'xx_XX.UTF-8', charmap: 'ANSI_X3.4-1968' });
  expect(absent).toMatchObject({
    status: 'warning',
    why: expect.stringContaining('does not have that locale'),
    fix: { debian: 'export LC_ALL=C.UTF-8' },
  });
  expect(judgeLocale({})).toMatchObject({ status: 'warning', found: 'none is set' });
});

test('the terminal: none, good, small, one that cannot move its cursor', () => {
  const terminal = { isThere: true, columns: 80, rows: 24 };
  expect(judgeTerminal({ ...terminal, isThere: false }, {}).status).toBe('ok');
  expect(judgeTerminal(terminal, { TERM: 'xterm-256color' })).toMatchObject({ status: 'ok', found: '80x24, xterm-256color, 256 colours' });
  expect(judgeTerminal(terminal, { TERM: 'xterm', NO_COLOR: '1' }).found).toContain('no colours');
  expect(judgeTerminal({ ...terminal, columns: 39 }, { TERM: 'xterm' })).toMatchObject({
    status: 'warning',
    why: expect.stringContaining('40 columns'),
  });
  expect(judgeTerminal({ ...terminal, rows: 14 }, { TERM: 'xterm' }).status).toBe('warning');
  expect(judgeTerminal(terminal, { TERM: 'dumb' })).toMatchObject({ status: 'warning', found: 'TERM=dumb' });
  expect(judgeTerminal(terminal, {})).toMatchObject({ status: 'warning', found: 'TERM is not set' });
});

test.each<[Record<string, string>, string, string]>([
  [{ C9_PID: '1' }, 'AWS Cloud9', 'may not make roles'],
  [{ AWS_EXECUTION_ENV: 'CloudShell' }, 'AWS CloudShell', '1 GB'],
  [{ CODESPACES: 'true', TERM_PROGRAM: 'vscode' }, 'GitHub Codespaces', 'Ports'],
  [{ TERM_PROGRAM: 'vscode', SSH_CONNECTION: 'x' }, 'VS Code on another machine', 'Ports'],
  [{ TERM_PROGRAM: 'vscode' }, 'the terminal of VS Code', ''],
  [{ SSH_CONNECTION: 'x' }, 'another machine, by ssh', 'ssh -L'],
  [{}, 'a plain terminal', ''],
])('where we are: %j', (env, found, why) => {
  const finding = judgePlace(env);
  expect(finding).toMatchObject({ status: 'ok', found });
  expect(finding.why ?? '').toContain(why);
});

test('credentials are not needed in the sandbox', () => {
  expect(judgeCredentials(true).found).toContain('labwalk doctor --aws');
  expect(judgeCredentials(false).found).toBe('none are needed');
});

test("the system whose package manager is told, by the system's own word", () => {
  expect(systemOf('darwin', '')).toBe('macos');
  expect(systemOf('linux', 'NAME="Debian"\nID=debian\n')).toBe('debian');
  expect(systemOf('linux', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n')).toBe('debian');
  expect(systemOf('linux', 'ID="amzn"\nID_LIKE="fedora"\n')).toBe('amazonLinux');
  expect(systemOf('linux', 'ID=alpine\n')).toBeUndefined();
});
