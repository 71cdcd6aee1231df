import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGlob } from '../../src/text/glob.ts';

describe('a path fits a pattern', () => {
  test.each([
    ['app.py', 'app.py'],
    ['*.py', 'app.py'],
    ['app.p?', 'app.py'],
    ['*', '.hidden'],
    ['**/*.pyc', 'app.pyc'],
    ['**/*.pyc', 'a/b/app.pyc'],
    ['a/**/z', 'a/z'],
    ['a/**/z', 'a/b/c/z'],
    ['a/**', 'a/b/c'],
    ['**.pyc', 'a/b.pyc'],
    ['*/*', 'é/𝄞'],
    ['?', '𝄞'],
  ])('%s: %s', (pattern, path) => {
    expect(createGlob(pattern)(path)).toBe(true);
  });

  test.each([
    ['app.py', 'app-py'],
    ['*.py', 'a/app.py'],
    ['app?py', 'app/py'],
    ['**/z', 'az'],
    ['a/**/z', 'a/bz'],
    ['*/*', 'a/b/c'],
    ['a', ''],
    ['', 'a'],
  ])('%s: not %s', (pattern, path) => {
    expect(createGlob(pattern)(path)).toBe(false);
  });

  test('as the same regular expression would say', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 12 });
    const patterns = fc.array(fc.constantFrom('a', 'b', '/', '*', '**', '?', '**/'), { maxLength: 8 }).map((pieces) => pieces.join(''));
    const written: Record<string, string> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        const source = pattern.replace(/\*\*\/|\*\*|\*|\?/g, (wildcard) => written[wildcard] ?? wildcard);
        expect(createGlob(pattern)(text)).toBe(new RegExp(`^${source}$`).test(text));
      }),
    );
  });

  test('in no time, whatever the pattern', () => {
    expect(createGlob(`${'*a'.repeat(60)}*b`)('a'.repeat(4000))).toBe(false);
    expect(createGlob(`${'**/*a'.repeat(60)}b`)('a/'.repeat(2000))).toBe(false);
  });
});
