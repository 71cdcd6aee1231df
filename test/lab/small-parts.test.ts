import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkpointFor, solutionPath } from '../../src/lab/facts/checkpoints.ts';
import { expandDollar, expandInput, expandText } from '../../src/lab/facts/expand.ts';
import { formatProblem } from '../../src/lab/problems.ts';
import { splitWords } from '../../src/lab/read/words.ts';
import { pathMistake } from '../../src/lab/read/fences.ts';

describe('variables in texts', () => {
  const variables = { PORT: '8081', WHO: 'Nora' };

  test('are replaced by name, and only declared ones', () => {
    expect(expandText('{{WHO}} {{NOBODY}} {{ WHO }} $WHO {{toString}}', variables)).toBe('Nora {{NOBODY}} {{ WHO }} $WHO {{toString}}');
    expect(expandText('{{constructor}}', {})).toBe('{{constructor}}');
  });

  test('are not replaced in what they stand for', () => {
    expect(expandText('{{A}}', { A: '{{B}}', B: 'x' })).toBe('{{B}}');
    expect(expandText('{{A}}', { A: '$&' })).toBe('$&');
  });

  test('are replaced deep in the input of a check, and nothing else is changed', () => {
    const input = { url: 'http://x:{{PORT}}/', json: { '{{WHO}}': ['{{WHO}}', 1, null, true] }, pattern: /a/ };
    expect(expandInput(input, variables)).toEqual({ url: 'http://x:8081/', json: { Nora: ['Nora', 1, null, true] }, pattern: /a/ });
  });

  test('are replaced in addresses with a dollar sign, too', () => {
    expect(expandDollar('http://localhost:$PORT/${WHO}/{{WHO}}/$PORTS/$5', variables)).toBe('http://localhost:8081/Nora/Nora/$PORTS/$5');
  });
});

describe('checkpoints', () => {
  const steps = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
  const lab = { steps } as Parameters<typeof checkpointFor>[0];
  const exists = (id: string) => id === 'b' || id === 'd';

  test.each([
    ['a', undefined],
    ['b', 'b'],
    ['c', 'b'],
    ['d', 'd'],
    ['unknown', undefined],
  ])('the one that holds for step %s is %s', (step, checkpoint) => expect(checkpointFor(lab, step, exists)).toBe(checkpoint));

  test('hold files by their path in the workspace', () => {
    expect(solutionPath({ solutions: '/s' }, 'b', 'myapp/app.py')).toBe(path.join('/s', 'b', 'myapp', 'app.py'));
  });
});

test.each(['app.py', 'my app/ä.txt', '.chalice/config.json', '..a/b', 'a/...'])('%s is a path in the workspace', (file) =>
  expect(pathMistake(file)).toBeUndefined(),
);
test.each(['', '..', '../x', 'a/..', '/x', '~/x', 'C:\\x', 'c:/x', 'a//b', './a', 'a/', '.labwalk/x', 'a\0b'])('%j is none', (file) =>
  expect(pathMistake(file)).toBeTypeOf('string'),
);

test('words are parted at spaces that are not in quotes, with their places', () => {
  expect(splitWords('sh  run a="b \\"c" d=\'e f\' g=h"i j"', 10)).toEqual([
    { key: 'sh', start: 10, valueStart: 10, open: false },
    { key: 'run', start: 14, valueStart: 14, open: false },
    { key: 'a', value: 'b "c', start: 18, valueStart: 20, open: false },
    { key: 'd', value: 'e f', start: 28, valueStart: 30, open: false },
    { key: 'g', value: 'hi j', start: 36, valueStart: 38, open: false },
  ]);
});

test('a problem is one line, its file relative to where the author is', () => {
  const problem = {
    file: '/course/labs/x/lab.md',
    line: 59,
    column: 7,
    what: 'unknown key "statuss" in the http check',
    fix: 'Did you mean "status"?',
  };
  expect(formatProblem(problem, '/course')).toBe('labs/x/lab.md:59:7: unknown key "statuss" in the http check. Did you mean "status"?');
  expect(formatProblem(problem, '/elsewhere')).toBe(
    '/course/labs/x/lab.md:59:7: unknown key "statuss" in the http check. Did you mean "status"?',
  );
});
