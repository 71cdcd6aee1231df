/**
 * What the real Chalice, HTTPie, pip and AWS CLI print when they fail is known: each failure is brought about in the engine's own terminal, with the
 * flagship's signatures. One virtual environment, one project and one sandbox for all.
 */
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keysEnvironment } from '../../../src/aws/keys-environment.ts';
import { sandboxEnvironment } from '../../../src/aws/sandbox/environment.ts';
import { startSandbox, type Sandbox } from '../../../src/aws/sandbox/sandbox.ts';
import { checksByName } from '../../../src/checks/index.ts';
import { nothingRemembered } from '../../../src/engine/run-context.ts';
import { sandboxCloud } from '../../../src/session/cloud/sandbox-cloud.ts';
import { createRun, type Run } from '../../../src/engine/run.ts';
import type { Event } from '../../../src/events/event.ts';
import { parseLab } from '../../../src/lab/parse-lab.ts';
import type { Lab } from '../../../src/lab/types.ts';
import { makeWorkspace } from '../../../src/workspace/workspace.ts';
import { only } from '../../support/run-lab.ts';
import { toolchain } from '../../support/toolchain.ts';

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-explained-')));
const workspace = makeWorkspace(path.join(folder, 'w'));
const inProject = (name: string) => path.join(workspace.folder, 'myapp', name);
const events: Event[] = [];
let sandbox: Sandbox;
let run: Run;
let taken: http.Server;
let appText = '';

/** `says`: what must be in what is told. */
const cases: { name: string; before?: () => void; command: string; explained: string; says?: RegExp }[] = [
  {
    name: 'the project is there already',
    command: 'cd "$LABWALK_WORKSPACE" && chalice new-project myapp',
    explained: 'project-exists',
    says: /cd myapp/,
  },
  { name: 'the wrong folder', command: 'cd "$LABWALK_WORKSPACE" && chalice deploy', explained: 'no-project-here' },
  { name: 'a misspelt command of Chalice', command: 'chalice deply', explained: 'chalice-option-unknown', says: /No such command/ },
  { name: 'a command that is not there', command: 'chalise deploy', explained: 'command-not-found', says: /chalise/ },
  { name: 'a folder that is not there', command: 'cd nowhere', explained: 'folder-missing', says: /nowhere/ },
  { name: 'an environment that is not there', command: 'source nowhere/bin/activate', explained: 'venv-not-here' },
  { name: 'the environment is not active', command: 'PATH=/usr/bin:/bin chalice deploy', explained: 'chalice-not-found' },
  {
    name: 'no region',
    command:
      'cd "$LABWALK_WORKSPACE/myapp" && env -u AWS_REGION -u AWS_DEFAULT_REGION AWS_CONFIG_FILE=/dev/null chalice deploy --no-autogen-policy; env -u AWS_REGION -u AWS_DEFAULT_REGION AWS_CONFIG_FILE=/dev/null aws lambda list-functions',
    explained: 'no-region',
  },
  {
    name: 'half of the keys',
    command: 'env -u AWS_SECRET_ACCESS_KEY chalice deploy',
    explained: 'partial-credentials',
    says: /AWS_SECRET_ACCESS_KEY/,
  },
  {
    name: 'no keys',
    command: 'env -u AWS_SECRET_ACCESS_KEY -u AWS_ACCESS_KEY_ID -u AWS_SESSION_TOKEN chalice deploy',
    explained: 'no-credentials',
  },
  { name: 'a profile that is not there', command: 'AWS_PROFILE=nope chalice deploy', explained: 'profile-not-found', says: /nope/ },
  {
    name: 'nobody at the endpoint',
    command: 'AWS_MAX_ATTEMPTS=1 AWS_ENDPOINT_URL=http://127.0.0.1:9 chalice deploy',
    explained: 'endpoint-unreachable',
    says: /127\.0\.0\.1:9/,
  },
  { name: 'the restricted session', command: 'chalice deploy', explained: 'restricted-session', says: /CreateRole/ },
  {
    name: 'a wrong secret',
    command: 'AWS_SECRET_ACCESS_KEY=0123456789012345678901234567890123456789 aws sts get-caller-identity',
    explained: 'wrong-secret',
  },
  {
    name: 'an unknown key',
    command: 'env -u AWS_SESSION_TOKEN AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE aws sts get-caller-identity',
    explained: 'unknown-key',
  },
  { name: 'no record of a deployment', command: 'chalice url', explained: 'nothing-deployed', says: /dev/ },
  {
    name: 'the policy file is missing',
    command: 'chalice deploy --no-autogen-policy',
    explained: 'policy-file-missing',
    says: /\.chalice\/policy-dev\.json/,
  },
  { name: 'a port out of range', command: 'chalice local --no-autoreload --port 99999', explained: 'port-out-of-range' },
  { name: 'a port in use', command: 'chalice local --no-autoreload --port "$TAKEN"', explained: 'port-in-use' },
  { name: 'nothing listens', command: 'http --ignore-stdin localhost:9/', explained: 'connection-refused', says: /port 9 of localhost/ },
  {
    name: 'a host that is not there',
    command: 'env -u http_proxy -u HTTP_PROXY http --ignore-stdin http://nowhere.invalid/',
    explained: 'host-unknown',
  },
  {
    name: 'a host outside the sandbox',
    command: 'http --ignore-stdin http://nowhere.invalid/',
    explained: 'outside-sandbox',
    says: /nowhere\.invalid/,
  },
  { name: 'a path that is not there', command: 'http --ignore-stdin localhost:$TAKEN/nowhere', explained: 'path-unknown' },
  {
    name: 'a requirement that is not there',
    before: () => write('requirements.txt', 'no-such-package-for-labwalk==1.0\n'),
    command: 'chalice deploy',
    explained: 'requirement-not-found',
    says: /no-such-package-for-labwalk==1\.0/,
  },
  {
    name: 'a package that is not there',
    before: () => write('requirements.txt', ''),
    command: 'pip install --no-index no-such-package-for-labwalk',
    explained: 'pip-no-such-package',
    says: /no-such-package-for-labwalk/,
  },
  {
    name: 'a slip in the app',
    before: () => write('app.py', `${appText}\ndef x(:\n`),
    command: 'chalice deploy',
    explained: 'app-syntax',
    says: /app\.py, line \d+: invalid syntax$/m,
  },
  {
    name: 'a slip that Python finds',
    command: 'python -m py_compile app.py',
    explained: 'python-syntax',
    says: /app\.py, line \d+: invalid syntax/,
  },
  {
    name: 'a module that is not there',
    before: () => write('app.py', `${appText}\nimport nothere\n`),
    command: 'chalice deploy',
    explained: 'module-not-found',
    says: /nothere/,
  },
  {
    name: 'a name that is not there',
    before: () => write('app.py', `${appText}\nnothere()\n`),
    command: 'chalice deploy',
    explained: 'name-not-defined',
    says: /nothere/,
  },
  { name: 'no app in app.py', before: () => write('app.py', 'x = 1\n'), command: 'chalice deploy', explained: 'app-without-app' },
  {
    name: 'a slash at the end of a route',
    before: () => write('app.py', `${appText}\n@app.route('/users/')\ndef users():\n    return {}\n`),
    command: 'chalice deploy',
    explained: 'trailing-slash',
    says: /\/users\/ ends/,
  },
  {
    name: 'a route twice',
    before: () => write('app.py', `${appText}\n@app.route('/')\ndef again():\n    return {}\n`),
    command: 'chalice deploy',
    explained: 'duplicate-route',
    says: /GET \//,
  },
  {
    name: 'a configuration that is not JSON',
    before: () => write('.chalice/config.json', '{"a":\n'),
    command: 'chalice deploy',
    explained: 'config-not-json',
    says: /line 2/,
  },
];

const write = (name: string, text: string) => fs.writeFileSync(inProject(name), text);

const idOf = (index: number) => `case-${index}`;

/** A lab with a step for each command that is to fail, and the flagship's signatures. */
function makeLab(): Lab {
  const steps = cases.map(({ command }, i) => `### Case ${i}\n\n\`\`\`sh run expect=fail\n${command}\n\`\`\`\n`).join('\n');
  const needs = '\n### Keys\n\n```yaml credentials\nfor: [iam, lambda]\n```\n';
  const file = path.join(folder, 'lab.md');
  const shipped = ['aws', 'chalice', 'tools'].map((name) => path.resolve(`labs/signatures/${name}.yaml`));
  const text = `---\nsummary: s\nduration: 1h\nsignatures: ${JSON.stringify(shipped)}\n---\n\n# Failures\n\n## All\n\n${steps}${needs}`;
  const { lab, problems } = parseLab(file, {
    checks: checksByName,
    read: (name) => (name === file ? text : fs.readFileSync(name, 'utf8')),
  });
  if (!lab) throw new Error(JSON.stringify(problems));
  return lab;
}

beforeAll(async () => {
  const { python, bin, pip } = await toolchain();
  const personEnv = { ...process.env };
  sandbox = await startSandbox({ python, stateFolder: path.join(folder, 'sandbox'), upstreamEnv: personEnv });
  const env = { ...sandboxEnvironment({ sandbox, home: workspace.home, bin, personEnv, pip }) };
  for (const [name, value] of Object.entries(keysEnvironment(sandbox.given))) if (value !== null) env[name] = value;
  const made = await execa(
    'bash',
    ['-ec', 'python3 -m venv .venv && .venv/bin/pip install -q chalice httpie && .venv/bin/chalice new-project myapp'],
    {
      cwd: workspace.folder,
      env,
      extendEnv: false,
      stdin: 'ignore',
    },
  );
  expect(made.exitCode).toBe(0);
  appText = fs.readFileSync(inProject('app.py'), 'utf8');
  taken = http.createServer((_, response) =>
    response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"Missing Authentication Token"}'),
  );
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const port = String((taken.address() as AddressInfo).port);
  const bins = path.join(workspace.folder, '.venv', 'bin');
  const lab = makeLab();
  run = createRun({
    ...{
      lab,
      workspace,
      checks: checksByName,
      variables: {},
      seed: 'test',
      driver: 'headless',
      steps: lab.steps,
      now: Date.now,
      version: 'test',
    },
    cloud: sandboxCloud({ sandbox, env: { ...env, PATH: `${bins}:${env['PATH'] ?? ''}`, TAKEN: port }, python }),
    remembered: { ...nothingRemembered, directory: 'myapp' },
    listen: (event) => events.push(event),
  });
});

afterAll(async () => {
  await run.stop('passed');
  await sandbox.stop();
  taken.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('the real tools, when they fail', () => {
  test.each(cases.map((one, i) => ({ ...one, i })))('$name', async ({ before, explained, says, i }) => {
    before?.();
    await run.start(idOf(i));
    const told = only(events, 'failure-explained').filter(({ step }) => step === idOf(i));
    const printed = only(events, 'command-ended').filter(({ step }) => step === idOf(i));
    expect(
      told.map(({ signature }) => signature),
      printed.map(({ tail }) => tail).join('\n'),
    ).toEqual([explained]);
    if (says) expect(`${told[0]?.what ?? ''}\n${told[0]?.fix ?? ''}`).toMatch(says);
  });

  test('the restricted session is found by a look at the keys, before its action ends', () => {
    const step = idOf(cases.findIndex(({ explained }) => explained === 'restricted-session'));
    const told = events.filter((event) => event.step === step && /explained|diagnosed|action-ended/.test(event.type));
    expect(told.map(({ type }) => type)).toEqual(['failure-explained', 'credentials-diagnosed', 'action-ended']);
    expect(told[1]).toMatchObject({ cause: 'restricted-session', command: only([told[0]!], 'failure-explained')[0]?.command });
  });
});
