/** Which line of a Python traceback a learner is sent to. */
import path from 'node:path';
import { expect, test } from 'vitest';

type Explain = (
  text: string,
  place: { project: string; shown: string; written?: string[] },
) => { expected: string; actual: string; try?: string };
const { explainTraceback } = (await import(path.resolve('labs/common/checks/tracebacks.mjs'))) as { explainTraceback: Explain };

const place = { project: '/w/myapp', shown: 'myapp' };
const frames = (...files: string[]) =>
  `Traceback (most recent call last):\n${files.map((file, at) => `  File "${file}", line ${at + 1}, in f\n`).join('')}`;

test('the innermost line of the project counts, in whichever of its files', () => {
  const text = `${frames('/lab/check.py', '/w/myapp/app.py', '/w/myapp/users.py', '/w/.venv/lib/site-packages/flask/app.py')}KeyError: 'name'\n`;
  expect(explainTraceback(text, place)).toEqual({
    expected: 'code that runs',
    actual: "KeyError: 'name'",
    try: 'Look at line 3 of myapp/users.py.',
  });
});

test('an environment within the project is not the project', () => {
  expect(explainTraceback(`${frames('/w/myapp/app.py', '/w/myapp/.venv/lib/x.py')}E: x`, place).try).toBe(
    'Look at line 1 of myapp/app.py.',
  );
});

test('an error in a file that came with the lab has its place, and leaves the advice to the lab', () => {
  const text = `${frames('/w/myapp/given.py')}RuntimeError: no bucket\n`;
  expect(explainTraceback(text, { ...place, written: ['app.py'] })).toEqual({
    expected: 'code that runs',
    actual: 'RuntimeError: no bucket (myapp/given.py, line 1)',
  });
});

test('without a line of the project the check itself has failed', () => {
  const told = explainTraceback(`${frames('/lab/check.py')}NameError: name 'x' is not defined\n`, place);
  expect(told.actual).toBe("NameError: name 'x' is not defined");
  expect(told.try).toMatch(/no mistake of yours/);
  expect(explainTraceback('', place)).toMatchObject({ actual: 'it ended without a word' });
});

test('a message of several lines is told by its first', () => {
  expect(
    explainTraceback(`${frames('/w/myapp/app.py')}botocore.exceptions.ClientError: An error\n  more of it\nof the service\n`, place).actual,
  ).toBe('botocore.exceptions.ClientError: An error');
});
