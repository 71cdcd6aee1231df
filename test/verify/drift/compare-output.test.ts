import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareOutput, type CompareOptions } from '../../../src/verify/drift/compare-output.ts';

const options: CompareOptions = { values: [], folders: [], goesOn: false };
const compare = (expected: string, actual: string, more: Partial<CompareOptions> = {}) =>
  compareOutput(expected, actual, { ...options, ...more })?.map(({ mark, text }) => `${mark}${text}`);

const looksLikeAnId = (text: string) => /[a-z]/.test(text) && (text.match(/\d/g) ?? []).length > 1;

describe('what varies is no difference', () => {
  test.each([
    ['versions', 'chalice 1.34.0, python 3.11.7, linux 6.18.44', 'chalice 1.35.1, python 3.12.0, linux 5.10.0-21'],
    ['versions of kernels', 'linux 6.18.44', 'linux 6.8.0-45-generic+deb12'],
    ['a version in a word', '"python3.11",', '"python3.13",'],
    ['a date as HTTP writes it', 'Date: Sun, 22 Nov 2026 18:35:22 GMT', 'Date: Mon, 1 Feb 2027 07:00:01 GMT'],
    ['a time as logs write it', '2026-11-22 18:35:23,342 chalice.cli [DEBUG] x', '2027-01-02 03:04:05,006 chalice.cli [DEBUG] x'],
    ['a time as JSON has it', '"at": "2026-11-22T18:35:23.342Z"', '"at": "2027-01-02T03:04:05+01:00"'],
    [
      'a time as web servers log it',
      '127.0.0.1 - - [22/Nov/2026 18:39:40] "GET / HTTP/1.1" 200 -',
      '127.0.0.1 - - [01/Feb/2027 07:00:01] "GET / HTTP/1.1" 200 -',
    ],
    [
      'account numbers and ids',
      'arn:aws:iam::123456789012:role/myapp-dev AIDACLOUD90000000001',
      'arn:aws:iam::999988887777:role/myapp-dev AIDAJQABLZS4A3QDU576Q',
    ],
    [
      'ids of APIs',
      'https://8be9f959.execute-api.ap-southeast-1.amazonaws.com/api/',
      'https://a1b2c3d4e5.execute-api.ap-southeast-1.amazonaws.com/api/',
    ],
    ['short ids', '2026-11-22 18:41:12.077000 9c1b7a4 GET', '2026-12-01 08:00:00.000001 091c8ab GET'],
    ['a short id that is a number', '2026-11-22 18:41:12.077000 9c1b7a4 GET', '2026-12-01 08:00:00.000001 1641421 GET'],
    ['a number for an id in the lab', '2026-11-22 18:41:12.077000 1641421 GET', '2026-12-01 08:00:00.000001 9c1b7a4 GET'],
    ['an id that is a number', '"rest_api_id": "8be9f959",', '"rest_api_id": "16414218",'],
    ['an id with one digit', '"rest_api_id": "8be9f959",', '"rest_api_id": "abcdef1a",'],
    ['an id without a digit', '"rest_api_id": "8be9f959",', '"rest_api_id": "abcdefab",'],
    ['request ids', 'RequestId: 9c1b7a3e-1f2d-4c5b-8a9e-0123456789ab', 'RequestId: 00000000-1f2d-4c5b-8a9e-ffffffffffff'],
    ['ports', 'Serving on http://127.0.0.1:8080', 'Serving on http://127.0.0.1:8113'],
    ['durations and sizes', 'done in 0.8s, 12 kB', 'done in 1.25 s, 999 kB'],
    ['the length of an answer', 'Content-Length: 29', 'Content-Length: 28'],
    ['temporary folders', 'wrote /tmp/a1/x.zip', 'wrote /var/folders/ab/cd_1/T/b2/x.zip'],
    [
      'the width of columns',
      'chalice/app.py   1980-01-01 00:00:00        90370',
      'chalice/app.py                  1980-01-01 00:00:00         1370',
    ],
    ['spaces at the ends of lines, blank lines at both ends', 'a\nb\n', '\na  \nb\n\n'],
  ])('%s', (_, expected, actual) => {
    expect(compare(expected, actual)).toBeUndefined();
  });

  test('any id at random', () => {
    const ids = fc.stringMatching(/^[0-9a-f]{8}$/);
    fc.assert(
      fc.property(ids, ids, (shown, came) => {
        fc.pre(looksLikeAnId(shown) || looksLikeAnId(came));
        expect(compare(`"rest_api_id": "${shown}"`, `"rest_api_id": "${came}"`)).toBeUndefined();
      }),
    );
  });

  test("a learner's own value that is by chance a part of what varies", () => {
    expect(compare('Date: Sun, 22 Nov 2026 18:35:22 GMT', 'Date: Wed, 25 Nov 2026 23:59:53 GMT', { values: ['59'] })).toBeUndefined();
    expect(compare('chalice 1.34.0', 'chalice 1.34.11', { values: ['34', '11'] })).toBeUndefined();
    expect(compare('token abcdefab', 'token 1234abcd', { values: ['1234abcd'] })).toBeUndefined();
  });

  test("another learner's own values and folders, where the lab shows one learner's", () => {
    expect(compare('<h1> Your name is Grace.</h1>', '<h1> Your name is Lina.</h1>', { values: ['Lina'] })).toBeUndefined();
    expect(compare('{"age": 36}', '{"age": 47}', { values: ['Lina', '47'] })).toBeUndefined();
    expect(compare('in /w/1/a.txt', 'in /w/2/a.txt', { folders: ['/w/1', '/w/2'] })).toBeUndefined();
  });
});

describe('what is different otherwise is seen', () => {
  test.each([
    ['a word', 'Creating Rest API', 'Creating REST API'],
    ['a status', 'HTTP/1.1 200 OK', 'HTTP/1.1 500 Internal Server Error'],
    ['an address', 'Serving on http://127.0.0.1:8080', 'Serving on http://0.0.0.0:8080'],
    ['a region', 'https://8be9f959.execute-api.eu-west-1.amazonaws.com/', 'https://8be9f959.execute-api.us-east-1.amazonaws.com/'],
    ['a comma', '"a": 1', '"a": 1,'],
    ['a number', '"Roles": 0', '"Roles": 1'],
    ['indentation', '    "a"', '  "a"'],
    ['a word where an id was', '"id": "8be9f959",', '"id": "undefined",'],
    ['a short number where an id was', '"id": "8be9f959",', '"id": "404",'],
    ['the case of letters', 'content-type: x', 'Content-Type: x'],
  ])('%s', (_, expected, actual) => {
    expect(compare(expected, actual)).toEqual([`-${expected}`, `+${actual}`]);
  });

  test('the order of lines', () => {
    expect(compare('a\nb', 'b\na')).toEqual(['-a', ' b', '+a']);
  });

  test('a value is found as a whole word only, and stands for no blank', () => {
    expect(compare('Linus', 'Linas', { values: ['Lina'] })).toHaveLength(2);
    expect(compare('is Grace Hopper.', 'is Lina.', { values: ['Lina'] })).toHaveLength(2);
  });

  test('the lines in between stay as the lab has them', () => {
    expect(compare('python 3.11.7\nold\nsame\nDate: 2026-01-01', 'python 3.13.0\nnew\nsame\nDate: 2027-01-01\nmore')).toEqual([
      ' python 3.11.7',
      '-old',
      '+new',
      ' same',
      ' Date: 2026-01-01',
      '+more',
    ]);
  });
});

describe('an ellipsis', () => {
  test('on a line of its own stands for any number of lines', () => {
    expect(compare('a\n…\nz', 'a\nz')).toBeUndefined();
    expect(compare('a\n…\nz', 'a\nb\nc\nz')).toBeUndefined();
    expect(compare('…\nz', 'b\nc\nz')).toBeUndefined();
    expect(compare('a\n…', 'a\nb\nc')).toBeUndefined();
    expect(compare('a\n…\nz', 'a\nb\nc')).toEqual([' a', ' …', '-z']);
  });

  test('in a line stands for anything in it', () => {
    expect(compare("{'headers': {…}, 'method': 'GET', …}", "{'headers': {'a': 1}, 'method': 'GET', 'more': 2}")).toBeUndefined();
    expect(compare("{'headers': {…}, 'method': 'GET'}", "{'headers': {'a': 1}, 'method': 'POST'}")).toHaveLength(2);
  });
});

describe('of a service', () => {
  test('what comes later is no difference', () => {
    expect(
      compare('Serving on http://127.0.0.1:8080', 'Serving on http://127.0.0.1:8081\n"GET /" 200\n', { goesOn: true }),
    ).toBeUndefined();
  });

  test('in the place of lines that are not there stand those that came', () => {
    expect(compare('Serving on x', 'Listening on x\n"GET /" 200\n', { goesOn: true })).toEqual(['-Serving on x', '+Listening on x']);
    expect(compare('a\nServing on x', 'warning\na\nServing on x\nlater', { goesOn: true })).toEqual(['+warning', ' a', ' Serving on x']);
  });

  test('nothing at all is a difference', () => {
    expect(compare('Serving', '', { goesOn: true })).toEqual(['-Serving']);
  });
});

describe('one of several outputs', () => {
  const part = { isPart: true };

  test('may stand anywhere among what was printed', () => {
    expect(compare('b\nc', 'a\nb\nc\nd', part)).toBeUndefined();
    expect(compare('a', 'a\nb', part)).toBeUndefined();
    expect(compare('b', 'a\nb', part)).toBeUndefined();
  });

  test('is compared where it fits best', () => {
    expect(compare('b\nx\nd', 'a\nb\nc\nd\ne', part)).toEqual([' b', '-x', '+c', ' d']);
    expect(compare('x', 'a\nb', part)).toHaveLength(2);
  });
});

test('the lines give back the whole text of the lab, and the new one is no difference any more', () => {
  const line = fc.constantFrom('a', 'b', 'c 1.2.3', 'c 1.3.0', '…', 'Date: 2026-01-01', 'x … y', 'x and y');
  const text = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(
      text,
      text.map((each) => each.replaceAll('…', 'd')),
      fc.constantFrom({}, { goesOn: true }, { isPart: true }),
      (expected, actual, more) => {
        const lines = compareOutput(expected, actual, { ...options, ...more });
        if (!lines) return;
        expect(
          lines
            .filter(({ mark }) => mark !== '+')
            .map((each) => each.text)
            .join('\n'),
        ).toBe(expected);
        const updated = lines
          .filter(({ mark }) => mark !== '-')
          .map((each) => each.text)
          .join('\n');
        expect(compareOutput(updated, actual, { ...options, ...more })).toBeUndefined();
      },
    ),
  );
});
