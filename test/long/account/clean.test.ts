/** `--aws`, with a sandbox that stands for AWS: it asks, it writes down what is made, and it finds all of that again. */
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { clientSettings } from '../../../src/aws/credentials/client-settings.ts';
import { createResources } from '../../../src/aws/resources.ts';
import { empty, killTree, labwalkIn, openAccount, type Account } from './account.ts';
import { installedWorkspace } from '../../e2e/installed.ts';
import { fence, makeLab, type MadeLab } from '../../e2e/program.ts';

let account: Account;
let bin: string;
beforeAll(async () => {
  account = await openAccount();
  bin = path.join(await installedWorkspace(), '.venv/bin');
  account.env['PATH'] = `${bin}:${account.env['PATH']}`;
});
afterAll(() => account.close());
afterEach(() => {
  delete account.door.refuse;
  delete account.door.onChanged;
  account.door.open();
  account.door.changes.length = 0;
});

const creates = 'role:myapp-dev function:myapp-dev api:myapp log-group:/aws/lambda/myapp-dev';
const app = `from chalice import Chalice\n\napp = Chalice(app_name='myapp')\n\n\n@app.route('/')\ndef index():\n    return {}\n`;

/** A lab that deploys with the real Chalice, and a workspace with the project. */
function makeDeployment(cleanup = 'chalice --project-dir myapp delete'): MadeLab {
  const lab = makeLab({
    front: 'cost: Next to nothing.\n',
    steps: `### Deploy\n<!-- labwalk: id=deploy creates="${creates}" -->\n\n${fence('sh run timeout=2m', 'chalice --project-dir myapp deploy')}${fence('yaml check', '- status: 0')}${fence('sh cleanup timeout=2m', cleanup)}`,
  });
  const project = path.join(lab.workspace, 'myapp');
  fs.mkdirSync(path.join(project, '.chalice'), { recursive: true });
  fs.writeFileSync(path.join(project, 'app.py'), app);
  fs.writeFileSync(path.join(project, 'requirements.txt'), '');
  const config = { version: '2.0', app_name: 'myapp', stages: { dev: { api_gateway_stage: 'api' } } };
  fs.writeFileSync(path.join(project, '.chalice/config.json'), JSON.stringify(config));
  return lab;
}

const deploy = ({ file, workspace }: MadeLab, ...more: string[]) =>
  labwalkIn(account.env, ['run', file, '--aws', '--yes', '--through', 'deploy', '--workspace', workspace, ...more]);
const clean = ({ file, workspace }: MadeLab, env = account.env) => labwalkIn(env, ['clean', file, '--aws', '--workspace', workspace]);

/** Deploys, and kills the program with all that it runs once AWS has done the nth change and nobody knows of it yet. */
async function deployKilledAt(lab: MadeLab, n: number): Promise<boolean> {
  const program = deploy(lab);
  let isKilled = false;
  account.door.onChanged = () => {
    if (account.door.changes.length < n) return undefined;
    isKilled = true;
    killTree(program.pid!);
    return 'stop';
  };
  await program;
  delete account.door.onChanged;
  account.door.open();
  return isKilled;
}

test('killed after any change in AWS, labwalk clean leaves nothing', async () => {
  const seen: string[] = [];
  for (let n = 1; ; n++) {
    const lab = makeDeployment();
    account.door.changes.length = 0;
    const isKilled = await deployKilledAt(lab, n);
    if (!isKilled) seen.push(...account.door.changes);
    else expect(await account.inventory(), `after change ${n}`).not.toEqual(empty);
    const { exitCode, stdout } = await clean(lab);
    expect(exitCode, `after change ${n}:\n${stdout}`).toBe(0);
    expect(await account.inventory(), `after change ${n}`).toEqual(empty);
    if (!isKilled) break;
  }
  // what a whole deploy does: fewer, and the test has missed some
  expect(seen.length).toBeGreaterThanOrEqual(5);
  expect(seen).toEqual(expect.arrayContaining(['CreateRole', 'PutRolePolicy', 'POST /restapis']));
});

test('a second deploy after one that was cut off is told, and clean deletes both of its APIs', async () => {
  const lab = makeDeployment();
  const program = deploy(lab);
  account.door.onChanged = (call) => {
    if (call !== 'POST /restapis') return undefined;
    killTree(program.pid!);
    return 'stop';
  };
  await program;
  delete account.door.onChanged;
  account.door.open();
  const second = await deploy(lab);
  expect(second.exitCode, second.stdout).toBe(0);
  expect(second.stdout.replace(/\s+/g, ' ')).toContain('There are 2 things called api myapp now');
  expect((await account.inventory())['api']).toEqual(['myapp', 'myapp']);
  const ledger = fs.readFileSync(path.join(lab.workspace, '.labwalk/ledger.json'), 'utf8');
  const { entries } = JSON.parse(ledger) as { entries: { kind: string; ids: string[] }[] };
  expect(entries.find(({ kind }) => kind === 'api')!.ids).toHaveLength(2);
  expect((await clean(lab)).exitCode).toBe(0);
  expect(await account.inventory()).toEqual(empty);
});

test('what had the name before stays, the rest goes, and the lab’s own clean-up is not let loose on it', async () => {
  const iam = new IAMClient(clientSettings({ env: account.env }));
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
  await iam.send(new CreateRoleCommand({ RoleName: 'myapp-dev', AssumeRolePolicyDocument }));
  const lab = makeDeployment();
  const deployed = await deploy(lab);
  expect(deployed.exitCode, deployed.stdout).toBe(0);
  expect(deployed.stderr).toContain('There already: role myapp-dev');
  const { exitCode, stdout } = await clean(lab);
  expect(exitCode, stdout).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toContain('The role myapp-dev that is there was there before this lab made anything, so it stays.');
  expect(await account.inventory()).toEqual({ ...empty, role: ['myapp-dev'] });
  const resources = createResources({ env: account.env });
  const signal = new AbortController().signal;
  for (const role of await resources.list('role', '*')) await resources.delete('role', role, { signal, tell: () => undefined });
});

test('with the keys of another account nothing is touched, in either', async () => {
  const other = await openAccount();
  try {
    other.env['PATH'] = `${bin}:${other.env['PATH']}`;
    const [mine, theirs] = [makeDeployment(), makeDeployment()];
    expect((await deploy(mine)).exitCode).toBe(0);
    const twin = await labwalkIn(other.env, ['run', theirs.file, '--aws', '--yes', '--through', 'deploy', '--workspace', theirs.workspace]);
    expect(twin.exitCode).toBe(0);
    const [here, there] = [await account.inventory(), await other.inventory()];
    const { exitCode, stdout } = await clean(mine, other.env);
    expect(exitCode, stdout).toBe(1);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      `it was made in the account ${account.id}, and these keys are of the account ${other.id}`,
    );
    expect([await account.inventory(), await other.inventory()]).toEqual([here, there]);
    expect((await clean(mine)).exitCode).toBe(0);
    expect(await account.inventory()).toEqual(empty);
  } finally {
    await other.close();
  }
});

test('what AWS will not delete is said, with the command that does it, and clean exits 1', async () => {
  const lab = makeDeployment('true');
  expect((await deploy(lab)).exitCode).toBe(0);
  account.door.refuse = (method, to) => method === 'DELETE' && to.startsWith('/restapis/') && 'AccessDeniedException';
  const { exitCode, stdout } = await clean(lab);
  expect(exitCode).toBe(1);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(/Delete it by hand: aws apigateway delete-rest-api --rest-api-id \w+ --region \S+/);
  expect(await account.inventory()).toEqual({ ...empty, api: ['myapp'] });
  delete account.door.refuse;
  expect((await clean(lab)).exitCode).toBe(0);
  expect(await account.inventory()).toEqual(empty);
});

test('API Gateway’s delete throttling is waited out', async () => {
  const lab = makeDeployment('true');
  expect((await deploy(lab)).exitCode).toBe(0);
  let refused = 0;
  account.door.refuse = (method, to) => method === 'DELETE' && to.startsWith('/restapis/') && refused++ < 1 && 'TooManyRequestsException';
  const { exitCode, stdout } = await clean(lab);
  expect(exitCode, stdout).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toContain('AWS deletes one API every 30 seconds in an account.');
  expect(await account.inventory()).toEqual(empty);
});

test('without --yes and without a terminal nothing is done, and exit code 2 says how to agree', async () => {
  const lab = makeDeployment();
  const { exitCode, stderr } = await labwalkIn(account.env, ['run', lab.file, '--aws', '--workspace', lab.workspace]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--aws --yes');
  expect(account.door.changes).toEqual([]);
  expect(fs.existsSync(path.join(lab.workspace, '.labwalk'))).toBe(false);
});

test('with --yes it tells account, region, identity, what is made and what it costs', async () => {
  const lab = makeDeployment();
  const { exitCode, stderr, stdout } = await labwalkIn(account.env, ['run', lab.file, '--aws', '--yes', '--workspace', lab.workspace]);
  expect(exitCode, stdout).toBe(0);
  for (const text of [account.id, account.region, `arn:aws:iam::${account.id}:user/`, 'role myapp-dev', 'api myapp', 'Next to nothing.'])
    expect(stderr).toContain(text);
  expect(await account.inventory()).toEqual(empty);
  // agreed once, for this workspace and account
  const again = await labwalkIn(account.env, ['run', lab.file, '--aws', '--workspace', lab.workspace]);
  expect(again.exitCode, again.stdout).toBe(0);
  expect(again.stderr).not.toContain('May this lab');
});
