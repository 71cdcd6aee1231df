import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createResources } from '../../../src/aws/resources.ts';
import type { Sandbox } from '../../../src/aws/sandbox/sandbox.ts';
import { groupMembers, makeLearner, runShell, startTestSandbox, terminalEnv } from '../../support/sandbox.ts';

const app = `
import os
import signal
import time

from chalice import Chalice

app = Chalice(app_name='myapp')
app.log.setLevel('DEBUG')


@app.route('/')
def index():
    app.log.debug('a visitor came')
    return {'hello': 'world'}


@app.route('/busy')
def busy():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    open(app.current_request.query_params['mark'], 'w').write(str(os.getpid()))
    time.sleep(600)


@app.route('/slow')
def slow():
    time.sleep(6)
    return 'done'
`;
const secondRoute = `

@app.route('/users/{name}')
def user(name):
    return {'name': name}
`;

test('the unmodified Chalice goes through its whole life, and a deployed API answers again after a kill -9', async () => {
  const learner = makeLearner();
  const { folder, stateFolder } = learner;
  const first = await startTestSandbox(learner);
  let env = await terminalEnv(learner, first);
  const run = async (command: string, cwd = path.join(folder, 'myapp')) => {
    const ran = await runShell(command, { cwd, env });
    return { ...ran, output: ran.output.replace(/\s+/g, ' ') };
  };

  // pip through the proxy, as in the lab.
  expect(await run('python3 -m venv venv && venv/bin/pip install -q chalice httpie', folder)).toEqual({ status: 0, output: '' });
  const labPath = `${path.join(folder, 'venv', 'bin')}:${env.PATH}`;
  env.PATH = labPath;
  expect((await run('chalice new-project myapp', folder)).status).toBe(0);
  const appFile = path.join(folder, 'myapp', 'app.py');
  fs.writeFileSync(appFile, app);

  const refused = await run('chalice deploy');
  expect(refused.status).not.toBe(0);
  expect(refused.output).toContain('(InvalidClientTokenId) when calling the CreateRole operation');

  env = { ...(await terminalEnv(learner, first, first.good)), PATH: labPath };
  const deployed = await run('chalice deploy');
  expect(deployed).toMatchObject({ status: 0 });
  expect(deployed.output).toContain(`arn:aws:lambda:ap-southeast-1:${first.account}:function:myapp-dev`);
  const url = (await run('chalice url')).output.trim();
  expect(url).toMatch(/^https:\/\/[0-9a-f]{8}\.execute-api\.ap-southeast-1\.amazonaws\.com\/api\/$/);
  const hello = await run(`http --ignore-stdin --print=hb ${url}`);
  expect(hello.output).toMatch(/^HTTP\/1\.1 200 OK .*\{"hello":"world"\}$/);
  expect(await get(first, url)).toEqual({ status: 200, body: '{"hello":"world"}' });

  // Functions that take longer than the sandbox may be silent are no reason to start it again: heartbeats go past them.
  const slow = await Promise.all(Array.from({ length: 4 }, () => get(first, `${url}slow`)));
  expect(slow).toEqual(Array.from({ length: 4 }, () => ({ status: 200, body: 'done' })));
  expect(await first.health.outageWithin(Infinity)).toBeUndefined();

  // A function at work is ended with the sandbox, whatever it thinks of signals.
  await first.save();
  const mark = path.join(folder, 'mark');
  const asking = get(first, `${url}busy?mark=${encodeURIComponent(mark)}`).catch(() => 'cut off');
  const worker = Number(await waitForText(mark));
  const killed = first.pid;
  expect(await groupMembers(killed)).toContain(worker);
  process.kill(killed, 'SIGKILL');
  expect(await asking).toBe('cut off');
  expect(await first.health.outageWithin(Infinity)).not.toHaveProperty('failure');
  expect(await groupMembers(killed)).toEqual([]);
  expect(await get(first, url)).toEqual({ status: 200, body: '{"hello":"world"}' });
  await first.stop();

  const second = await startTestSandbox(learner);
  expect(second.account).toBe(first.account);
  env = { ...(await terminalEnv(learner, second, second.good)), PATH: labPath };
  expect(await get(second, url)).toEqual({ status: 200, body: '{"hello":"world"}' });

  fs.appendFileSync(appFile, secondRoute);
  expect((await run('chalice deploy')).output).toContain('Updating lambda function: myapp-dev');
  expect((await run('chalice url')).output.trim()).toBe(url);
  expect((await run(`http --ignore-stdin ${url}users/ana`)).output).toBe('{"name":"ana"}');
  expect((await run('chalice logs')).output).toContain('myapp - DEBUG - a visitor came');

  const resources = createResources({ env });
  expect(
    await Promise.all([resources.find('role', 'myapp-dev'), resources.find('function', 'myapp*'), resources.find('api', 'myapp')]),
  ).toEqual([['myapp-dev'], ['myapp-dev'], ['myapp']]);
  expect((await run('chalice delete')).status).toBe(0);
  for (const kind of ['role', 'function', 'api']) expect(await resources.find(kind, '*')).toEqual([]);
  // As on AWS, the log group outlives the function.
  expect(await resources.find('log-group', '*')).toEqual(['/aws/lambda/myapp-dev']);
  expect((await get(second, url)).status).not.toBe(200);

  await second.stop();
  const kept = readAll(stateFolder);
  for (const secret of [...first.secrets, ...second.secrets]) expect(kept).not.toContain(secret);
}, 300_000);

/** A request as labwalk's own checks make it. */
function get(sandbox: Sandbox, address: string): Promise<{ status: number | undefined; body: string }> {
  const url = new URL(address);
  const route = sandbox.route(url);
  return new Promise((resolve, reject) => {
    const to = { host: route.host, port: route.port, path: url.pathname + url.search, headers: { host: route.hostHeader } };
    const request = http.get(to, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode, body }));
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}

async function waitForText(file: string): Promise<string> {
  for (;;) {
    const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
    if (text) return text;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function readAll(folder: string): string {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}
