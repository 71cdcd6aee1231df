import type { AwsAnswer, Answers } from './answers.ts';
import type { Facts } from './facts.ts';
import type { FoundCredentials } from './found-credentials.ts';
import type { AwsKeys } from './keys.ts';
import { signsOfCloud9 } from './place.ts';

/** What was seen, a line each, in the order in which it was looked at. No line holds a secret. */
export function describeEvidence({ env, found, place, answers }: Facts): string[] {
  const { problem } = found;
  return [
    ...describeSource(env, found),
    ...describeRegion(env, found),
    ...(place === 'sandbox' ? [] : signsOfCloud9(env, found)),
    ...(problem ? [`botocore: ${problem.kind}${problem.message ? `: ${shorten(problem.message)}` : ''}`] : []),
    ...(place === 'sandbox' && !answers?.sts.refusal?.unreached ? [] : describeEndpoint(found)),
    ...(answers ? describeAnswers(answers) : []),
  ];
}

/** botocore's words for where keys come from. */
const sources: Record<string, string> = {
  env: 'environment variables',
  'shared-credentials-file': 'the shared credentials file',
  'config-file': 'the AWS configuration file',
  'assume-role': 'an assumed role',
  'assume-role-with-web-identity': 'an assumed role (web identity)',
  'custom-process': 'a credential process',
  'container-role': "the container's role",
  'iam-role': "the machine's role (instance profile)",
  sso: 'SSO',
  login: 'aws login',
};

function describeSource(env: Facts['env'], { source, profile, keys }: FoundCredentials): string[] {
  const isEnvFirst = source === 'env' && profile !== undefined;
  return [
    ...(source === undefined ? [] : [`credentials from ${sources[source] ?? source}${keys ? `: ${describeKeys(keys)}` : ''}`]),
    ...(profile === undefined
      ? []
      : [
          `profile ${profile}, by ${env['AWS_DEFAULT_PROFILE'] ? 'AWS_DEFAULT_PROFILE' : 'AWS_PROFILE'}${isEnvFirst ? '; the keys in the environment come before its keys' : ''}`,
        ]),
  ];
}

/** The id's kind and end are enough to know it by. */
function describeKeys({ accessKeyId, sessionToken }: AwsKeys): string {
  const id = accessKeyId.length > 12 ? `${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}` : accessKeyId;
  return `${id}, ${sessionToken ? 'with' : 'without'} a session token`;
}

function describeRegion(env: Facts['env'], { region, problem }: FoundCredentials): string[] {
  if (region !== undefined) return [`region ${region}`];
  if (problem?.kind === 'ProfileNotFound') return [];
  const other = env['AWS_REGION'];
  return [other ? `no region: AWS_REGION is set to ${other}, but botocore reads AWS_DEFAULT_REGION` : 'no region'];
}

function describeEndpoint({ endpoints }: FoundCredentials): string[] {
  return [...new Set(Object.values(endpoints))].map((url) => `requests go to ${withoutPassword(url)} instead of AWS (AWS_ENDPOINT_URL)`);
}

function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/@]*@/, '$1');
}

function describeAnswers({ sts, elsewhere, probes }: Answers): string[] {
  return [sts, ...(elsewhere ? [elsewhere] : []), ...probes].map(describeAnswer);
}

function describeAnswer({ call, region, refusal, arn }: AwsAnswer): string {
  const where = call.startsWith('iam:') ? call : `${call} in ${region}`;
  if (!refusal) return `${where}: ${arn ?? 'ok'}`;
  const { code, message } = refusal;
  return `${where}: ${code}${message && message !== code ? `: ${shorten(message)}` : ''}`;
}

/** The first line, at most 300 characters: what follows in AWS's messages is the request. */
function shorten(message: string): string {
  const line = message.trim().split('\n')[0] ?? '';
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
