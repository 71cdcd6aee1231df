import { describe, expect, test } from 'vitest';
import type { EquivalentMutant } from '../../../src/lab/types.ts';
import { describeChange } from '../../../src/verify/mutants/describe-change.ts';
import { findEquivalents } from '../../../src/verify/mutants/equivalent.ts';
import type { Mutant } from '../../../src/verify/mutants/mutant.ts';

const source = `def show():
    return Response(
        status_code=200,
    )

def add():
    return Response(
        status_code=200,
    )
    print("done")
`;

const mutant = (operator: Mutant['operator'], text: string): Mutant => {
  const change = describeChange(source, text);
  return { id: `${operator} app.py:${change.line}`, operator, checkpoint: 'one', file: 'app.py', ...change, source, text };
};
const lines = source.split('\n');
const without = (line: number) => lines.filter((_, i) => i !== line - 1).join('\n');
const replaced = (line: number, text: string) => lines.map((each, i) => (i === line - 1 ? text : each)).join('\n');

const mutants = [
  mutant('missing-line', without(3)),
  mutant('missing-line', without(8)),
  mutant('indentation', replaced(10, 'print("done")')),
  mutant('indentation', replaced(10, '     print("done")')),
];

const entry = (facts: Partial<EquivalentMutant>): EquivalentMutant => ({
  operator: 'missing-line',
  file: 'app.py',
  before: 'status_code=200,',
  after: '',
  reason: 'It is the default.',
  place: { file: '/lab.md', line: 9, column: 5 },
  ...facts,
});
const find = (...equivalent: EquivalentMutant[]) => findEquivalents({ equivalent }, mutants);

describe('an entry', () => {
  test('names the mutant that changes these lines, nearest to the line that it tells', () => {
    expect(find(entry({ near: 'def add' }))).toEqual({ reasons: new Map([['missing-line app.py:8', 'It is the default.']]), problems: [] });
    expect(find(entry({ near: 'def show' })).reasons.has('missing-line app.py:3')).toBe(true);
  });

  test('hides no other: where it fits several it names none, and is a problem', () => {
    expect(find(entry({}))).toEqual({
      reasons: new Map(),
      problems: [
        {
          file: '/lab.md',
          line: 9,
          column: 5,
          what: 'several mutants are the equivalent one missing-line in app.py: "status_code=200," to ""',
          why: 'They are in the lines 3 (one), 8 (one).',
          fix: 'Add near, a line of the file that is nearest to the one, or checkpoint, the step whose file it is.',
        },
      ],
    });
  });

  test.each([
    ['another operator', { operator: 'status' as const }],
    ['another file', { file: 'other.py' }],
    ['another text before', { before: 'status_code=201,' }],
    ['another text after', { after: 'pass' }],
  ])('that names %s fits none, and is a problem', (_, facts) => {
    const { reasons, problems } = find(entry(facts));
    expect(reasons.size).toBe(0);
    expect(problems).toMatchObject([{ line: 9, what: expect.stringContaining('no mutant is the equivalent one') as string }]);
  });

  test('names the mutant of one checkpoint, where the file is the same in another', () => {
    const [first, second] = [mutants[0]!, { ...mutants[0]!, id: 'second', checkpoint: 'two' }];
    const equivalent = [entry({ checkpoint: 'two' })];
    expect([...findEquivalents({ equivalent }, [first, second]).reasons.keys()]).toEqual(['second']);
    expect(findEquivalents({ equivalent }, [first]).problems).toHaveLength(1);
    expect(findEquivalents({ equivalent: [entry({})] }, [first, second]).problems).toHaveLength(1);
  });

  test('near a line that is not there is a problem', () => {
    expect(find(entry({ near: 'def gone' })).problems[0]?.what).toBe('no line of app.py has the text "def gone"');
  });

  test('tells white space apart for indentation alone', () => {
    const [out, further] = [mutants[2]!, mutants[3]!];
    expect(find(entry({ operator: 'indentation', before: out.before, after: out.after })).reasons.has(out.id)).toBe(true);
    expect(further.before).not.toBe(out.before);
    expect(find(entry({ before: ' status_code=200, ', near: 'def add' })).reasons.size).toBe(1);
  });
});
