/** A walk without a run for tests of the screen: Enter does the actions one after the other, at once, and they always succeed. */
import { checksByName } from '../../src/checks/index.ts';
import type { EventBody } from '../../src/events/event.ts';
import { parseLab } from '../../src/lab/parse-lab.ts';
import { segmentsOf } from '../../src/lab/facts/segments.ts';
import type { Lab } from '../../src/lab/types.ts';
import { initialState } from '../../src/progress/state.ts';
import { reduce } from '../../src/progress/reduce.ts';
import type { Learner, Next, Walk, WalkView } from '../../src/walk/walk-types.ts';
import { createFakeTerminals } from './fake-terminals.ts';

export const labText = `---
title: Rivers 강과 바다 🌊
summary: A small lab with one of everything.
duration: 15m
variables:
  PORT: {free-port: 8080}
---
# Rivers 강과 바다 🌊

What the lab is about.

## First task

### Say hello

Say **hello** to the terminal.

\`\`\`sh run
echo hello
\`\`\`

\`\`\`yaml check
- output: {contains: hello}
\`\`\`

<details><summary>Hint</summary>

The word is *hello*.

</details>

### Write a file

\`\`\`python file=app.py
print('hello')
\`\`\`

\`\`\`yaml check
- file: {path: app.py, contains: hello}
\`\`\`

### Read on

${Array.from({ length: 60 }, (_, i) => `Paragraph ${i + 1} of a long text.`).join('\n\n')}

## Second task

### Start it

\`\`\`sh service=app ready=http://localhost:$PORT/
serve --port $PORT
\`\`\`

\`\`\`yaml check
- port: {port: "{{PORT}}"}
\`\`\`
`;

export function makeLab(text = labText): Lab {
  const { lab, problems } = parseLab('/labs/rivers/lab.md', { read: () => text, checks: checksByName });
  if (!lab) throw new Error(JSON.stringify(problems, undefined, 2));
  return lab;
}

export interface FakeWalk extends Walk {
  terminals: ReturnType<typeof createFakeTerminals>;
  tell(body: EventBody, step?: string): void;
}

export function createFakeWalk(lab: Lab, learner: Learner): FakeWalk {
  const terminals = createFakeTerminals();
  const listeners = new Set<() => void>();
  const time = '2030-01-01T00:00:00.000Z';
  let state = initialState(lab.name);
  let step = lab.steps[0]?.id ?? '';
  let doing: WalkView['doing'];
  let notice: WalkView['notice'];
  let hints = 0;
  let view: WalkView;

  const stepNow = () => {
    const found = lab.steps.find(({ id }) => id === step);
    if (!found) throw new Error(`no step ${step}`);
    return found;
  };
  const doneActions = new Map<string, number>();

  function nextOf(): Next {
    const now = stepNow();
    const actions = segmentsOf(now).flatMap(({ action, number }) => (action && number !== undefined ? [{ action, number }] : []));
    const { action, number = 0 } = actions[doneActions.get(step) ?? 0] ?? {};
    const again = false;
    if (action?.kind === 'run') return { kind: 'run', number, text: action.script, again };
    if (action?.kind === 'service') return { kind: 'service', number, name: action.name, text: action.script, again };
    if (action?.kind === 'file') return { kind: 'file', number, path: action.path, again };
    if (action?.kind === 'credentials') return { kind: 'credentials', number, for: action.for, again };
    const after = lab.steps[lab.steps.indexOf(now) + 1];
    return after ? { kind: 'go-on', step: after.id } : { kind: 'end' };
  }

  function makeView(): WalkView {
    const { passed, skipped } = state.counts.steps;
    const all = stepNow().parts.flatMap((part) => (part.kind === 'hint' ? [part.markdown] : []));
    return {
      state,
      step,
      next: nextOf(),
      ...(doing && { doing }),
      hints: { shown: all.slice(0, hints), of: all.length },
      toStart: [],
      ...(notice && { notice }),
      summary: {
        ms: 65_000,
        steps: { passed, of: lab.steps.length, skipped },
        checks: { passed: state.counts.checks.passed, of: 3 },
        hints,
        solutions: 0,
        deployed: ['role rivers-dev'],
      },
    };
  }

  function changed(): void {
    view = makeView();
    for (const listener of listeners) listener();
  }

  function tell(body: EventBody, of?: string): void {
    state = reduce(state, { time, lab: lab.name, ...(of !== undefined && { step: of }), ...body });
    changed();
  }

  function pass(number: number): void {
    const now = stepNow();
    const { action, checks } = segmentsOf(now).find((segment) => segment.number === number) ?? { checks: [] };
    if (action) {
      tell({ type: 'action-started', action: number, kind: action.kind, summary: '', place: action.place }, step);
      if (action.kind === 'run') terminals.run(action.script.trim());
      if (action.kind === 'service') {
        tell({ type: 'service-started', service: action.name, command: 9, text: action.script, directory: '' }, step);
        terminals.add({ id: action.name, service: action.name, busy: true, kind: 'pty' });
        terminals.print(action.name, 'serving\r\n');
        tell({ type: 'service-ready', service: action.name, by: 'port 8080', ms: 5 }, step);
      }
      tell({ type: 'action-ended', action: number, outcome: 'done', ms: 5 }, step);
    }
    for (const { number: check, use } of checks) {
      tell(
        { type: 'check-ended', check, name: use.check, summary: `check ${use.check}`, outcome: 'passed', ms: 1, place: use.place },
        step,
      );
    }
    doneActions.set(step, number + 1);
    if (nextOf().kind === 'go-on' || nextOf().kind === 'end') tell({ type: 'step-ended', outcome: 'passed', ms: 5 }, step);
    changed();
  }

  const goTo = (id: string) => {
    step = id;
    hints = 0;
    notice = undefined;
    changed();
  };
  const steps = lab.steps.map(({ id, title, task, reading }) => ({ id, title, task, reading, checks: 1 }));
  state = reduce(state, {
    ...{ type: 'run-started', time, lab: lab.name, labwalk: '1.2.3', title: lab.title, driver: 'tui', mode: 'sandbox' },
    ...{ workspace: '/w', hash: '', seed: 's', steps },
  });
  state = reduce(state, { type: 'variable-set', time, lab: lab.name, name: 'PORT', value: '8080' });
  view = makeView();

  return {
    lab,
    terminals,
    get view() {
      return view;
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onEvent: () => () => {},
    goBack: () => Promise.resolve(undefined),
    async next() {
      const { next } = view;
      if (next.kind === 'go-on') return goTo(next.step);
      if (next.kind === 'file') {
        const edited = await learner.edit('/w/app.py', 1);
        if (edited.how === 'none') {
          notice = { level: 'warning', text: edited.why };
          return changed();
        }
      }
      if ('number' in next) pass(next.number);
    },
    async check() {
      notice = { level: 'info', text: 'Checked again.' };
      changed();
    },
    async redo() {
      doing = { what: 'command', text: 'sleep 1000', since: Date.now() };
      changed();
    },
    hint() {
      const isThere = hints < view.hints.of;
      if (isThere) hints++;
      changed();
      return isThere;
    },
    diff: () => Promise.resolve({ lab: lab.name, step, files: [] }),
    async takeFromLab() {},
    async takeSolution() {},
    async edit() {
      await learner.edit('/w/app.py', 1);
    },
    async skip() {
      const yes = await learner.confirm({ title: 'Skip the step?', lines: ['It stays open.'], yes: 'Skip', no: 'Stay' });
      const { next } = view;
      if (yes && next.kind !== 'end') goTo(lab.steps[lab.steps.indexOf(stepNow()) + 1]?.id ?? step);
    },
    goTo,
    async stop() {
      doing = undefined;
      notice = { level: 'info', text: 'Stopped.' };
      changed();
    },
    async controlService(name, what) {
      notice = { level: 'info', text: `${what} ${name}` };
      changed();
    },
    async cleanUp() {
      tell({ type: 'cleanup-started' });
      tell({ type: 'cleanup-ended', ms: 3, left: [] });
      return undefined;
    },
    async close() {},
    tell,
  };
}
