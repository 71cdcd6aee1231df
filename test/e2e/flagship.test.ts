/** The flagship as a learner's evening depends on it: the built program, real Chalice, HTTPie and AWS CLI, the sandbox. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(root, 'bin/labwalk.js');
const labwalk = (...args: string[]) => execa(process.execPath, [program, ...args], { reject: false, stdin: 'ignore' });
const makeFolder = () => fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-e2e-'));

interface JsonReport {
  outcome: string;
  labs: {
    outcome: string;
    credentials: { arn: string } | null;
    cleanup: { left: string[] } | null;
    steps: {
      id: string;
      outcome: string;
      checks: { summary: string; outcome: string; expected?: string; actual?: string; try?: string }[];
    }[];
  }[];
}

describe('labwalk run chalice', () => {
  const folder = makeFolder();
  let run: Awaited<ReturnType<typeof labwalk>>;
  let report: JsonReport['labs'][number];
  let events: { type: string; text?: string; status?: number; outcome?: string }[];

  beforeAll(async () => {
    const to = (name: string) => path.join(folder, name);
    run = await labwalk(
      'run',
      'chalice',
      '--report',
      `json=${to('r.json')}`,
      '--report',
      `junit=${to('r.xml')}`,
      '--report',
      `ndjson=${to('r.ndjson')}`,
    );
    report = (JSON.parse(fs.readFileSync(to('r.json'), 'utf8')) as JsonReport).labs[0]!;
    events = fs
      .readFileSync(to('r.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as (typeof events)[number]);
  });

  test('ends with every step passed and exit code 0', () => {
    expect(run.exitCode, run.stdout.slice(-3000)).toBe(0);
    expect(report.steps.filter(({ outcome }) => outcome !== 'read').map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(
      [
        'install',
        'new-project',
        'tour',
        'run-locally',
        'debug-mode',
        'add-routes',
        'run-again',
        'test-get',
        'test-post',
        'deploy-refused',
        'credentials',
        'deploy',
        'call-api',
        'new-files',
        'consoles',
        'logs',
        'delete',
      ].map((id) => `${id} passed`),
    );
  });

  test('every step to pass has checks', () => {
    expect(report.steps.filter(({ outcome, checks }) => outcome !== 'read' && checks.length === 0)).toEqual([]);
  });

  test('the first deploy is refused as on Cloud9, the second works with the keys that were given', () => {
    const ended = events.filter(({ type, text }) => type === 'command-started' && text === 'chalice deploy');
    expect(ended).toHaveLength(2);
    expect(report.credentials?.arn).toMatch(/^arn:aws:iam::\d{12}:user\//);
  });

  test('nothing is left, and the workspace of a good run is gone', () => {
    expect(report.cleanup?.left).toEqual([]);
    const workspace = /^Workspace (.+)$/m.exec(run.stdout)?.[1];
    expect(fs.existsSync(workspace!)).toBe(false);
  });

  test('nothing that the lab prints is taken for a secret', () => {
    for (const name of ['r.json', 'r.xml', 'r.ndjson']) expect(fs.readFileSync(path.join(folder, name), 'utf8')).not.toContain('[secret]');
    expect(run.stdout).not.toContain('[secret]');
  });

  test('the JUnit report has a case for each check', () => {
    const xml = fs.readFileSync(path.join(folder, 'r.xml'), 'utf8');
    const checks = report.steps.flatMap(({ checks }) => checks);
    expect(xml.match(/<testcase /g)).toHaveLength(checks.length);
    expect(xml).not.toContain('<failure');
  });

  test('the text shows requests and answers as HTTPie does', () => {
    expect(run.stdout).toMatch(/GET \/users\/\w+ HTTP\/1\.1\n {4}Host: localhost:\d+/);
    expect(run.stdout).toMatch(/<h1> Your name is \w+\.<\/h1>/);
  });
});

test('without a command and without a terminal the flagship runs, and says so', async () => {
  const listed = await labwalk('list', '--json');
  expect((JSON.parse(listed.stdout) as { labs: { name: string }[] }).labs.map(({ name }) => name)).toContain('chalice');
  const child = execa(process.execPath, [program], { reject: false, stdin: 'ignore', buffer: false });
  let seen = '';
  child.stderr.on('data', (text: Buffer) => (seen += text.toString()));
  while (!seen.includes('labwalk run chalice --sandbox')) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
  expect((await child).exitCode).toBe(130);
});
