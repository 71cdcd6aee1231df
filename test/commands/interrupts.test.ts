import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createInterrupts } from '../../src/commands/interrupts.ts';

function setUp() {
  const target = new EventEmitter();
  const interrupts = createInterrupts(target as unknown as NodeJS.Process);
  const send = (name: string) => target.emit(name, name);
  return { interrupts, send, listeners: () => target.listenerCount('SIGINT') };
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
