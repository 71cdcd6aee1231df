import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Part } from '../../../src/lab/types.ts';
import { textWidth } from '../../../src/text/width.ts';
import { renderMarkdown } from '../../../src/tui/markdown/render-markdown.ts';
import { renderStep } from '../../../src/tui/markdown/render-step.ts';
import type { StepTextStyle } from '../../../src/tui/driver/step-text.ts';

const place = { file: 'lab.md', line: 1, column: 1 };

const words = fc.constantFrom(
  'word',
  'a-rather-long-word/with/a/path_and.more',
  '한국어로 쓴 글',
  '日本語の文章です。「括弧」',
  '👩‍👩‍👧‍👦',
  '🇰🇷',
  '☁️',
  'e\u0301',
  '\t',
  '**bold**',
  '**',
  '`$PORT`',
  '`code with spaces`',
  '``',
  '*it*',
  '~~gone~~',
  '[text](https://example.com/a/long/path?with=query&more=1)',
  '[one](two.md)',
  '![pic](https://example.com/p.png)',
  '<https://example.com>',
  'https://example.com:{{PORT}}/x',
  '{{WHO}}',
  '&amp;',
  '&#27;[31m',
  '&#x9b;31m',
  '\x1b[31mred',
  '\x1b]8;;http://evil\x07x\x1b]8;;\x07',
  '\x9b2J',
  '\u202eright',
  '<kbd>Ctrl</kbd>',
  '<br>',
  '<img src="x.png" alt="y">',
  '|',
  '\\',
);
const openings = fc.constantFrom(
  '',
  '',
  '# ',
  '#### ',
  '- ',
  '  - ',
  '    - ',
  '- [x] ',
  '1. ',
  '10000. ',
  '> ',
  '> > ',
  '> [!NOTE]\n> ',
  '    ',
  '```py\n',
  '```\n',
  '| a | b |\n|---|:-:|\n| ',
  '---\n',
  '<details><summary>',
);
const lines = fc.tuple(
  openings,
  fc.array(fc.oneof({ weight: 4, arbitrary: words }, fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 12 }),
);
const markdown = fc
  .array(fc.tuple(lines, fc.constantFrom('\n', '\n', '\n\n')), { maxLength: 12 })
  .map((all) => all.map(([[opening, rest], end]) => opening + rest.join(' ') + end).join(''));
const style: fc.Arbitrary<StepTextStyle> = fc.record({
  width: fc.integer({ min: 10, max: 120 }),
  colour: fc.boolean(),
  unicode: fc.boolean(),
  links: fc.boolean(),
  variables: fc.constant({ PORT: '8080', WHO: 'Nora \x1b[31m*Kim*', API_URL: 'https://8be9f959.execute-api.example.com/api/' }),
});

/* eslint-disable no-control-regex -- control characters are what must not get through */
const ours = /\x1b\[[\d;]*m|\x1b\]8;(?:id=lab)?;[\x21-\x7e]*\x07/g;
const acting = /[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
/* eslint-enable no-control-regex */

function expectSound(drawn: readonly string[], { width, colour, links }: StepTextStyle): void {
  for (const line of drawn) {
    const plain = line.replace(ours, '');
    expect(plain).not.toMatch(acting);
    expect(textWidth(plain)).toBeLessThanOrEqual(width);
    if (!colour) expect(line).not.toContain('\x1b[');
    if (!links) expect(line).not.toContain('\x1b]');
    // What a line opens, it closes.
    const sequences = line.match(ours) ?? [];
    expect(sequences.filter((one) => one.endsWith('m')).at(-1) ?? '\x1b[0m').toBe('\x1b[0m');
    expect(sequences.filter((one) => one.endsWith('\x07')).at(-1) ?? '\x1b]8;;\x07').toBe('\x1b]8;;\x07');
  }
}

describe('whatever a lab says', () => {
  test('no line of Markdown is wider than the pane, and nothing acts on the terminal', () => {
    fc.assert(
      fc.property(markdown, style, (text, how) => expectSound(renderMarkdown(text, how), how)),
      { numRuns: 400 },
    );
  });

  test('no line of a fence is wider than the pane, and nothing acts on the terminal', async () => {
    const text = fc.array(
      fc.oneof(words, fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('\n', 'if x; then', "echo '", '\\\n')),
      { maxLength: 20 },
    );
    const parts = fc
      .tuple(text, fc.constantFrom('python', 'json', 'sh', 'nonsense', 'diff'), fc.string({ unit: 'binary', maxLength: 40 }))
      .map(([pieces, language, name]): Part[] => {
        const code = pieces.join(' ');
        return [
          { kind: 'run', script: code, place, expect: 'fail', capture: 'API_URL', when: 'aws' },
          { kind: 'service', script: `run $PORT $API_URL ${code}`, name, place },
          { kind: 'file', path: name, language, text: code, place },
          { kind: 'output', text: code, place },
          { kind: 'shown', text: code, language, place },
          { kind: 'credentials', for: ['iam', name], place, when: 'sandbox' },
        ];
      });
    await fc.assert(
      fc.asyncProperty(parts, style, fc.constantFrom('aws', 'sandbox', undefined), async (all, how, mode) => {
        const drawn = await renderStep({ parts: all }, { ...how, ...(mode ? { mode } : {}) });
        expectSound(drawn.lines, how);
        expect(drawn.plain).toEqual(drawn.lines.map((line) => line.replace(ours, '')));
        expect([...drawn.anchors.keys()]).toEqual([0, 1, 2, 3]);
      }),
      { numRuns: 150 },
    );
  });
});
