import type { CredentialsPlace } from '../../events/diagnosis.ts';
import type { FoundCredentials } from './found-credentials.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Variables that Cloud9 sets. */
const cloud9Variables = ['C9_PID', 'C9_PROJECT', 'C9_USER', 'C9_HOSTNAME'];

/** Signs of AWS Cloud9, in words. Each can be there without its keys being Cloud9's: whether they are restricted, only IAM can say. */
export function signsOfCloud9(env: Env, { cloud9File, source }: Pick<FoundCredentials, 'cloud9File' | 'source'>): string[] {
  const variable = cloud9Variables.find((name) => env[name]);
  const isSource = source === undefined || source === 'shared-credentials-file';
  return [
    ...(variable === undefined ? [] : [`${variable} is set, as Cloud9 does`]),
    ...(cloud9File && isSource ? ['the credentials file begins with "Do not modify this file", as Cloud9 writes it'] : []),
  ];
}

export function detectPlace(env: Env, found: FoundCredentials): CredentialsPlace {
  if (signsOfCloud9(env, found).length > 0) return 'cloud9';
  if (env['AWS_EXECUTION_ENV'] === 'CloudShell') return 'cloudshell';
  return found.sso || found.source === 'sso' ? 'sso' : 'other';
}
