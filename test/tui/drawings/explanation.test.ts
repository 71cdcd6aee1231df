import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainText } from '../../../src/text/plain-text.ts';
import { textWidth } from '../../../src/text/width.ts';
import { drawChecksInFull } from '../../../src/tui/drawings/checks-in-full.ts';
import { drawChecks } from '../../../src/tui/drawings/checks.ts';
import { shortenExplanation } from '../../../src/tui/drawings/explanation.ts';
import type { CheckLine, ExplanationView } from '../../../src/tui/drawings/types.ts';
import { looks, plain } from './samples.ts';

const explanation: ExplanationView = {
  what: 'IAM took your token for invalid when CreateRole was called.',
  found: 'STS knows these keys, and IAM refuses them.',
  fix: ["Switch the IDE's own credentials off.", 'Give a key of your own.'],
  link: 'https://example.org/keys',
};
const checks: CheckLine[] = [
  { outcome: 'failed', summary: 'Chalice has deployed the app', expected: 'a', actual: 'b', try: 'c' },
  { outcome: 'open', summary: 'AWS has the function' },
];

test('what is known of a failure stands above the checks: what happened, about the keys, what to do, where to read on', () => {
  expect(drawChecks({ checks, explanation }, { columns: 70, rows: 20 }, plain)).toEqual([
    '! IAM took your token for invalid when CreateRole was called.',
    '  keys     STS knows these keys, and IAM refuses them.',
    "  try      Switch the IDE's own credentials off.",
    '           Give a key of your own.',
    '  see      https://example.org/keys',
    '✗ Chalice has deployed the app',
    '  expected a',
    '  got      b',
    '  try      c',
    '· AWS has the function',
  ]);
});

describe('with little room', () => {
  test('the checks have a line each, and the link goes', () => {
    expect(drawChecks({ checks, explanation }, { columns: 70, rows: 6 }, plain)).toEqual([
      '! IAM took your token for invalid when CreateRole was called.',
      '  keys     STS knows these keys, and IAM refuses them.',
      "  try      Switch the IDE's own credentials off.",
      '           Give a key of your own.',
      '✗ Chalice has deployed the app',
      '· 1 to do',
    ]);
  });

  test('what happened and the first thing to do stay longest', () => {
    expect(shortenExplanation(explanation, 3, 70, plain)).toEqual([
      '! IAM took your token for invalid when CreateRole was called.',
      "  try      Switch the IDE's own credentials off.",
    ]);
    expect(shortenExplanation(explanation, 2, 40, plain)).toEqual([
      '! IAM took your token for invalid when …',
      "  try: Switch the IDE's own creden…",
    ]);
    expect(shortenExplanation(explanation, 1, 40, plain)).toEqual(['! IAM took your token for invalid when …']);
  });
});

test('a step without checks that has failed tells what is known', () => {
  expect(drawChecks({ checks: [], explanation: { what: 'It broke.', fix: ['Mend it.'] } }, { columns: 40, rows: 5 }, plain)).toEqual([
    '! It broke.',
    '  try: Mend it.',
  ]);
});

test('the full view has all of it, and then the checks', () => {
  const lines = drawChecksInFull({ checks, explanation }, 70, plain);
  expect(lines[0]).toBe('! IAM took your token for invalid when CreateRole was called.');
  expect(lines).toContain('  see      https://example.org/keys');
  expect(lines.indexOf('✗ Chalice has deployed the app')).toBeGreaterThan(4);
});

test('nothing of it leaves its pane, whatever it says', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.constant('two\nlines \x1b[31mred \u202e 세 🎉'));
  const view = fc.record(
    { what: text, found: text, fix: fc.array(text, { minLength: 1, maxLength: 4 }), link: text },
    { requiredKeys: ['what', 'fix'] },
  );
  const size = fc.record({ columns: fc.integer({ min: 1, max: 130 }), rows: fc.integer({ min: 0, max: 30 }) });
  fc.assert(
    fc.property(view, size, fc.constantFrom(...looks), (one, within, look) => {
      const lines = drawChecks({ checks, explanation: one }, within, look);
      expect(lines.length).toBeLessThanOrEqual(within.rows);
      for (const line of lines) expect(textWidth(plainText(line))).toBeLessThanOrEqual(within.columns);
    }),
  );
});
