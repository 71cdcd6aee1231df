import { expect, test } from 'vitest';
import type { Event, EventBody } from '../../src/events/event.ts';
import { tellEvent, explanationLines } from '../../src/plain/words.ts';
import { initialState } from '../../src/progress/state.ts';
import { labOf } from '../walk/support.ts';

const lab = labOf('### One\n\nRead.\n');
const lines = (body: EventBody) =>
  tellEvent({ time: '2026-01-01T00:00:00Z', lab: 'test', step: 'one', ...body } as Event, lab, initialState());

test('what to do and where to read on is said behind the notice, and what was found about the keys with what to do', () => {
  const explained: EventBody = { type: 'failure-explained', command: 1, text: 'a', signature: 'x', what: 'w', fix: 'f' };
  expect(lines(explained)).toEqual(['To do: f']);
  expect(lines({ ...explained, link: 'https://a/' })).toEqual(['To do: f', 'More about it: https://a/']);
  expect(
    lines({
      type: 'credentials-diagnosed',
      cause: 'expired',
      sentence: 'They have run out.',
      evidence: [],
      fix: ['Get new ones.', 'Try again.'],
    }),
  ).toEqual(['Your keys: They have run out.', 'To do: Get new ones.', 'To do: Try again.']);
});

test('a failure of earlier is said in whole', () => {
  expect(explanationLines({ command: 0, text: 'a', signature: 'x', what: 'It broke.', fix: 'Mend it.', link: 'https://a/' })).toEqual([
    'What went wrong before: It broke.',
    'To do: Mend it.',
    'More about it: https://a/',
  ]);
});
