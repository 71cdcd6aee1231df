import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markdownLines } from '../../src/plain/markdown-lines.ts';

const render = (markdown: string, columns = 60) => markdownLines(markdown, columns);

describe('Markdown in plain lines', () => {
  test('loses its signs and keeps its words', () => {
    expect(render('Some **bold** and *soft* words, `code` and ~~this~~.')).toEqual(['Some bold and soft words, `code` and this.']);
  });

  test('says addresses behind their words, once', () => {
    expect(render('See [the guide](https://example.org/a), <https://example.org>.')).toEqual([
      'See the guide (https://example.org/a), https://example.org.',
    ]);
    expect(render('![a cat](cat.png)')).toEqual(['[picture: a cat] (cat.png)']);
  });

  test('breaks paragraphs between words and parts them by a blank line', () => {
    expect(render('one two three four five six seven\n\nnext', 22)).toEqual(['one two three four', 'five six seven', '', 'next']);
  });

  test('keeps lists together, numbered and nested', () => {
    expect(render('Do:\n\n1. first\n2. second\n   - inner\n   - more\n\nEnd')).toEqual([
      'Do:',
      '',
      '1. first',
      '2. second',
      '   - inner',
      '   - more',
      '',
      'End',
    ]);
  });

  test('keeps code as it is', () => {
    expect(render('Type:\n\n```sh\nls  -l\n  cd\n```')).toEqual(['Type:', '', '    ls  -l', '      cd']);
  });

  test('says each row of a table with the headings of its columns, addresses in them once', () => {
    expect(
      render('| | [Chalice](c.io) | Zappa |\n|---|---|---|\n| You write | functions | an **app** |\n| Licence | Apache | |', 90),
    ).toEqual(['- You write. Chalice (c.io): functions. Zappa: an app', '- Licence. Chalice: Apache']);
  });

  test('marks what is quoted', () => {
    expect(render('> Careful with\n> this.')).toEqual(['> Careful with this.']);
  });

  test('never has a line that is wider than the screen, but for words, code and indents that are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('word', '**bold**', '[a b](c)', '\n\n', '\n- ', '\n> ', '한국어', '`x y`'), { maxLength: 40 }),
        (pieces) => {
          for (const line of render(pieces.join(' '), 40)) expect(line.length).toBeLessThanOrEqual(60);
        },
      ),
    );
  });

  test('lets nothing act on the terminal', () => {
    // eslint-disable-next-line no-control-regex
    const acts = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !acts.test(render(text).join(''))));
    expect(render('\u202eabc, &#x202e;d, [x](http://a.example/&#x202e;)').join('')).not.toMatch(acts);
  });
});
