import { expect, test } from 'vitest';
import { deferListener } from '../../src/commands/defer-listener.ts';
import type { Event } from '../../src/events/event.ts';

const event = (text: string): Event => ({ type: 'notice', level: 'info', text, time: '', lab: 'x' });
const heard: string[] = [];
const record = (each: Event) => heard.push(each.type === 'notice' ? each.text : '');

test('events arrive in order after the turn in which they came, or when flushed', async () => {
  const { listen, flush } = deferListener(record);
  listen(event('a'));
  listen(event('b'));
  expect(heard).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toEqual(['a', 'b']);
  listen(event('c'));
  flush();
  expect(heard).toEqual(['a', 'b', 'c']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toEqual(['a', 'b', 'c']);
});

test('an event that a listener causes comes after those that waited', async () => {
  const order: string[] = [];
  const { listen } = deferListener((each) => {
    const text = each.type === 'notice' ? each.text : '';
    order.push(text);
    if (text === 'a') listen(event('later'));
  });
  listen(event('a'));
  listen(event('b'));
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(order).toEqual(['a', 'b', 'later']);
});
