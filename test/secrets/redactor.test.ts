import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactEvent } from '../../src/secrets/redact-event.ts';
import { looksSecret, secretsIn } from '../../src/secrets/environment.ts';
import { createRedactor } from '../../src/secrets/redactor.ts';

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const token = `FwoGZXIvYXdzEJr${'aB3/x+'.repeat(40)}==`;

/** The text as it comes out when it is cut at these places. */
function inPieces(text: string, cuts: readonly number[], secrets: readonly string[] = [secret, token]): string {
  const stream = createRedactor(secrets).stream();
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  let passed = '';
  let at = 0;
  for (const cut of [...places, text.length]) {
    passed += stream.write(text.slice(at, cut));
    at = cut;
  }
  return passed + stream.end();
}

const cuts = fc.array(fc.nat(), { maxLength: 8 });
/** Text as terminals have it: words, colours, line ends. */
const anyText = fc.array(
  fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\x1b[31m', '\r\n', ' ', '\x1b[0K', 'wJalr', '%2', '\\', 'key=')),
  {
    maxLength: 8,
  },
);

describe('a redactor', () => {
  test('takes the longer of two secrets of which one begins the other', () => {
    const { redact } = createRedactor(['abcdefgh', 'abcdefghijkl']);
    expect(redact('abcdefghijkl')).toBe('[secret]');
    expect(inPieces('abcdefghijkl', [8], ['abcdefgh', 'abcdefghijkl'])).toBe('[secret]');
  });
  test('learns secrets later', () => {
    const redactor = createRedactor();
    expect(redactor.redact(secret)).toBe(secret);
    redactor.add([secret]);
    expect(redactor.redact(secret)).toBe('[secret]');
  });
  test('leaves short words alone, or every "test" would vanish', () => {
    expect(createRedactor(['test']).redact('this is a test')).toBe('this is a test');
  });

  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const forms: [string, string][] = [
    ['as it is', secret],
    ['in a URL', encodeURIComponent(secret)],
    [
      'in a URL, in small letters',
      encodeURIComponent(secret).toLowerCase() === secret
        ? secret
        : encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
    ],
    ['in a URL within a URL', encodeURIComponent(encodeURIComponent(secret))],
    ["by Python's quote, which leaves the slash", secret.replaceAll('+', '%2B')],
    ['in JSON with escaped slashes', secret.replaceAll('/', '\\/')],
    ['in JSON with code numbers', secret.replaceAll('/', '\\u002f').replaceAll('+', '\\u002B')],
    ['in HTML', secret.replaceAll('/', '&#x2F;').replaceAll('+', '&#43;')],
    ['for a shell', secret.replace(/[+/]/g, '\\$&')],
    ['in base64', base64(secret)],
    ['in base64, behind one letter', base64(`x${secret}`)],
    ['in base64, behind a name', base64(`aws_secret_access_key=${secret}\n`)],
    ['in base64 for URLs', Buffer.from(`ab${secret}`).toString('base64url')],
    ['in base64 with line ends', base64(`key: ${secret}`).replace(/.{20}/g, '$&\n')],
    ['in base64, twice', base64(`${base64(`x${secret}\n`)}\n`)],
    ['in hex', Buffer.from(secret).toString('hex')],
    ['backwards', [...secret].reverse().join('')],
    ['wrapped by a program', `${secret.slice(0, 11)}\n    ${secret.slice(11)}`],
    ['wrapped by readline', `${secret.slice(0, 11)} \r${secret.slice(11)}`],
    ['coloured in the middle', `${secret.slice(0, 5)}\x1b[01;31m\x1b[K${secret.slice(5, 9)}\x1b[m\x1b[K${secret.slice(9)}`],
    ['in the title of a window', `\x1b]0;${secret}\x07`],
  ];
  test.each(forms)('finds a known secret %s, wherever it is cut', (_, form) => {
    const core = form
      .replace(/[^A-Za-z0-9]+/g, ' ')
      .split(' ')
      .filter((word) => word.length > 6);
    const leaks = (text: string) => core.filter((word) => text.includes(word.slice(-7)));
    expect(leaks(createRedactor([secret]).redact(`before ${form} after`))).toEqual([]);
    for (let cut = 0; cut <= form.length + 8; cut++) expect(leaks(inPieces(`before ${form} after`, [cut], [secret]))).toEqual([]);
    expect(
      leaks(
        inPieces(
          form,
          Array.from(form, (_character, i) => i),
          [secret],
        ),
      ),
    ).toEqual([]);
  });

  test.each([
    ['spaced out', [...secret].join(' ')],
    [
      'by od',
      [...Buffer.from(secret)].map((byte, i) => `${i % 16 === 0 && i > 0 ? '\n ' : ' '}${byte.toString(16).padStart(2, '0')}`).join(''),
    ],
    ['a letter in each line', [...secret].join('\n')],
  ])('finds a known secret %s, wherever it is cut', (_, form) => {
    const text = `before ${form} after`;
    // a word of two letters may stand beside it
    expect(createRedactor([secret]).redact(text)).toMatch(/^before +\[secret\] after$/);
    for (let cut = 0; cut <= text.length; cut++) expect(inPieces(text, [cut], [secret])).toMatch(/^before +\[secret\] after$/);
    expect(createRedactor([secret]).redact('a b c d e f g h i j k l m n o p')).toBe('a b c d e f g h i j k l m n o p');
  });

  test('lets no known secret through, whatever stands around it and however it is cut', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(secret, token, encodeURIComponent(token)), anyText, cuts, (before, hidden, after, places) => {
        const passed = inPieces([...before, hidden, ...after].join(''), places);
        expect(passed).not.toContain(hidden);
        expect(passed).not.toContain(hidden.slice(8));
        expect(passed).not.toContain(hidden.slice(0, -8));
      }),
      { numRuns: 500 },
    );
  });
  test('lets no secret of any kind through', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 60 }), fc.string(), fc.string(), cuts, (hidden, before, after, places) => {
        fc.pre(/^[^\s\0\x1b\x07]+$/.test(hidden) && !'[secret]'.includes(hidden) && !/%|\\|&/.test(hidden)); // eslint-disable-line no-control-regex
        const passed = inPieces(before + hidden + after, places, [hidden]);
        expect(passed.replaceAll('[secret]', '')).not.toContain(hidden);
      }),
      { numRuns: 500 },
    );
  });
  test('loses nothing of a text without secrets', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), cuts, (text, places) => {
        expect(inPieces(text, places)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
  test('a stream that ends in the middle of a secret does not show the beginning', () => {
    expect(inPieces(`key ${secret.slice(0, 30)}`, [])).toBe('key [secret]');
  });
  test('takes no longer than the text is long: a flood of blanks or escapes', () => {
    const { redact } = createRedactor([secret, token]);
    const pieces = [
      ' ',
      'a ',
      '\x1b[0m',
      '\r\n',
      'x\r\n',
      '%25',
      '\\',
      'secret_access_key',
      'x-amz-',
      'AKIA',
      'sk-',
      'eyJ',
      'password=',
      'token: ',
    ];
    const flood = (piece: string) => piece.repeat(Math.ceil(400_000 / piece.length));
    for (const piece of [...pieces, 'secret: |\n', 'password=a\\\n', '-----BEGIN RSA PRIVATE KEY-----', '://', '"']) {
      expect(redact(flood(piece))).toBe(flood(piece));
    }
    expect(redact(flood('password="'))).toMatch(/^(?:password="|\[secret\]")+/);
  });
});

const unknown = 'Zm9vYmFy/QUJDREVGR0hJSktMTU5PUFFSU1RVVldY';
const signature = '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7';

describe('what looks like a secret by where it stands', () => {
  test.each([
    ['a credentials file', `aws_secret_access_key = ${unknown}`, unknown],
    ['an export', `export AWS_SECRET_ACCESS_KEY=${unknown}`, unknown],
    ['an export, half typed', 'export AWS_SECRET_ACCESS_KEY=Zm9', 'Zm9'],
    ['PowerShell', `$Env:AWS_SESSION_TOKEN="${token}"`, token],
    ['fish', `set -gx AWS_SECRET_ACCESS_KEY ${unknown}`, unknown],
    ['aws configure set', `aws configure set aws_secret_access_key ${unknown}`, unknown],
    ['the question of aws configure', `AWS Secret Access Key [****************abcd]: ${unknown}`, unknown],
    ['an answer of the AWS CLI', `    "SecretAccessKey": "${unknown}",\n    "SessionToken": "${token}"`, unknown],
    ['the same in colours', `\x1b[34;1m"SecretAccessKey"\x1b[0m\x1b[1;39m:\x1b[0m \x1b[0;32m"${unknown}"`, unknown],
    ['a table of keys', `AKIAIOSFODNN7EXAMPLE,${unknown}`, unknown],
    ['a token alone', `got ${token} from STS`, token],
    ['a header', `Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261122/iam, Signature=${signature}`, signature],
    ['a header in colours', `\x1b[36mAuthorization\x1b[39m:\x1b[33m Bearer abcdefghijkl\x1b[39m`, 'abcdefghijkl'],
    [
      'a header of botocore',
      `{'X-Amz-Security-Token': b'IQoJb3JpZ2lu${'x'.repeat(80)}', 'Authorization': b'Basic dXNlcjpwYXNz'}`,
      'dXNlcjpwYXNz',
    ],
    ['the canonical request', `x-amz-security-token:${token}\n\nhost`, token],
    ['the signature', `Signature:\n${signature}`, signature],
    [
      'a presigned address',
      `https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F2026&X-Amz-Signature=${signature}&x=1`,
      signature,
    ],
    ['its token', `https://b.s3.amazonaws.com/k?X-Amz-Security-Token=${encodeURIComponent(token)}&x=1`, 'YXdzEJr'],
  ])('%s, wherever it is cut', (_, text, hidden) => {
    const { redact } = createRedactor();
    expect(redact(text)).not.toContain(hidden);
    expect(redact(text)).toContain('[secret]');
    for (let cut = 0; cut <= text.length; cut++) expect(inPieces(text, [cut], [])).toBe(redact(text));
    expect(
      inPieces(
        text,
        Array.from(text, (_character, i) => i),
        [],
      ),
    ).toBe(redact(text));
  });

  test.each([
    'arn:aws:iam::123456789012:role/myapp-dev',
    'commit 5d672d79c15b13162d9279b0855cfba6789a8edb',
    'sha256:5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    '"RequestId": "8c1f9a5e-2f7a-4c55-9d0f-0e6a1d6a3f11"',
    'x-amzn-RequestId: 8c1f9a5e-2f7a-4c55-9d0f-0e6a1d6a3f11',
    'https://abcdefghij.execute-api.ap-southeast-1.amazonaws.com/api/',
    '/home/ana/environment/workspace/chalice/.venv/lib/python3.11/site-packages',
    'The security token included in the request is invalid.',
    'An error occurred (InvalidClientTokenId) when calling the CreateRole operation: The security token included in the request is invalid',
    'Copy the secret access key again, and the session token.',
    'export AWS_SECRET_ACCESS_KEY=$KEY AWS_SESSION_TOKEN="$TOKEN"',
    'echo $AWS_SECRET_ACCESS_KEY',
    'unset AWS_SESSION_TOKEN',
    'session_token = credentials.session_token',
    "raise ValueError('the secret access key is missing')",
    'Authorization header requires a Credential parameter.',
    'Missing Authentication Token',
    'authorization: none',
    'X-Amz-Date: 20261122T183940Z',
    '"NextToken": "eyJOZXh0VG9rZW4iOiBudWxsfQ=="',
    'AKIAIOSFODNN7EXAMPLE is the id of a key',
    'integrity sha512-Zm9vYmFyQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWm9vYmFyQUJDREVGR0hJSktMTU5PUFFSU1RVVldYZZ==',
  ])('ordinary text stays readable: %s', (text) => {
    expect(createRedactor([secret]).redact(text)).toBe(text);
    expect(
      inPieces(
        text,
        Array.from(text, (_character, i) => i),
      ),
    ).toBe(text);
  });

  test('a header of an exchange is known by its name', () => {
    const headers: [string, string][] = [
      ['authorization', 'abc'],
      ['X-Amz-Security-Token', 'def'],
      ['Content-Type', 'text/html'],
    ];
    const event = redactEvent(
      {
        ...{ type: 'check-ended', time: '', lab: '', check: 0, name: 'http', summary: '', outcome: 'passed', ms: 0 },
        place: { file: '', line: 1, column: 1 },
        exchange: { request: { method: 'GET', url: '/', headers } },
      },
      createRedactor(),
    );
    expect(event).toMatchObject({
      exchange: {
        request: {
          headers: [
            ['authorization', '[secret]'],
            ['X-Amz-Security-Token', '[secret]'],
            ['Content-Type', 'text/html'],
          ],
        },
      },
    });
  });
});

test.each([
  ['AWS_SECRET_ACCESS_KEY', 'x', true],
  ['GITHUB_TOKEN', 'x', true],
  ['DB_PASSWORD', 'x', true],
  ['HARMLESS', 'AKIAQ3EGRNXZ7AKXY2MD', true],
  ['HARMLESS', 'AKIAIOSFODNN7EXAMPLE', false],
  ['DATABASE_URL', 'postgres://ana:hunter2@db/album', true],
  ['VIRTUAL_ENV', '/home/ana/.venv', false],
  ['PATH', '/usr/bin:/bin', false],
  ['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true', false],
])('%s=%s could hold a secret: %s', (name, value, expected) => {
  expect(looksSecret(name, value)).toBe(expected);
});

test.each([
  [{ GITHUB_TOKEN: 'letmein-letmein' }, ['letmein-letmein']],
  [{ DB_PASS: 'hunter2hunter2', APP_KEY: 'a1B2c3D4e5F6g7H8' }, ['hunter2hunter2', 'a1B2c3D4e5F6g7H8']],
  [{ DATABASE_URL: 'postgres://ana:t0psecret@db/shop' }, ['t0psecret']],
  [{ NOTE: 'use ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8' }, ['ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8']],
  [{ AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }, ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY']],
  [{ API_KEY: 'your-api-key', DB_PASSWORD: 'password', TOKEN_FILE: '/run/token' }, []],
  [{ SORT_KEY: 'created', PWD: '/home/ana/shop', SSH_AUTH_SOCK: '/run/ssh', PATH: '/usr/bin:/bin' }, []],
])('of %j these are secrets: %j', (variables, secrets) => {
  expect(secretsIn(variables)).toEqual(secrets);
});

test("a learner's own exports count as secrets", () => {
  expect(secretsIn({ AWS_SECRET_ACCESS_KEY: 'a', AWS_SESSION_TOKEN: 'b', DB_PASSWORD: 'c', AWS_REGION: 'd', PATH: 'e' })).toEqual([
    'a',
    'b',
    'c',
  ]);
});

test('a letter with line ends behind it is no beginning of a secret that must be hidden', () => {
  const stream = createRedactor(['dQw4w9WgXcQ-and-more']).stream();
  const text = 'included in the request is invalid\r\n\r\n\x1b[0m\r\n';
  expect(stream.write(text) + stream.end()).toBe(text);
});
