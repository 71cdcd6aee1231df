import { describe, expect, test } from 'vitest';
import type { CheckContext, Outcome } from '../../src/checks/check.ts';
import { runWithin, type Clock } from '../../src/checks/retry.ts';
import { makeContext } from './context.ts';

const FAILED: Outcome = { passed: false, expected: 'a', actual: 'b', try: 'C.' };

/** A clock on which time passes only by sleeping, or by a run that takes its time. */
function makeClock() {
  const clock = { time: 1000, pauses: [] as number[] };
  const fake: Clock = {
    now: () => clock.time,
    sleep: (ms) => {
      clock.pauses.push(ms);
      clock.time += ms;
      return Promise.resolve();
    },
  };
  return Object.assign(clock, fake);
}

const outcomes = (list: Outcome[], onRun: (count: number) => void = () => undefined) => {
  let count = 0;
  return {
    run: (_input: unknown, _context: CheckContext) => {
      onRun(++count);
      return Promise.resolve(list[Math.min(count, list.length) - 1] ?? FAILED);
    },
    count: () => count,
  };
};

describe('runWithin', () => {
  const context = makeContext('/nowhere');

  test('runs a check that passes once', async () => {
    const clock = makeClock();
    expect(await runWithin(outcomes([{ passed: true }]), {}, context, { within: 5_000, clock })).toEqual({ passed: true });
    expect(clock.pauses).toEqual([]);
  });

  test('runs a failing check once where there is no time', async () => {
    const clock = makeClock();
    const check = outcomes([FAILED]);
    expect(await runWithin(check, {}, context, { within: 0, clock })).toBe(FAILED);
    expect(check.count()).toBe(1);
  });

  test('tries again after growing pauses until it passes', async () => {
    const clock = makeClock();
    const check = outcomes([FAILED, FAILED, FAILED, FAILED, FAILED, FAILED, { passed: true }]);
    expect(await runWithin(check, {}, context, { within: 10_000, clock })).toEqual({ passed: true });
    expect(clock.pauses).toEqual([50, 100, 200, 400, 500, 500]);
  });

  test('does not try again what will stay as it is', async () => {
    const clock = makeClock();
    const check = outcomes([FAILED, { ...FAILED, actual: 'final' }, { passed: true }]);
    const isFinal = (outcome: Outcome) => !outcome.passed && outcome.actual === 'final';
    expect(await runWithin(check, {}, context, { within: 5_000, clock, isFinal })).toMatchObject({ actual: 'final' });
    expect(check.count()).toBe(2);
  });

  test('tries a last time when the time is over', async () => {
    const clock = makeClock();
    const check = outcomes([FAILED]);
    expect(await runWithin(check, {}, context, { within: 400, clock })).toBe(FAILED);
    expect(clock.pauses).toEqual([50, 100, 200, 50]);
    expect(check.count()).toBe(5);
  });

  test('counts the time that the check itself takes', async () => {
    const clock = makeClock();
    const check = outcomes([FAILED], () => (clock.time += 300));
    await runWithin(check, {}, context, { within: 400, clock });
    expect(check.count()).toBe(2);
    expect(clock.pauses).toEqual([50]);
  });

  test('gives up at once when it is stopped', async () => {
    const clock = makeClock();
    const controller = new AbortController();
    const check = outcomes([FAILED], (count) => count === 2 && controller.abort());
    expect(await runWithin(check, {}, { ...context, signal: controller.signal }, { within: 60_000, clock })).toBe(FAILED);
    expect(check.count()).toBe(2);
  });

  test('is woken from a real pause when it is stopped', async () => {
    const controller = new AbortController();
    const check = outcomes([FAILED], () => queueMicrotask(() => controller.abort()));
    expect(await runWithin(check, {}, context, { within: 3_600_000, signal: controller.signal })).toBe(FAILED);
    expect(check.count()).toBe(1);
  });
});
