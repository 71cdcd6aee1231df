import { describe, expect, test } from 'vitest';
import type { AwsAnswer, Answers } from '../../src/aws/credentials/answers.ts';
import type { FindingProblem } from '../../src/aws/credentials/found-credentials.ts';
import { judgeAnswers, judgeFound, judgeRefusal } from '../../src/aws/credentials/judge.ts';
import { readRefusal } from '../../src/aws/credentials/refusal.ts';

const nothing = { profiles: [], sso: false, endpoints: {}, cloud9File: false };
const keys = { accessKeyId: 'ASIAABCDEFGHIJKLMNOP', secretAccessKey: 'secret', sessionToken: 'token' };
const refused = (code: string, message = code) => ({ refusal: { code, message, unreached: false } });
const sts = (more: Partial<AwsAnswer> = {}): AwsAnswer => ({ call: 'sts:GetCallerIdentity', region: 'eu-west-1', ...more });
const probe = (call: string, more: Partial<AwsAnswer> = {}): AwsAnswer => ({ call, region: 'eu-west-1', ...more });
const judge = (answers: Partial<Answers>, own = keys) => judgeAnswers({ keys: own }, { sts: sts(), probes: [], ...answers });

describe('without asking anybody', () => {
  test.each<[string, FindingProblem, unknown]>([
    ['half a pair', { kind: 'PartialCredentialsError', message: 'missing: AWS_SECRET_ACCESS_KEY' }, { cause: 'partial' }],
    ['a wrong profile', { kind: 'ProfileNotFound', message: '' }, { cause: 'profile-not-found' }],
    ['no SSO login', { kind: 'SSOTokenLoadError', message: '' }, { cause: 'sso-expired' }],
    ['an old SSO login', { kind: 'UnauthorizedSSOTokenError', message: '' }, { cause: 'sso-expired' }],
    ['an old SSO session', { kind: 'TokenRetrievalError', message: '' }, { cause: 'sso-expired' }],
    ['an old aws login', { kind: 'LoginRefreshRequired', message: '' }, { cause: 'sso-expired', detail: 'login-expired' }],
    [
      'keys that say that they have expired',
      { kind: 'RuntimeError', message: 'the refreshed credentials are still expired.' },
      { cause: 'expired' },
    ],
    ['no way to the role', { kind: 'EndpointConnectionError', message: '' }, { cause: 'unreachable' }],
    ['a wish for an MFA code', { kind: 'EOFError', message: '' }, { cause: 'unclear', detail: 'mfa-wanted' }],
    ['a broken file', { kind: 'ConfigParseError', message: 'Unable to parse' }, { cause: 'unclear' }],
    [
      'a role that may not be assumed',
      {
        kind: 'ClientError',
        message: 'is not authorized to perform: sts:AssumeRole on resource: x',
        code: 'AccessDenied',
        operation: 'AssumeRole',
      },
      { cause: 'permission-missing', permission: 'sts:AssumeRole' },
    ],
  ])('%s', (_, problem, verdict) => {
    expect(judgeFound({ ...nothing, problem })).toEqual(verdict);
  });

  test('no keys come before no region, as with Chalice', () => {
    expect(judgeFound(nothing)).toEqual({ cause: 'none' });
    expect(judgeFound({ ...nothing, keys })).toEqual({ cause: 'no-region' });
    expect(judgeFound({ ...nothing, keys, region: 'eu-west-1' })).toBeUndefined();
  });
});

describe('what STS says', () => {
  test('a key that it does not know is a bad key', () => {
    expect(judge({ sts: sts(refused('InvalidClientTokenId')) })).toEqual({ cause: 'unknown-key' });
    const elsewhere = sts(refused('InvalidClientTokenId'));
    expect(judge({ sts: sts(refused('InvalidClientTokenId')), elsewhere })).toEqual({ cause: 'unknown-key' });
  });

  test('unless us-east-1 knows it: then the region is not enabled', () => {
    expect(judge({ sts: sts(refused('InvalidClientTokenId')), elsewhere: sts({ account: '1' }) })).toEqual({ cause: 'region-not-enabled' });
  });

  test('a host that is not there in one region alone is a misspelt region', () => {
    const unreached = { refusal: { code: 'ENOTFOUND', message: '', unreached: true } };
    expect(judge({ sts: sts(unreached), elsewhere: sts({ account: '1' }) })).toEqual({ cause: 'unreachable', detail: 'no-such-region' });
    expect(judge({ sts: sts(unreached), elsewhere: sts(unreached) })).toEqual({ cause: 'unreachable' });
  });

  test('a token too many or too few is named', () => {
    const unknown = sts(refused('InvalidClientTokenId'));
    expect(judge({ sts: unknown }, { ...keys, accessKeyId: 'AKIAABCDEFGHIJKLMNOP' })).toMatchObject({ detail: 'leftover-token' });
    expect(judge({ sts: unknown }, { accessKeyId: 'ASIAX', secretAccessKey: 's' } as typeof keys)).toMatchObject({
      detail: 'token-missing',
    });
  });
});

describe('what the services say of keys that STS knows', () => {
  test('IAM knows them not: a restricted session', () => {
    expect(judge({ probes: [probe('iam:GetAccountSummary', refused('InvalidClientTokenId')), probe('iam:GetRole')] })).toEqual({
      cause: 'restricted-session',
    });
  });

  test('GetAccountSummary denied is no proof, GetRole denied is', () => {
    const summary = probe('iam:GetAccountSummary', refused('AccessDenied'));
    expect(judge({ probes: [summary, probe('iam:GetRole')] })).toEqual({ cause: 'fine' });
    expect(judge({ probes: [summary, probe('iam:GetRole', refused('AccessDenied'))] })).toEqual({
      cause: 'permission-missing',
      permission: 'iam:GetRole',
    });
  });

  test.each([
    'with an explicit deny in a service control policy',
    'because no service control policy allows the iam:GetRole action',
    'with an explicit deny in a permissions boundary',
    'with an explicit deny in an identity-based policy',
  ])('a denial %s comes from above', (why) => {
    const message = `User: arn:aws:iam::1:user/x is not authorized to perform: iam:GetRole on resource: role y ${why}`;
    expect(judge({ probes: [probe('iam:GetRole', refused('AccessDenied', message))] })).toEqual({
      cause: 'denied-by-organisation',
      permission: 'iam:GetRole',
    });
  });

  test('Lambda alone does not know them: it is not enabled in the region', () => {
    expect(
      judge({ probes: [probe('iam:GetRole'), probe('lambda:GetFunctionConfiguration', refused('UnrecognizedClientException'))] }),
    ).toEqual({
      cause: 'region-not-enabled',
    });
  });
});

describe('one refusal', () => {
  const verdictOf = (name: string, message = '') => judgeRefusal(readRefusal(Object.assign(new Error(message), { name })));
  test.each([
    ['ExpiredToken', 'expired'],
    ['ExpiredTokenException', 'expired'],
    ['SignatureDoesNotMatch', 'wrong-secret'],
    ['InvalidSignatureException', 'wrong-secret'],
    ['Throttling', 'throttled'],
    ['ThrottlingException', 'throttled'],
    ['TooManyRequestsException', 'throttled'],
    ['InternalFailure', 'unclear'],
  ])('%s: %s', (name, cause) => {
    expect(verdictOf(name)).toEqual({ cause });
  });

  test('the clock is wrong by what AWS says, with its sign', () => {
    const behind = 'Signature expired: 20260101T000000Z is now earlier than 20260101T001500Z (20260101T003000Z - 15 min.)';
    const ahead = 'Signature not yet current: 20260101T010000Z is still later than 20260101T003500Z (20260101T003000Z + 5 min.)';
    expect(verdictOf('SignatureDoesNotMatch', behind)).toEqual({ cause: 'clock-wrong', clockSeconds: -1800 });
    expect(verdictOf('InvalidSignatureException', ahead)).toEqual({ cause: 'clock-wrong', clockSeconds: 1800 });
  });

  test('where AWS does not say by how much, its Date header does', () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const error = Object.assign(new Error('The difference is too large.'), {
      name: 'RequestTimeTooSkewed',
      $response: { headers: { date } },
    });
    const { cause, clockSeconds = 0 } = judgeRefusal(readRefusal(error));
    expect(cause).toBe('clock-wrong');
    expect(Math.abs(clockSeconds + 3600)).toBeLessThan(60);
  });

  test('a network error keeps its code', () => {
    expect(readRefusal(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).toMatchObject({ code: 'ECONNREFUSED', unreached: true });
  });
});
