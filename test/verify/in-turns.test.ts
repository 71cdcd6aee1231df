import { expect, test } from 'vitest';
import type { Mutant } from '../../src/verify/mutants/mutant.ts';
import { inTurns } from '../../src/verify/try-mutants.ts';

const mutant = (operator: Mutant['operator'], file: string, line: number): Mutant => ({
  ...{ id: `${operator} ${file}:${line}`, operator, checkpoint: 'write', file, line },
  ...{ before: '', after: '', source: '', text: '' },
});
const ids = (mutants: readonly Mutant[]) => mutants.map(({ id }) => id);

test('each kind has its turn in each file before any comes again, those first that are wanted most', () => {
  const mutants = [
    mutant('literal', 'a.py', 1),
    mutant('literal', 'a.py', 2),
    mutant('syntax', 'a.py', 1),
    mutant('syntax', 'a.py', 2),
    mutant('literal', 'b.py', 1),
    mutant('syntax', 'b.py', 1),
  ];
  expect(ids(inTurns(mutants, ['http', 'syntax']))).toEqual([
    'syntax a.py:1',
    'syntax b.py:1',
    'literal a.py:1',
    'literal b.py:1',
    'syntax a.py:2',
    'literal a.py:2',
  ]);
});
