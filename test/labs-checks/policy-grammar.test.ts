/** The album's policy as a text: what IAM takes, and what allows no more than the album needs. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

interface Verdict {
  expected: string;
  actual: string;
  try: string;
}
/** By its path: the labs' own scripts are no part of the program, and have no types. */
const { judgePolicy, isWithin } = (await import(path.resolve('labs/cloudalbum/checks/policy-grammar.mjs'))) as {
  judgePolicy(text: string, file: string): Verdict | undefined;
  isWithin(inner: string, outer: string): boolean;
};

const solution = fs.readFileSync('solutions/cloudalbum/policy/cloudalbum/.chalice/policy-dev.json', 'utf8');
const judge = (text: string) => judgePolicy(text, 'policy.json');

interface Statement {
  Sid?: unknown;
  Effect?: unknown;
  Action?: unknown;
  Resource?: unknown;
  [key: string]: unknown;
}
interface Policy {
  Version?: unknown;
  Statement: Statement[];
  [key: string]: unknown;
}

/** The solution with a change: its last statement is the one that the learner writes. */
function write(change: (policy: Policy, last: Statement) => unknown, indent: string | number = 2): string {
  const policy = JSON.parse(solution) as Policy;
  change(policy, policy.Statement.at(-1)!);
  return JSON.stringify(policy, null, indent);
}
const onPhotos = (Action: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: 'arn:aws:s3:::cloudalbum-*/photos/*',
  ...more,
});

describe('takes', () => {
  const right: [string, string][] = [
    ['the solution', solution],
    ['tabs', write(() => 0, '\t')],
    ['one line', write(() => 0, 0)],
    ['Windows line ends', solution.replaceAll('\n', '\r\n')],
    ['no Sid at all', write(({ Statement }) => Statement.forEach((one) => delete one.Sid))],
    ['an empty Sid twice', write(({ Statement }) => Statement.forEach((one) => (one.Sid = '')))],
    ['no Version', write((policy) => delete policy.Version)],
    ['the old Version', write((policy) => (policy.Version = '2008-10-17'))],
    ['an Id', write((policy) => (policy['Id'] = 'album'))],
    ['actions in small letters', write((_, last) => (last.Action = ['s3:getobject', 's3:putobject', 's3:deleteobject']))],
    ['actions in capitals', write((_, last) => (last.Action = ['S3:GETOBJECT', 's3:PutObject', 's3:DeleteObject']))],
    [
      'a statement for each action',
      write(({ Statement }) => Statement.splice(-1, 1, onPhotos('s3:GetObject'), onPhotos('s3:PutObject'), onPhotos(['s3:DeleteObject']))),
    ],
    ['a bucket of its own', write((_, last) => (last.Resource = ['arn:aws:s3:::cloudalbum-1a2b3c4d/photos/*']))],
    ['a deeper folder', write((_, last) => (last.Resource = 'arn:aws:s3:::cloudalbum-*/photos/*/*'))],
    [
      'a table by region and account',
      write(({ Statement }) => (Statement[2]!.Resource = 'arn:aws:dynamodb:ap-southeast-1:123456789012:table/cloudalbum-users')),
    ],
    ['a condition on TLS', write((_, last) => (last['Condition'] = { Bool: { 'aws:SecureTransport': 'true' } }))],
    [
      'a Deny of everything without TLS',
      write(({ Statement }) =>
        Statement.push({ Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': false } } }),
      ),
    ],
    [
      'a Deny with NotAction',
      write(({ Statement }) => Statement.push({ Effect: 'Deny', NotAction: 's3:*', NotResource: 'arn:aws:s3:::x/*' })),
    ],
    [
      'a statement for two services, each with its own things',
      write((_, last) => {
        last.Action = ['s3:GetObject', 'ssm:GetParametersByPath'];
        last.Resource = ['arn:aws:s3:::cloudalbum-*/photos/*', 'arn:aws:ssm:*:*:parameter/cloudalbum/*'];
      }),
    ],
    ['one statement without a list', JSON.stringify({ Statement: onPhotos('s3:GetObject') })],
  ];
  test.each(right)('%s', (_name, text) => expect(judge(text)).toBeUndefined());
});

describe('refuses', () => {
  const wrong: [name: string, text: string, says: RegExp, at?: string][] = [
    ['a Sid twice', write(({ Statement }, last) => (last.Sid = Statement[0]!.Sid)), /IAM refuses .* twice/, 'WriteTheLog'],
    ['blanks in a Sid', write((_, last) => (last.Sid = 'Keep my files')), /"Keepmyfiles"/, 'Keep my files'],
    ['a hyphen in a Sid', write((_, last) => (last.Sid = 'keep-files')), /no other signs in a Sid/],
    ['letters beyond ASCII in a Sid', write((_, last) => (last.Sid = 'Größe')), /no other signs in a Sid/],
    ['a number as a Sid', write((_, last) => (last.Sid = 5)), /Sid/],
    ['a Principal', write((_, last) => (last['Principal'] = '*')), /Take Principal out/, '"Principal"'],
    ['a NotPrincipal', write((_, last) => (last['NotPrincipal'] = { AWS: '*' })), /Take NotPrincipal out/],
    ['an Effect in small letters', write((_, last) => (last.Effect = 'allow')), /"Effect": "Allow"/, '"allow"'],
    ['no Effect', write((_, last) => delete last.Effect), /"Effect": "Allow"/],
    ['no Action', write((_, last) => delete last.Action), /Add "Action"/, '{'],
    ['no Resource', write((_, last) => delete last.Resource), /Add "Resource"/],
    ['Actions', write(({ Statement }) => Statement.push({ Effect: 'Allow', Actions: 's3:GetObject' })), /Write it as IAM does: "Action"/],
    ['a word of no meaning', write((_, last) => (last['Comment'] = 'mine')), /IAM knows no "Comment" here/],
    ['a statement in small letters', solution.replace('"Statement"', '"statement"'), /"Statement"/, '"statement"'],
    ['no statement', '{"Version": "2012-10-17", "Statement": []}', /Statement has a list/],
    ['another Version', write((policy) => (policy.Version = '2026-11-30')), /"2012-10-17"/, '2026-11-30'],
    ['an action without its service', write((_, last) => (last.Action = 'GetObject')), /a service, a colon/],
    [
      'an action with a blank',
      write((_, last) => (last.Action = ['s3:GetObject', 's3: PutObject'])),
      /a service, a colon/,
      's3: PutObject',
    ],
    ['an empty list of actions', write((_, last) => (last.Action = [])), /a service, a colon/],
    ['a bucket without arn', write((_, last) => (last.Resource = 'cloudalbum-*/photos/*')), /an ARN, which has six parts/],
    ['an ARN with too few colons', write((_, last) => (last.Resource = 'arn:aws:s3:cloudalbum-*/photos/*')), /an ARN, which has six parts/],
    ['Action and NotAction', write((_, last) => (last['NotAction'] = 's3:*')), /Take NotAction out/],
    [
      'a condition without an operator',
      write((_, last) => (last['Condition'] = { 'aws:SecureTransport': 'true' })),
      /A condition has an operator/,
    ],
    ['s3:*', write((_, last) => (last.Action = 's3:*')), /s3:\* allows much/, 's3:*'],
    ['every action', write((_, last) => (last.Action = ['*'])), /\* allows much/, '"*"'],
    ['s3:Get*', write((_, last) => (last.Action = ['s3:Get*', 's3:PutObject', 's3:DeleteObject'])), /s3:Get\* allows much/],
    [
      'an action that is not needed',
      write((_, last) => (last.Action = ['s3:GetObject', 's3:PutObjectAcl'])),
      /never calls s3:PutObjectAcl/,
      's3:PutObjectAcl',
    ],
    ['scan', write(({ Statement }) => (Statement[2]!.Action = ['dynamodb:Query', 'dynamodb:Scan'])), /never calls dynamodb:Scan/],
    ['any bucket', write((_, last) => (last.Resource = 'arn:aws:s3:::*/photos/*')), /s3:GetObject is needed on/, 'arn:aws:s3:::*'],
    ['the bucket itself', write((_, last) => (last.Resource = 'arn:aws:s3:::cloudalbum-*')), /is needed on/],
    ['the whole bucket', write((_, last) => (last.Resource = 'arn:aws:s3:::cloudalbum-*/*')), /is needed on/],
    ['everything', write((_, last) => (last.Resource = '*')), /is needed on/],
    [
      'one resource of two',
      write((_, last) => (last.Resource = ['arn:aws:s3:::cloudalbum-*/photos/*', 'arn:aws:s3:::cloudalbum-*/static/*'])),
      /s3:PutObject is needed on/,
      '/static/*',
    ],
    ['tables of others', write(({ Statement }) => (Statement[2]!.Resource = 'arn:aws:dynamodb:*:*:table/*')), /is needed on/],
    [
      'all but one action',
      write(({ Statement }) => Statement.push({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })),
      /NotAction allows everything/,
    ],
    [
      'all but one resource',
      write(({ Statement }) => Statement.push({ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::x' })),
      /NotResource allows everything/,
    ],
    [
      'a key twice',
      solution.replace('"Effect": "Allow",', '"Effect": "Allow",\n      "Effect": "Deny",'),
      /policy\.json/,
      '"Effect": "Deny"',
    ],
    ['a list', '[]', /begins with \{/],
    ['a statement that is a text', '{"Statement": ["s3:GetObject"]}', /A statement is an object/],
    ['a comma that is missing', solution.replace('"2012-10-17",', '"2012-10-17"'), /line [23] of policy\.json/],
  ];
  test.each(wrong)('%s', (_name, text, says, at = '') => {
    const said = judge(text)?.try ?? 'nothing';
    expect(said).toMatch(says);
    const line = Number(/^Look at line (\d+) of policy\.json/.exec(said)?.[1]);
    expect(text.split('\n')[line - 1]).toContain(at);
  });
});

test('a pattern is within another where all that it stands for is', () => {
  expect(isWithin('a/b/*', 'a/*')).toBe(true);
  expect(isWithin('a/*', 'a/b/*')).toBe(false);
  expect(isWithin('*', '*')).toBe(true);
  expect(isWithin('a?', 'a*')).toBe(true);
  expect(isWithin('a.c', 'abc')).toBe(false);
  expect(isWithin('abc', 'a.c')).toBe(false);
});
