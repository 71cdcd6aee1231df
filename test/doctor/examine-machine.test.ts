/** The looking: at this machine, and at machines that lack something. No registry is asked here: pip and npm are not on these PATHs. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { examineMachine } from '../../src/doctor/examine/examine-machine.ts';
import { isMissing, type Finding } from '../../src/doctor/finding.ts';
import { findingLines } from '../../src/doctor/finding-lines.ts';
import { createMachine, needsOf, type Machine, type MachineOptions } from '../../src/doctor/machine.ts';
import { createLook } from '../../src/report/look.ts';
import { findPython } from '../../toolchain/python.mjs';
import { makeFolder, writeProgram } from '../setup/folders.ts';

const emptyMachine = () => ({ PATH: makeFolder(), HOME: makeFolder(), XDG_CONFIG_DIRS: '/nonexistent' });
const nothing = { tools: [], ports: [], aws: false };
const nowhere = { isThere: false, columns: 0, rows: 0 };

const examine = (options: Partial<MachineOptions>) =>
  examineMachine(createMachine({ env: emptyMachine(), needs: nothing, workspace: makeFolder(), terminal: nowhere, ...options }));

const find = (findings: readonly Finding[], id: string): Finding | undefined => findings.find((finding) => finding.id === id);

describe('examining the machine', () => {
  test('what labs with AWS lack is told with the package for each system', async () => {
    const findings = await examine({ needs: { ...nothing, aws: true }, node: '18.20.1' });
    expect(findings.filter(isMissing).map(({ id }) => id)).toEqual(['node', 'python', 'bash']);
    expect(find(findings, 'python')).toEqual({
      id: 'python',
      name: 'Python',
      status: 'missing',
      why: 'Python 3.10 or newer is missing.',
      fix: {
        debian: 'sudo apt install python3 python3-venv',
        amazonLinux: 'sudo dnf install python3.11 python3.11-pip',
        macos: 'brew install python@3.13',
      },
    });
    expect(find(findings, 'tool-git')?.status).toBe('warning');
  });

  test('a lab that needs neither AWS nor tools is not told of Python, the toolchain or the package index', async () => {
    const ids = (await examine({})).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['node', 'bash', 'disk-workspace', 'locale', 'terminal', 'place', 'clock']));
    for (const id of ['python', 'venv', 'uv', 'toolchain', 'disk-cache', 'memory', 'package-index']) expect(ids).not.toContain(id);
  });

  test("this machine's bash, Node, pseudo-terminal, memory and locale are seen", async () => {
    const env = { ...emptyMachine(), PATH: '/usr/bin:/bin', LC_ALL: 'C' };
    const findings = await examine({ env: { ...env, npm_config_registry: 'http://127.0.0.1:9/' } });
    expect(find(findings, 'bash')).toMatchObject({ status: 'ok', found: expect.stringMatching(/^\d+\.\d+\.\d+ \(\/(usr\/)?bin\/bash\)$/) });
    expect(find(findings, 'node')).toMatchObject({ status: 'ok', found: process.versions.node });
    expect(find(findings, 'pty')?.status).toBe('ok');
    expect(find(findings, 'locale')).toMatchObject({ status: 'warning', found: 'LC_ALL=C' });
  });

  test('a tool of the lab: there, too old, broken, not there', async () => {
    const env = emptyMachine();
    const bin = env.PATH;
    writeProgram(bin, 'good', 'echo "good version 2.4.1 (c) people"');
    writeProgram(bin, 'old', 'echo old/1.9 >&2');
    writeProgram(bin, 'broken', 'exit 127');
    writeProgram(bin, 'silent', 'exit 0');
    const tools = [
      { tool: 'good', version: '>=2' },
      { tool: 'old', version: '>=2' },
      { tool: 'broken' },
      { tool: 'silent' },
      { tool: 'git' },
    ];
    const findings = await examine({ env, needs: { ...nothing, tools } });
    expect(find(findings, 'tool-good')).toEqual({
      id: 'tool-good',
      name: 'good',
      status: 'ok',
      found: `2.4.1 (${path.join(bin, 'good')})`,
    });
    expect(find(findings, 'tool-old')).toMatchObject({
      status: 'missing',
      found: `1.9 (${path.join(bin, 'old')})`,
      why: 'old >=2 is needed.',
    });
    expect(find(findings, 'tool-broken')?.status).toBe('missing');
    expect(find(findings, 'tool-silent')?.status).toBe('ok');
    expect(find(findings, 'tool-git')).toMatchObject({ status: 'missing', fix: { debian: 'sudo apt install git' } });
  });

  test('a port in use is told with its owner', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const findings = await examine({ needs: { ...nothing, ports: [port] } });
    expect(find(findings, `port-${port}`)).toMatchObject({ status: 'warning', found: expect.stringContaining(`(pid ${process.pid})`) });
  });

  test('a workspace that is not there yet is measured where it will be', async () => {
    const findings = await examine({ workspace: path.join(makeFolder(), 'not', 'yet') });
    expect(find(findings, 'disk-workspace')).toMatchObject({ status: 'ok', found: expect.stringMatching(/yet, \d+ [MG]B free$/) });
  });

  test('what is still being looked at is told until nothing is', async () => {
    const told: (readonly string[])[] = [];
    const machine = createMachine({ env: emptyMachine(), needs: nothing, workspace: makeFolder(), terminal: nowhere });
    await examineMachine(machine, (names) => told.push(names));
    expect(told[0]).toContain('bash');
    expect(told.at(-1)).toEqual([]);
  });
});

describe("labs' own packages", () => {
  const packages = [{ lab: 'trial', folder: '/nonexistent', megabytes: 30, python: false, node: true }];

  test('that are still to be fetched are told with their size, and want room and npm', async () => {
    const env = emptyMachine();
    const needs = { ...nothing, aws: true, packages };
    expect(find(await examine({ env, needs }), 'packages-trial')).toMatchObject({
      status: 'missing',
      found: 'not fetched yet; its first start does that, about 30 MB',
      why: 'npm is not on PATH, and it installs them.',
    });
    writeProgram(env.PATH, 'npm', 'exit 1');
    expect(find(await examine({ env, needs }), 'packages-trial')).toMatchObject({ status: 'ok' });
    const huge = { ...needs, packages: packages.map((one) => ({ ...one, megabytes: 1e9 })) };
    expect(find(await examine({ env, needs: huge }), 'disk-cache')).toMatchObject({ status: 'missing' });
  });

  test('of Python make a package index that does not answer matter', async () => {
    const { found } = await findPython(process.env);
    if (!found) throw new Error('there is no Python');
    const env = { ...emptyMachine(), PATH: path.dirname(found.executable), PIP_INDEX_URL: 'http://127.0.0.1:9/simple/' };
    const python = [{ lab: 'trial', folder: '/nonexistent', megabytes: 1, python: true, node: false }];
    const folder = { folder: '/there' };
    const machine = createMachine({ env, needs: { ...nothing, aws: true, packages: python }, workspace: makeFolder(), terminal: nowhere });
    const findings = await examineMachine({ ...machine, toolchain: { ...folder, bin: '/there/bin' } as Machine['toolchain'] });
    expect(find(findings, 'package-index')?.why).toContain('What is installed in the lab trial is fetched from there.');
  });
});

describe('where npm says that its registry is', () => {
  test('it is asked there, and its clock is compared with this one', async () => {
    const http = await import('node:http');
    const server = http.createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close().closeAllConnections());
    const env = emptyMachine();
    const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    writeProgram(env.PATH, 'npm', `echo '{"registry": "${registry}", "https-proxy": null, "proxy": null}'`);
    const findings = await examine({ env });
    expect(find(findings, 'npm-registry')).toMatchObject({ status: 'ok', found: '127.0.0.1' });
    expect(find(findings, 'clock')).toMatchObject({ status: 'ok', found: 'as 127.0.0.1 has it' });
  });
});

test('what several labs want, each once', () => {
  const lab = (requires: object[], ...ports: number[]) => ({
    requires,
    steps: [],
    variables: ports.map((port) => ({ kind: 'free-port', name: 'PORT', port })),
  });
  const labs = [lab([{ tool: 'jq' }], 8080), lab([{ tool: 'jq' }, { tool: 'aws' }], 8080, 9000)];
  expect(needsOf(labs as unknown as Parameters<typeof needsOf>[0])).toEqual({
    packages: [],
    tools: [{ tool: 'jq' }, { tool: 'aws' }],
    ports: [8080, 9000],
    aws: true,
  });
});

describe('the findings as text', () => {
  const findings: Finding[] = [
    {
      id: 'tool-git',
      name: 'git',
      status: 'missing',
      why: 'git is not on PATH.',
      fix: { debian: 'sudo apt install git', macos: 'brew install git' },
    },
    { id: 'node', name: 'Node.js', status: 'ok', found: '20.20.2' },
    {
      id: 'port-8080',
      name: 'Port 8080',
      status: 'warning',
      found: 'in use',
      why: 'The lab takes the next free port.',
      fix: 'End it:\n  kill 412',
    },
  ];
  const style = (columns: number, unicode = true) => ({
    look: createLook({ colour: false, columns, unicode }),
    unicode,
    what: 'The lab trial',
  });

  test('good ones first, then the others with what to do, each command on a line of its own', () => {
    expect(findingLines(findings, style(80)).join('\n')).toBe(`✓ Node.js    20.20.2
! Port 8080  in use
             The lab takes the next free port.
             End it:
               kill 412
✗ git        git is not on PATH.
             Debian, Ubuntu:
               sudo apt install git
             macOS:
               brew install git

The lab trial cannot run on this machine yet. Missing: git.`);
  });

  test('only the way of this system where it is known; and ASCII alone where no more can be shown', () => {
    const text = findingLines(findings, { ...style(80, false), system: 'debian' }).join('\n');
    expect(text).toContain('x  git');
    expect(text).toContain('sudo apt install git');
    expect(text).not.toContain('brew');
    // eslint-disable-next-line no-control-regex -- all of ASCII
    expect(text).toMatch(/^[\x00-\x7f]*$/);
  });

  test('on a narrow screen what is told stands below the name', () => {
    const lines = findingLines(findings, style(40));
    expect(lines.slice(0, 2)).toEqual(['✓ Node.js', '    20.20.2']);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(40);
  });

  test('the closing line counts what could be better', () => {
    expect(findingLines(findings.slice(1), style(80)).at(-1)).toBe(
      'The lab trial can run on this machine. One thing could be better: see above.',
    );
    expect(findingLines(findings.slice(1, 2), style(80)).at(-1)).toBe('The lab trial can run on this machine.');
  });
});
