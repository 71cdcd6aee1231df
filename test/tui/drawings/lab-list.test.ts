import { expect, test } from 'vitest';
import { drawLabList } from '../../../src/tui/drawings/lab-list.ts';
import { card, plain } from './samples.ts';

const cards = [
  card('chalice', 'Your first serverless API', 5, 17, { at: 's5' }),
  card('korean', '서버리스 입문 🎉', 0, 9, { duration: 90 }),
  card('done', 'Done already', 3, 3),
];

test('each lab has its length and progress, the chosen one also what it is about and where the learner was', () => {
  expect(drawLabList({ cards, chosen: 0 }, { columns: 50, rows: 24 }, plain)).toEqual([
    '❯ Your first serverless API                    1 h',
    '  ━━━━━───────────────  5 of 17 steps passed',
    '  Write a small web API in Python, run it on this',
    '  machine, put it on AWS, and take it down again.',
    '  You were at: Step 5',
    '',
    '  서버리스 입문 🎉                      1 h 30 min',
    '  ────────────────────  9 steps, not begun',
    '',
    '  Done already                                 1 h',
    '  ━━━━━━━━━━━━━━━━━━━━  all 3 steps passed',
  ]);
});

test('reading steps are not counted', () => {
  const steps = [
    { id: 'a', title: 'A', task: 'T', reading: true, outcome: 'read' },
    { id: 'b', title: 'B', task: 'T', reading: false, outcome: null },
  ];
  const lines = drawLabList({ cards: [card('x', 'X', 0, 0, { steps, summary: '' })], chosen: 0 }, { columns: 50, rows: 9 }, plain);
  expect(lines[1]).toContain('0 of 1 steps passed');
});

test('where there are more labs than rows the others take a line each and the chosen one is always seen', () => {
  const many = Array.from({ length: 30 }, (_, i) => card(`l${i}`, `Lab ${i}`, 1, 4));
  for (const chosen of [0, 13, 29]) {
    const lines = drawLabList({ cards: many, chosen }, { columns: 40, rows: 12 }, plain);
    expect(lines).toHaveLength(12);
    const at = lines.findIndex((line) => line.startsWith(`❯ Lab ${chosen} `));
    expect(lines.slice(at, at + 4).join(' ')).toMatch(/1 of 4 steps passed .*Write a small web API/);
  }
});

test('says so where there is no lab', () => {
  expect(drawLabList({ cards: [], chosen: 0 }, { columns: 40, rows: 5 }, plain)).toEqual(['There is no lab here.']);
});
