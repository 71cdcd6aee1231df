import { expect, test } from 'vitest';
import { drawOutline } from '../../../src/tui/drawings/outline.ts';
import { ascii, coloured, manySteps, plain, steps } from './samples.ts';

test('steps stand under their tasks, each with a mark for how it stands', () => {
  expect(drawOutline({ steps, current: 'local' }, { columns: 36, rows: 20 }, plain)).toEqual([
    'Get ready  1/1',
    '  ✓ Three frameworks to choose from',
    '  ✓ Install Chalice and HTTPie',
    'Write it  1/4',
    '  ✓ Make a project',
    '▸ ✗ Run it on this machine 서울 🎉',
    '  · Add two routes',
    '  – Read the log',
    'Take it live  0/2',
    '  ! Put it on AWS',
    '  ≡ What it costs',
    '  · Delete it',
  ]);
});

test('in ASCII the marks are equally wide, so that titles line up', () => {
  const lines = drawOutline({ steps, current: 'local', chosen: 'logs' }, { columns: 36, rows: 20 }, ascii);
  expect(lines.slice(3, 8)).toEqual([
    'Write it  1/4',
    '  ok Make a project',
    '* !! Run it on this machine 서울 🎉',
    '  .  Add two routes',
    '> -- Read the log',
  ]);
});

test('a short pane shows what stands around the step, under the heading of its task', () => {
  expect(drawOutline({ steps, current: 'logs' }, { columns: 36, rows: 5 }, plain)).toEqual([
    'Write it  1/4',
    '  · Add two routes',
    '▸ – Read the log',
    'Take it live  0/2',
    '  ! Put it on AWS',
  ]);
});

test('the step that the learner chooses is seen, wherever the current one is', () => {
  const lines = drawOutline({ steps: manySteps(1000), current: 's3', chosen: 's900' }, { columns: 30, rows: 9 }, plain);
  expect(lines).toContain('❯ · Step 900');
  expect(lines).toHaveLength(9);
});

test('each of 1,000 steps can be the current one and is then seen', () => {
  const many = manySteps(1000);
  for (const current of ['s0', 's1', 's499', 's500', 's998', 's999']) {
    const lines = drawOutline({ steps: many, current }, { columns: 30, rows: 9 }, plain);
    expect(lines.filter((line) => line.startsWith('▸')).map((line) => line.slice(4))).toEqual([`Step ${current.slice(1)}`]);
  }
});

test('only the steps in the window are drawn', () => {
  let drawn = 0;
  const watched = manySteps(1000).map((step) => ({
    ...step,
    get title() {
      drawn++;
      return step.title;
    },
  }));
  drawOutline({ steps: watched, current: 's500' }, { columns: 30, rows: 9 }, plain);
  expect(drawn).toBeLessThanOrEqual(9);
});

test('colours are among the 16 of the terminal, without white and black', () => {
  const drawn = drawOutline({ steps, current: 'local', chosen: 'logs' }, { columns: 36, rows: 20 }, coloured).join('');
  // eslint-disable-next-line no-control-regex -- it looks for colours
  const codes = new Set([...drawn.matchAll(/\x1b\[(\d+)m/g)].map(([, code]) => Number(code)));
  expect([...codes].sort((a, b) => a - b)).toEqual([1, 2, 22, 31, 32, 33, 36, 39]);
});
