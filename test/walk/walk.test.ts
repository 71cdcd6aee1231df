import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Keys } from '../../src/engine/context/cloud.ts';
import { UserError } from '../../src/errors.ts';
import type { Mode } from '../../src/lab/types.ts';
import type { Choice, Walk } from '../../src/walk/walk-types.ts';
import { createWalk, type Earlier } from '../../src/walk/walk.ts';
import { watchFiles } from '../../src/walk/watch-files.ts';
import { createFakeRun, type FakeRun } from './fake-run.ts';
import { createPerson, type Person } from './person.ts';
import { fence, labOf, stateOf } from './support.ts';

const check = (file: string) => fence('yaml check', `- file: ${file}`);
const hint = (text: string) => `<details><summary>Hint</summary>\n\n${text}\n\n</details>\n\n`;

const text = [
  '### Read\n\nOnly text.\n\n',
  `### Do\n\n${fence('sh run', 'one')}${check('a')}${fence('sh service=app', 'serve')}${check('b')}${hint('First.')}${hint('Second.')}`,
  `### Write\n\n${fence('python file=app/app.py', 'x = 1')}${fence('yaml check', '- file: { path: app/app.py, contains: "x" }')}`,
  `### Keys\n\n${fence('yaml credentials', 'for: [iam]')}`,
  `### End\n\n${check('c')}`,
].join('');

const wayOf = (id: string) => () => Promise.resolve({ level: 'info' as const, text: `went ${id}` });

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

function startWalk(
  earlier: Partial<Earlier> = {},
  steps = text,
  mode: Mode = 'sandbox',
): { walk: Walk; fake: FakeRun; person: Person; folder: string } {
  const lab = labOf(steps);
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-walk-')));
  const fake = createFakeRun(lab, folder);
  const person = createPerson();
  const walk = createWalk({
    ...{ lab, run: fake.run, learner: person, workspace: folder, env: { PATH: process.env['PATH'] ?? '' }, now: Date.now },
    state: stateOf(lab, [], mode),
    earlier: { ms: 0, solutions: 0, hints: {}, services: [], ...earlier },
    back: { ways: (step) => (['own', 'undo'] as const).map((id) => ({ id, name: `${id} ${step}`, about: '', take: wayOf(id) })) },
  });
  fake.listen = (event) => walk.listen(event);
  open.push(() => walk.close());
  return { walk, fake, person, folder };
}

const until = (walk: Walk, what: (walk: Walk) => boolean) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (!what(walk)) return;
      off();
      resolve();
    };
    const off = walk.on(look);
    look();
  });

const status = (walk: Walk, step: string) => walk.view.state.steps.blocks.flat().find(({ id }) => id === step)?.status;
const begun = (calls: readonly string[]) => calls.filter((call) => /^(start|check|stop|restart|cleanup)\b/.test(call));

describe('Enter', () => {
  test('does one thing at a time and goes on only when it is pressed again', async () => {
    const { walk, fake } = startWalk();
    expect(walk.view).toMatchObject({ step: 'read', next: { kind: 'go-on', step: 'do' } });
    await walk.next();
    expect(walk.view).toMatchObject({ step: 'do', next: { kind: 'run', number: 0 } });
    await walk.next();
    expect(walk.view).toMatchObject({ step: 'do', next: { kind: 'service', number: 1 } });
    await walk.next();
    expect(walk.view).toMatchObject({ step: 'do', next: { kind: 'go-on', step: 'write' }, notice: { level: 'info', text: 'Passed.' } });
    expect(begun(fake.calls)).toEqual(['start read 0', 'start do 0', 'start do 1']);
    expect(status(walk, 'do')).toBe('passed');
  });

  test('does again what failed, and says what else can be done', async () => {
    const { walk, fake } = startWalk({ step: 'do' });
    fake.failing.add('do#0');
    await walk.next();
    expect(walk.view).toMatchObject({ next: { kind: 'run', number: 0, again: true }, notice: { level: 'error' } });
    expect(walk.view.notice?.text).toBe('1 check failed. Press Enter to retry; h shows a hint and s skips the step.');
    fake.failing.clear();
    await walk.next();
    expect(walk.view.next).toMatchObject({ kind: 'service' });
    expect(walk.view.notice).toBeUndefined();
  });

  test('pressed many times while something is done does it once', async () => {
    const { walk, fake } = startWalk({ step: 'do' });
    const release = fake.hold();
    const all = Promise.all([walk.next(), walk.next(), walk.check(), walk.redo(), walk.skip(), walk.takeSolution(), walk.edit()]);
    walk.goTo('end');
    expect(walk.view).toMatchObject({ step: 'do', doing: { what: 'command', text: 'one' } });
    release();
    await all;
    expect(begun(fake.calls)).toEqual(['start do 0']);
    expect(walk.view.doing).toBeUndefined();
  });

  test('makes the checks of a step that has nothing else', async () => {
    const { walk, fake } = startWalk({ step: 'end' });
    expect(walk.view.next).toEqual({ kind: 'check' });
    await walk.next();
    expect(begun(fake.calls)).toEqual(['check end']);
    expect(status(walk, 'end')).toBe('passed');
  });

  test('tells a failure of this machine and leaves mistakes of the program to the driver', async () => {
    const { walk, fake } = startWalk({ step: 'do' });
    const { start } = fake.run;
    fake.run.start = () => Promise.reject(new UserError('bash is not here.', { fix: 'Install it.' }));
    await walk.next();
    expect(walk.view.notice).toEqual({ level: 'error', text: 'bash is not here. Install it.' });
    fake.run.start = () => Promise.reject(new TypeError('a bug'));
    await expect(walk.next()).rejects.toThrow('a bug');
    fake.run.start = start;
    await walk.next();
    expect(walk.view.next).toMatchObject({ kind: 'service' });
  });
});

describe('what is shown while something is done', () => {
  test('is the command, then the checks below it', async () => {
    const { walk, fake } = startWalk({ step: 'do' });
    const shown: string[] = [];
    walk.on(() => {
      const { doing } = walk.view;
      const line = doing ? `${doing.what}: ${doing.text}` : '';
      if (line !== shown.at(-1)) shown.push(line);
    });
    const release = fake.hold();
    const done = walk.next();
    fake.tell({ type: 'command-started', command: 1, terminal: 'lab', text: 'one', byHand: false, directory: '.' }, 'do');
    fake.tell({ type: 'command-started', command: 2, terminal: 'lab', text: 'two', byHand: false, directory: '.' }, 'do');
    await until(walk, () => walk.view.doing?.text === 'two');
    release();
    await done;
    expect(shown).toEqual(['command: one', 'command: two', 'checks: 1 check', '']);
  });
});

describe('stopping', () => {
  test('ends what is being done and says how to go on', async () => {
    const { walk, fake } = startWalk({ step: 'do' });
    fake.hold();
    const done = walk.next();
    await walk.stop();
    await done;
    expect(status(walk, 'do')).toBe('interrupted');
    expect(walk.view).toMatchObject({ next: { number: 0, again: true }, notice: { text: 'Stopped. Press Enter to retry.' } });
  });

  test('does nothing when nothing is done', async () => {
    const { walk, fake } = startWalk({ step: 'do' });
    await walk.stop();
    expect(begun(fake.calls)).toEqual([]);
    expect(walk.view.notice).toBeUndefined();
  });

  test('presses Ctrl-C for a command that the learner typed', async () => {
    const { walk, fake } = startWalk({ step: 'do' });
    Object.assign(fake.run.terminals, { list: [{ id: 'lab', busy: true, kind: 'pty' }] });
    await walk.stop();
    expect(fake.calls).toContain('input lab "\\u0003"');
  });
});

describe('while what was saved is checked', () => {
  /** At a step that has passed, in the middle of the checks that a save has begun. */
  async function saveAfterPassing() {
    const started = startWalk({ step: 'write' });
    const { walk, fake, person, folder } = started;
    person.edits = (file) => {
      fs.writeFileSync(file, 'x = 1');
      return Promise.resolve({ how: 'closed' });
    };
    await walk.next();
    const release = fake.hold();
    fs.writeFileSync(path.join(folder, 'app/app.py'), 'x = 2');
    await until(walk, () => walk.view.doing?.what === 'checks');
    return { ...started, release };
  }

  test('Enter goes on all the same', async () => {
    const { walk } = await saveAfterPassing();
    const { next } = walk.view;
    await walk.next();
    expect(next).toMatchObject({ kind: 'go-on' });
    expect(walk.view.step).toBe(next.kind === 'go-on' && next.step);
  });

  test('another step can be shown', async () => {
    const { walk } = await saveAfterPassing();
    walk.goTo('do');
    expect(walk.view.step).toBe('do');
  });

  test('what the learner asks for ends those checks, and is done', async () => {
    const { walk, fake, release } = await saveAfterPassing();
    const done = walk.controlService('app', 'start');
    release();
    await done;
    expect(begun(fake.calls)).toEqual(['start write 0 own', 'check write', 'start app', 'check write']);
  });

  test('Enter opens no file: the checks may say that it is as it should be', async () => {
    const { walk, fake, person, folder } = startWalk({ step: 'write' });
    const release = fake.hold();
    fs.mkdirSync(path.join(folder, 'app'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'app/app.py'), 'x = 2');
    await until(walk, () => walk.view.doing?.what === 'file');
    await walk.next();
    expect(person.edited).toEqual([]);
    release();
    await until(walk, () => status(walk, 'write') === 'passed');
  });
});

describe('a file', () => {
  const write = (folder: string, content: string) => {
    fs.mkdirSync(path.join(folder, 'app'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'app/app.py'), content);
  };

  test('is opened in the editor, in a folder that is there, and checked once when it was written', async () => {
    const { walk, fake, person, folder } = startWalk({ step: 'write' });
    person.edits = (file) => {
      fs.writeFileSync(file, 'x = 2');
      return Promise.resolve({ how: 'closed' });
    };
    await walk.next();
    expect(person.edited).toEqual([path.join(folder, 'app/app.py')]);
    expect(begun(fake.calls)).toEqual(['start write 0 own']);
    expect(status(walk, 'write')).toBe('passed');
  });

  test('that was left as it was is not checked, and the learner is told how to go on', async () => {
    const { walk, fake } = startWalk({ step: 'write' });
    await walk.next();
    expect(begun(fake.calls)).toEqual([]);
    expect(walk.view).toMatchObject({ next: { kind: 'file', again: false }, notice: { level: 'info' } });
    expect(walk.view.notice?.text).toContain('app/app.py is as it was');
  });

  test('that is open elsewhere is checked when it is saved', async () => {
    const { walk, fake, person, folder } = startWalk({ step: 'write' });
    person.edits = () => Promise.resolve({ how: 'elsewhere' });
    await walk.next();
    expect(walk.view.notice?.text).toContain('Save it there');
    write(folder, 'x = 3');
    await until(walk, () => status(walk, 'write') === 'passed');
    expect(begun(fake.calls)).toEqual(['start write 0 own']);
  });

  test('that is saved in an editor which stays open is checked at once, and not again when it closes', async () => {
    const { walk, fake, person, folder } = startWalk({ step: 'write' });
    let close = () => {};
    person.edits = () => new Promise((resolve) => (close = () => resolve({ how: 'closed' })));
    const done = walk.next();
    await until(walk, () => walk.view.doing?.what === 'file');
    write(folder, 'x = 4');
    await until(walk, () => status(walk, 'write') === 'passed');
    close();
    await done;
    expect(begun(fake.calls)).toEqual(['start write 0 own']);
  });

  test('without an editor says what to set', async () => {
    const { walk, person } = startWalk({ step: 'write' });
    person.edits = () => Promise.resolve({ how: 'none', why: 'Set EDITOR.' });
    await walk.next();
    expect(walk.view.notice).toEqual({ level: 'warning', text: 'Set EDITOR.' });
  });

  test('that was written without labwalk counts when the learner asks for the checks', async () => {
    const { walk, fake, folder } = startWalk({ step: 'write' });
    write(folder, 'x = 1');
    await walk.check();
    expect(begun(fake.calls)).toEqual(['start write 0 own']);
  });

  test('is replaced by the solution only after asking, and the learner is told where theirs is', async () => {
    const { walk, fake, person, folder } = startWalk({ step: 'write' });
    write(folder, 'mine');
    person.agrees = false;
    await walk.takeSolution();
    expect(fs.readFileSync(path.join(folder, 'app/app.py'), 'utf8')).toBe('mine');
    expect(person.asked[0]).toMatchObject({ title: `Take the lab's version of app/app.py?` });
    expect(person.asked[0]?.lines.join(' ')).toContain('.labwalk/kept');
    person.agrees = true;
    await walk.takeSolution();
    expect(fs.readFileSync(path.join(folder, 'app/app.py'), 'utf8')).toBe('x = 1\n');
    expect(begun(fake.calls).at(-1)).toBe('start write 0 solution');
    expect(walk.view.summary.solutions).toBe(1);
  });

  test('is not there to be taken in a step that asks for none', async () => {
    const { walk, person } = startWalk({ step: 'do' });
    await walk.takeSolution();
    expect(person.asked).toEqual([]);
    expect(walk.view.notice?.text).toContain('asks for no file');
  });
});

describe('a save', () => {
  const save = (folder: string, content: string) => fs.writeFileSync(path.join(folder, 'a'), content);

  test('of a file that a check looks at checks the step again', async () => {
    const { walk, fake, folder } = startWalk({ step: 'do' });
    fake.failing.add('do#0');
    await walk.next();
    fake.failing.clear();
    save(folder, 'better');
    await until(walk, () => walk.view.next.kind === 'service');
    expect(begun(fake.calls)).toEqual(['start do 0', 'check do']);
  });

  test('by putting a new file in the place of the old one counts once', async () => {
    const { walk, fake, folder } = startWalk({ step: 'do' });
    save(folder, 'first');
    fake.failing.add('do#0');
    await walk.next();
    const target = path.join(folder, 'a');
    fs.writeFileSync(`${target}.new`, 'second');
    fs.rmSync(target);
    fs.renameSync(`${target}.new`, target);
    await until(walk, () => begun(fake.calls).length === 2);
    await until(walk, () => walk.view.doing === undefined);
    fs.writeFileSync(target, 'third');
    await until(walk, () => begun(fake.calls).length === 3);
    expect(begun(fake.calls)).toEqual(['start do 0', 'check do', 'check do']);
  });

  test('during a round of checks ends it and begins a new one', async () => {
    const { walk, fake, folder } = startWalk({ step: 'do' });
    fake.failing.add('do#0');
    await walk.next();
    const release = fake.hold();
    const asked = walk.check();
    await until(walk, () => walk.view.doing?.what === 'checks');
    save(folder, 'again');
    await until(walk, () => begun(fake.calls).length === 3);
    fake.failing.clear();
    release();
    await asked;
    expect(begun(fake.calls)).toEqual(['start do 0', 'check do', 'check do']);
    expect(walk.view.next.kind).toBe('service');
  });

  test('checks nothing in a step that was not begun', async () => {
    const { walk, fake, folder } = startWalk({ step: 'do' });
    save(folder, 'early');
    // something that comes later, to be sure that the save has been seen
    walk.goTo('write');
    fs.mkdirSync(path.join(folder, 'app'));
    fs.writeFileSync(path.join(folder, 'app/app.py'), 'x');
    await until(walk, () => status(walk, 'write') === 'passed');
    expect(begun(fake.calls)).toEqual(['start write 0 own']);
  });

  test('by the command that is being done is none', async () => {
    const { walk, fake, folder } = startWalk({ step: 'do' });
    const release = fake.hold();
    const done = walk.next();
    save(folder, 'made by the command');
    // what was saved is noticed by another watch at about the same time
    await new Promise<void>((resolve) => {
      const other = watchFiles({
        folder,
        onSave: () => setTimeout(() => void other.close().then(resolve), 50),
        onFailure: () => {},
      });
      other.look([path.join(folder, 'b')]);
      fs.writeFileSync(path.join(folder, 'b'), '');
    });
    release();
    await done;
    fake.failing.add('do#0');
    save(folder, 'made by the learner');
    await until(walk, () => begun(fake.calls).length === 2);
    expect(begun(fake.calls)).toEqual(['start do 0', 'check do']);
    await until(walk, () => walk.view.doing === undefined);
    expect(begun(fake.calls)).toEqual(['start do 0', 'check do']);
  });

  test('by labwalk itself is none', async () => {
    const { walk, fake, folder } = startWalk({ step: 'write' });
    await walk.takeSolution();
    fs.writeFileSync(path.join(folder, 'app/app.py'), 'x = "mine"');
    await until(walk, () => begun(fake.calls).length === 2);
    expect(begun(fake.calls)).toEqual(['start write 0 solution', 'check write']);
  });
});

describe('keys', () => {
  const keys: Keys = { accessKeyId: 'AKIA1', secretAccessKey: 'secret' };

  test('are asked for until they will do', async () => {
    const { walk, fake, person } = startWalk({ step: 'keys' });
    fake.failing.add('keys/0');
    person.keys = [keys, 'given', undefined];
    await walk.next();
    expect(begun(fake.calls)).toEqual(['start keys 0 AKIA1', 'start keys 0']);
    expect(person.questions.map(({ refused }) => refused)).toEqual([undefined, 'action failed', 'action failed']);
    expect(walk.view).toMatchObject({ next: { kind: 'credentials', again: true }, notice: { level: 'info' } });
    fake.failing.clear();
    person.keys = [keys];
    await walk.next();
    expect(status(walk, 'keys')).toBe('passed');
  });

  test('that the terminal has are tried first in an account, and nothing is asked where they will do', async () => {
    const { walk, fake, person } = startWalk({ step: 'keys' }, text, 'aws');
    await walk.next();
    expect(begun(fake.calls)).toEqual(['start keys 0']);
    expect(person.questions).toEqual([]);
    expect(status(walk, 'keys')).toBe('passed');
  });

  test('that the terminal has and that will not do are told in the question', async () => {
    const { walk, fake, person } = startWalk({ step: 'keys' }, text, 'aws');
    fake.failing.add('keys/0');
    person.keys = [undefined];
    await walk.next();
    expect(person.questions.map(({ refused }) => refused)).toEqual(['action failed']);
  });
});

describe('another step', () => {
  test('is shown, followed and remembered', () => {
    const { walk, fake } = startWalk();
    walk.goTo('keys');
    expect(walk.view).toMatchObject({ step: 'keys', next: { kind: 'credentials' } });
    expect(fake.calls.slice(-2)).toEqual(['tell step-shown keys', 'follow keys']);
  });

  test('comes after skipping, which is asked once', async () => {
    const { walk, person } = startWalk({ step: 'do' });
    person.agrees = false;
    await walk.skip();
    expect(walk.view.step).toBe('do');
    person.agrees = true;
    await walk.skip();
    expect(walk.view.step).toBe('write');
    expect(person.asked).toHaveLength(2);
    expect(status(walk, 'do')).toBe('skipped');
    walk.goTo('do');
    await walk.skip();
    expect(person.asked).toHaveLength(2);
  });

  test('is the one of last time at the start, else the first that is left to do', () => {
    expect(startWalk({ step: 'keys' }).walk.view.step).toBe('keys');
    expect(startWalk({ step: 'gone' }).walk.view.step).toBe('read');
  });
});

test('hints come in order, and are still there later', async () => {
  const { walk, fake } = startWalk({ step: 'do' });
  expect(walk.view.hints).toEqual({ shown: [], of: 2 });
  expect([walk.hint(), walk.hint(), walk.hint()]).toEqual([true, true, false]);
  expect(walk.view.hints.shown).toEqual(['First.', 'Second.']);
  await walk.next();
  await walk.next();
  expect(walk.view.hints.shown).toHaveLength(2);
  expect(fake.calls.filter((call) => call === 'tell hint-shown do')).toHaveLength(2);
  expect(walk.view.summary.hints).toBe(2);
});

describe('services that ran when the learner left', () => {
  test('are started in order by Enter before anything else', async () => {
    const { walk, fake } = startWalk({ step: 'write', services: ['db', 'app'] });
    expect(walk.view).toMatchObject({ toStart: ['db', 'app'], next: { kind: 'services', names: ['db', 'app'] } });
    await walk.next();
    expect(fake.calls.filter((call) => call.startsWith('start'))).toEqual(['start db', 'start app']);
    expect(walk.view).toMatchObject({ toStart: [], next: { kind: 'file' } });
  });

  test('are left alone when the learner says so', async () => {
    const { walk } = startWalk({ step: 'write', services: ['app'] });
    await walk.stop();
    expect(walk.view).toMatchObject({ toStart: [], next: { kind: 'file' } });
  });

  test('need no start of their own where the step starts them anew', async () => {
    const { walk } = startWalk({ step: 'do', services: ['app'] });
    walk.goTo('do');
    expect(walk.view.next).toMatchObject({ kind: 'services' });
    await walk.stop();
    await walk.next();
    expect(walk.view).toMatchObject({ next: { kind: 'service', name: 'app' } });
  });
});

test('the figures tell of all runs together', () => {
  const { walk } = startWalk({ ms: 60_000, solutions: 2, hints: { do: 1 } });
  const { summary } = walk.view;
  expect(summary.ms).toBeGreaterThanOrEqual(60_000);
  expect(summary).toMatchObject({
    solutions: 2,
    hints: 1,
    steps: { passed: 0, of: 4, skipped: 0 },
    checks: { passed: 0, of: 4 },
    deployed: [],
  });
});

test('closing ends what is being done, and the run with it, once', async () => {
  const { walk, fake } = startWalk({ step: 'do' });
  fake.hold();
  const done = walk.next();
  await Promise.all([walk.close(), walk.close()]);
  await done;
  expect(begun(fake.calls)).toEqual(['start do 0', 'stop interrupted']);
  await walk.next();
  expect(walk.hint()).toBe(false);
  expect(begun(fake.calls)).toHaveLength(2);
});

test('closing while the learner is in an editor or a question starts nothing more', async () => {
  const { walk, fake, person, folder } = startWalk({ step: 'write' });
  let leave = () => {};
  person.edits = () => new Promise((resolve) => (leave = () => resolve({ how: 'closed' })));
  const done = walk.next();
  await until(walk, () => walk.view.doing?.what === 'file');
  await walk.close();
  fs.writeFileSync(path.join(folder, 'app/app.py'), 'late');
  leave();
  await done;
  expect(begun(fake.calls)).toEqual(['stop interrupted']);
});

test('clean-up tells what it left', async () => {
  const { walk, fake } = startWalk();
  expect(await walk.cleanUp()).toEqual({ left: [] });
  expect(fake.calls).toContain('cleanup');
});

describe('going back', () => {
  const deployed = `### Deploy\n<!-- labwalk: creates="role:app" -->\n\n${fence('sh run', 'deploy')}${check('d')}`;

  /** A walk in which a role is deployed, with a person who takes these ways, one after the other. */
  async function startDeployed(...answers: string[]) {
    const started = startWalk({}, deployed);
    const asked: Choice[] = [];
    started.person.choose = (choice) => {
      asked.push(choice);
      return Promise.resolve(answers.shift());
    };
    started.fake.run.tell({ type: 'step-shown' }, 'deploy');
    started.fake.listen({ type: 'resource-seen', kind: 'role', name: 'app', state: 'present', time: '', lab: 'x', step: 'deploy' });
    await until(started.walk, ({ view }) => view.summary.deployed.length > 0);
    return { ...started, asked };
  }

  test('is asked about, and nothing happens where the learner wants none of it', async () => {
    const { walk, asked, fake } = await startDeployed();
    expect(await walk.goBack('deploy')).toBeUndefined();
    expect(asked.map(({ title }) => title)).toEqual(['Go to "Deploy" again?']);
    expect(begun(fake.calls)).toEqual([]);
  });

  test('names what is deployed, and deletes it first where the learner wants that', async () => {
    const { walk, asked, fake } = await startDeployed('own', 'delete');
    const leave = await walk.goBack('deploy');
    expect(asked[1]?.lines.join()).toContain('role app');
    expect(begun(fake.calls)).toEqual(['cleanup']);
    expect(await leave?.(() => {})).toEqual({ level: 'info', text: 'went own' });
  });

  test('leaves it where the learner wants that, and does not ask where something is taken back', async () => {
    const left = await startDeployed('own', 'leave');
    expect(await left.walk.goBack('deploy')).toBeDefined();
    expect(begun(left.fake.calls)).toEqual([]);
    const undone = await startDeployed('undo');
    expect(await undone.walk.goBack('deploy')).toBeDefined();
    expect(undone.asked).toHaveLength(1);
  });
});
