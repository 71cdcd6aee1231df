import { expect, test } from 'vitest';
import { deferListener } from '../../src/session/defer-listener.ts';
import type { Event } from '../../src/events/event.ts';

const event = (text: string): Event => ({ type: 'notice', level: 'info', text, time: '', lab: 'x' });
const textOf = (each: Event) => (each.type === 'notice' ? each.text : '');
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test('events arrive together and in order two turns after the first of them, or when flushed', async () => {
  const heard: string[][] = [];
  const { listen, flush } = deferListener((events) => heard.push(events.map(textOf)));
  listen(event('a'));
  listen(event('b'));
  await nextTurn();
  listen(event('c'));
  expect(heard).toEqual([]);
  await nextTurn();
  expect(heard).toEqual([['a', 'b', 'c']]);
  listen(event('d'));
  flush();
  flush();
  expect(heard).toEqual([['a', 'b', 'c'], ['d']]);
  await nextTurn();
  await nextTurn();
  expect(heard).toHaveLength(2);
});

test('an event that a listener causes comes after those that waited', async () => {
  const order: string[] = [];
  const { listen, flush } = deferListener((events) => {
    for (const each of events) {
      order.push(textOf(each));
      if (textOf(each) === 'a') listen(event('later'));
    }
  });
  listen(event('a'));
  listen(event('b'));
  flush();
  await nextTurn();
  await nextTurn();
  expect(order).toEqual(['a', 'b', 'later']);
});
