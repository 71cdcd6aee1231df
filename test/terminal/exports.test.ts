import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExports } from '../../src/terminal/shell/exports.ts';

describe('parseExports', () => {
  test('reads names and values', () => {
    expect(parseExports('declare -x A="1"\ndeclare -x B="two words"\n')).toEqual({ A: '1', B: 'two words' });
  });

  test('undoes the backslashes within double quotes', () => {
    expect(parseExports('declare -x A="\\$HOME \\"x\\" \\\\ \\`"')).toEqual({ A: '$HOME "x" \\ `' });
  });

  test('keeps a backslash that quotes nothing', () => {
    expect(parseExports(String.raw`declare -x A="a\nb"`)).toEqual({ A: 'a\\nb' });
  });

  test('reads values of several lines, also when a line looks like another variable', () => {
    expect(parseExports('declare -x A="1\ndeclare -x B=2"\ndeclare -x C="3"\n')).toEqual({ A: '1\ndeclare -x B=2', C: '3' });
  });

  test("reads C's escapes, bytes of UTF-8 among them", () => {
    expect(parseExports(String.raw`declare -x A=$'\E[0m\t\'\354\225\210\\'`)).toEqual({ A: "\x1b[0m\t'안\\" });
  });

  test('leaves out variables without a value, and arrays', () => {
    expect(parseExports('declare -x A\ndeclare -ax B=([0]="1")\ndeclare -rx C="3"\n')).toEqual({ C: '3' });
  });

  test('reads what bash prints in POSIX mode', () => {
    expect(parseExports('export A="1"\nexport B\nexport C="3"\n')).toEqual({ A: '1', C: '3' });
  });

  test.each(['C', 'C.UTF-8'])('gives back every value that went through bash, in the locale %s', (locale) => {
    const value = fc
      .string({ unit: 'grapheme', minLength: 0, maxLength: 30 })
      .filter((text) => !text.includes('\0') && Buffer.from(text).toString() === text);
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), (values) => {
        const env = Object.fromEntries(values.map((text, i) => [`V${i}`, text]));
        const printed = execFileSync('bash', ['--norc', '-c', 'export -p'], {
          env: { ...env, PATH: '/usr/bin:/bin', LC_ALL: locale },
          encoding: 'utf8',
        });
        expect(parseExports(printed)).toMatchObject(env);
      }),
      { numRuns: 20 },
    );
  });
});
