/** `labwalk doctor --aws` through the built program, on everything that the sandbox can play: what it finds, says and advises, and its exit code. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keysEnvironment } from '../../../src/aws/keys-environment.ts';
import { playKeys, type SandboxKeys, type SeededKey } from '../../../src/aws/sandbox/seeded-keys.ts';
import { playSetting } from '../../../src/aws/sandbox/setting.ts';
import type { Diagnosis } from '../../../src/events/diagnosis.ts';
import { scenarioNames, type Scenario } from '../../../src/lab/facts/scenarios.ts';
import { startOwnSandbox, type OwnSandbox } from '../../support/sandbox.ts';
import { cacheHome, labwalk, makeFolder } from '../../e2e/program.ts';
import { startOnScreen } from '../../e2e/screen.ts';

const account = '123456789012';
const played = Object.fromEntries([...scenarioNames, 'boundary' as const].map((name) => [name, playKeys(account, name)])) as Record<
  Scenario | 'boundary',
  Pick<SandboxKeys, 'given' | 'seeded'>
>;
let own: OwnSandbox;
beforeAll(async () => {
  // One sandbox knows the keys of all scenarios.
  const seeded: SeededKey[] = Object.values(played).flatMap((one) => one.seeded);
  own = await startOwnSandbox({ seeded });
});
afterAll(() => own.close());

type Env = Record<string, string>;

/** Nothing of AWS but what a test adds. */
function onlyWith(env: Env): Record<string, string | undefined> {
  const nothing = Object.fromEntries(Object.keys(process.env).flatMap((name) => (/^(AWS|C9)_/.test(name) ? [[name, undefined]] : [])));
  // The toolchain is in the cache of whoever runs the tests.
  return { ...nothing, XDG_CACHE_HOME: cacheHome, HOME: makeFolder(), AWS_EC2_METADATA_DISABLED: 'true', ...env };
}

const doctor = (env: Env, ...words: string[]) => labwalk(['doctor', ...words], { env: onlyWith(env) });

/** The person's environment in a scenario: its keys, its setting, and the sandbox in AWS's place. */
function envOf(scenario: Scenario | 'boundary', home = makeFolder()): Env {
  const { endpoint, region } = own.sandbox;
  const keys = Object.entries(keysEnvironment(played[scenario].given)).filter((entry): entry is [string, string] => entry[1] !== null);
  const env: Env = { HOME: home, AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, AWS_DEFAULT_REGION: region, ...Object.fromEntries(keys) };
  if (scenario !== 'boundary') playSetting(env, scenario, home);
  return env;
}

/** What the text says, with its broken lines joined. */
const joined = (text: string) => text.replace(/\s+/g, ' ');

async function diagnose(env: Env, ...words: string[]): Promise<{ code: number | undefined; diagnosis: Diagnosis; output: string }> {
  const { code, stdout, stderr } = await doctor(env, ...words, '--aws', '--json');
  expect(stderr).toBe('');
  return { code, diagnosis: (JSON.parse(stdout) as { diagnosis: Diagnosis }).diagnosis, output: stdout };
}

describe('labwalk doctor --aws', () => {
  const cases: [Scenario, sentence: string, seen: string, fix: string][] = [
    ['none', 'There are no AWS credentials here', 'region ap-southeast-1', 'aws configure'],
    ['partial', 'AWS_SECRET_ACCESS_KEY is missing', 'PartialCredentialsError', 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY together'],
    ['profile-not-found', 'The AWS profile "workshop" does not exist.', 'profile workshop, by AWS_PROFILE', 'unset AWS_PROFILE'],
    ['sso-expired', 'The SSO login has expired', 'UnauthorizedSSOTokenError', 'aws sso login --profile workshop'],
    ['expired', 'These temporary keys have expired.', 'sts:GetCallerIdentity in ap-southeast-1: ExpiredToken', 'Get new keys'],
    ['wrong-secret', 'The secret access key does not belong', 'SignatureDoesNotMatch', 'Copy all of the keys again'],
    ['clock-wrong', "This machine's clock is 20 minutes behind AWS's", 'Signature expired', 'sudo timedatectl set-ntp true'],
    ['unknown-key', 'AWS does not know these keys', 'in us-east-1: InvalidClientTokenId', 'Copy all of the keys again'],
    [
      'restricted-session',
      'AWS knows them, but IAM refuses them.',
      'iam:GetAccountSummary: InvalidClientTokenId',
      'Use the keys of a user or role that may use IAM',
    ],
    ['permission-missing', 'The keys are good, but the permission iam:GetRole is missing.', 'iam:GetRole: AccessDenied', 'for iam:GetRole'],
    [
      'denied-by-organisation',
      'a policy of the organisation or the account denies iam:GetRole',
      'explicit deny',
      'More permissions for these keys will not help',
    ],
    [
      'no-region',
      'There are credentials, but no region is set.',
      'AWS_REGION is set to ap-southeast-1, but botocore reads',
      'export AWS_DEFAULT_REGION=ap-southeast-1',
    ],
    ['region-not-enabled', 'The region ap-southeast-1 is not enabled', 'in us-east-1: arn:aws:iam::', 'AWS Regions'],
    ['unreachable', 'AWS cannot be reached from here.', 'ECONNREFUSED', 'unset AWS_ENDPOINT_URL'],
    ['throttled', 'AWS gets too many requests', 'Throttling: Rate exceeded', 'Wait a minute'],
  ];

  test('has a case for every scenario, but for those with good keys', () => {
    expect(cases.map(([name]) => name).sort()).toEqual(
      scenarioNames.filter((name) => name !== 'fine' && name !== 'delete-throttled').sort(),
    );
  });

  test.each(cases)('%s', async (scenario, sentence, seen, fix) => {
    const env = envOf(scenario);
    const { code, stdout, stderr } = await doctor(env, '--aws');
    expect(code).toBe(3);
    expect(stderr).toBe('');
    expect(joined(stdout)).toContain(sentence);
    expect(joined(stdout)).toContain(seen);
    expect(joined(stdout)).toContain(fix);
    expect(stdout).toContain('https://docs.aws.amazon.com/');
    for (const secret of [env['AWS_SECRET_ACCESS_KEY'], env['AWS_SESSION_TOKEN']]) if (secret) expect(stdout).not.toContain(secret);
    const { diagnosis } = await diagnose(env);
    expect(diagnosis.cause).toBe(scenario);
  });

  test('fine: who, which account; and the exit code is 0', async () => {
    const { code, stdout } = await doctor(envOf('fine'), '--aws');
    expect(code).toBe(0);
    expect(joined(stdout)).toContain(`The keys are good: arn:aws:iam::${account}:user/attendee in account ${account}.`);
  });

  test('until when the keys count, where the environment says so', async () => {
    const end = new Date(Date.now() + 3_600_000).toISOString();
    const { diagnosis } = await diagnose({ ...envOf('fine'), AWS_CREDENTIAL_EXPIRATION: end });
    expect(diagnosis).toMatchObject({ cause: 'fine', expires: end });
    const over = await diagnose({ ...envOf('fine'), AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z' });
    expect(over.diagnosis.cause).toBe('expired');
  });

  test('labwalk doctor chalice --aws: asks for all services of the lab', async () => {
    const { code, diagnosis } = await diagnose(envOf('fine'), 'chalice');
    expect(code).toBe(0);
    expect(diagnosis.evidence.map((line) => line.split(/:? /)[0])).toEqual(
      expect.arrayContaining(['iam:GetAccountSummary', 'iam:GetRole', 'lambda:GetFunctionConfiguration', 'apigateway:GET']),
    );
  });
});

describe('where the person is', () => {
  const header =
    '# Do not modify this file, if this file is modified it will not be updated. If the file is deleted, it will be created after 4 days.\n';
  /** Keys in the shared credentials file, as Cloud9 writes it. */
  function asCloud9(scenario: Scenario): Env {
    const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token, ...env } = envOf(scenario);
    fs.mkdirSync(path.join(env['HOME']!, '.aws'));
    const lines = ['[default]', `aws_access_key_id=${id}`, `aws_secret_access_key=${secret}`, `aws_session_token=${token}`];
    fs.writeFileSync(path.join(env['HOME']!, '.aws/credentials'), `${header}${lines.join('\n')}\n`);
    return { ...env, C9_PID: '1234' };
  }

  test("in Cloud9 a restricted session's fix is the exact menu, and the call", async () => {
    const { diagnosis, code } = await diagnose(asCloud9('restricted-session'));
    expect(code).toBe(3);
    expect(diagnosis).toMatchObject({ cause: 'restricted-session', place: 'cloud9', source: 'shared-credentials-file' });
    expect(diagnosis.sentence).toContain("Cloud9's managed temporary credentials");
    expect(diagnosis.fix[0]).toContain('Preferences (the gear at the top right) → AWS Settings → Credentials');
    expect(diagnosis.fix[0]).toContain('\n  aws cloud9 update-environment --environment-id $C9_PID --managed-credentials-action DISABLE');
    expect(diagnosis.evidence).toEqual(expect.arrayContaining(['C9_PID is set, as Cloud9 does']));
    expect(diagnosis.link).toContain('/cloud9/');
  });

  test("Cloud9's header and variables alone prove nothing: good keys are fine", async () => {
    const { diagnosis, code } = await diagnose(asCloud9('fine'));
    expect(code).toBe(0);
    expect(diagnosis).toMatchObject({ cause: 'fine', place: 'cloud9' });
  });

  test('CloudShell', async () => {
    const { diagnosis } = await diagnose({ ...envOf('expired'), AWS_EXECUTION_ENV: 'CloudShell' });
    expect(diagnosis).toMatchObject({ cause: 'expired', place: 'cloudshell' });
    expect(diagnosis.fix[0]).toContain('Start CloudShell again');
  });

  test('a laptop with SSO', async () => {
    const { diagnosis } = await diagnose(envOf('sso-expired'));
    expect(diagnosis).toMatchObject({ place: 'sso', profile: 'workshop', fix: ['Log in again:\n  aws sso login --profile workshop'] });
  });
});

describe('the one call that writes', () => {
  const ask = (scenario: Scenario | 'boundary') =>
    startOnScreen(['doctor', '--aws'], { columns: 100, rows: 40, env: onlyWith(envOf(scenario)) });

  test('is made only when somebody at a terminal agrees; it finds what reading cannot', async () => {
    const refused = ask('boundary');
    await refused.shows('y: Try it. n: Leave it >');
    refused.type('y\r');
    expect((await refused.ended).code).toBe(3);
    expect(joined(refused.text().join(' '))).toContain('a policy of the organisation or the account denies iam:PutRolePolicy.');

    const allowed = ask('fine');
    await allowed.shows('y: Try it. n: Leave it >');
    allowed.type('y\r');
    expect((await allowed.ended).code).toBe(0);
    expect(allowed.text().join('\n')).toContain('iam:PutRolePolicy for a role that does not exist: allowed');
  });

  test('is not made without an agreement, and nobody is asked without a terminal', async () => {
    const left = ask('boundary');
    await left.shows('y: Try it. n: Leave it >');
    left.type('\r');
    expect((await left.ended).code).toBe(0);
    expect(left.text().join('\n')).not.toContain('iam:PutRolePolicy:');
    const { code, stdout } = await doctor(envOf('boundary'), '--aws');
    expect(code).toBe(0);
    expect(stdout).not.toContain('PutRolePolicy');
  });

  test('is not even offered where reading has found the cause', async () => {
    const found = ask('restricted-session');
    expect((await found.ended).code).toBe(3);
    expect(found.raw).not.toContain('y: Try it');
  });
});

/** Where botocore and the AWS SDK for JavaScript would not find the same: what Chalice does counts. */
describe('where botocore and the JavaScript SDK part ways, the diagnosis follows botocore', () => {
  const fileKeys = (scenario: Scenario) => {
    const { accessKeyId, secretAccessKey, sessionToken } = played[scenario].given;
    return `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\naws_session_token = ${sessionToken}\n`;
  };
  /** Good keys in the environment, and two profiles whose keys are told apart by what is the matter with them. */
  function withProfiles(env: Env): Env {
    fs.mkdirSync(path.join(env['HOME']!, '.aws'), { recursive: true });
    fs.writeFileSync(
      path.join(env['HOME']!, '.aws/credentials'),
      `[old]\n${fileKeys('expired')}[cloud]\n${fileKeys('restricted-session')}`,
    );
    return env;
  }
  const withoutKeys = ({ AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, AWS_SESSION_TOKEN: _token, ...env }: Env): Env => env;

  test('keys in the environment come before AWS_PROFILE (JavaScript: after it)', async () => {
    const { diagnosis } = await diagnose({ ...withProfiles(envOf('fine')), AWS_PROFILE: 'old' });
    expect(diagnosis).toMatchObject({ cause: 'fine', source: 'env' });
    expect(diagnosis.evidence).toContain('profile old, by AWS_PROFILE; the keys in the environment come before its keys');
  });

  test('AWS_DEFAULT_PROFILE comes before AWS_PROFILE (JavaScript knows the second alone)', async () => {
    const { diagnosis } = await diagnose({ ...withProfiles(withoutKeys(envOf('fine'))), AWS_DEFAULT_PROFILE: 'cloud', AWS_PROFILE: 'old' });
    expect(diagnosis).toMatchObject({ cause: 'restricted-session', profile: 'cloud', source: 'shared-credentials-file' });
  });

  test('AWS_DEFAULT_REGION counts, AWS_REGION does not (JavaScript: the other way round)', async () => {
    const { AWS_DEFAULT_REGION: _region, ...env } = envOf('fine');
    expect((await diagnose({ ...env, AWS_REGION: 'us-west-2' })).diagnosis.cause).toBe('no-region');
    const { diagnosis } = await diagnose({ ...env, AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'eu-west-1' });
    expect(diagnosis).toMatchObject({ cause: 'fine', region: 'eu-west-1' });
  });

  test('a profile that is not there fails also with keys in the environment', async () => {
    expect((await diagnose({ ...envOf('fine'), AWS_PROFILE: 'nope' })).diagnosis.cause).toBe('profile-not-found');
  });

  test('a key id alone is a part of credentials, and nothing else is looked for (JavaScript goes on to the files)', async () => {
    const { AWS_SECRET_ACCESS_KEY: _secret, AWS_SESSION_TOKEN: _token, ...env } = withProfiles(envOf('fine'));
    expect((await diagnose(env)).diagnosis.cause).toBe('partial');
  });

  test('a session token that is left over goes with the keys that are there', async () => {
    const { accessKeyId, secretAccessKey } = own.sandbox.good;
    const env = { ...envOf('fine'), AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const { diagnosis } = await diagnose(env);
    expect(diagnosis.cause).toBe('unknown-key');
    expect(diagnosis.sentence).toContain('left over from other keys');
    expect(diagnosis.fix).toEqual(['Take the old token away:\n  unset AWS_SESSION_TOKEN']);
    const { AWS_SESSION_TOKEN: _token, ...clean } = env as Env;
    expect((await diagnose(clean)).diagnosis.cause).toBe('fine');
  });

  test("a profile's own region and endpoint count", async () => {
    const { AWS_DEFAULT_REGION: _region, AWS_ENDPOINT_URL: endpoint, ...env } = withoutKeys(envOf('fine'));
    fs.mkdirSync(path.join(env['HOME']!, '.aws'));
    const text = `[profile workshop]\nregion = eu-north-1\nendpoint_url = ${endpoint}\n${fileKeys('fine')}`;
    fs.writeFileSync(path.join(env['HOME']!, '.aws/config'), text);
    const { diagnosis } = await diagnose({ ...env, AWS_PROFILE: 'workshop' });
    expect(diagnosis).toMatchObject({ cause: 'fine', region: 'eu-north-1', source: 'config-file', profile: 'workshop' });
  });
});
