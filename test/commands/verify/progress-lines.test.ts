import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTeller } from '../../../src/commands/verify/progress-lines.ts';
import type { Mutation } from '../../../src/verify/report/schema.ts';
import type { News } from '../../../src/verify/verify-lab.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function createLines() {
  const lines: string[] = [];
  const out = { write: (text: string) => void lines.push(text.trimEnd()), colour: false, columns: 80, unicode: true };
  const teller = createTeller(out, 'trial', Date.now);
  return { lines, ...teller };
}

const mutant = (outcome: Mutation['outcome'], isSearch = false): News => ({
  ...{ type: 'mutant', lab: 'trial', place: 3, of: 94, isSearch },
  tried: {
    ...{ id: 'literal app.py:2', operator: 'literal', checkpoint: 'write', file: 'app.py', line: 2, before: 'a', after: 'b', ms: 1200 },
    outcome,
    ...(outcome === 'killed' ? { by: { step: 'write', check: 0, summary: 'the output is a' } } : {}),
  },
});

test('after ten seconds without a line, what is being done is told', () => {
  const { lines, tell, stop } = createLines();
  vi.advanceTimersByTime(10_000);
  tell({ type: 'begin', lab: 'trial', what: 'mutant 3 of 94: literal app.py:2' });
  vi.advanceTimersByTime(25_000);
  stop();
  vi.advanceTimersByTime(60_000);
  expect(lines).toEqual([
    '· trial prepares what it needs: 10 s so far',
    '· trial mutant 3 of 94: literal app.py:2: 10 s so far',
    '· trial mutant 3 of 94: literal app.py:2: 20 s so far',
  ]);
});

test('a line that says something else begins the ten seconds anew', () => {
  const { lines, tell, stop } = createLines();
  vi.advanceTimersByTime(9000);
  tell(mutant('killed'));
  vi.advanceTimersByTime(9000);
  stop();
  expect(lines).toEqual(['✓ trial mutant 3 of 94: literal app.py:2: noticed in write  1.2 s']);
});

test.each([
  ['survived', false, '✗ trial mutant 3 of 94: literal app.py:2: survived  1.2 s'],
  ['equivalent', false, '✓ trial mutant 3 of 94: literal app.py:2: equivalent  1.2 s'],
  ['undecided', false, '· trial mutant 3 of 94: literal app.py:2: undecided  1.2 s'],
  ['survived', true, '· trial mutant 3 of 94: literal app.py:2: makes none of the unproven checks fail  1.2 s'],
] as const)('a mutant that %s (in search of a check that fails: %s)', (outcome, isSearch, line) => {
  const { lines, tell, stop } = createLines();
  tell(mutant(outcome, isSearch));
  stop();
  expect(lines).toEqual([line]);
});
