import { expect, test } from 'vitest';
import type { Event, EventBody } from '../../src/events/event.ts';
import { noticeOf } from '../../src/walk/notices.ts';
import { fence, labOf } from './support.ts';

const [step] = labOf(`### One\n\n${fence('sh run', 'one')}`).steps;
const explained: EventBody = { type: 'failure-explained', command: 1, text: 'one', signature: 'x', what: 'It broke', fix: 'Mend it.' };
const at = (id: string, body: EventBody): Event => ({ time: '2026-01-01T00:00:00Z', lab: 'test', step: id, ...body });

test('what is known of a failure of the shown step is said', () => {
  if (!step) throw new Error('no step');
  expect(noticeOf(at('one', explained), step, false)).toEqual({ level: 'warning', text: 'It broke.' });
  expect(noticeOf(at('other', explained), step, false)).toBeUndefined();
});
