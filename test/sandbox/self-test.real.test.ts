import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { execa } from 'execa';
import { makeFolder } from '../support/sandbox.ts';
import { toolchain } from '../support/toolchain.ts';

const folder = path.resolve('sandbox');

/** Runs Python with the sandbox's modules; the last line calls `show` with what is wanted. */
async function runPython(code: string): Promise<unknown> {
  const { python } = await toolchain();
  const start = `import sys, json; sys.path.insert(0, ${JSON.stringify(folder)})\nshow = lambda value: print(json.dumps(value))\n`;
  const { stdout } = await execa(python, ['-c', start + code]);
  return JSON.parse(stdout);
}

test('a patch that no longer fits the emulator is named', async () => {
  const problems = await runPython(`
import self_test
from types import SimpleNamespace
module = type(sys)("emulator")
module.kept, module.moved = 1, lambda first, other: None
good = SimpleNamespace(__name__="good", RELIES_ON={module: ["kept", "moved(first,other)"]})
bad = SimpleNamespace(__name__="bad", RELIES_ON={module: ["lost", "moved(first,second)"]})
show([self_test.find_misfits([good], "1.5.33"), self_test.find_misfits([good, bad], "1.6.0")])
`);
  expect(problems).toEqual([
    [],
    [
      "ministack is 1.6.0, the sandbox's patches are for 1.5.33",
      'patch bad: emulator.lost is gone',
      'patch bad: emulator.moved takes (first,other) instead of (first,second)',
    ],
  ]);
});

test('a door that is open is named', async () => {
  const problems = await runPython(`
import asyncio, self_test
async def open_house(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
show(asyncio.run(self_test.find_open_doors(open_house, "123456789012")))
`);
  expect(problems).toEqual([
    'the key test is accepted without a secret',
    'the key 000000000000 is accepted without a secret',
    'the key 123456789012 is accepted without a secret',
    'a request without a key is accepted',
    "the emulator's administration is open",
    'a request by another name is accepted',
  ]);
});

test('a Cloud9 session reads any role, changes those named Cloud9-*, and is refused the rest of IAM', async () => {
  const refused = await runPython(`
from restrictions import is_refused
role = lambda name: f"arn:aws:iam::123456789012:role/{name}"
show([is_refused(*each) for each in [
    ("cloud9", "iam:GetRole", role("myapp-dev")),
    ("cloud9", "iam:PassRole", role("myapp-dev")),
    ("cloud9", "iam:CreateRole", role("Cloud9-x")),
    ("cloud9", "sts:GetCallerIdentity", "*"),
    ("cloud9", "lambda:CreateFunction", "*"),
    ("cloud9", "iam:CreateRole", role("myapp-dev")),
    ("cloud9", "iam:PutRolePolicy", role("myapp-dev")),
    ("cloud9", "iam:GetAccountSummary", "*"),
    ("cloud9", "sts:AssumeRole", role("x")),
    ("cloud9-documented", "iam:GetRole", role("myapp-dev")),
    ("session", "iam:ListRoles", "*"),
]])
`);
  expect(refused).toEqual([...Array<boolean>(5).fill(false), ...Array<boolean>(6).fill(true)]);
});

test('a key with which something is the matter is answered as AWS does', async () => {
  const refused = await runPython(`
from answers import refuse
ask = lambda facts, action, region="eu-west-1": refuse(facts, action, action.split(":")[0], region, "arn:x", "role y")
show([
    ask({}, "iam:GetRole"),
    ask({"throttled": True}, "sts:GetCallerIdentity"),
    ask({"throttled": True}, "lambda:GetFunction"),
    ask({"denied": "permission"}, "iam:GetRole"),
    ask({"denied": "organisation"}, "iam:GetRole"),
    ask({"denied": "boundary"}, "iam:GetRole"),
    ask({"denied": "boundary"}, "iam:CreateRole")[0],
    ask({"denied": "permission"}, "lambda:GetFunction"),
    ask({"home_region_off": True}, "sts:GetCallerIdentity"),
    ask({"home_region_off": True}, "sts:GetCallerIdentity", "us-east-1"),
    ask({"home_region_off": True}, "iam:GetRole"),
])
`);
  const denied = 'User: arn:x is not authorized to perform: iam:GetRole on resource: role y';
  expect(refused).toEqual([
    null,
    ['Throttling', 'Rate exceeded'],
    null,
    ['AccessDenied', `${denied} because no identity-based policy allows the iam:GetRole action`],
    ['AccessDenied', `${denied} with an explicit deny in a service control policy`],
    null,
    'AccessDenied',
    null,
    ['UnrecognizedClientException', 'The security token included in the request is invalid.'],
    null,
    null,
  ]);
});

test('the certificates of several files are joined, each once; a file that is missing or names none does no harm', async () => {
  const folder = makeFolder('certificates');
  const pem = (text: string) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----`;
  fs.writeFileSync(path.join(folder, 'one.pem'), `# a note\n${pem('AAAA')}\n${pem('BBBB')}\n`);
  fs.writeFileSync(path.join(folder, 'two.pem'), `${pem('BBBB')}\n${pem('CCCC')}`);
  fs.writeFileSync(path.join(folder, 'none.pem'), 'nothing');
  const files = ['one.pem', 'none.pem', 'missing.pem', 'two.pem'].map((name) => path.join(folder, name));
  const joined = await runPython(`import certificates\nshow(certificates.join_certificates(${JSON.stringify(files)} + [None]).decode())`);
  expect(joined).toBe(`${pem('AAAA')}\n${pem('BBBB')}\n${pem('CCCC')}\n`);
});

test('the package index is what pip would use, and no password of its address is printed', async () => {
  const { python } = await toolchain();
  const ask = async (env: Record<string, string>) => {
    const { stdout } = await execa(python, [path.join(folder, 'package_index.py')], {
      env: { PIP_CONFIG_FILE: '/dev/null', ...env },
      extendEnv: false,
    });
    return JSON.parse(stdout) as { hosts: string[]; index: string | null };
  };
  const PIP_INDEX_URL = 'https://ana:hidden@index.example/simple';
  const PIP_EXTRA_INDEX_URL = 'http://one.example:8080/simple https://two.example/simple';
  expect((await ask({ PIP_INDEX_URL, PIP_EXTRA_INDEX_URL })).hosts).toEqual(['index.example:443', 'one.example:8080', 'two.example:443']);
  expect((await ask({ PIP_INDEX_URL, PIP_EXTRA_INDEX_URL })).index).toBe('https://index.example/simple');
  expect((await ask({ PIP_INDEX_URL, PIP_NO_INDEX: '1' })).index).toBeNull();
  const usual = await ask({});
  expect(usual.hosts).toContain(`${new URL(usual.index ?? '').hostname}:443`);
});
