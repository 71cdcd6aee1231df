/** A sandbox that dies or freezes is started again in its place: same addresses, same keys, same certificate, what was made. */
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeFamilyId } from '../../../src/process/family-mark.ts';
import { startLauncher } from '../../../src/aws/sandbox/launcher.ts';
import type { Sandbox } from '../../../src/aws/sandbox/sandbox.ts';
import { groupMembers, makeFolder, makeLearner, runShell, startTestSandbox, terminalEnv, type Learner } from '../../support/sandbox.ts';
import { toolchain } from '../../support/toolchain.ts';

const policy =
  '\'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}\'';
const makeRole = `aws iam create-role --role-name outage --assume-role-policy-document ${policy}`;

/** What a learner's terminal does, with the environment that it got before the outage. */
async function terminalOf(learner: Learner, sandbox: Sandbox) {
  const env = await terminalEnv(learner, sandbox, sandbox.good);
  const { AWS_ENDPOINT_URL: _endpoint, ...viaProxy } = env;
  return {
    run: (command: string) => runShell(command, { cwd: learner.folder, env }),
    runViaProxy: (command: string) => runShell(command, { cwd: learner.folder, env: viaProxy }),
  };
}

test('one that is killed is started again at once; the terminal that was there before goes on', async () => {
  const learner = makeLearner();
  const sandbox = await startTestSandbox(learner);
  const { run, runViaProxy } = await terminalOf(learner, sandbox);
  expect((await run(makeRole)).status).toBe(0);
  await sandbox.save();

  const heard: unknown[] = [];
  sandbox.health.onOutage((outage) => heard.push(outage));
  const killed = sandbox.pid;
  process.kill(killed, 'SIGKILL');
  const outage = await sandbox.health.outageWithin(Infinity);
  expect(outage?.why).toBe('its process was killed (SIGKILL), as happens when a machine runs out of memory');
  expect(outage).not.toHaveProperty('failure');
  expect(heard).toEqual([outage]);
  expect(sandbox.pid).not.toBe(killed);
  expect(await groupMembers(killed)).toEqual([]);

  expect((await run('aws iam get-role --role-name outage --query Role.RoleName --output text')).output).toBe('outage');
  expect((await runViaProxy('aws sts get-caller-identity --query Account --output text')).output).toBe(sandbox.account);
  const gone = await runViaProxy('curl -sS https://abcdef12.execute-api.ap-southeast-1.amazonaws.com/api/');
  expect(gone).toEqual({ status: 0, output: '{"message": "Not Found"}' });
  // What was before counts no more.
  expect(await sandbox.health.outageWithin(0)).toBeUndefined();
});

test('one that was stopped is found by its silence, ended with its functions, and started again', async () => {
  const learner = makeLearner();
  const sandbox = await startTestSandbox(learner);
  const { run } = await terminalOf(learner, sandbox);
  const frozen = sandbox.pid;
  process.kill(frozen, 'SIGSTOP');
  // A request that is open meanwhile is cut off, and the AWS CLI tries once more by itself.
  const waiting = run('aws sts get-caller-identity --query Account --output text');
  expect((await sandbox.health.outageWithin(Infinity))?.why).toBe(
    'its process no longer answered (it was stopped by a signal), and labwalk ended it',
  );
  expect(await waiting).toEqual({ status: 0, output: sandbox.account });
  expect(await groupMembers(frozen)).toEqual([]);
});

test('one whose event loop waits for itself is found though its heartbeats are answered', async () => {
  const { python } = await toolchain();
  const launcher = await startLauncher({
    python,
    script: path.resolve('test/support/stuck_launcher.py'),
    configuration: {
      region: 'eu-west-1',
      account: '123456789012',
      state: makeFolder('stuck'),
      ca_files: [],
      hosts: [],
      family: makeFamilyId(),
      credentials: [],
      delete_every: 0,
    },
    env: { PATH: process.env['PATH'] ?? '' },
  });
  onTestFinished(() => launcher.end());
  expect(await launcher.lives()).toBe(true);
  await expect(launcher.inventory()).rejects.toThrow('The sandbox ended before it had answered (inventory).');
  expect((await launcher.exited).frozen).toBe('its main loop does nothing any more');
  expect(await launcher.lives()).toBe(false);
});

test('what labwalk asks of it itself is asked again', async () => {
  const learner = makeLearner();
  const sandbox = await startTestSandbox(learner);
  const { run } = await terminalOf(learner, sandbox);
  expect((await run(makeRole)).status).toBe(0);
  await sandbox.save();
  process.kill(sandbox.pid, 'SIGSTOP');
  expect(await sandbox.everything()).toEqual([['role', 'outage']]);
  process.kill(sandbox.pid, 'SIGSTOP');
  await sandbox.reload(() => undefined);
  expect(await sandbox.everything()).toEqual([]);
});

test('one that cannot be started again says why, and is started when that has passed', async () => {
  const learner = makeLearner();
  const sandbox = await startTestSandbox(learner);
  const { run } = await terminalOf(learner, sandbox);
  const port = Number(new URL(sandbox.endpoint).port);
  const squatter = http.createServer();
  // It waits for the port, and has it as soon as the sandbox is gone.
  const taken = new Promise<void>((resolve) => {
    const take = () => squatter.listen(port, '127.0.0.1');
    squatter.on('error', () => setImmediate(take));
    squatter.on('listening', resolve);
    take();
  });
  process.kill(sandbox.pid, 'SIGKILL');
  await taken;
  const outage = await sandbox.health.outageWithin(Infinity);
  expect(outage?.failure?.message).toContain(
    `The sandbox cannot be started again: port ${port} cannot be had again: Address already in use.`,
  );
  await expect(sandbox.everything()).rejects.toBe(outage?.failure);
  expect(await sandbox.health.outageWithin(0)).toBe(outage);
  await expect(sandbox.health.revive()).rejects.toThrow('cannot be had again');

  await new Promise((resolve) => squatter.close(resolve));
  await sandbox.health.revive();
  expect((await run('aws sts get-caller-identity --query Account --output text')).output).toBe(sandbox.account);
  expect(await sandbox.health.outageWithin(0)).toBeUndefined();
});

test.skipIf(process.platform !== 'linux')(
  'what functions have started ends with it, also in a session of its own and with another environment',
  async () => {
    const learner = makeLearner();
    const sandbox = await startTestSandbox(learner);
    const { run } = await terminalOf(learner, sandbox);
    const sleep = `sleep ${200_000_000 + process.pid}`;
    const daemon = `import os\n\n\ndef handler(event, context):\n    os.system("( env -i setsid ${sleep} </dev/null >/dev/null 2>&1 & )")\n`;
    fs.writeFileSync(path.join(learner.folder, 'daemon.py'), daemon);
    const create = `aws lambda create-function --function-name daemon --runtime python3.11 --handler daemon.handler --role arn:aws:iam::${sandbox.account}:role/outage --zip-file fileb://daemon.zip`;
    const made = await run(`${makeRole} && python3 -m zipfile -c daemon.zip daemon.py && ${create}`);
    expect(made.status, made.output).toBe(0);
    const running = async () => (await runShell(`pgrep -cfx '${sleep}'`, { cwd: '/', env: { PATH: process.env['PATH'] ?? '' } })).output;
    const invoke = () => run('aws lambda invoke --function-name daemon out.json');

    expect((await invoke()).status).toBe(0);
    expect(await running()).toBe('1');
    process.kill(sandbox.pid, 'SIGKILL');
    expect(await sandbox.health.outageWithin(Infinity)).not.toHaveProperty('failure');
    expect(await running()).toBe('0');

    expect((await invoke()).status).toBe(0);
    expect(await running()).toBe('1');
    await sandbox.stop();
    expect(await running()).toBe('0');
  },
);

test('stopping one that is frozen takes no long wait', async () => {
  const learner = makeLearner();
  const sandbox = await startTestSandbox(learner);
  const { pid } = sandbox;
  process.kill(pid, 'SIGSTOP');
  await sandbox.stop();
  expect(await groupMembers(pid)).toEqual([]);
});

test('what of its state cannot be read is put aside and told; the rest is there', async () => {
  const learner = makeLearner();
  const state = path.join(learner.stateFolder, 'state');
  const first = await startTestSandbox(learner);
  expect(first.notices).toEqual([]);
  const made = await (await terminalOf(learner, first)).run(`${makeRole} && aws ssm put-parameter --name /lab/p --value v --type String`);
  expect(made.status, made.output).toBe(0);
  await first.stop();

  // As after a power failure, and as a failing disk gives them.
  const kept = fs.readFileSync(path.join(state, 'ssm.json'), 'utf8');
  fs.writeFileSync(path.join(state, 'sts.json'), '');
  fs.writeFileSync(path.join(state, 'ssm.json'), kept.slice(0, kept.length / 2));
  fs.writeFileSync(path.join(state, 'lambda.json'), Buffer.from('00ff7b5b', 'hex'));
  fs.writeFileSync(path.join(state, 'apigateway.json'), '[7]');
  const second = await startTestSandbox(learner);
  const aside = path.join(state, 'damaged');
  expect(second.notices).toEqual([expect.stringContaining(`The damaged files are in ${aside} now.`)]);
  const files = fs.readdirSync(aside);
  expect(files.map((name) => name.replace(/-.*/, '')).sort()).toEqual(['apigateway', 'lambda', 'ssm', 'sts']);
  expect(fs.readFileSync(path.join(aside, files.find((name) => name.startsWith('ssm')) ?? ''), 'utf8')).toBe(
    kept.slice(0, kept.length / 2),
  );
  expect(await second.everything()).toEqual([['role', 'outage']]);
  await second.stop();
  expect((await startTestSandbox(learner)).notices).toEqual([]);
});
