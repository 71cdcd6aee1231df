import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, looksSecret, secretsIn } from '../../src/engine/redact.ts';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLE';

describe('a redactor', () => {
  test('takes a secret out of a text, also URL encoded', () => {
    const { redact } = createRedactor([secret]);
    expect(redact(`key=${secret}; url=${encodeURIComponent(secret)}`)).toBe('key=[secret]; url=[secret]');
  });
  test('takes the longer of two secrets of which one begins the other', () => {
    const { redact } = createRedactor(['abcdefgh', 'abcdefghijkl']);
    expect(redact('abcdefghijkl')).toBe('[secret]');
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
  test('finds a secret that is cut anywhere by the pieces of a stream, and loses nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.array(fc.nat(120), { maxLength: 6 }), (before, after, cuts) => {
        const text = `${before}${secret}${after}`;
        const stream = createRedactor([secret]).stream();
        let passed = '';
        let at = 0;
        for (const cut of [...cuts.sort((a, b) => a - b), text.length]) {
          passed += stream.write(text.slice(at, Math.max(at, cut)));
          at = Math.max(at, cut);
        }
        passed += stream.write(text.slice(at)) + stream.end();
        expect(passed).toBe(text.replaceAll(secret, '[secret]'));
      }),
    );
  });
});

test.each([
  ['AWS_SECRET_ACCESS_KEY', 'x', true],
  ['GITHUB_TOKEN', 'x', true],
  ['DB_PASSWORD', 'x', true],
  ['HARMLESS', 'AKIAIOSFODNN7EXAMPLE', true],
  ['DATABASE_URL', 'postgres://ana:hunter2@db/album', true],
  ['VIRTUAL_ENV', '/home/ana/.venv', false],
  ['PATH', '/usr/bin:/bin', false],
])('%s=%s could hold a secret: %s', (name, value, expected) => {
  expect(looksSecret(name, value)).toBe(expected);
});

test("a learner's own exports count as secrets", () => {
  expect(secretsIn({ AWS_SECRET_ACCESS_KEY: 'a', AWS_SESSION_TOKEN: 'b', DB_PASSWORD: 'c', AWS_REGION: 'd', PATH: 'e' })).toEqual([
    'a',
    'b',
    'c',
  ]);
});
