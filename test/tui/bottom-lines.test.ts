import { beforeAll, describe, expect, test } from 'vitest';
import { createLook } from '../../src/report/look.ts';
import { textWidth } from '../../src/text/width.ts';
import { drawAction as drawActionLines, drawHelpLine } from '../../src/tui/panes/bottom-lines.ts';
import { drawHeader } from '../../src/tui/panes/header.ts';
import { createViewState, type ViewState } from '../../src/tui/state/view-state.ts';
import { update } from '../../src/tui/state/update.ts';
import { createFakeWalk, makeLab } from './fake-walk.ts';

const look = createLook({ colour: false, unicode: true, columns: 80 });
const never = () => {
  throw new Error('nobody is to be asked');
};
let open: ViewState;

/** Most often it is one line. */
const drawAction = (state: ViewState): string => drawActionLines(state).join('\n');

beforeAll(() => {
  const { lab, view } = createFakeWalk(makeLab(), { edit: never, askKeys: never, confirm: never, choose: never });
  const list = createViewState({ size: { columns: 80, rows: 24 }, now: 65_000, look, version: '1', labs: [] });
  open = update(list, { type: 'walk-opened', walk: { lab, view, terminals: [], main: 'lab' } }).state;
});

/** The state with something else about its walk. */
const withView = (changes: object, more: Partial<ViewState> = {}): ViewState => {
  const { walk } = open;
  if (!walk) throw new Error('no walk');
  return { ...open, walk: { ...walk, view: { ...walk.view, ...changes } }, ...more };
};

describe('the action line', () => {
  test('says what Enter does, and the title of the step that it leads to', () => {
    expect(drawAction(open)).toBe(' ⏎ types: echo hello');
    expect(drawAction(withView({ next: { kind: 'go-on', step: 'read-on' } }))).toBe(' ⏎ goes on to: Read on');
  });

  test('says what is being done and for how long', () => {
    const line = drawAction(withView({ doing: { what: 'command', text: 'sleep 99', since: 0 } }));
    expect(line).toContain('sleep 99');
    expect(line).toContain('1:05');
    expect(line).not.toContain('⏎');
  });

  test('says what there is to say also while something is being done', () => {
    const notice = { level: 'info', text: 'The command waits for an answer to "Proceed? (y)". Type it in the terminal.', meanwhile: true };
    const doing = { what: 'command', text: 'npx x', since: 0 };
    expect(drawActionLines(withView({ notice, doing }))).toEqual([
      expect.stringContaining('Proceed? (y)'),
      expect.stringContaining('1:05'),
    ]);
    // how it went is said when it is over: then a key is for what comes next
    expect(drawAction(withView({ notice: { level: 'info', text: 'Passed.' }, doing }))).not.toContain('Passed');
  });

  test('says both what there is to say and what Enter does', () => {
    const notice = { level: 'info', text: 'Passed.' };
    expect(drawAction(withView({ notice }))).toMatch(/Passed\. +⏎ types: echo hello/);
  });

  test('a long notice stands above what Enter does, in two lines at most', () => {
    const text = 'Save the file in your editor; it is checked as soon as you do so, here and now. '.repeat(5);
    const lines = drawActionLines(withView({ notice: { level: 'warning', text } }));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('Save the file in your editor');
    expect(lines[1]).toMatch(/…$/);
    expect(lines[2]).toBe(' ⏎ types: echo hello');
  });

  test('a notice that was read is gone', () => {
    const notice = { level: 'info' as const, text: 'Passed.' };
    expect(drawAction(withView({ notice }, { readNotice: notice }))).toBe(' ⏎ types: echo hello');
  });

  test('at the end of the lab Enter does nothing that could be told', () => {
    expect(drawAction({ ...open, place: 'end' }).trim()).toBe('');
  });
});

describe.each([20, 40, 80, 200])('at %i columns', (columns) => {
  test('header, action and help line fit', () => {
    const state = { ...open, size: { columns, rows: 24 } };
    for (const line of [drawHeader(state), ...drawActionLines(state), drawHelpLine(state)])
      expect(textWidth(line)).toBeLessThanOrEqual(columns);
  });
});

test('the help line has what matters most, as much as fits', () => {
  expect(drawHelpLine(open)).toMatch(/^ Enter go {2}\? all keys {2}q quit/);
  expect(drawHelpLine({ ...open, size: { columns: 34, rows: 24 } })).toMatch(/^ Enter go {2}\? all keys {2}q quit/);
});

test('a short header still says which step of how many', () => {
  expect(drawHeader({ ...open, size: { columns: 40, rows: 15 } })).toContain('step 1 of 4');
});
