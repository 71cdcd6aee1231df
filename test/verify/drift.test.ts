import { describe, expect, test } from 'vitest';
import type { Part } from '../../src/lab/types.ts';
import { compareOutput, findDrift } from '../../src/verify/drift.ts';

const compare = (shown: string, actual: string, values: string[] = []) => compareOutput(shown.split('\n'), actual.split('\n'), values);

describe('the same, but for what varies', () => {
  test.each([
    ['versions', 'chalice 1.34.0, python 3.11.7, linux 6.18.44', 'chalice 1.35.1, python 3.12.0, linux 6.8.0-45-generic'],
    ['times', 'Date: Sun, 22 Nov 2026 18:35:22 GMT', 'Date: Wed, 25 Nov 2026 01:05:59 GMT'],
    ['log lines', '2026-11-22 18:41:12.077000 9c1b7a4 GET', '2026-12-01 08:00:00.000001 091c8ab GET'],
    ['account numbers', 'arn:aws:iam::123456789012:role/myapp-dev', 'arn:aws:iam::846013198056:role/myapp-dev'],
    ['ids in addresses', 'https://8be9f959.execute-api.x.amazonaws.com/api/', 'https://a1b2c3d4e5.execute-api.x.amazonaws.com/api/'],
    ['UUIDs', 'id 0f8fad5b-d9cb-469f-a165-70867728950e', 'id 7c9e6679-7425-40de-944b-e07fc1f90ae7'],
    ['ports', 'Serving on http://127.0.0.1:8080', 'Serving on http://127.0.0.1:8093'],
    ['lengths', 'Content-Length: 17', 'Content-Length: 29'],
    ['durations', 'done in 1.2 s', 'done in 15 s'],
    ['temporary paths', 'wrote /tmp/abc/x.zip', 'wrote /tmp/other/y.zip'],
    ['widths of columns', 'chalice/app.py    1980-01-01 00:00:00   90370', 'chalice/app.py 1980-01-01 00:00:00 123456'],
    ['blanks at the ends of lines', 'a  ', 'a'],
    ['a line of any lines', 'first\n…\nlast', 'first\n1\n2\nlast'],
    ['no lines at all there', 'first\n…\nlast', 'first\nlast'],
    ['any lines at the end', 'first\n…', 'first\n2\n3'],
    ['anything in a line', "{'query': None, …, 'method': 'GET'}", "{'query': None, 'a': 1, 'b': 2, 'method': 'GET'}"],
  ])('%s', (_, shown, actual) => expect(compare(shown, actual)).toBeUndefined());

  test('a value of this run stands where the text has another learner’s', () => {
    expect(compare('<h1> Your name is Grace.</h1>', '<h1> Your name is Hana.</h1>', ['Hana', '41'])).toBeUndefined();
    expect(compare('    "age": 36,', '    "age": 41,', ['Hana', '41'])).toBeUndefined();
    expect(compare('Your name is Grace.', 'You are Hana.', ['Hana'])).toBeDefined();
  });
});

describe('what is different', () => {
  test.each([
    ['a word', 'tool 1.0.0 says good day', 'tool 2.4.1 says hello'],
    ['a status', 'HTTP/1.1 200 OK', 'HTTP/1.1 403 Forbidden'],
    ['a small number', 'items: 3', 'items: 4'],
    ['a line more', 'a\nb', 'a\nb\nc'],
    ['a line less', 'a\nb', 'a'],
    ['another order', 'a\nb', 'b\na'],
    ['what comes after any lines', 'a\n…\nz', 'a\nb\nc'],
  ])('%s', (_, shown, actual) => expect(compare(shown, actual)).toBeDefined());

  test('is shown between what is not', () => {
    expect(compare('same\ntool 1.0 says good day\nend', 'same\ntool 2.4.1 says hello\nend')).toEqual([
      { mark: ' ', text: 'same' },
      { mark: '-', text: 'tool 1.0 says good day' },
      { mark: '+', text: 'tool 2.4.1 says hello' },
      { mark: ' ', text: 'end' },
    ]);
  });
});

describe('the outputs of a step', () => {
  const place = { file: '/lab/lab.md', line: 1, column: 1 };
  const output = (text: string, line: number): Part => ({ kind: 'output', text, place: { ...place, line } });
  const run = (script: string): Part => ({ kind: 'run', script, place });
  const find = (parts: Part[], printed: (string | undefined)[]) =>
    findDrift({ parts }, { outputOf: (action) => printed[action], variables: {} }).map(({ place: at, command }) => [at.line, command]);

  test('each is compared with the commands above it', () => {
    const parts = [run('one'), output('1', 5), run('two\nlast'), output('2', 9)];
    expect(find(parts, ['1', '2'])).toEqual([]);
    expect(find(parts, ['1', 'other'])).toEqual([[9, 'last']]);
  });

  test('what was not done here is not compared', () => {
    expect(find([run('one'), output('1', 5)], [undefined])).toEqual([]);
  });

  test('a service goes on after its first lines; of two outputs each is a part', () => {
    const service: Part = { kind: 'service', name: 'app', script: 'serve', place };
    expect(find([service, output('Serving', 5)], ['Serving\nGET /\nGET /'])).toEqual([]);
    expect(find([service, output('Serving', 5)], ['Error\nServing'])).toEqual([[5, 'serve']]);
    expect(find([run('ls'), output('a', 5), output('b', 7)], ['a\nb'])).toEqual([]);
    expect(find([run('ls'), output('a', 5), output('c', 7)], ['a\nb'])).toEqual([[7, 'ls']]);
  });
});
