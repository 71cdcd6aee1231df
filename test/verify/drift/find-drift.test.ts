import { describe, expect, test } from 'vitest';
import { findDrift, outputsToCompare, ownValues } from '../../../src/verify/drift/find-drift.ts';
import { goodLab, step } from '../../lab/small-labs.ts';

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`;
const stepOf = (...fences: string[]) => goodLab(step(fences.join('\n'))).steps[0]!;

const first = fence('sh run', 'echo one');
const second = fence('sh service=web', 'serve $PORT');
const shows = (text: string) => fence('text output', text);

describe('outputs', () => {
  test('belong to the run or service above them, whatever is said in between', () => {
    const found = outputsToCompare(stepOf(first, 'Words.\n', shows('one'), second, shows('serving')));
    expect(found.map(({ part, number, action }) => [part.text.trim(), number, action.kind])).toEqual([
      ['one', 0, 'run'],
      ['serving', 1, 'service'],
    ]);
  });

  test('that follow one action are parts of what it printed', () => {
    const found = outputsToCompare(stepOf(first, shows('one'), shows('two'), second, shows('serving')));
    expect(found.map(({ part, isPart }) => [part.text.trim(), isPart])).toEqual([
      ['one', true],
      ['two', true],
      ['serving', false],
    ]);
  });

  test('that follow a file belong to nothing', () => {
    expect(outputsToCompare(stepOf(first, fence('python file=a.py', 'a'), shows('one')))).toEqual([]);
  });
});

describe('drift', () => {
  const outputs = stepOf(first, shows('one\ntwo'), second, shows('serving on 8080'));

  test('has the place of the fence, the command, and both texts', () => {
    const found = findDrift(outputs, {
      values: ['8113'],
      folders: [],
      outputOf: (action) => ['one\n2\n', 'serving on 8113\nGET /\n'][action],
    });
    expect(found).toMatchObject([
      {
        place: { line: 18, column: 1 },
        command: 'echo one',
        actual: 'one\n2\n',
        lines: [
          { mark: ' ', text: 'one' },
          { mark: '-', text: 'two' },
          { mark: '+', text: '2' },
        ],
      },
    ]);
    expect(found[0]?.expected.trim()).toBe('one\ntwo');
  });

  test('is not looked for where the action was not done', () => {
    expect(findDrift(outputs, { values: [], folders: [], outputOf: () => undefined })).toEqual([]);
  });
});

test("a learner's own values are those that are made up or found for one, the longest first", () => {
  const lab = goodLab(step('Read `$PORT`.\n'));
  expect(ownValues(lab, { PORT: '8081', WHO: 'Konstantin', CITY: 'Oslo', URL: 'http://x' })).toEqual(['Konstantin', '8081']);
});
