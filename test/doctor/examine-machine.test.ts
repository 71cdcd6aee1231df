import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { examineMachine } from '../../src/doctor/examine-machine.ts';
import { renderFindings, type Finding } from '../../src/doctor/finding.ts';
import { makeFolder, writeProgram } from '../setup/folders.ts';

const emptyMachine = () => ({ PATH: makeFolder(), HOME: makeFolder(), XDG_CONFIG_DIRS: '/nonexistent' });

const named = (findings: readonly Finding[], name: string): Finding | undefined => findings.find((finding) => finding.name === name);

describe('examining the machine', () => {
  test('what is missing is told with the package for each system', async () => {
    const findings = await examineMachine({ env: emptyMachine(), node: '18.20.1' });
    expect(named(findings, 'Node.js')).toMatchObject({ status: 'missing', found: '18.20.1' });
    expect(named(findings, 'bash')).toMatchObject({ status: 'missing', fix: { debian: 'sudo apt install bash' } });
    expect(named(findings, 'Python')).toEqual({
      name: 'Python',
      status: 'missing',
      why: 'Python 3.10 or newer is missing.',
      fix: {
        debian: 'sudo apt install python3 python3-venv',
        amazonLinux: 'sudo dnf install python3.11 python3.11-pip',
        macos: 'brew install python@3.13',
      },
    });
  });

  test("the pseudo-terminal's module loads, and this Node will do", async () => {
    const findings = await examineMachine({ env: emptyMachine() });
    expect(named(findings, 'Pseudo-terminal')?.status).toBe('ok');
    expect(named(findings, 'Node.js')).toEqual({ name: 'Node.js', status: 'ok', found: process.versions.node });
  });

  test('a tool of the lab: there, too old, broken, not there', async () => {
    const env = emptyMachine();
    const bin = env.PATH;
    writeProgram(bin, 'good', 'echo "good version 2.4.1 (c) people"');
    writeProgram(bin, 'old', 'echo old/1.9 >&2');
    writeProgram(bin, 'broken', 'exit 127');
    writeProgram(bin, 'silent', 'exit 0');
    const requires = [
      { tool: 'good', version: '>=2' },
      { tool: 'old', version: '>=2' },
      { tool: 'broken' },
      { tool: 'silent' },
      { tool: 'git' },
    ];
    const findings = await examineMachine({ env, requires });
    expect(named(findings, 'good')).toEqual({ name: 'good', status: 'ok', found: `2.4.1 (${path.join(bin, 'good')})` });
    expect(named(findings, 'old')).toMatchObject({ status: 'missing', found: `1.9 (${path.join(bin, 'old')})`, why: '>=2 is needed.' });
    expect(named(findings, 'broken')?.status).toBe('missing');
    expect(named(findings, 'silent')?.status).toBe('ok');
    expect(named(findings, 'git')).toMatchObject({ status: 'missing', fix: { debian: 'sudo apt install git' } });
  });

  test('a port in use is told with its owner', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const findings = await examineMachine({ env: emptyMachine(), ports: [port] });
    expect(named(findings, `Port ${port}`)).toMatchObject({ status: 'warning', found: expect.stringContaining(`(pid ${process.pid})`) });
  });

  test('a workspace that is not there yet is measured where it will be', async () => {
    const workspace = path.join(makeFolder(), 'not', 'yet');
    const findings = await examineMachine({ env: emptyMachine(), workspace });
    expect(named(findings, 'Space for the workspace')).toMatchObject({
      status: 'ok',
      found: expect.stringMatching(/yet, \d+ [MG]B free$/),
    });
  });
});

test('the findings as text: a sign, what was found, why, and the way for each system', () => {
  const text = renderFindings([
    { name: 'Node.js', status: 'ok', found: '20.20.2' },
    { name: 'Port 8080', status: 'warning', found: 'in use by python3 (pid 412)', why: 'The lab takes the next free port.' },
    { name: 'git', status: 'missing', why: 'git is not on PATH.', fix: { debian: 'sudo apt install git', macos: 'brew install git' } },
  ]);
  expect(text).toBe(`✓ Node.js: 20.20.2
! Port 8080: in use by python3 (pid 412)
    The lab takes the next free port.
✗ git
    git is not on PATH.
    Debian, Ubuntu: sudo apt install git
    macOS: brew install git

1 thing is missing before labs can run.
`);
});
