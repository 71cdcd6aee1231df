/** What the real osls prints when it fails is known by the Serverless lab's signatures: with the sandbox's bad keys, and with slips in the project. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AwsKeys } from '../../../src/aws/credentials/keys.ts';
import type { KeysScenario } from '../../../src/aws/sandbox/seeded-keys.ts';
import { checksByName } from '../../../src/checks/index.ts';
import { fillText, findSignature } from '../../../src/lab/facts/find-signature.ts';
import { parseLab } from '../../../src/lab/parse-lab.ts';
import { ensureLabToolchain } from '../../../src/toolchain/toolchain.ts';
import { runShell, startOwnSandbox, terminalEnv, type OwnSandbox } from '../../support/sandbox.ts';

const { lab } = parseLab(path.resolve('labs/serverless/lab.md'), { checks: checksByName, read: (name) => fs.readFileSync(name, 'utf8') });
if (!lab) throw new Error('the lab cannot be read');
const solution = path.resolve('solutions/serverless/new-project/myapp');
const written = fs.readFileSync(path.join(solution, 'serverless.yml'), 'utf8');

/** A learner's terminal in the project, as the lab leaves it before it deploys. */
async function openProject({ learner, sandbox }: OwnSandbox, keys: AwsKeys): Promise<{ project: string; env: Record<string, string> }> {
  const env = await terminalEnv(learner, sandbox, keys, await ensureLabToolchain(lab!, { env: process.env }));
  const project = path.join(learner.folder, 'myapp');
  fs.cpSync(solution, project, { recursive: true });
  return { project, env: { ...env, CI: 'true', SLS_AWS_MONITORING_FREQUENCY: '1000' } };
}

/** The id of the signature that is told, and its words. */
async function explain(command: string, { project, env }: Awaited<ReturnType<typeof openProject>>) {
  const { status, output } = await runShell(command, { cwd: project, env });
  expect(status, output).not.toBe(0);
  const found = await findSignature(lab!.signatures, output, { failed: true });
  const words = found ? `${fillText(found.signature.what, found, {})} ${fillText(found.signature.fix, found, {})}` : output;
  return { id: found?.signature.id, credentials: found?.signature.credentials, words };
}

describe('a deployment with keys that will not do', () => {
  const refused: [KeysScenario, string][] = [
    ['restricted-session', 'serverless-role-refused'],
    ['permission-missing', 'serverless-role-denied'],
    ['unknown-key', 'serverless-key-refused'],
    ['expired', 'serverless-key-refused'],
    ['wrong-secret', 'serverless-wrong-secret'],
  ];
  test.each(refused)('%s: %s', async (scenario, wanted) => {
    const own = await startOwnSandbox({ scenario });
    try {
      const { id, credentials, words } = await explain('serverless deploy', await openProject(own, own.sandbox.given));
      expect(id, words).toBe(wanted);
      expect(credentials).toBe(true);
    } finally {
      await own.close();
    }
  });
});

describe('slips', () => {
  let own: OwnSandbox;
  let place: Awaited<ReturnType<typeof openProject>>;

  beforeAll(async () => {
    own = await startOwnSandbox();
    place = await openProject(own, own.sandbox.good);
  });
  afterAll(() => own.close());

  interface Case {
    name: string;
    /** serverless.yml. */
    text?: string;
    command?: string;
    explained: string;
    /** What must be in what is told. */
    says: RegExp;
  }
  const cases: Case[] = [
    {
      name: 'no keys',
      command: 'env -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY -u AWS_SESSION_TOKEN serverless deploy',
      explained: 'serverless-no-credentials',
      says: /no AWS credentials/,
    },
    { name: 'the wrong folder', command: 'cd .. && serverless deploy', explained: 'serverless-not-in-service', says: /cd myapp/ },
    {
      name: 'a colon that is missing',
      text: written.replace('handler: handler.index', 'handler handler.index'),
      explained: 'serverless-bad-yaml',
      says: /serverless\.yml, line \d+/,
    },
    {
      name: 'a word that the framework does not know',
      text: written.replace('    events:', '    event:'),
      explained: 'serverless-unknown-property',
      says: /"event"/,
    },
    {
      name: 'a plug-in that is not there',
      text: written.replace('- serverless-offline', '- serverless-ofline'),
      explained: 'serverless-no-plugin',
      says: /serverless-ofline/,
    },
    { name: 'a function that is not there', command: 'serverless invoke -f shwo', explained: 'serverless-no-function', says: /shwo/ },
    { name: 'the address of nothing', command: 'serverless info', explained: 'serverless-no-stack', says: /serverless deploy/ },
    { name: 'removing nothing', command: 'serverless remove', explained: 'serverless-no-stack', says: /myapp-dev/ },
  ];
  test.each(cases)('$name: $explained', async ({ text = written, command = 'serverless deploy', explained, says }) => {
    fs.writeFileSync(path.join(place.project, 'serverless.yml'), text);
    const { id, words } = await explain(command, place);
    expect(id, words).toBe(explained);
    expect(words).toMatch(says);
  });
});
