import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOutLab, panes, type Layout, type Rect } from '../../src/tui/state/layout.ts';

const rectsOf = ({ header, action, help, outline, text, terminal, log, checks, dividers }: Layout): Rect[] =>
  [header, action, help, outline, text, terminal, log, checks, ...dividers].filter((rect) => rect !== undefined);

test('at 120 columns the steps and the text stand left of the terminal and the checks', () => {
  const { outline, text, terminal, checks, dividers, isSingle } = layOutLab({ columns: 120, rows: 40 }, 'text');
  expect(isSingle).toBe(false);
  expect(outline?.left).toBe(0);
  expect(text).toMatchObject({ left: 0, columns: outline?.columns });
  expect(text?.top).toBe((outline?.top ?? 0) + (outline?.rows ?? 0));
  expect(terminal?.left).toBeGreaterThan(dividers[0]?.left ?? Infinity);
  expect(checks).toMatchObject({ left: terminal?.left, columns: terminal?.columns });
});

test('from 150 columns on the steps have a column of their own', () => {
  const { outline, text, terminal } = layOutLab({ columns: 160, rows: 45 }, 'text');
  expect(outline).toMatchObject({ top: 1, rows: 42 });
  expect(text).toMatchObject({ top: 1, rows: 42 });
  expect(terminal?.left).toBeGreaterThan((text?.left ?? 0) + (text?.columns ?? 0));
});

test('at 80 × 24 text, terminal and checks stand one under the other', () => {
  const { outline, text, terminal, checks } = layOutLab({ columns: 80, rows: 24 }, 'text');
  expect(outline).toBeUndefined();
  expect([text, terminal, checks].map((rect) => rect?.columns)).toEqual([80, 80, 80]);
  expect([text, terminal, checks].map((rect) => rect?.top)).toEqual([1, 9, 18]);
});

test('at 40 × 15 one pane has it all', () => {
  for (const pane of panes) {
    const layout = layOutLab({ columns: 40, rows: 15 }, pane);
    expect(layout.isSingle).toBe(true);
    expect(layout[pane]).toEqual({ left: 0, top: 1, columns: 40, rows: 12 });
    expect(panes.filter((other) => layout[other])).toEqual([pane]);
  }
});

test('which pane is shown changes nothing about the size of the terminals', () => {
  const sizes = panes.map((pane) => layOutLab({ columns: 50, rows: 18 }, pane).terminalSize);
  expect(new Set(sizes.map((size) => JSON.stringify(size)))).toEqual(new Set(['{"columns":50,"rows":14}']));
});

const anyNeeds = fc.record({ checks: fc.nat(30), hasFailed: fc.boolean(), isTyping: fc.boolean(), hasLog: fc.boolean() });
const needs = { checks: 3, hasFailed: false, isTyping: false, hasLog: false };

test('at 80 × 24 the rows go to what matters: the terminal while one types, the reason of a failed check, the text where nothing is checked', () => {
  const rows = (more: object) => {
    const { text, terminal, checks } = layOutLab({ columns: 80, rows: 24 }, 'text', { ...needs, ...more });
    return { text: text?.rows ?? 0, terminal: terminal?.rows ?? 0, checks: checks?.rows ?? 0 };
  };
  const calm = rows({});
  expect(rows({ isTyping: true }).terminal).toBeGreaterThan(calm.terminal + 4);
  expect(rows({ hasFailed: true, checks: 10 })).toMatchObject({ terminal: calm.terminal, checks: calm.checks + 5 });
  expect(rows({ checks: 0 })).toEqual({ ...calm, checks: 0, text: calm.text + calm.checks });
});

test("at 120 columns a service's log stands below the terminal while it runs, where there are rows for it", () => {
  expect(layOutLab({ columns: 120, rows: 40 }, 'text', needs).log).toBeUndefined();
  const { terminal, log, checks } = layOutLab({ columns: 120, rows: 40 }, 'text', { ...needs, hasLog: true });
  expect(log).toMatchObject({ left: terminal?.left, top: (terminal?.top ?? 0) + (terminal?.rows ?? 0) });
  expect(checks?.top).toBe((log?.top ?? 0) + (log?.rows ?? 0));
  expect(layOutLab({ columns: 120, rows: 24 }, 'text', { ...needs, hasLog: true }).log).toBeUndefined();
});

test('at any size nothing stands outside the screen, and nothing upon another thing', () => {
  const size = fc.record({ columns: fc.integer({ min: 20, max: 300 }), rows: fc.integer({ min: 6, max: 120 }) });
  fc.assert(
    fc.property(size, fc.constantFrom(...panes), anyNeeds, ({ columns, rows }, pane, needs) => {
      const layout = layOutLab({ columns, rows }, pane, needs);
      const cells = new Set<number>();
      let count = 0;
      for (const rect of rectsOf(layout)) {
        expect(rect.left + rect.columns).toBeLessThanOrEqual(columns);
        expect(rect.top + rect.rows).toBeLessThanOrEqual(rows);
        for (let y = rect.top; y < rect.top + rect.rows; y++)
          for (let x = rect.left; x < rect.left + rect.columns; x++) cells.add(y * 1000 + x);
        count += rect.columns * rect.rows;
      }
      expect(cells.size).toBe(count);
      expect(layout.terminalSize.columns).toBeGreaterThanOrEqual(2);
      expect(layout.terminalSize.rows).toBeGreaterThanOrEqual(1);
    }),
  );
});

test('not even a size of nothing makes a pane of less than nothing', () => {
  for (const size of [
    { columns: 0, rows: 0 },
    { columns: 1, rows: 2 },
    { columns: 500, rows: 1 },
  ]) {
    for (const rect of rectsOf(layOutLab(size, 'text'))) {
      expect(rect.columns).toBeGreaterThanOrEqual(0);
      expect(rect.rows).toBeGreaterThanOrEqual(0);
    }
  }
});
