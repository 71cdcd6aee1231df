import { beforeAll, describe, expect, test } from 'vitest';
import { createLook } from '../../src/report/look.ts';
import type { Effect } from '../../src/tui/state/effects.ts';
import type { Key } from '../../src/tui/state/input.ts';
import { countPlaces, currentPlace } from '../../src/tui/state/search.ts';
import { contextOf, createViewState, shownTerminal, type ViewState } from '../../src/tui/state/view-state.ts';
import { update } from '../../src/tui/state/update.ts';
import type { Message } from '../../src/tui/state/messages.ts';
import type { StepText } from '../../src/tui/driver/step-text.ts';
import { createFakeWalk, makeLab, type FakeWalk } from './fake-walk.ts';

const look = createLook({ colour: false, unicode: true, columns: 80 });
const nobody = { edit: fail, askKeys: fail, confirm: fail, choose: fail };
function fail(): never {
  throw new Error('nobody is to be asked');
}

/** A state, and what was wanted done on the way to it. */
interface At {
  state: ViewState;
  effects: Effect[];
}

const named: Record<string, Partial<Key>> = { 'ctrl-c': { name: 'c', ctrl: true }, 'shift-tab': { name: 'tab', shift: true } };
const key = (name: string): Message => {
  const text = name.length === 1 ? name : '';
  return { type: 'input', input: { kind: 'key', name, text, ctrl: false, alt: false, shift: false, ...named[name] } };
};

function send({ state, effects }: At, ...messages: (Message | string)[]): At {
  return messages.reduce<At>(
    (at, message) => {
      const next = update(at.state, typeof message === 'string' ? key(message) : message);
      return { state: next.state, effects: [...at.effects, ...next.effects] };
    },
    { state, effects },
  );
}

/** Each from here on: what was wanted before is forgotten. */
const wanted = (at: At, ...messages: (Message | string)[]) => send({ state: at.state, effects: [] }, ...messages).effects;

const lab = makeLab();
const cards = ['rivers', 'mountains', 'seas'].map((name) => ({ name, title: name, summary: '', duration: 5, steps: [] }));
const size = { columns: 120, rows: 40 };
const list: At = { state: createViewState({ size, now: 0, look, version: '1', labs: cards }), effects: [] };

let walk: FakeWalk;
let open: At;
beforeAll(async () => {
  walk = createFakeWalk(lab, nobody);
  await walk.terminals.ready();
  const { terminals, view } = walk;
  open = send(
    list,
    { type: 'lab-opening', name: 'rivers' },
    { type: 'walk-opened', walk: { lab, view, terminals: terminals.list, main: 'lab' } },
  );
});

function textOf(count: number, anchors: [number, number][] = []): StepText {
  const lines = Array.from({ length: count }, (_, i) => (i % 10 === 5 ? `line ${i} with a River` : `line ${i}`));
  return { lines, plain: lines, anchors: new Map(anchors) };
}
const rendered = (text: StepText): Message => ({ type: 'text-rendered', step: 'say-hello', text });
const withDoing = (at: At): At =>
  send(at, { type: 'walk-changed', view: { ...walk.view, doing: { what: 'command', text: 'sleep 9', since: 0 } } });

const withNothingDeployed = (at: At): At =>
  send(at, { type: 'walk-changed', view: { ...walk.view, summary: { ...walk.view.summary, deployed: [] } } });

describe('the list of labs', () => {
  test('the arrows choose, Enter opens', () => {
    expect(wanted(list, 'down', 'down', 'up', 'enter')).toEqual([{ do: 'open-lab', name: 'mountains' }]);
    expect(send(list, 'down', 'down', 'down', 'j').state.chosenLab).toBe(2);
    expect(send(list, 'G', 'g', 'k').state.chosenLab).toBe(0);
  });

  test('q quits at once: nothing is running', () => {
    expect(wanted(list, 'q')).toEqual([{ do: 'quit' }]);
  });

  test('keys of a lab do nothing there', () => {
    expect(wanted(list, 'n', 'c', 't', 'S')).toEqual([]);
  });
});

describe('doing', () => {
  test('Enter does the next thing, and so on for the keys of the step', () => {
    expect(wanted(open, 'enter', 'c', 'r', 'e', 'S', 's')).toEqual(
      ['next', 'check', 'redo', 'edit', 'take-solution', 'skip'].map((what) => ({ do: what })),
    );
  });

  test('Enter that types a command shows the terminal it is typed into', () => {
    const other = send(open, { type: 'terminal-opened', id: 'lab-2' });
    expect(shownTerminal(other.state)).toBe('lab-2');
    expect(shownTerminal(send(other, 'enter').state)).toBe('lab');
  });

  test('n and p show the steps beside this one; after the last one comes the end', () => {
    expect(wanted(open, 'n')).toEqual([{ do: 'go-to', step: 'write-a-file' }]);
    expect(wanted(open, 'p')).toEqual([]);
    const last = send(open, { type: 'walk-changed', view: { ...walk.view, step: 'start-it' } });
    const end = send(last, 'n');
    expect(end.state.place).toBe('end');
    expect(send(end, 'escape').state.place).toBe('lab');
  });

  test('Enter after the last thing shows the end', () => {
    const done = send(open, { type: 'walk-changed', view: { ...walk.view, next: { kind: 'end' } } });
    expect(send(done, 'enter').state.place).toBe('end');
  });

  test('at the end, cleaning up asks first where something is deployed', () => {
    const end = send(send(open, { type: 'walk-changed', view: { ...walk.view, next: { kind: 'end' } } }), 'enter');
    expect(wanted(end, 'C')).toEqual([]);
    expect(contextOf(send(end, 'C').state)).toBe('dialog');
    expect(wanted(end, 'C', 'y')).toEqual([{ do: 'clean-up' }]);
    expect(wanted(end, 'C', 'escape')).toEqual([]);
  });

  test('a notice stays until the next key', () => {
    const said = send(open, { type: 'notice', notice: { level: 'info', text: 'Well.' } });
    expect(said.state.notice?.text).toBe('Well.');
    expect(send(said, 'down').state.notice).toBeUndefined();
  });
});

describe('leaving', () => {
  test('asks only if something is running or deployed, and says what', () => {
    expect(wanted(withNothingDeployed(open), 'q')).toEqual([{ do: 'quit' }]);
    const drawn = (state: ViewState) => state.dialogs[0]?.dialog.draw(state.dialogs[0].state, size, look).join(' ') ?? '';
    const deployed = drawn(send(open, 'q').state).replaceAll(/\s+/g, ' ');
    expect(deployed).toContain('Still deployed in the sandbox: role rivers-dev.');
    expect(deployed).toContain('until you delete it: labwalk clean');
    const asked = send(withDoing(open), 'q');
    expect(asked.effects).toEqual(open.effects);
    expect(asked.state.dialogs[0]?.dialog.draw(asked.state.dialogs[0].state, size, look).join('\n')).toContain('sleep 9');
    expect(wanted(asked, 'y')).toEqual([{ do: 'quit' }]);
    expect(wanted(asked, 'enter')).toEqual([]);
    expect(wanted(asked, 'n')).toEqual([]);
  });

  test('Ctrl-C stops what runs; else it asks', () => {
    expect(wanted(withDoing(open), 'ctrl-c')).toEqual([{ do: 'stop' }]);
    expect(wanted(open, 'ctrl-c')).toEqual([]);
    expect(wanted(open, 'ctrl-c', 'y')).toEqual([{ do: 'quit' }]);
  });

  test('Ctrl-C reaches a command that the learner typed into the terminal that is shown', () => {
    const terminals = [{ id: 'lab', busy: true, kind: 'pty' as const }];
    const busy = send(open, { type: 'terminals-changed', terminals, main: 'lab' });
    expect(wanted(busy, 'ctrl-c')).toEqual([{ do: 'type', id: 'lab', keys: '\x03' }]);
  });

  test('while a lab opens only Ctrl-C counts', () => {
    const busy = send(list, { type: 'lab-opening', name: 'rivers' }, { type: 'busy', text: 'opening' });
    expect(wanted(busy, 'q', 'enter', 'x')).toEqual([]);
    expect(wanted(busy, 'ctrl-c')).toEqual([{ do: 'quit' }]);
  });

  test('back at the list the lab’s progress is shown as it is now', () => {
    const card = { ...cards[0], steps: lab.steps.map(({ id, title, reading }) => ({ id, title, task: '', reading, outcome: null })) };
    const from: At = { ...list, state: { ...list.state, labs: [card as ViewState['labs'][number]] } };
    const passing = createFakeWalk(lab, nobody);
    const { view, terminals } = passing;
    const walked = send(
      from,
      { type: 'lab-opening', name: 'rivers' },
      { type: 'walk-opened', walk: { lab, view, terminals: terminals.list, main: 'lab' } },
    );
    passing.tell({ type: 'step-ended', outcome: 'passed', ms: 1 }, 'say-hello');
    const [after] = send(walked, { type: 'walk-changed', view: passing.view }, { type: 'walk-closed' }).state.labs;
    expect(after).toMatchObject({
      at: 'say-hello',
      steps: [{ outcome: 'passed' }, { outcome: null }, { outcome: null }, { outcome: null }],
    });
  });

  test('back at the list nothing of the lab is left', () => {
    const { state } = send(open, rendered(textOf(50)), 'h', { type: 'walk-closed' });
    expect(state).toMatchObject({ place: 'labs', text: { top: 0 } });
    expect(state.walk).toBeUndefined();
    expect(state.overlay).toBeUndefined();
  });
});

describe('the text', () => {
  test('is scrolled by arrows and pages, never beyond its ends', () => {
    const at = send(open, rendered(textOf(100)));
    expect(send(at, 'down', 'j', 'k').state.text.top).toBe(1);
    expect(send(at, 'up').state.text.top).toBe(0);
    const end = send(at, 'G').state.text.top;
    expect(send(at, 'G', ' ', 'pagedown', 'down').state.text.top).toBe(end);
    expect(end).toBeGreaterThan(60);
    expect(send(at, 'G', 'home').state.text.top).toBe(0);
  });

  test('a text that fits does not move', () => {
    expect(send(open, rendered(textOf(5)), 'down', 'G', ' ').state.text.top).toBe(0);
  });

  test('the next thing comes into view when it changes', () => {
    const at = send(
      open,
      rendered(
        textOf(200, [
          [0, 3],
          [1, 150],
        ]),
      ),
    );
    expect(at.state.text.top).toBe(0);
    const next = { kind: 'run' as const, number: 1, text: 'x', again: false };
    const { top } = send(at, { type: 'walk-changed', view: { ...walk.view, next } }).state.text;
    expect(top).toBeGreaterThan(130);
    expect(top).toBeLessThanOrEqual(150);
  });

  test('a change that leaves the next thing as it is leaves the text where the learner reads', () => {
    const at = send(open, rendered(textOf(200, [[0, 3]])), 'G');
    expect(send(at, { type: 'walk-changed', view: { ...walk.view } }).state.text.top).toBe(at.state.text.top);
  });

  test('another width shows about the same place', () => {
    const at = send(open, rendered(textOf(200)), 'G');
    const wide = send(at, rendered(textOf(100)));
    expect(wide.state.text.top / 100).toBeCloseTo(at.state.text.top / 200, 0);
  });

  test('another step begins at its start', () => {
    const at = send(open, rendered(textOf(200)), 'G', { type: 'walk-changed', view: { ...walk.view, step: 'write-a-file' } });
    expect(at.state.text.top).toBe(0);
  });
});

describe('the search', () => {
  const search = (...more: string[]) => send(open, rendered(textOf(100)), '/', ...'river', ...more);

  test('finds as it is typed, in either case, and shows the first place', () => {
    const { search: found, text } = search().state;
    expect(found && countPlaces(found)).toBe(10);
    expect(found && currentPlace(found)).toEqual({ pane: 'text', place: { line: 5, column: 14, length: 5 } });
    expect(text.top).toBe(0);
  });

  test('Enter and ↓ go on, ↑ goes back, round and round', () => {
    expect(search('enter').state.search?.at).toBe(1);
    expect(search('down', 'enter', 'up').state.search?.at).toBe(1);
    expect(search('up').state.search?.at).toBe(9);
    expect(search('up').state.text.top).toBeGreaterThan(50);
  });

  test('asks for the places in the terminal, and shows them after those in the text', () => {
    const at = search();
    expect(at.effects.at(-1)).toEqual({ do: 'search-terminal', text: 'river' });
    const found = send(at, { type: 'terminal-searched', text: 'river', places: [{ line: 7, column: 0, length: 5 }] }, 'up');
    expect(found.state.search && currentPlace(found.state.search)?.pane).toBe('terminal');
  });

  test('a text that comes while it is searched is searched, too', () => {
    const at = send(open, '/', ...'river', rendered(textOf(100)));
    expect(at.state.search?.inText).toHaveLength(10);
  });

  test('places of an older search come too late', () => {
    const at = send(search(), { type: 'terminal-searched', text: 'riv', places: [{ line: 7, column: 0, length: 3 }] });
    expect(at.state.search?.inTerminal).toEqual([]);
  });

  test('Esc ends it, and the keys mean again what they meant', () => {
    const at = search('q');
    expect(at.effects.some((effect) => effect.do === 'quit')).toBe(false);
    expect(contextOf(send(at, 'escape').state)).toBe('text');
  });

  test('Backspace in an empty search ends it', () => {
    expect(contextOf(send(open, '/', 'backspace').state)).toBe('text');
  });

  test('a paste is searched for', () => {
    const at = send(open, rendered(textOf(100)), '/', { type: 'input', input: { kind: 'paste', text: 'line 42\n' } });
    expect(at.state.search && currentPlace(at.state.search)?.place.line).toBe(42);
  });
});

describe('the terminals', () => {
  const two = () =>
    send(open, {
      type: 'terminals-changed',
      terminals: [
        { id: 'lab', busy: false, kind: 'pty' },
        { id: 'app', service: 'app', busy: true, kind: 'pty' },
      ],
      main: 'lab',
    });

  test('t gives the keyboard away, and Ctrl-] brings it back', () => {
    const given = send(open, 't');
    expect(given.state).toMatchObject({ pane: 'terminal', terminal: { hasKeyboard: true } });
    expect(send(given, { type: 'keyboard-back' }).state.terminal.hasKeyboard).toBe(false);
  });

  test('numbers show one, Tab goes through them', () => {
    expect(shownTerminal(send(two(), '2').state)).toBe('app');
    expect(shownTerminal(send(two(), '2', '1').state)).toBe('lab');
    expect(shownTerminal(send(two(), '7').state)).toBe('app');
    const panes = ['tab', 'tab', 'tab', 'tab'].map((_, i) => {
      const { state } = send(two(), '1', 'shift-tab', ...Array<string>(i + 1).fill('tab'));
      return state.pane === 'terminal' ? shownTerminal(state) : state.pane;
    });
    expect(panes).toEqual(['lab', 'app', 'checks', 'text']);
    expect(send(two(), '1', 'shift-tab', 'shift-tab').state.pane).toBe('checks');
  });

  test('a service that labwalk starts is watched until the next command', () => {
    expect(shownTerminal(two().state)).toBe('app');
    expect(shownTerminal(send(two(), 'enter').state)).toBe('lab');
  });

  test('where the typed service is adopted, the new main terminal is shown', () => {
    const terminals = [
      { id: 'lab', service: 'app', busy: true, kind: 'pty' as const },
      { id: 'lab-2', busy: false, kind: 'pty' as const },
    ];
    expect(shownTerminal(send(open, 't', { type: 'terminals-changed', terminals, main: 'lab-2' }).state)).toBe('lab-2');
  });

  test('where a service was typed into a further terminal, the main one is shown', () => {
    const changed = (service?: string): Message => ({
      type: 'terminals-changed',
      terminals: [
        { id: 'lab', busy: false, kind: 'pty' },
        { id: 'lab-2', busy: true, kind: 'pty', ...(service !== undefined && { service }) },
      ],
      main: 'lab',
    });
    const typing = send(open, changed(), '2', 't');
    expect(shownTerminal(typing.state)).toBe('lab-2');
    const adopted = send(typing, changed('app'));
    expect(shownTerminal(adopted.state)).toBe('lab');
    expect(adopted.state.terminal.hasKeyboard).toBe(true);
    // Who goes back to look at it stays there.
    expect(shownTerminal(send(adopted, { type: 'keyboard-back' }, '2', changed('app')).state)).toBe('lab-2');
  });

  test('a terminal that is gone is no longer shown', () => {
    const at = send(two(), '2', { type: 'terminals-changed', terminals: [{ id: 'lab', busy: false, kind: 'pty' }], main: 'lab' });
    expect(shownTerminal(at.state)).toBe('lab');
  });

  test('the lab’s own terminal and a service’s are not closed by W, a further one is; a busy one asks', () => {
    expect(wanted(open, 'W')).toEqual([]);
    expect(wanted(two(), '2', 'W')).toEqual([]);
    const further = (busy: boolean) =>
      send(open, {
        type: 'terminals-changed',
        terminals: [
          { id: 'lab', busy: false, kind: 'pty' },
          { id: 'lab-2', busy, kind: 'pty' },
        ],
        main: 'lab',
      });
    expect(wanted(further(false), '2', 'W')).toEqual([{ do: 'close-terminal', id: 'lab-2' }]);
    expect(wanted(further(true), '2', 'W')).toEqual([]);
    expect(wanted(further(true), '2', 'W', 'y')).toEqual([{ do: 'close-terminal', id: 'lab-2' }]);
  });

  test('who reads further up in the terminal stays there while more comes', () => {
    const at = send(open, { type: 'screen-changed', scrolled: 100 }, 'tab', 'up', 'up', 'up');
    expect(at.state.terminal.back).toBe(3);
    expect(send(at, { type: 'screen-changed', scrolled: 110 }).state.terminal.back).toBe(13);
    expect(send(at, 'G', { type: 'screen-changed', scrolled: 110 }).state.terminal.back).toBe(0);
    expect(send(at, 'g').state.terminal.back).toBe(100);
    expect(send(at, 'g', { type: 'typed' }).state.terminal.back).toBe(0);
  });

  test('an editor has a terminal and the keyboard until it ends', () => {
    const editing = send(open, { type: 'program', id: 'editor' });
    expect(shownTerminal(editing.state)).toBe('editor');
    expect(editing.state.terminal.hasKeyboard).toBe(true);
    const after = send(editing, { type: 'program' });
    expect(shownTerminal(after.state)).toBe('lab');
    expect(after.state).toMatchObject({ pane: 'text', terminal: { hasKeyboard: false } });
  });
});

describe('windows', () => {
  test('l shows all steps; the arrows choose one and Enter goes there', () => {
    expect(wanted(open, 'l', 'down', 'down', 'enter')).toEqual([{ do: 'go-to', step: 'read-on' }]);
    expect(send(open, 'l', 'enter').state.overlay).toBeUndefined();
    expect(wanted(open, 'l', 'escape', 'enter')).toEqual([{ do: 'next' }]);
  });

  test('h shows a hint and the window of hints', () => {
    expect(wanted(open, 'h', 'h')).toEqual([{ do: 'hint' }, { do: 'hint' }]);
    expect(send(open, 'h').state.overlay?.kind).toBe('hints');
  });

  test('? can be scrolled to its end and closed', () => {
    const small = send(open, { type: 'resized', size: { columns: 40, rows: 15 } }, '?');
    const end = send(small, 'G');
    expect(end.state.overlay?.at).toBeGreaterThan(10);
    expect(send(end, 'down').state.overlay?.at).toBe(end.state.overlay?.at);
    expect(send(end, 'q').effects).toEqual(open.effects);
    expect(send(end, 'q').state.overlay).toBeUndefined();
  });

  test('services are started, stopped and restarted in theirs', () => {
    const services = { app: { name: 'app', text: 'serve', command: 1, status: 'ready' as const } };
    const at = send(open, { type: 'walk-changed', view: { ...walk.view, state: { ...walk.view.state, services } } }, 'v');
    expect(wanted(at, 's', 'x', 'r')).toEqual(['start', 'stop', 'restart'].map((what) => ({ do: 'control-service', name: 'app', what })));
    expect(wanted(open, 'v', 's')).toEqual([]);
  });
});
