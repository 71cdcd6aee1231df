import { describe, expect, test } from 'vitest';
import { explainJson, explainNoJson } from '../../src/checks/texts/explain-json.ts';

const sent = { name: 'Ada', age: 36, tags: ['a', { b: null }] };

describe('JSON that should be what was sent', () => {
  test.each([
    ['in an object', { user: sent }, 'What is wanted is there, but inside "user". Return it by itself, without anything around it.'],
    [
      'in objects and lists',
      { data: { all: [sent] } },
      'What is wanted is there, but inside "a list". Return it by itself, without anything around it.',
    ],
    ['in a list', [sent], 'What is wanted is there, but inside "a list". Return it by itself, without anything around it.'],
    [
      'as text',
      JSON.stringify(sent),
      'The answer is JSON inside a text: it was made JSON twice. Return the object itself, without json.dumps.',
    ],
    ['without a key', { name: 'Ada', age: 36 }, 'The answer lacks tags. Return everything that was sent, whatever its keys are.'],
    ['without any key', { ok: true }, 'Nothing of what was sent came back. Return everything that was sent, whatever its keys are.'],
    [
      'with another value',
      { ...sent, name: 'David' },
      '"name" was sent as "Ada" and came back as "David". Return what was sent, instead of a value written into the code.',
    ],
  ])('is %s', (_, got, cause) => {
    expect(explainJson(sent, got, sent)).toBe(cause);
  });

  test.each([
    ['the same', sent],
    ['a list of something else', [1, 2]],
    ['a text that is no JSON', 'Ada'],
  ])('says nothing about %s', (_, got) => {
    expect(explainJson(sent, got, sent)).toBeUndefined();
  });

  test('what the lab wants beside what was sent is not told as sent', () => {
    expect(explainJson({ name: 'Ada', id: 7 }, { name: 'Ada' }, { name: 'Ada' })).toBeUndefined();
    expect(explainJson({ name: 'Ada' }, { name: 'David' })).toBeUndefined();
    expect(explainJson({}, [{}])).toBeUndefined();
  });
});

test.each(["{'name': 'Ada'}", "[{'a': 1}]", '{"age": None}'])('%s is how Python prints', (text) => {
  expect(explainNoJson(text)).toContain('how Python prints a dict');
});

test.each(['<h1>No</h1>', '', '{"age": 3'])('"%s" is told in general', (text) => {
  expect(explainNoJson(text)).toBeUndefined();
});
