import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { readJournal } from '../../src/progress/journal.ts';
import { readCheckpoint, startOfLab, takeCheckpoint } from '../../src/workspace/checkpoints.ts';
import { createIgnored } from '../../src/workspace/ignored.ts';
import type { ApplyChange } from '../../src/workspace/moves.ts';
import { finishResets, lastReset, readPlans, resetWorkspace, undoReset } from '../../src/workspace/reset.ts';
import type { Workspace } from '../../src/workspace/workspace.ts';
import { contents, freshWorkspace, snapshot, write } from './work.ts';

const steps = ['a', 'b', 'c'];
let workspace: Workspace;
beforeEach(() => {
  workspace = freshWorkspace();
});

const doing = (change?: ApplyChange) => ({
  workspace,
  isIgnored: createIgnored(workspace.folder),
  now: Date.now(),
  ...(change ? { change } : {}),
});
const pass = (step: string) => takeCheckpoint({ ...doing(), step });

/** Back to before a step, by the checkpoint of the one before it. */
function goBack(step: string, change?: ApplyChange, files: { path: string; source: string }[] = []) {
  const at = steps.indexOf(step);
  const from = steps[at - 1];
  const checkpoint = readCheckpoint(workspace, from ?? startOfLab);
  const target = { files, ...(checkpoint ? { checkpoint } : {}) };
  return resetWorkspace({ ...doing(change), lab: 'x', step, steps: steps.slice(at), ...(from === undefined ? {} : { from }), target });
}

/** Ends the program before the change with this number. */
const crashAt = (number: number): ApplyChange => {
  let count = 0;
  return (what) => {
    if (count++ === number) throw new Crash();
    what();
  };
};
class Crash extends Error {}

const journal = () => [...readJournal(workspace.journal)].map(({ type, step }) => `${type} ${step ?? ''}`);

describe('going back', () => {
  test('makes the workspace what it was, and moves aside what came since', () => {
    write(workspace, 'app/main.py', 'one', 0o755);
    fs.symlinkSync('app', path.join(workspace.folder, 'link'));
    pass('a');
    const before = snapshot(workspace);
    write(workspace, 'app/main.py', 'two');
    write(workspace, 'new/deep/file.txt', 'mine');
    fs.rmSync(path.join(workspace.folder, 'link'));
    goBack('b');
    expect(snapshot(workspace)).toEqual(before);
    const kept = [...contents(workspace)];
    expect(kept).toContain('two');
    expect(kept).toContain('mine');
    expect(journal()).toEqual(['step-reset b']);
  });

  test('leaves environments where they are, and takes one with the folder that was not there before', () => {
    write(workspace, '.venv/bin/python', 'p');
    write(workspace, 'app/a.py', 'a');
    pass('a');
    write(workspace, 'app/node_modules/x.js', 'x');
    write(workspace, 'web/node_modules/y.js', 'y');
    write(workspace, 'web/y.js', 'y');
    const before = snapshot(workspace);
    goBack('b');
    expect(Object.keys(snapshot(workspace))).toEqual([
      '.venv',
      '.venv/bin',
      '.venv/bin/python',
      'app',
      'app/a.py',
      'app/node_modules',
      'app/node_modules/x.js',
    ]);
    undoReset(doing());
    expect(snapshot(workspace)).toEqual(before);
  });

  test('puts the lab’s own files over it, with the folders that they need', () => {
    write(workspace, 'app', 'a file where the lab wants a folder');
    const source = path.join(workspace.private, 'solution.py');
    fs.writeFileSync(source, 'the lab’s', { mode: 0o444 });
    goBack('a', undefined, [{ path: 'app/lib/main.py', source }]);
    expect(snapshot(workspace)).toEqual({
      app: 'folder 755',
      'app/lib': 'folder 755',
      'app/lib/main.py': `file 644 ${Buffer.from('the lab’s').toString('base64')}`,
    });
  });

  test('leaves a big file as it is', () => {
    write(workspace, 'big.bin', '');
    fs.truncateSync(path.join(workspace.folder, 'big.bin'), 10_000_001);
    pass('a');
    write(workspace, 'note.txt', 'x');
    goBack('b');
    expect(fs.readdirSync(workspace.folder).sort()).toEqual(['.labwalk', 'big.bin']);
    undoReset(doing());
    expect(fs.readdirSync(workspace.folder).sort()).toEqual(['.labwalk', 'big.bin', 'note.txt']);
  });

  test('takes the checkpoints of later steps out of the count, until it is undone', () => {
    for (const step of steps) {
      write(workspace, 'note.txt', step);
      pass(step);
    }
    goBack('b');
    const found = () => steps.filter((step) => readCheckpoint(workspace, step));
    expect(found()).toEqual(['a']);
    write(workspace, 'note.txt', 'again');
    pass('b');
    undoReset(doing());
    expect(found()).toEqual(steps);
    expect(fs.readFileSync(path.join(readCheckpoint(workspace, 'b')?.files ?? '', 'note.txt'), 'utf8')).toBe('b');
  });

  test('can be taken back one after the other, and says when there is nothing to take back', () => {
    const states: Record<string, string>[] = [];
    for (const step of steps) {
      write(workspace, `${step}.txt`, step);
      pass(step);
    }
    for (const step of ['c', 'b', 'a']) {
      states.push(snapshot(workspace));
      goBack(step);
    }
    for (const state of states.reverse()) {
      expect(undoReset(doing())?.state).toBe('done');
      expect(snapshot(workspace)).toEqual(state);
    }
    expect(undoReset(doing())).toBeUndefined();
    expect(lastReset(workspace)).toBeUndefined();
    expect(journal().map((line) => line.split(' ')[0])).toEqual([
      ...Array<string>(3).fill('step-reset'),
      ...Array<string>(3).fill('reset-undone'),
    ]);
  });

  test('changes nothing where a file can’t be moved, and the next start is not in its way', () => {
    write(workspace, 'a.txt', 'a');
    write(workspace, 'b.txt', 'b');
    const before = snapshot(workspace);
    const refusing: ApplyChange = (what) => {
      if (fs.existsSync(path.join(workspace.folder, 'b.txt')) && !fs.existsSync(path.join(workspace.folder, 'a.txt')))
        throw Object.assign(new Error('EBUSY: b.txt is in use'), { code: 'EBUSY' });
      what();
    };
    expect(() => goBack('a', refusing)).toThrow(UserError);
    expect(snapshot(workspace)).toEqual(before);
    finishResets(workspace);
    expect(snapshot(workspace)).toEqual(before);
    expect([readPlans(workspace), journal()]).toEqual([[], []]);
  });

  test('is finished by the next start, with what the learner wrote in between still there', () => {
    write(workspace, 'app/main.py', 'one');
    pass('a');
    write(workspace, 'app/main.py', 'two');
    write(workspace, 'other.txt', 'three');
    let moved = 0;
    const untilMoved: ApplyChange = (what) => {
      if (!fs.existsSync(path.join(workspace.folder, 'app/main.py'))) moved++;
      if (moved > 0) throw new Crash();
      what();
    };
    expect(() => goBack('b', untilMoved)).toThrow(Crash);
    write(workspace, 'app/main.py', 'written after the crash');
    finishResets(workspace);
    expect(fs.readFileSync(path.join(workspace.folder, 'app/main.py'), 'utf8')).toBe('one');
    for (const text of ['two', 'three', 'written after the crash']) expect(contents(workspace)).toContain(text);
    expect(journal()).toEqual(['step-reset b']);
    finishResets(workspace);
    expect(journal()).toEqual(['step-reset b']);
  });
});

/** What a learner does between two resets. */
type Doing =
  | { do: 'write'; name: string; mode: number }
  | { do: 'remove' | 'folder' | 'link'; name: string }
  | { do: 'pass'; step: string }
  /** `meanwhile`: written after the program has ended in the middle, before the next one starts. */
  | { do: 'reset'; step: string; crash?: number; meanwhile: string }
  | { do: 'undo'; crash?: number; meanwhile: string };

const names = [
  'a.txt',
  'dir/b.txt',
  'dir/deep/c.txt',
  'dir',
  'other/d.txt',
  'other',
  '강/물.txt',
  '.venv/lib/x.py',
  'dir/.venv/pyvenv.cfg',
];
const crash = fc.option(fc.nat(25), { nil: undefined });
const anything: fc.Arbitrary<Doing> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('write'), name: fc.constantFrom(...names), mode: fc.constantFrom(0o644, 0o755, 0o600, 0o444) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('remove', 'folder', 'link'), name: fc.constantFrom(...names) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass'), step: fc.constantFrom(...steps) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('reset'), step: fc.constantFrom(...steps), crash, meanwhile: fc.constantFrom(...names) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo'), crash, meanwhile: fc.constantFrom(...names) }) },
) as fc.Arbitrary<Doing>;

/** The contents of a file or of all files below a folder: what the learner destroys by their own hand. */
function below(name: string): string[] {
  const full = path.join(workspace.folder, name);
  const facts = fs.existsSync(full) ? fs.lstatSync(full) : undefined;
  if (facts?.isFile()) return [fs.readFileSync(full, 'utf8')];
  if (!facts?.isDirectory()) return [];
  return fs.readdirSync(full).flatMap((child) => below(path.join(name, child)));
}

/** Does it as a person would whose way may be blocked; gives the contents that are gone by their own doing. */
function live(what: Doing, text: string): string[] {
  const full = 'name' in what ? path.join(workspace.folder, what.name) : '';
  const destroyed = 'name' in what ? below(what.name) : [];
  try {
    switch (what.do) {
      case 'write':
        fs.rmSync(full, { force: true });
        write(workspace, what.name, text, what.mode);
        return destroyed;
      case 'remove':
        fs.rmSync(full, { recursive: true, force: true });
        return destroyed;
      case 'folder':
        fs.mkdirSync(full, { recursive: true });
        return [];
      case 'link':
        fs.mkdirSync(path.dirname(full), { recursive: true });
        fs.symlinkSync('a.txt', full);
        return [];
      case 'pass':
        pass(what.step);
        return [];
      default:
        return [];
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return destroyed.filter((gone) => !contents(workspace).has(gone));
  }
}

const crashing = (number: number | undefined, work: (change?: ApplyChange) => unknown, meanwhile: () => void) => {
  try {
    work(number === undefined ? undefined : crashAt(number));
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    meanwhile();
  }
  finishResets(workspace);
};

describe('whatever a learner does', () => {
  test('a reset that is undone gives back every byte, permission and link', () => {
    fc.assert(
      fc.property(
        fc.array(anything, { maxLength: 12 }),
        fc.array(fc.constantFrom(...steps), { minLength: 1, maxLength: 3 }),
        (life, resets) => {
          workspace = freshWorkspace();
          life.forEach((what, i) => {
            if (what.do === 'reset') goBack(what.step);
            else if (what.do === 'undo') undoReset(doing());
            else live(what, `text ${i}`);
          });
          const states = resets.map((step) => {
            const state = snapshot(workspace);
            goBack(step);
            return state;
          });
          for (const state of states.reverse()) {
            undoReset(doing());
            expect(snapshot(workspace)).toEqual(state);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('nothing that they wrote is lost, wherever the program ends in the middle', () => {
    fc.assert(
      fc.property(fc.array(anything, { minLength: 4, maxLength: 25 }), (life) => {
        workspace = freshWorkspace();
        const mine = new Set<string>();
        life.forEach((what, i) => {
          const text = `text ${i}`;
          const goOn = (next: Doing) => {
            live(next, text).forEach((content) => mine.delete(content));
            if (next.do === 'write' && below(next.name).includes(text)) mine.add(text);
          };
          const meanwhile = () => 'meanwhile' in what && goOn({ do: 'write', name: what.meanwhile, mode: 0o644 });
          if (what.do === 'reset') crashing(what.crash, (change) => goBack(what.step, change), meanwhile);
          else if (what.do === 'undo') crashing(what.crash, (change) => undoReset(doing(change)), meanwhile);
          else goOn(what);
          const there = contents(workspace);
          expect([...mine].filter((content) => !there.has(content))).toEqual([]);
          expect(readPlans(workspace).filter(({ state }) => state === 'going')).toEqual([]);
        });
      }),
      { numRuns: 80 },
    );
  });
});

describe('plans and checkpoints that are not as labwalk writes them', () => {
  const readPlan = () => JSON.parse(fs.readFileSync(path.join(workspace.resets, '1.json'), 'utf8')) as Record<string, unknown>;
  const writePlan = (plan: unknown) => fs.writeFileSync(path.join(workspace.resets, '1.json'), JSON.stringify(plan));

  test.each([
    ['lacks its moves', (plan: object) => ({ ...plan, moves: {} })],
    ['lacks everything', () => ({ version: 1 })],
    ['is no object', () => [null]],
    [
      'moves something out of the workspace',
      (plan: object) => ({ ...plan, moves: { ...moves, aside: [{ from: 'a.txt', to: '../a.txt' }] } }),
    ],
    ['moves something from outside', (plan: object) => ({ ...plan, moves: { ...moves, place: [{ from: '/etc/passwd', to: 'a.txt' }] } })],
  ])('a plan that %s moves nothing, and what it has moved stays', (_, change) => {
    pass('a');
    write(workspace, 'a.txt', 'mine');
    goBack('b');
    write(workspace, 'a.txt', 'new');
    fs.mkdirSync(path.join(workspace.resets, '1/checkpoints/kept'), { recursive: true });
    writePlan(change({ ...readPlan(), state: 'going' }));
    const before = snapshot(workspace);
    finishResets(workspace);
    expect(snapshot(workspace)).toEqual(before);
    expect(fs.existsSync(path.join(workspace.resets, '1/checkpoints/kept'))).toBe(true);
    expect([readPlans(workspace), lastReset(workspace)]).toEqual([[], undefined]);
  });

  test('a checkpoint that leads out of the workspace, or lacks something, is none', () => {
    write(workspace, 'a.txt', 'mine');
    pass('a');
    const file = path.join(workspace.checkpoints, 'a/manifest.json');
    const manifest = JSON.parse(fs.readFileSync(file, 'utf8')) as { entries: { path: string }[] };
    for (const bad of [
      { version: 1 },
      { ...manifest, entries: [{}] },
      { ...manifest, entries: [{ ...manifest.entries[0], path: '../b' }] },
    ]) {
      fs.writeFileSync(file, JSON.stringify(bad));
      expect(readCheckpoint(workspace, 'a')).toBeUndefined();
    }
    fs.writeFileSync(file, JSON.stringify(manifest));
    expect(readCheckpoint(workspace, 'a')).toBeDefined();
  });
});

const moves = { aside: [], folders: [], place: [], wayside: '.labwalk/kept/x' };
