import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textWidth } from '../../../src/text/width.ts';
import type { Size } from '../../../src/tui/state/dialog.ts';
import { agreeDialog, showDialog } from '../../../src/tui/dialogs/show-dialog.ts';
import { chooseDialog } from '../../../src/tui/dialogs/choose-dialog.ts';
import { confirmDialog } from '../../../src/tui/dialogs/confirm-dialog.ts';
import { keysDialog } from '../../../src/tui/dialogs/keys-dialog.ts';
import { drawBox } from '../../../src/tui/drawings/box.ts';
import { drawChecksInFull } from '../../../src/tui/drawings/checks-in-full.ts';
import { drawChecks } from '../../../src/tui/drawings/checks.ts';
import { drawDoing } from '../../../src/tui/drawings/doing.ts';
import { drawEnd } from '../../../src/tui/drawings/end.ts';
import { drawHelp } from '../../../src/tui/drawings/help.ts';
import { drawHints } from '../../../src/tui/drawings/hints.ts';
import { drawLabList } from '../../../src/tui/drawings/lab-list.ts';
import { drawNext } from '../../../src/tui/drawings/next.ts';
import { drawOutline } from '../../../src/tui/drawings/outline.ts';
import { drawServiceBadge, drawServices } from '../../../src/tui/drawings/services.ts';
import type { CheckLine, OutlineStep, ServiceLine } from '../../../src/tui/drawings/types.ts';
import { card, looks, summary } from './samples.ts';

const looksLikeText = fc.constantFrom(
  'Run it on this machine',
  '서버리스 입문 🎉 세 가지',
  '👩‍👩‍👧‍👦 family 🇰🇷 flags é ȩ́',
  'https://example.com/a/very/long/path/that/has/no/blank/in/it/and/goes/on/and/on/for/ever?query=1',
  'two\nlines\n',
  'tab\there',
  '\x1b[31mred\x1b[0m \x1b]8;;http://evil/\x07link\x1b]8;;\x07 \x1b[2J\x07bell\r\nback',
  'turned \u202etxet',
  '',
);
const text = fc.oneof(looksLikeText, fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 40 }));
const size: fc.Arbitrary<Size> = fc.oneof(
  fc.constantFrom({ columns: 38, rows: 13 }, { columns: 80, rows: 24 }, { columns: 120, rows: 40 }, { columns: 0, rows: 0 }),
  fc.record({ columns: fc.nat(130), rows: fc.nat(45) }),
);
const look = fc.constantFrom(...looks);

const step: fc.Arbitrary<OutlineStep> = fc.record({
  ...{ id: fc.constantFrom('a', 'b', 'c'), title: text, task: fc.constantFrom('One', 'Two', '세 🎉'), reading: fc.boolean() },
  status: fc.constantFrom('pending', 'running', 'passed', 'failed', 'read', 'skipped', 'interrupted'),
});
const check: fc.Arbitrary<CheckLine> = fc.record(
  {
    outcome: fc.constantFrom('open', 'passed', 'failed', 'told', 'stale'),
    ...{ summary: text, expected: text, actual: text, try: text, ms: fc.nat(100_000) },
    exchange: fc.record({
      request: fc.record({
        method: fc.constant('GET'),
        url: text,
        headers: fc.constant<[string, string][]>([['A', '서버 🎉']]),
        body: text,
      }),
    }),
  },
  { requiredKeys: ['outcome', 'summary'] },
);
const service: fc.Arbitrary<ServiceLine> = fc.record(
  {
    ...{ name: text, text, status: fc.constantFrom('starting', 'ready', 'stopped', 'died') },
    ...{ port: text, upMs: fc.nat(10_000_000), exitStatus: fc.nat(255), tail: text, byHand: fc.boolean() },
  },
  { requiredKeys: ['name', 'text', 'status'] },
);
const texts = fc.array(text, { maxLength: 12 });

/** Nothing stands outside the pane, and nothing but colours acts on the terminal. */
function expectToFit(lines: readonly string[], { columns, rows }: Size): void {
  expect(lines.length).toBeLessThanOrEqual(rows);
  for (const line of lines) {
    expect(textWidth(line)).toBeLessThanOrEqual(columns);
    // eslint-disable-next-line no-control-regex -- it is what must not be there
    expect(line.replace(/\x1b\[[\d;]*m/g, '')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e]/);
  }
}

const forAll = <T>(values: fc.Arbitrary<T>, draw: (value: T, size: Size, look: (typeof looks)[number]) => string[]) =>
  fc.assert(
    fc.property(values, size, look, (value, size, look) => expectToFit(draw(value, size, look), size)),
    { numRuns: 150 },
  );

describe('every drawing keeps to its pane and lets no escape sequence through', () => {
  test('lab list', () => {
    const cards = fc.array(
      fc.tuple(text, text, fc.nat(5)).map(([title, summary, passed]) => card('x', title, passed, 5, { summary, at: 's1' })),
      { maxLength: 8 },
    );
    forAll(fc.tuple(cards, fc.nat(7)), ([cards, chosen], size, look) => drawLabList({ cards, chosen }, size, look));
  });
  test('outline', () => {
    forAll(fc.tuple(fc.array(step), fc.option(fc.constantFrom('a', 'c'))), ([steps, chosen], size, look) =>
      drawOutline({ steps, current: 'b', ...(chosen === null ? {} : { chosen }) }, size, look),
    );
  });
  test('checks', () => {
    forAll(fc.array(check), (checks, size, look) => drawChecks({ checks }, size, look));
  });
  test('checks in full', () => {
    fc.assert(
      fc.property(fc.array(check, { maxLength: 3 }), fc.integer({ min: 6, max: 120 }), look, (checks, columns, look) => {
        const lines = drawChecksInFull({ checks }, columns, look);
        expectToFit(lines, { columns, rows: lines.length });
      }),
    );
  });
  test('services', () => {
    forAll(fc.tuple(fc.array(service, { maxLength: 6 }), fc.option(fc.nat(5))), ([services, chosen], size, look) =>
      drawServices({ services, ...(chosen === null ? {} : { chosen }) }, size, look),
    );
    forAll(service, (service, size, look) =>
      [drawServiceBadge(service, look)].filter((badge) => textWidth(badge) <= size.columns && size.rows > 0),
    );
  });
  test('help and hints', () => {
    const row = fc.record({ keys: text, does: text, group: fc.constantFrom('One', 'Two', 'Three') });
    forAll(fc.tuple(fc.array(row), fc.nat(50)), ([rows, from], size, look) => drawHelp({ rows, from }, size, look));
    const hint = fc.array(fc.constantFrom('a', '\x1b[1m서버\x1b[0m bold', '🎉'.repeat(90)));
    forAll(fc.tuple(hint, fc.nat(3), fc.nat(9)), ([lines, of, from], size, look) => drawHints({ shown: 1, of, lines, from }, size, look));
  });
  test('end', () => {
    forAll(fc.tuple(text, texts, texts), ([title, deployed, does], size, look) =>
      drawEnd({ title, mode: 'aws', summary: { ...summary, deployed }, keys: does.map((does) => ({ keys: 'C', does })) }, size, look),
    );
  });
  test('what is done and what is next', () => {
    forAll(text, (text, { columns, rows }, look) =>
      [drawDoing({ what: 'command', text, since: 0 }, 99_000, 7, columns, look)].slice(0, rows),
    );
    forAll(text, (text, { columns, rows }, look) =>
      [drawNext({ kind: 'run', number: 0, text, again: true }, columns, look)].slice(0, rows),
    );
  });
  test('box', () => {
    forAll(fc.tuple(text, fc.array(fc.constantFrom('a', '서버 🎉', 'x'.repeat(200)))), ([title, lines], size, look) =>
      drawBox(title, lines, size, look),
    );
  });
  test('dialogs', () => {
    forAll(fc.tuple(texts, text, text), ([lines, yes, no], size, look) => {
      const dialog = confirmDialog({ title: 'Sure?', lines, yes, no });
      return dialog.draw(dialog.initial, size, look);
    });
    forAll(fc.tuple(texts, texts, fc.nat(11)), ([lines, names, chosen], size, look) => {
      const dialog = chooseDialog({ title: 'Where?', lines, ways: names.map((name) => ({ id: name, name, about: name })) });
      return dialog.draw({ chosen: Math.min(chosen, Math.max(0, names.length - 1)) }, size, look);
    });
    forAll(fc.tuple(texts, fc.nat(20)), ([lines, from], size, look) => showDialog('Read', lines).draw({ from }, size, look));
    forAll(fc.tuple(texts, fc.nat(20)), ([lines, from], size, look) =>
      agreeDialog('Read', lines, { yes: 'Run it', no: 'Leave it' }).draw({ from }, size, look),
    );
    forAll(fc.tuple(texts, text), ([names, refused], size, look) => {
      const dialog = keysDialog({ for: names, mode: 'sandbox', refused });
      return dialog.draw(dialog.initial, size, look);
    });
  });
});

test('without colours no drawing has an escape sequence, and in ASCII none has another mark', () => {
  const [, ascii] = looks;
  if (!ascii) throw new Error('no look');
  const lines = [
    ...drawLabList({ cards: [card('a', 'A', 1, 2), card('b', 'B', 2, 2)], chosen: 0 }, { columns: 60, rows: 20 }, ascii),
    ...drawBox('T', ['x'], { columns: 60, rows: 20 }, ascii),
    ...drawEnd({ title: 'T', mode: 'aws', summary, keys: [] }, { columns: 60, rows: 20 }, ascii),
    drawDoing({ what: 'checks', text: '3 checks', since: 0 }, 1, 2, 60, ascii),
    drawNext({ kind: 'check' }, 60, ascii),
  ];
  expect(lines.join('')).toMatch(/^[\x20-\x7e]*$/);
});
