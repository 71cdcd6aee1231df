/** What the sandbox plays by `--scenario`, through the built program; and what happens where no good credentials are at hand. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Diagnosis } from '../../../src/events/diagnosis.ts';
import type { Scenario } from '../../../src/lab/facts/scenarios.ts';
import { startOwnSandbox } from '../../support/sandbox.ts';
import { anyCheck, fence, labwalk, makeLab, type MadeLab } from '../../e2e/program.ts';

const steps = [
  `### See\n\n${fence('sh run when=known', 'aws sts get-caller-identity')}`,
  fence('sh run when=refused expect=fail', 'aws iam create-role --role-name trial --assume-role-policy-document "{}"'),
  fence('yaml check', '- output: { contains: InvalidClientTokenId }\n  when: restricted-session'),
  `### Get keys\n\n${fence('yaml credentials', 'for: [iam]')}`,
  fence('sh run', 'aws iam get-account-summary --query SummaryMap.Roles\naws configure get region || echo "region $AWS_DEFAULT_REGION"'),
  fence('yaml check', '- output: { contains: "region ap-southeast-1" }'),
].join('');

interface JsonRun {
  outcome: string;
  labs: {
    steps: { actions: { outcome: string }[]; commands: { text: string; status: number; tail: string }[]; message?: string }[];
    diagnoses?: Diagnosis[];
  }[];
}

async function run({ file }: MadeLab, words: string[], env: Record<string, string | undefined> = {}) {
  const { code, stdout, stderr } = await labwalk(['run', file, '--json', ...words], { env });
  return { code, report: stdout === '' ? undefined : (JSON.parse(stdout) as JsonRun), stdout, stderr };
}

/** What a refused call says in each of them; from the learner's own tool. */
const played: [word: string, scenario: Scenario, says: string][] = [
  ['cloud9', 'restricted-session', 'InvalidClientTokenId'],
  ['expired-token', 'expired', 'ExpiredToken'],
  ['none', 'none', 'Unable to locate credentials'],
  ['partial', 'partial', 'Partial credentials found in env'],
  ['profile-not-found', 'profile-not-found', 'The config profile (workshop) could not be found'],
  ['sso', 'sso-expired', 'The SSO session associated with this profile has expired'],
  ['clock', 'clock-wrong', 'Signature expired'],
  ['denied-by-organisation', 'denied-by-organisation', 'explicit deny in a service control policy'],
  ['unreachable', 'unreachable', 'Could not connect to the endpoint URL'],
  ['throttling', 'throttled', 'Rate exceeded'],
];

test.each(played)('%s: tools are refused as outside, and the good keys put everything right', async (word, scenario, says) => {
  const { code, report, stderr } = await run(makeLab({ steps }), ['--scenario', word]);
  expect(code, stderr).toBe(0);
  const [see, keys] = report!.labs[0]!.steps;
  const refused = see!.commands.at(-1)!;
  expect(refused.status).not.toBe(0);
  expect(refused.tail).toContain(says);
  expect(see!.actions.map(({ outcome }) => outcome)).toEqual([
    ['restricted-session', 'denied-by-organisation'].includes(scenario) ? 'done' : 'told',
    'done',
  ]);
  expect(keys!.commands.map(({ status }) => status)).toEqual([0, 0]);
});

test('fine: nothing is refused, so what should fail is told', async () => {
  const { code, report } = await run(makeLab({ steps }), ['--scenario', 'good']);
  expect(code).toBe(0);
  expect(report!.labs[0]!.steps[0]!.actions.map(({ outcome }) => outcome)).toEqual(['done', 'told']);
});

test('a name that is not known is told with the nearest', async () => {
  const { code, stderr } = await run(makeLab({ steps }), ['--scenario', 'expird']);
  expect(code).toBe(2);
  expect(stderr).toBe('There is no scenario "expird".\nDid you mean "expired"?\n');
  expect((await run(makeLab({ steps }), ['--aws', '--scenario', 'none'])).stderr).toContain('--scenario is played by the sandbox');
});

test('a walk keeps its scenario', async () => {
  const { workspace } = makeLab({ steps });
  // There is no input: each walk ends at its first question.
  const start = (...words: string[]) => labwalk(['start', 'chalice', '--plain', '--sandbox', '--workspace', workspace, ...words]);
  await start('--scenario', 'expired');
  await start();
  const journal = fs.readFileSync(path.join(workspace, '.labwalk/journal.ndjson'), 'utf8');
  const scenarios = journal
    .split('\n')
    .flatMap((line) => (line.includes('"run-started"') ? [(JSON.parse(line) as { scenario?: string }).scenario] : []));
  expect(scenarios).toEqual(['expired', 'expired']);
});

test('without good credentials a run in an account ends with 3, and every report has the diagnosis', async () => {
  const own = await startOwnSandbox();
  try {
    const { endpoint, region, given } = own.sandbox;
    const lab = makeLab({ steps: `### Get keys\n\n${fence('yaml credentials', 'for: [iam]')}${fence('sh run', 'true')}${anyCheck}` });
    const file = (name: string) => path.join(path.dirname(lab.file), name);
    const env = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: given.accessKeyId,
      AWS_SECRET_ACCESS_KEY: given.secretAccessKey,
      AWS_SESSION_TOKEN: given.sessionToken,
      AWS_PROFILE: undefined,
      C9_PID: '1',
    };
    const reports = ['text', 'junit', 'ndjson'].flatMap((name) => ['--report', `${name}=${file(name)}`]);
    const { code, report, stdout, stderr } = await run(lab, ['--aws', ...reports], env);
    expect(code, stderr).toBe(3);
    const diagnosis = report!.labs[0]!.diagnoses?.[0];
    expect(diagnosis).toMatchObject({ cause: 'restricted-session', place: 'cloud9', step: 'get-keys' });
    const [text = '', junit = '', ndjson = ''] = ['text', 'junit', 'ndjson'].map((name) => fs.readFileSync(file(name), 'utf8'));
    expect(text).toContain('--managed-credentials-action DISABLE');
    expect(text).toContain('seen      credentials from environment variables');
    expect(junit).toContain('seen: iam:GetAccountSummary: InvalidClientTokenId');
    expect(ndjson).toContain('"type":"credentials-diagnosed"');
    for (const one of [stdout, text, junit, ndjson])
      for (const secret of [given.secretAccessKey, given.sessionToken!]) expect(one).not.toContain(secret);
  } finally {
    await own.close();
  }
});
