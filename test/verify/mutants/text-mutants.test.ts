import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { changeText } from '../../../src/verify/mutants/text-mutants.ts';
import { describeChange } from '../../../src/verify/mutants/describe-change.ts';

/** `operator: before -> after` of each change. */
const list = (file: string, text: string) =>
  changeText(file, text).map((change) => {
    const { before, after } = describeChange(text, change.text);
    return `${change.operator}: ${before} -> ${after}`;
  });

describe('JSON', () => {
  const text = '{\n  "name": "myapp",\n  "debug": true,\n  "stages": {\n    "dev": { "memory": 128 }\n  }\n}\n';

  test('a value, a truth, a line, two values that are swapped', () => {
    const all = list('config.json', text);
    expect(all).toContain('literal: "name": "myapp", -> "name": "mypp",');
    expect(all).toContain('literal: "debug": true, -> "debug": false,');
    expect(all).toContain('missing-line: "debug": true, -> ');
    expect(all).toContain('swapped-value: "name": "myapp",\n"debug": true, -> "name": true,\n"debug": "myapp",');
  });

  test('can be read afterwards, but for slips in the syntax', () => {
    for (const change of changeText('config.json', text)) {
      if (change.operator === 'syntax') expect(() => JSON.parse(change.text) as unknown, change.text).toThrow();
      else expect(() => JSON.parse(change.text) as unknown, change.text).not.toThrow();
    }
    expect(changeText('config.json', text).some(({ operator }) => operator === 'syntax')).toBe(true);
  });

  test('the comma above goes with the last line', () => {
    expect(changeText('a.json', '{\n  "a": 1,\n  "bcd": 2\n}\n').map((each) => each.text)).toContain('{\n  "a": 1\n}\n');
  });
});

test('YAML has indentation, and can be read afterwards', () => {
  const text = 'functions:\n  hello:\n    handler: app.hello # the entry\n    memory: 128\n';
  const all = list('serverless.yml', text);
  expect(all).toContain('literal: memory: 128 -> memory: 129');
  expect(all).toContain('missing-line: handler: app.hello # the entry -> ');
  const changes = changeText('serverless.yml', text);
  expect(changes.some(({ operator }) => operator === 'indentation')).toBe(true);
  for (const change of changes.filter(({ operator }) => operator !== 'syntax')) expect(() => parse(change.text) as unknown).not.toThrow();
});

test('what YAML reads the same is no change', () => {
  const text = 'events:\n  - http: GET /\npackage:\n  patterns:\n    - app.py\n';
  const changed = changeText('serverless.yml', text).filter(({ operator }) => operator === 'indentation');
  expect(changed.length).toBeGreaterThan(0);
  for (const change of changed) expect(parse(change.text), change.text).not.toEqual(parse(text));
});

test('other files are changed by line; comments and blank lines are left alone', () => {
  expect(list('requirements.txt', '# what the app needs\n\nrequests==2.31.0\nboto3\n')).toEqual([
    'literal: requests==2.31.0 -> requsts==2.31.0',
    'literal: requests==2.31.0 -> requests==3.31.0',
    'literal: boto3 -> boo3',
    'missing-line: requests==2.31.0 -> ',
    'missing-line: boto3 -> ',
  ]);
});

test('what a change does not name stays as it is: line ends and the last line without one', () => {
  const texts = changeText('a.txt', 'first\r\nsecond').map((change) => change.text);
  expect(texts).toContain('first\r\nsecnd');
  expect(texts).toContain('fist\r\nsecond');
});
