import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Walk } from '../../src/walk/walk-types.ts';
import { makeLab, type LabFolder } from './open-walk.ts';
import { createPerson } from './person.ts';
import { fence } from './support.ts';

const steps = [
  '### Read\n\nOnly text.\n\n',
  `### Make\n\n${fence('sh run', 'mkdir app\ncd app')}${fence('yaml check', '- tree: { path: ., has: [app] }')}`,
  fence('sh run capture=WORD', 'echo "hello from $(basename "$PWD")"'),
  fence('yaml check', '- output: { equals: hello from app }'),
  `### Write\n\n${fence('text file=app/note.txt', 'good')}${fence('yaml check', '- file: { path: app/note.txt, contains: good }')}`,
  `### Serve\n\n${fence('sh service=web ready=http://localhost:$PORT/', 'python3 -m http.server $PORT --bind 127.0.0.1')}`,
  fence('yaml check', '- http: { url: "http://localhost:{{PORT}}/note.txt", contains: good }'),
  `### Count\n\n${fence('sh run', 'test -e ../ready')}${fence('yaml check', '- file: ready')}`,
].join('');

const lab = () =>
  makeLab(steps, {
    front: 'variables: { WORD: captured, PORT: { free-port: 18200 } }\n',
    files: { 'solutions/write/app/note.txt': 'good\n' },
  });

const walks: Walk[] = [];
afterEach(async () => {
  for (const walk of walks.splice(0)) await walk.close();
});

async function open(folder: LabFolder, person = createPerson()) {
  const walk = await folder.open(person);
  walks.push(walk);
  return walk;
}

const status = ({ view }: Walk, step: string) => view.state.steps.blocks.flat().find(({ id }) => id === step)?.status;

const until = (walk: Walk, what: () => boolean) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (!what()) return;
      off();
      resolve();
    };
    const off = walk.on(look);
    look();
  });

/** Presses Enter until the step is another one. */
async function doStep(walk: Walk): Promise<void> {
  const { step } = walk.view;
  for (let press = 0; press < 6 && walk.view.step === step; press++) await walk.next();
}

describe('a walk through a lab', () => {
  test('does each step with Enter alone, and with the editor for the file', async () => {
    const person = createPerson();
    person.edits = (file) => {
      fs.writeFileSync(file, 'good enough');
      return Promise.resolve({ how: 'closed' });
    };
    const folder = lab();
    const walk = await open(folder, person);
    for (const step of ['make', 'write', 'serve', 'count']) {
      await doStep(walk);
      expect(walk.view.step).toBe(step);
    }
    expect(walk.view.state.variables['WORD']).toBe('hello from app');
    expect(status(walk, 'serve')).toBe('passed');
    await walk.next();
    expect(walk.view).toMatchObject({ next: { kind: 'run', again: true }, notice: { level: 'error' } });
    fs.writeFileSync(path.join(folder.workspace, 'ready'), '');
    await until(walk, () => status(walk, 'count') === 'passed');
    expect(walk.view.next).toEqual({ kind: 'end' });
    expect(walk.view.summary).toMatchObject({ steps: { passed: 4, of: 4 }, checks: { passed: 5, of: 5 }, solutions: 0 });
  });

  test('comes back to where it was left, with what passed still passed and the service to start again', async () => {
    const person = createPerson();
    const folder = lab();
    const first = await open(folder, person);
    first.goTo('make');
    await doStep(first);
    await first.takeSolution();
    await first.next();
    expect(first.view.step).toBe('serve');
    await first.next();
    expect(status(first, 'serve')).toBe('passed');
    await first.close();

    const second = await open(folder, person);
    expect(second.view).toMatchObject({ step: 'serve', toStart: ['web'], next: { kind: 'services', names: ['web'] } });
    expect(['make', 'write', 'serve'].map((step) => status(second, step))).toEqual(['passed', 'passed', 'passed']);
    await second.next();
    expect(second.view).toMatchObject({ toStart: [], next: { kind: 'go-on', step: 'count' } });
    expect(second.view.state.services['web']?.status).toBe('ready');
    expect(second.view.summary).toMatchObject({ solutions: 1, steps: { passed: 3 } });
  });

  test('knows in the middle of a step what was done of it before', async () => {
    const folder = lab();
    const first = await open(folder);
    first.goTo('make');
    await first.next();
    expect(first.view.next).toMatchObject({ kind: 'run', number: 1 });
    await first.close();
    const second = await open(folder);
    expect(second.view).toMatchObject({ step: 'make', next: { kind: 'run', number: 1 } });
    await second.next();
    expect(status(second, 'make')).toBe('passed');
  });

  test('does the step that the learner does by hand in the terminal', async () => {
    const folder = lab();
    const walk = await open(folder);
    walk.goTo('make');
    await walk.terminals.ready();
    walk.terminals.input(walk.terminals.main, 'mkdir app\rcd app\r');
    await until(walk, () => walk.view.next.kind === 'run' && walk.view.next.number === 1);
    walk.terminals.input(walk.terminals.main, 'echo "hello from $(basename "$PWD")"\r');
    await until(walk, () => status(walk, 'make') === 'passed');
    expect(walk.view).toMatchObject({ next: { kind: 'go-on', step: 'write' }, notice: { text: 'Passed.' } });
  });

  test('ends a command that the learner stops, and does it again', async () => {
    const folder = makeLab(`### Wait\n\n${fence('sh run', 'test -e ../go || test -e go || sleep 600')}`);
    const walk = await open(folder);
    const done = walk.next();
    await until(walk, () => folder.events.some(({ type }) => type === 'command-started'));
    await walk.stop();
    await done;
    expect(status(walk, 'wait')).toBe('interrupted');
    fs.writeFileSync(path.join(folder.workspace, 'go'), '');
    await walk.next();
    expect(status(walk, 'wait')).toBe('passed');
  });
});
