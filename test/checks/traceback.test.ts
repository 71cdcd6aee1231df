import { describe, expect, test } from 'vitest';
import { findRaisedError } from '../../src/checks/http/traceback.ts';

const FRAMEWORK =
  '  File "/w/.venv/lib/python3.11/site-packages/chalice/app.py", line 1921, in _get_view_function_response\n    response = view()\n';
const raised = (frames: string, error: string) => `Traceback (most recent call last):\n${frames}${error}\n`;

describe('the error in a log', () => {
  test.each([
    [
      'the last place in the workspace, not the framework that called it',
      raised(
        `${FRAMEWORK}  File "/w/myapp/app.py", line 16, in show\n    return nme\n           ^^^\n`,
        "NameError: name 'nme' is not defined",
      ),
      { error: "NameError: name 'nme' is not defined", file: 'myapp/app.py', line: 16 },
    ],
    [
      'the last of several, also below a library that it called',
      raised(
        `${FRAMEWORK}  File "/w/myapp/app.py", line 16, in show\n    go()\n  File "/w/myapp/chalicelib/users.py", line 3, in go\n    json.loads(1)\n  File "/usr/lib/python3.11/json/__init__.py", line 339, in loads\n    raise TypeError\n`,
        'TypeError: the JSON object must be str',
      ),
      { error: 'TypeError: the JSON object must be str', file: 'myapp/chalicelib/users.py', line: 3 },
    ],
    [
      'none where only the framework was running',
      raised(FRAMEWORK, "TypeError: show() got an unexpected keyword argument 'name'"),
      { error: "TypeError: show() got an unexpected keyword argument 'name'" },
    ],
    [
      'the newest error',
      `${raised('  File "/w/a.py", line 1, in f\n', 'KeyError: 1')}between\n${raised('  File "/w/a.py", line 2, in f\n', 'KeyError: 2')}127.0.0.1 - 500`,
      { error: 'KeyError: 2', file: 'a.py', line: 2 },
    ],
    ['nothing where there is none', 'Serving on http://127.0.0.1:8080\n', undefined],
    ['nothing of one that has not come to its end', 'Traceback (most recent call last):\n  File "/w/a.py", line 1, in f\n', undefined],
  ])('%s', (_, log, found) => {
    expect(findRaisedError(log, '/w')).toEqual(found);
  });
});
