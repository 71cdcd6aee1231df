import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { createInterrupts, lastMs } from '../../../src/session/interrupts/interrupts.ts';

function setUp(options: { handsOn?: boolean } = {}) {
  const target = new EventEmitter();
  let time = 0;
  let left = 0;
  const interrupts = createInterrupts(target as unknown as NodeJS.Process, { leave: () => left++, now: () => time, ...options });
  /** After a while, or at once as a program above hands it on. */
  const send = (name: string, { after = 1000 } = {}) => {
    time += after;
    target.emit(name, name);
  };
  return { interrupts, send, left: () => left, listeners: () => target.listenerCount('SIGINT') };
}

test('the first signal ends the work, the second the clean-up', () => {
  const { interrupts, send } = setUp();
  const { soft, hard } = interrupts.signals();
  send('SIGTERM');
  expect([soft.aborted, hard.aborted]).toEqual([true, false]);
  send('SIGINT');
  expect(hard.aborted).toBe(true);
});

test('nothing is listened for before somebody asks, and only once however many ask', () => {
  const { interrupts, listeners } = setUp();
  expect(listeners()).toBe(0);
  interrupts.signals();
  interrupts.signals();
  expect(listeners()).toBe(1);
});

test('a driver that takes Ctrl-C gets it, and a closed terminal still ends the work', () => {
  const { interrupts, send } = setUp();
  let pressed = 0;
  const giveBack = interrupts.takeCtrlC(() => pressed++);
  const { soft } = interrupts.signals();
  send('SIGINT');
  expect([pressed, soft.aborted]).toEqual([1, false]);
  send('SIGHUP');
  expect(soft.aborted).toBe(true);
  giveBack();
});

test('given back, Ctrl-C ends the work again', () => {
  const { interrupts, send } = setUp();
  interrupts.takeCtrlC(() => undefined)();
  send('SIGINT');
  expect(interrupts.signals().soft.aborted).toBe(true);
});

test('while the work is being ended, Ctrl-C ends the clean-up whoever took it', () => {
  const { interrupts, send } = setUp();
  interrupts.takeCtrlC(() => undefined);
  const { hard } = interrupts.signals();
  send('SIGTERM');
  send('SIGINT');
  expect(hard.aborted).toBe(true);
});

test('two that come fast are two', () => {
  const { interrupts, send } = setUp();
  const { hard } = interrupts.signals();
  send('SIGINT');
  send('SIGINT', { after: 20 });
  expect(hard.aborted).toBe(true);
});

test('one Ctrl-C that comes twice, since a program above hands it on, is one', () => {
  const { interrupts, send } = setUp({ handsOn: true });
  const { soft, hard } = interrupts.signals();
  send('SIGINT');
  send('SIGINT', { after: 20 });
  expect([soft.aborted, hard.aborted]).toEqual([true, false]);
  send('SIGINT');
  expect(hard.aborted).toBe(true);
});

test('what has not ended a moment after the second is left behind', () => {
  vi.useFakeTimers();
  const { interrupts, send, left } = setUp();
  interrupts.signals();
  send('SIGINT');
  vi.advanceTimersByTime(60_000);
  send('SIGINT');
  vi.advanceTimersByTime(lastMs - 1);
  expect(left()).toBe(0);
  vi.advanceTimersByTime(1);
  expect(left()).toBe(1);
});

test('with the third the program leaves at once, and only once', () => {
  vi.useFakeTimers();
  const { interrupts, send, left } = setUp();
  interrupts.signals();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGINT']) send(name);
  vi.advanceTimersByTime(60_000);
  expect(left()).toBe(1);
});

test('a person who insists on a screen has pressed Ctrl-C twice', () => {
  vi.useFakeTimers();
  const { interrupts, left } = setUp();
  const { soft, hard } = interrupts.signals();
  interrupts.insist();
  expect([soft.aborted, hard.aborted, left()]).toEqual([true, true, 0]);
  vi.advanceTimersByTime(lastMs);
  expect(left()).toBe(1);
});

afterEach(() => {
  vi.useRealTimers();
});
