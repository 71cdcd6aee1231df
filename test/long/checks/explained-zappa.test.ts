/** What the real Zappa and Flask print when they fail is known by the Zappa lab's signatures: what needs no deployment. */
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checksByName } from '../../../src/checks/index.ts';
import { fillText, findSignature } from '../../../src/lab/facts/find-signature.ts';
import { parseLab } from '../../../src/lab/parse-lab.ts';
import { ensureLabToolchain } from '../../../src/toolchain/toolchain.ts';
import { runShell, startOwnSandbox, terminalEnv, type OwnSandbox } from '../../support/sandbox.ts';

const { lab } = parseLab(path.resolve('labs/zappa/lab.md'), { checks: checksByName, read: (name) => fs.readFileSync(name, 'utf8') });
if (!lab) throw new Error('the lab cannot be read');

const settings = '{"dev": {"app_function": "app.app", "project_name": "myzappa", "s3_bucket": "zappa-test"}}';
let own: OwnSandbox;
let env: Record<string, string>;
let project: string;
let taken: http.Server;

beforeAll(async () => {
  own = await startOwnSandbox();
  const { learner, sandbox } = own;
  const made = await terminalEnv(learner, sandbox, sandbox.good, await ensureLabToolchain(lab, { env: process.env }));
  project = path.join(learner.folder, 'myzappa');
  fs.mkdirSync(project);
  const install = 'python3 -m venv ../.venv && ../.venv/bin/pip install --quiet zappa flask';
  const { status, output } = await runShell(install, { cwd: project, env: made });
  expect(status, output).toBe(0);
  const venv = path.join(learner.folder, '.venv');
  env = { ...made, VIRTUAL_ENV: venv, PATH: `${path.join(venv, 'bin')}:${made['PATH'] ?? ''}` };
  taken = http.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
});

afterAll(async () => {
  taken.close();
  await own.close();
});

const write = (name: string, text: string) => fs.writeFileSync(path.join(project, name), text);

interface Case {
  name: string;
  files?: Record<string, string>;
  command: string;
  explained: string;
  /** What must be in what is told. */
  says: RegExp;
}

const cases: Case[] = [
  { name: 'the environment is not active', command: 'PATH=/usr/bin:/bin zappa deploy dev', explained: 'zappa-not-found', says: /activate/ },
  {
    name: 'Zappa without an environment',
    command: 'env -u VIRTUAL_ENV zappa deploy dev',
    explained: 'zappa-no-environment',
    says: /activate/,
  },
  { name: 'the wrong folder', command: 'cd .. && zappa deploy dev', explained: 'zappa-no-settings', says: /cd myzappa/ },
  {
    name: 'settings that are not JSON',
    files: { 'zappa_settings.json': '{"dev": {"app_function" "app.app",' },
    command: 'zappa deploy dev',
    explained: 'zappa-settings-not-json',
    says: /json\.tool/,
  },
  { name: 'a stage that is not there', command: 'zappa deploy prod', explained: 'zappa-stage-unknown', says: /prod/ },
  { name: 'an update of nothing', command: 'zappa update dev', explained: 'zappa-not-deployed', says: /zappa deploy dev/ },
  { name: 'the status of nothing', command: 'zappa status dev', explained: 'zappa-not-deployed', says: /zappa deploy dev/ },
  { name: 'undeploying nothing', command: 'zappa undeploy dev --yes', explained: 'zappa-not-deployed', says: /zappa deploy dev/ },
  {
    name: 'a bucket whose name S3 does not take',
    files: { 'zappa_settings.json': settings.replace('zappa-test', 'Zappa X') },
    command: 'zappa deploy dev',
    explained: 'zappa-bucket-name-wrong',
    says: /s3_bucket/,
  },
  {
    name: 'no keys',
    command: 'env -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY zappa deploy dev',
    explained: 'no-credentials',
    says: /keys/,
  },
  {
    name: 'no region',
    command: 'env -u AWS_REGION -u AWS_DEFAULT_REGION zappa deploy dev',
    explained: 'no-region',
    says: /AWS_DEFAULT_REGION/,
  },
  {
    name: 'no app in the folder',
    files: { 'app.py': '' },
    command: 'cd .. && flask --app app run',
    explained: 'flask-no-app-here',
    says: /app\.py/,
  },
  {
    name: 'no app in the file',
    files: { 'app.py': 'x = 1\n' },
    command: 'flask --app app run',
    explained: 'flask-app-without-app',
    says: /Flask/,
  },
  { name: 'a port that is taken', command: 'flask --app app run --port $TAKEN', explained: 'flask-port-in-use', says: /Ctrl-C/ },
];

test.each(cases)('$name: $explained', async ({ files = {}, command, explained, says }) => {
  write('app.py', 'from flask import Flask\n\napp = Flask(__name__)\n');
  write('zappa_settings.json', settings);
  for (const [name, text] of Object.entries(files)) write(name, text);
  const port = String((taken.address() as AddressInfo).port);
  const { status, output } = await runShell(command, { cwd: project, env: { ...env, TAKEN: port } });
  expect(status, output).not.toBe(0);
  const found = await findSignature(lab.signatures, output, { failed: true });
  expect(found?.signature.id, output).toBe(explained);
  if (found) expect(`${fillText(found.signature.what, found, {})} ${fillText(found.signature.fix, found, {})}`).toMatch(says);
});
