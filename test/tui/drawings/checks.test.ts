import { expect, test } from 'vitest';
import { drawChecksInFull } from '../../../src/tui/drawings/checks-in-full.ts';
import { drawChecks } from '../../../src/tui/drawings/checks.ts';
import type { CheckLine } from '../../../src/tui/drawings/types.ts';
import { checks, plain } from './samples.ts';

const failed = (summary: string): CheckLine => ({ outcome: 'failed', summary, expected: 'a', actual: 'b', try: 'c' });
const passed = (summary: string): CheckLine => ({ outcome: 'passed', summary });

test('a line for each check, and for a failed one what was expected, what came and what to try', () => {
  expect(drawChecks({ checks }, { columns: 60, rows: 20 }, plain)).toEqual([
    '✓ myapp/app.py is there',
    '✗ GET http://localhost:8080/users/Nora answers 200',
    '  expected status 200',
    '  got      status 500',
    '  try      Look at the log of the service app: the last',
    '           lines say which line of app.py failed.',
    '· log app',
  ]);
});

test('in a narrow pane the words have no column of their own', () => {
  expect(drawChecks({ checks: checks.slice(1, 2) }, { columns: 36, rows: 20 }, plain)).toEqual([
    '✗ GET',
    '  http://localhost:8080/users/Nora',
    '  answers 200',
    '  expected: status 200',
    '  got: status 500',
    '  try: Look at the log of the',
    '    service app: the last lines say',
    '    which line of app.py failed.',
  ]);
});

test('with little room the failed ones come first and the others are counted', () => {
  const many = [passed('one'), failed('two'), passed('three'), failed('four'), { outcome: 'open', summary: 'five' } as const];
  expect(drawChecks({ checks: many }, { columns: 50, rows: 9 }, plain)).toEqual([
    ...['✗ two', '  expected a', '  got      b', '  try      c'],
    ...['✗ four', '  expected a', '  got      b', '  try      c'],
    '✓ 2 passed  · 1 to do',
  ]);
  expect(drawChecks({ checks: many }, { columns: 50, rows: 6 }, plain)).toEqual([
    ...['✗ two', '  expected a', '  got      b', '  try      c'],
    '✗ four',
    '✓ 2 passed  · 1 to do',
  ]);
  expect(drawChecks({ checks: many }, { columns: 50, rows: 3 }, plain)).toEqual(['✗ two', '✗ four', '✓ 2 passed  · 1 to do']);
});

test('with little room the reasons of an old verdict go first, and then the others are seen', () => {
  const some = [{ ...failed('old'), isOld: true } as const, passed('two'), passed('three'), failed('new')];
  const size = { columns: 50, rows: 7 };
  expect(drawChecks({ checks: some.slice(0, 3) }, { ...size, rows: 4 }, plain)).toEqual(['✗ old', '✓ two', '✓ three']);
  expect(drawChecks({ checks: some }, size, plain)).toEqual([
    '✗ old',
    '✓ two',
    '✓ three',
    '✗ new',
    '  expected a',
    '  got      b',
    '  try      c',
  ]);
  expect(drawChecks({ checks: some }, { ...size, rows: 6 }, plain)).toEqual([
    ...['✗ new', '  expected a', '  got      b', '  try      c'],
    ...['✗ old', '✓ 2 passed'],
  ]);
});

test('with room for two lines of reasons, what came and what to try stay', () => {
  const long = { ...failed('two'), actual: 'word '.repeat(40), expected: 'x '.repeat(90) };
  expect(drawChecks({ checks: [long] }, { columns: 46, rows: 3 }, plain)).toEqual([
    '✗ two',
    '  got      word word word word word word wor…',
    '  try      c',
  ]);
});

test('more failed checks than rows are counted', () => {
  const many = Array.from({ length: 9 }, (_, i) => failed(`number ${i}`));
  expect(drawChecks({ checks: many }, { columns: 46, rows: 4 }, plain)).toEqual([
    '✗ number 0',
    '✗ number 1',
    '✗ number 2',
    '6 more failed',
  ]);
});

test('passed checks that do not fit are counted above the first ones', () => {
  const many = Array.from({ length: 9 }, (_, i) => passed(`number ${i}`));
  expect(drawChecks({ checks: many }, { columns: 46, rows: 3 }, plain)).toEqual(['✓ 9 passed', '✓ number 0', '✓ number 1']);
});

test('a step without checks says so', () => {
  expect(drawChecks({ checks: [] }, { columns: 40, rows: 3 }, plain)).toEqual(['Nothing is checked in this step.']);
});

test('in full: reasons whole, and the HTTP exchange as HTTPie shows it', () => {
  expect(drawChecksInFull({ checks }, 60, plain)).toEqual([
    '✓ myapp/app.py is there  0.01 s',
    '✗ GET http://localhost:8080/users/Nora answers 200  0.04 s',
    '  expected status 200',
    '  got      status 500',
    '  try      Look at the log of the service app: the last',
    '           lines say which line of app.py failed.',
    '',
    '    GET /users/Nora HTTP/1.1',
    '    Accept: */*',
    '',
    '    HTTP/1.1 500 Internal Server Error',
    '    Content-Type: application/json',
    '',
    '    {',
    '        "Code": "InternalServerError",',
    '        "Message": "An internal server error occurred."',
    '    }',
    '',
    '· log app  not checked yet',
  ]);
});
