import { expect, test } from 'vitest';
import type { StepDiff } from '../../src/diff/types.ts';
import { diffTexts } from '../../src/diff/compare-texts.ts';
import { createLook } from '../../src/report/look.ts';
import { act } from '../../src/tui/state/actions.ts';
import { diffInWindow, mostOfOverlay } from '../../src/tui/state/overlay.ts';
import { scroll } from '../../src/tui/state/scroll.ts';
import { searchFor, searchOn } from '../../src/tui/state/search.ts';
import { editField, emptyField } from '../../src/tui/dialogs/text-field.ts';
import { update } from '../../src/tui/state/update.ts';
import { createViewState, type ViewState } from '../../src/tui/state/view-state.ts';
import type { KeyAction } from '../../src/tui/state/keys.ts';
import { textWidth } from '../../src/text/width.ts';

const lines = (changed: string) =>
  Array.from({ length: 60 }, (_, i) => (i % 20 === 10 ? changed + String(i) : `line ${i}`)).join('\n') + '\n';
const texts = { yours: lines('yours '), labs: lines('labs ') };
const diff: StepDiff = {
  ...{ lab: 'x', step: 'one', checkpoint: 'one' },
  files: [
    { path: 'a.txt', status: 'changed', texts, ...diffTexts(texts) },
    { path: 'b.txt', status: 'missing', hunks: [], facts: [] },
  ],
};

function open(size = { columns: 80, rows: 24 }): ViewState {
  const look = createLook({ colour: false, columns: 80, unicode: true });
  const state: ViewState = {
    ...createViewState({ size, now: 0, look, version: '1', labs: [] }),
    place: 'lab',
    overlay: { kind: 'diff', at: 0 },
  };
  return update(state, { type: 'diff-made', diff }).state;
}
const key = { kind: 'key', name: 'x', text: '', ctrl: false, alt: false, shift: false } as const;
const press = (state: ViewState, action: KeyAction) => act(state, action, key);

test('n and p go round the places, each comes into view, and a takes the one that is marked', () => {
  let state = open();
  const seen = [state, ...Array.from({ length: 3 }, () => (state = press(state, 'next-place').state))].map(
    ({ overlay }) => overlay?.place ?? 0,
  );
  expect(seen).toEqual([0, 1, 2, 0]);
  state = press(state, 'previous-place').state;
  const { places } = diffInWindow(state);
  expect(state.overlay?.at).toBe(Math.min(places[2]?.line ?? 0, mostOfOverlay(state)));
  expect(press(state, 'take-place').effects).toEqual([{ do: 'take-from-lab', file: diff.files[0], hunk: 3 }]);
  expect(press(state, 'take-file').effects).toEqual([{ do: 'take-from-lab', file: diff.files[0] }]);
});

test('scrolling marks a place that is seen', () => {
  const top = open();
  const bottom = scroll(top, 'to-end');
  expect(bottom.overlay?.place).toBe(2);
  expect(scroll(bottom, 'to-start').overlay?.place).toBe(0);
});

test('a search looks through the comparison, and comes to what it finds', () => {
  const field = [...'labs 50'].reduce((now, text) => editField(now, { ...key, name: text, text }) ?? now, emptyField);
  const found = searchFor(open(), field);
  expect(found.search?.inText).toHaveLength(1);
  const line = found.search?.inText[0]?.line ?? 0;
  expect(diffInWindow(found).plain[line]).toContain('labs 50');
  expect(found.overlay?.at).toBeLessThanOrEqual(line);
  expect(searchOn(found, 1).overlay).toEqual(found.overlay);
});

test('both versions stand side by side from 120 columns on, and no line is wider than the window', () => {
  expect(diffInWindow(open({ columns: 119, rows: 40 })).plain.join('\n')).not.toContain(' │ ');
  for (const columns of [120, 160, 44]) {
    const { plain } = diffInWindow(open({ columns, rows: 40 }));
    expect(plain.some((text) => text.includes(' │ '))).toBe(columns >= 120);
    expect(plain.filter((text) => textWidth(text) > columns - 4)).toEqual([]);
  }
});

test('where only files are missing, the first of them can be taken', () => {
  const state = update(open(), { type: 'diff-made', diff: { ...diff, files: diff.files.slice(1) } }).state;
  expect(press(state, 'take-place').effects).toEqual([]);
  expect(press(state, 'take-file').effects).toEqual([{ do: 'take-from-lab', file: diff.files[1] }]);
});
