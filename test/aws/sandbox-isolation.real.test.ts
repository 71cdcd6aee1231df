import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder, makeLearner, runShell, startTestSandbox, terminalEnv } from '../support/sandbox.ts';

const probe = `
import json
import boto3
session = boto3.session.Session()
found = session.get_credentials()
print(json.dumps([found.access_key if found else None, session.region_name, session.available_profiles]))
`;

test("neither the person's keys, nor their files, nor the instance's metadata are read", async () => {
  const asked: string[] = [];
  const metadata = http.createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  metadata.listen(0, '127.0.0.1');
  onTestFinished(() => void metadata.close());
  await new Promise((resolve) => metadata.once('listening', resolve));

  const personHome = makeFolder('person');
  const bait = '[default]\naws_access_key_id = AKIABAIT\naws_secret_access_key = bait\nregion = eu-north-1\n';
  for (const file of ['.aws/credentials', '.aws/config', '.boto']) {
    fs.mkdirSync(path.dirname(path.join(personHome, file)), { recursive: true });
    fs.writeFileSync(path.join(personHome, file), bait.replace('[default]', file === '.boto' ? '[Credentials]' : '[default]'));
  }
  const learner = makeLearner({
    ...process.env,
    HOME: personHome,
    AWS_ACCESS_KEY_ID: 'AKIABAIT',
    AWS_SECRET_ACCESS_KEY: 'bait',
    AWS_SESSION_TOKEN: 'bait',
    AWS_PROFILE: 'default',
    AWS_CONFIG_FILE: path.join(personHome, '.aws/config'),
    AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${(metadata.address() as AddressInfo).port}/`,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${(metadata.address() as AddressInfo).port}/`,
    BOTO_CONFIG: path.join(personHome, '.boto'),
  });
  const sandbox = await startTestSandbox(learner);
  const env = await terminalEnv(learner, sandbox);
  const see = async (each: Record<string, string>) => {
    const ran = await runShell('python3 probe.py', { cwd: learner.folder, env: each });
    return JSON.parse(ran.output) as unknown;
  };
  fs.writeFileSync(path.join(learner.folder, 'probe.py'), probe);

  expect(await see(env)).toEqual([sandbox.given.accessKeyId, 'ap-southeast-1', []]);
  const withoutKeys = Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$/.test(name)),
  );
  expect(await see(withoutKeys)).toEqual([null, 'ap-southeast-1', []]);
  expect(asked).toEqual([]);
  expect(Object.values(env).filter((value) => /bait/i.test(value))).toEqual([]);

  // The bait would have been taken: the same look with the person's own environment.
  const own = { PATH: env.PATH ?? '', HOME: personHome };
  expect(await see(own)).toEqual(['AKIABAIT', 'eu-north-1', ['default']]);

  if (process.platform === 'linux') expect(environmentOf(sandbox.pid)).not.toMatch(/bait/i);
});

test('only 127.0.0.1 is listened on', { skip: process.platform !== 'linux' }, async () => {
  const learner = makeLearner();
  const sandbox = await startTestSandbox(learner);
  const port = Number(new URL(sandbox.endpoint).port);
  expect(listenersOf(sandbox.pid)).toEqual([`127.0.0.1:${port}`]);
  const proxyPort = Number(new URL(sandbox.proxy).port);
  expect(listenersOf(process.pid).filter((each) => each.endsWith(`:${proxyPort}`))).toEqual([`127.0.0.1:${proxyPort}`]);
});

test("AWS's own https addresses answer from the sandbox in curl and in Python; other hosts are refused in a sentence", async () => {
  const learner = makeLearner();
  const refused: string[] = [];
  const sandbox = await startTestSandbox(learner, { onLog: (line) => refused.push(line) });
  const { AWS_ENDPOINT_URL: _endpoint, ...env } = await terminalEnv(learner, sandbox);
  const run = async (command: string) => (await runShell(command, { cwd: learner.folder, env })).output;

  expect(await run('aws sts get-caller-identity --query Account --output text')).toBe(sandbox.account);
  expect(await run('curl -sS https://abcdef12.execute-api.ap-southeast-1.amazonaws.com/api/')).toBe('{"message": "Not Found"}');
  const python = (url: string) => run(`python3 -c 'import urllib.request; urllib.request.urlopen("${url}")' 2>&1 | tail -1`);
  expect(await python('https://example.com/')).toContain('403 example.com is outside the labwalk sandbox');
  expect(await python('http://example.com/')).toContain('example.com is outside the labwalk sandbox');
  expect(refused).toEqual(['example.com is outside the labwalk sandbox', 'example.com is outside the labwalk sandbox']);
});

const environmentOf = (pid: number) => fs.readFileSync(`/proc/${pid}/environ`, 'utf8');

/** What a process listens on, as `address:port`, from Linux's tables. */
function listenersOf(pid: number): string[] {
  const sockets = new Set(
    fs.readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(fs.readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
      } catch {
        return undefined; // closed in between
      }
    }),
  );
  const rows = ['tcp', 'tcp6'].flatMap((table) => fs.readFileSync(`/proc/${pid}/net/${table}`, 'utf8').trim().split('\n').slice(1));
  const listening = rows.map((row) => row.trim().split(/\s+/)).filter((cells) => cells[3] === '0A' && sockets.has(cells[9]));
  return listening.map((cells) => readAddress(cells[1] ?? ''));
}

/** `0100007F:1F90` is 127.0.0.1:8080: the address's bytes stand backwards. An IPv6 address is given as it stands. */
function readAddress(text: string): string {
  const [address = '', port = ''] = text.split(':');
  const bytes =
    address.length === 8
      ? (address.match(/../g) ?? [])
          .reverse()
          .map((byte) => parseInt(byte, 16))
          .join('.')
      : address;
  return `${bytes}:${parseInt(port, 16)}`;
}
