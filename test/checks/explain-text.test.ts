import { describe, expect, test } from 'vitest';
import { explainText } from '../../src/checks/texts/explain-text.ts';

const url = new URL('http://localhost:8080/users/Ada%20L?page=Two');
const wanted = '<p>Hello Ada L.</p>';

describe('a text that should have a value of the address', () => {
  test.each([
    ['another value', '<p>Hello David.</p>\n', /^The answer says "David" where the address says "Ada L"\. Take the value from the path/],
    ['nothing', '<p>Hello .</p>', /^The answer leaves out "Ada L"/],
    ['the code of an f-string', '<p>Hello {escape(name)}.</p>', /^"\{escape\(name\)\}" came as it is written in the code/],
    ['the code of a % text', '<p>Hello %s.</p>', /^"%s" came as it is written/],
    ['None', '<p>Hello None.</p>', /^The answer says None .* part of the path/],
  ])('has %s', (_, got, cause) => {
    expect(explainText(wanted, got, url)).toMatch(cause);
  });

  test.each([
    ['other capitals', '<p>Hello ADA L.</p>'],
    ['more around it', '<p>Hello "Ada L".</p>'],
    ['another text', '<p>Hallo David.</p>'],
    ['less than the text around it', '<p>Hello'],
    ['the very same', wanted],
  ])('says nothing about %s', (_, got) => {
    expect(explainText(wanted, got, url)).toBeUndefined();
  });

  test('may be one of the query', () => {
    expect(explainText('page Two', 'page One', url)).toContain('"One" where the address says "Two"');
  });

  test('says nothing where the text has no value of the address, and copes with a path that is not encoded well', () => {
    expect(explainText('hello', 'goodbye', url)).toBeUndefined();
    expect(explainText('hello', 'goodbye', new URL('http://localhost/%E0%A4%A'))).toBeUndefined();
  });
});
