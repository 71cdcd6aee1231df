/** Frozen is told from busy, from starved, and from our own sleep. */
import { expect, test } from 'vitest';
import type { Activity } from '../../src/process/activity.ts';
import { beatMs, createPulse } from '../../src/aws/sandbox/pulse.ts';

interface Play {
  /** Whether heartbeats are answered at once. */
  answers?: boolean;
  stuck?: number;
  looks?: (tick: number) => Activity | undefined;
  /** Milliseconds between ticks. */
  every?: number;
}

const idle: Activity = { stopped: false, working: false, cpuMs: 100 };

/** Lets a process live for two answered heartbeats, and then as it is played; the ticks until it is found frozen, and why. */
function play(
  { answers = false, stuck = 0, looks = () => idle, every = beatMs }: Play,
  most: number,
): [ticks: number, why: string] | undefined {
  let [now, lives, tick] = [0, true, 0];
  const pulse = createPulse({
    ping: (number) => {
      if (lives || answers) pulse.answer(number, lives ? 0 : stuck);
    },
    look: () => looks(tick),
  });
  for (const ms of [0, beatMs, beatMs]) expect(pulse.tick((now += ms))).toBeUndefined();
  lives = false;
  for (tick = 1; tick <= most; tick++) {
    const why = pulse.tick((now += every));
    if (why !== undefined) return [tick, why];
  }
  return undefined;
}

const msOf = (found: ReturnType<typeof play>) => (found?.[0] ?? Infinity) * beatMs;

test('what does nothing any more, or was stopped, is found within three seconds', () => {
  const waiting = play({}, 100);
  expect(waiting?.[1]).toBe('it does nothing any more');
  expect(msOf(waiting)).toBeLessThan(3000);
  const stopped = play({ looks: () => ({ ...idle, stopped: true }) }, 100);
  expect(stopped?.[1]).toBe('it was stopped by a signal');
  expect(msOf(stopped)).toBeLessThan(3000);
  const stuck = play({ answers: true, stuck: 2 }, 100);
  expect(stuck?.[1]).toBe('its main loop does nothing any more');
});

test('what works, or waits for a processor or the disk, has half a minute', () => {
  const busy = play({ looks: (tick) => ({ ...idle, cpuMs: 100 + tick * 10 }) }, 100);
  expect(busy?.[1]).toBe('it has not answered for 30 seconds');
  const starved = play({ looks: () => ({ ...idle, working: true }) }, 100);
  expect(msOf(starved)).toBeGreaterThanOrEqual(30_000);
});

test('what answers, and is not stuck for long, lives', () => {
  expect(play({ answers: true }, 1000)).toBeUndefined();
  expect(play({ answers: true, stuck: 1.9 }, 1000)).toBeUndefined();
});

test('our own sleep is no silence of the process: it gets time again', () => {
  // Each tick comes as late as after Ctrl-Z and fg, or when a laptop is opened.
  expect(play({ looks: () => ({ ...idle, stopped: true }), every: 60_000 }, 1000)).toBeUndefined();
  // One sleep in the middle: what was silent before does not count.
  let now = 0;
  const pulse = createPulse({ ping: () => undefined, look: () => idle });
  for (const ms of [0, beatMs, beatMs, 3_600_000, beatMs, beatMs]) expect(pulse.tick((now += ms))).toBeUndefined();
});
