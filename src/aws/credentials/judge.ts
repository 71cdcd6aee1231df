/** From what was found and what AWS said to what is the matter. Pure. */
import type { Cause } from '../../events/diagnosis.ts';
import type { AwsAnswer, Answers } from './answers.ts';
import type { FindingProblem, FoundCredentials } from './found-credentials.ts';
import { isUnknownKey } from './refusal.ts';
import type { Refusal } from './refusal.ts';

export interface CredentialsVerdict {
  cause: Cause;
  /** The permission that is missing. */
  permission?: string;
  clockSeconds?: number;
  /** A closer look at the cause, where it changes what is said. */
  detail?: 'token-missing' | 'leftover-token' | 'no-such-region' | 'login-expired' | 'mfa-wanted';
}

/** What is the matter already on this machine, before anybody is asked. */
export function judgeFound({ keys, region, problem }: FoundCredentials): CredentialsVerdict | undefined {
  if (problem) return judgeProblem(problem);
  if (!keys) return { cause: 'none' };
  return region === undefined ? { cause: 'no-region' } : undefined;
}

function judgeProblem(problem: FindingProblem): CredentialsVerdict {
  const { kind, message, code, operation } = problem;
  if (code !== undefined)
    return judgeRefusal({ code, message, unreached: false }, operation === undefined ? undefined : `sts:${operation}`);
  switch (kind) {
    case 'PartialCredentialsError':
      return { cause: 'partial' };
    case 'ProfileNotFound':
      return { cause: 'profile-not-found' };
    case 'SSOTokenLoadError':
    case 'UnauthorizedSSOTokenError':
    case 'TokenRetrievalError':
      return { cause: 'sso-expired' };
    case 'LoginRefreshRequired':
    case 'LoginTokenLoadError':
      return { cause: 'sso-expired', detail: 'login-expired' };
    case 'EndpointConnectionError':
    case 'ConnectTimeoutError':
    case 'ReadTimeoutError':
    case 'ProxyConnectionError':
    case 'SSLError':
      return { cause: 'unreachable' };
    case 'EOFError':
      return { cause: 'unclear', detail: 'mfa-wanted' };
    default:
      // botocore's plain RuntimeError for keys whose expiry is told beside them
      return /still expired/.test(message) ? { cause: 'expired' } : { cause: 'unclear' };
  }
}

/** What is the matter by what AWS said. */
export function judgeAnswers({ keys }: Pick<FoundCredentials, 'keys'>, { sts, elsewhere, probes }: Answers): CredentialsVerdict {
  if (sts.refusal) return judgeIdentity(sts.refusal, elsewhere, keys);
  const refused = probes.filter((probe): probe is AwsAnswer & { refusal: Refusal } => probe.refusal !== undefined);
  const iam = refused.find(({ call, refusal }) => call.startsWith('iam:') && isUnknownKey(refusal));
  if (iam) return { cause: 'restricted-session' };
  // A role good enough for a lab may lack GetAccountSummary; GetRole, it needs.
  const telling = refused.filter(({ call, refusal }) => call !== 'iam:GetAccountSummary' || !isDenied(refusal));
  const first = telling[0];
  if (!first) return { cause: 'fine' };
  if (isUnknownKey(first.refusal)) return { cause: 'region-not-enabled' };
  return judgeRefusal(first.refusal, first.call);
}

function judgeIdentity(refusal: Refusal, elsewhere: AwsAnswer | undefined, keys: FoundCredentials['keys']): CredentialsVerdict {
  const isFineElsewhere = elsewhere !== undefined && !elsewhere.refusal;
  if (refusal.unreached && isFineElsewhere) return { cause: 'unreachable', detail: 'no-such-region' };
  if (!isUnknownKey(refusal)) return judgeRefusal(refusal, 'sts:GetCallerIdentity');
  if (isFineElsewhere) return { cause: 'region-not-enabled' };
  const isTemporary = keys?.accessKeyId.startsWith('ASIA') ?? false;
  if (isTemporary && !keys?.sessionToken) return { cause: 'unknown-key', detail: 'token-missing' };
  if (keys?.accessKeyId.startsWith('AKIA') && keys.sessionToken) return { cause: 'unknown-key', detail: 'leftover-token' };
  return { cause: 'unknown-key' };
}

const denials = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);
const throttles = /^(Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|LimitExceeded)/;
const isDenied = ({ code }: Refusal) => denials.has(code);

/** What one refusal means by itself. `call` is what was refused: `iam:GetRole`. */
export function judgeRefusal(refusal: Refusal, call?: string): CredentialsVerdict {
  const { code, message, unreached, clockSeconds } = refusal;
  if (unreached) return { cause: 'unreachable' };
  if (clockSeconds !== undefined) return { cause: 'clock-wrong', clockSeconds };
  if (isUnknownKey(refusal)) return { cause: 'unknown-key' };
  if (/^(ExpiredToken|ExpiredTokenException|RequestExpired)$/.test(code)) return { cause: 'expired' };
  if (/^(SignatureDoesNotMatch|InvalidSignatureException)$/.test(code)) return { cause: 'wrong-secret' };
  if (isDenied(refusal)) {
    const permission = /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1] ?? call;
    const told = permission === undefined ? {} : { permission };
    return { cause: isFromAbove(message) ? 'denied-by-organisation' : 'permission-missing', ...told };
  }
  if (throttles.test(code)) return { cause: 'throttled' };
  return { cause: 'unclear' };
}

/** A deny, or a limit, that no permission of the caller's own lifts. AWS names the kind of policy in its message. */
const isFromAbove = (message: string) => /explicit deny|(service|resource) control policy|permissions boundary/.test(message);
