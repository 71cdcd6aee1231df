/**
 * The full-screen program on a fake walk: `screen-program.ts [LAB] [--TROUBLE…]`. `--crash` throws in the middle of drawing, `--reject` outside
 * of it, `--refuse` can't open the lab, `--ask` asks where to run, `--keys` asks for keys, `--warn` writes to standard error; `--ascii` and
 * `--no-color` say what the terminal can't show.
 */
import { UserError } from '../../src/errors.ts';
import { startTui } from '../../src/tui/start-tui.tsx';
import type { LabCard } from '../../src/tui/tui-options.ts';
import { createFakeWalk, makeLab } from './fake-walk.ts';

const words = process.argv.slice(2);
const name = words.find((word) => !word.startsWith('--'));
const has = (trouble: string) => words.includes(`--${trouble}`);
const lab = makeLab();
const tasks = new Map(lab.tasks.map(({ id, title }) => [id, title]));
const cards: LabCard[] = ['rivers', 'mountains'].map((card) => ({
  name: card,
  title: card === 'rivers' ? lab.title : 'Mountains',
  summary: lab.summary,
  duration: 15,
  steps: lab.steps.map(({ id, title, task, reading }) => ({ id, title, task: tasks.get(task) ?? task, reading, outcome: null })),
}));
const leaving = new AbortController();
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leaving.abort());

const running = startTui({
  stdin: process.stdin,
  stdout: process.stdout,
  colour: !has('no-color'),
  unicode: !has('ascii'),
  links: false,
  version: '1.2.3',
  env: { EDITOR: 'ed', PATH: process.env['PATH'] ?? '' },
  now: Date.now,
  labs: cards,
  ...(name === undefined ? {} : { lab: name }),
  signal: leaving.signal,
  insist: () => process.exit(130),
  beforeLeaving: () => () => {},
  async open(_, learner, tell) {
    tell('starting the sandbox');
    if (has('refuse')) throw new UserError('Another labwalk has this workspace (pid 42).', { fix: 'End it first.' });
    if (has('ask')) {
      const ways = [
        { id: 'sandbox', name: 'On this machine', about: 'no account needed' },
        { id: 'aws', name: 'Your AWS account', about: 'small costs' },
      ];
      const way = await learner.choose({ title: 'Where do you want to do this lab?', lines: [], ways });
      if (way === undefined) return undefined;
    }
    const walk = createFakeWalk(lab, learner);
    if (has('keys')) void learner.askKeys({ for: ['iam'], mode: 'aws' });
    if (has('reject')) setImmediate(() => void Promise.reject(new Error('nobody catches this')));
    if (has('crash')) {
      const broken = () => {
        throw new Error('a broken drawing');
      };
      Object.defineProperty(walk.lab, 'title', { get: broken });
    }
    if (has('warn')) process.emitWarning('something is deprecated');
    return walk;
  },
});
running.then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`failed: ${error instanceof UserError ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(error instanceof UserError ? error.exitCode : 1);
  },
);
