/**
 * Writes the generated part of docs/credentials.md: every cause with its sentence and what to do, by the code that says them.
 * `npx tsx scripts/credentials-page.ts`; a test holds the page to it.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { AwsAnswer } from '../src/aws/credentials/answers.ts';
import type { Facts } from '../src/aws/credentials/facts.ts';
import { fixFor } from '../src/aws/credentials/fixes.ts';
import type { CredentialsVerdict } from '../src/aws/credentials/judge.ts';
import { tell } from '../src/aws/credentials/tell.ts';
import { findScenario, scenarioNames, scenarios, scenarioWords, type Scenario } from '../src/lab/facts/scenarios.ts';
import { causes, type Cause, type CredentialsPlace } from '../src/events/diagnosis.ts';

export const file = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'docs', 'credentials.md');

const places: Record<Exclude<CredentialsPlace, 'sandbox'>, string> = {
  other: 'what to do',
  cloud9: 'in Cloud9',
  cloudshell: 'in CloudShell',
  sso: 'with SSO',
};

const identity: AwsAnswer = {
  call: 'sts:GetCallerIdentity',
  region: 'ap-southeast-1',
  account: '123456789012',
  arn: 'arn:aws:iam::123456789012:user/ana',
};

/** A closer look at a cause, where it changes what is said. */
const examples: Partial<Record<Cause, Omit<CredentialsVerdict, 'cause'>[]>> = {
  'sso-expired': [{}, { detail: 'login-expired' }],
  'clock-wrong': [{ clockSeconds: -1200 }],
  'unknown-key': [{}, { detail: 'leftover-token' }, { detail: 'token-missing' }],
  'permission-missing': [{ permission: 'iam:GetRole' }],
  'denied-by-organisation': [{ permission: 'iam:GetRole' }],
  unreachable: [{}, { detail: 'no-such-region' }],
  unclear: [{}, { detail: 'mfa-wanted' }],
};

/** An environment in which the cause could be. */
function factsFor(cause: Cause, place: CredentialsPlace): Facts {
  const profile = cause === 'profile-not-found' ? 'wrokshop' : place === 'sso' || cause === 'unclear' ? 'workshop' : undefined;
  const message = cause === 'partial' ? 'Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY' : '';
  return {
    env: place === 'cloud9' ? { C9_PID: '1' } : {},
    found: {
      profiles: ['default', 'workshop'],
      sso: place === 'sso',
      source: place === 'other' ? 'env' : place === 'sso' ? 'sso' : 'shared-credentials-file',
      region: cause === 'unreachable' ? 'ap-southest-1' : 'ap-southeast-1',
      endpoints: {},
      cloud9File: false,
      ...(profile === undefined ? {} : { profile }),
      ...(message ? { problem: { kind: 'PartialCredentialsError', message } } : {}),
    },
    place,
    answers: { sts: identity, probes: [] },
  };
}

function describeCause(cause: Cause): string {
  const rows = (examples[cause] ?? [{}]).flatMap((more) => describeVerdict({ cause, ...more }));
  const { link } = tell({ cause }, factsFor(cause, 'other'));
  return [`### ${cause}`, ...rows, ...(link === undefined ? [] : [`[What AWS says](${link})`])].join('\n\n');
}

function describeVerdict(verdict: CredentialsVerdict): string[] {
  const said = new Set<string>();
  const sentences = Object.keys(places).map((place) => tell(verdict, factsFor(verdict.cause, place as CredentialsPlace)).sentence);
  const fixes = Object.entries(places).flatMap(([place, words]) => {
    const steps = fixFor(verdict, factsFor(verdict.cause, place as CredentialsPlace));
    const text = steps.map(asItem).join('\n');
    if (steps.length === 0 || said.has(text)) return [];
    said.add(text);
    return [`_${words}:_\n\n${text}`];
  });
  return [...new Set(sentences)].map((sentence) => `> ${sentence}`).concat(fixes);
}

/** A step; its command in code. */
const asItem = (step: string) => `- ${step.replace(/\n {2}(.*)/g, ' `$1`').replace(/ +`/g, ' `')}`;

const regions: Record<string, () => string> = {
  causes: () => causes.map(describeCause).join('\n\n'),
  scenarios: () => ['| name | what is played | further names |', '| --- | --- | --- |', ...scenarioNames.map(describeScenario)].join('\n'),
};

function describeScenario(name: Scenario): string {
  const others = scenarioWords.filter((word) => word !== name && findScenario(word) === name);
  return `| \`${name}\` | ${scenarios[name]} | ${others.map((word) => `\`${word}\``).join(', ')} |`;
}

/** The page with its generated parts made anew, formatted as all files here are. */
export async function fillPage(text: string): Promise<string> {
  const filled = Object.entries(regions).reduce((done, [name, write]) => {
    const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
    const [from, to] = [done.indexOf(begin), done.indexOf(end)];
    if (from === -1 || to < from) throw new Error(`docs/credentials.md lacks ${begin} or ${end}`);
    return `${done.slice(0, from + begin.length)}\n\n${write()}\n\n${done.slice(to)}`;
  }, text);
  return format(filled, { ...(await resolveConfig(file)), filepath: file });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) fs.writeFileSync(file, await fillPage(fs.readFileSync(file, 'utf8')));
