import { describe, expect, test } from 'vitest';
import { findFirst, findLine, findMatch, findMatchNow } from '../../src/patterns/find-match.ts';
import { PatternError } from '../../src/patterns/pattern-error.ts';

/** Would take longer than the sun shines. */
const endless = { pattern: /^(a+)+$/, text: `${'a'.repeat(60)}!` };
/** Takes longer than a moment, and comes to an end. */
const slow = { pattern: /(\d+)x/, text: `${'1'.repeat(8000)} 23x` };

describe('a pattern of a lab', () => {
  test('finds the first place, with what its groups caught', async () => {
    expect(await findMatch(/port (?<port>\d+)(?<more>!)?/, 'port 80\nport 81')).toEqual({
      pattern: 0,
      text: 'port 80',
      groups: { port: '80', more: undefined },
    });
    expect(await findMatch(/^PORT$/im, 'a\nport')).toMatchObject({ text: 'port', groups: {} });
    expect(await findMatch(/x/, 'abc')).toBeUndefined();
  });

  test('is compared with each line by itself, where that is wanted', async () => {
    expect(await findLine(/^Serving on (?<at>\S+)$/, 'hm\nServing on 8080\nServing on 9')).toEqual({
      pattern: 0,
      text: 'Serving on 8080',
      groups: { at: '8080' },
    });
    expect(await findLine(/a\nb/, 'a\nb')).toBeUndefined();
  });

  test('begins anew each time, whatever its flags', async () => {
    const pattern = /a/gy;
    for (let times = 0; times < 3; times++) expect(await findMatch(pattern, 'aa')).toMatchObject({ text: 'a', groups: {} });
  });

  test('finds what takes longer than a moment', async () => {
    expect(await findMatch(slow.pattern, slow.text)).toMatchObject({ text: '23x', groups: {} });
    expect(await findLine(slow.pattern, slow.text)).toMatchObject({ text: slow.text });
    expect(findMatchNow(slow.pattern, slow.text)).toMatchObject({ text: '23x' });
  });

  test('is given up when it takes too long, and all else goes on meanwhile', async () => {
    let isHeard = false;
    setTimeout(() => (isHeard = true), 50);
    const error = await findMatch(endless.pattern, endless.text).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PatternError);
    expect(error).toMatchObject({ pattern: '^(a+)+$', why: expect.stringMatching(/^took more than [\d.]+ s on 61 characters$/) as string });
    expect(isHeard).toBe(true);
    // the next search has a thread again
    expect(await findMatch(slow.pattern, slow.text)).toMatchObject({ text: '23x' });
  });

  test('ends with the signal', async () => {
    const { signal, abort } = controller();
    const search = findMatch(endless.pattern, endless.text, { signal });
    const reason = new Error('enough');
    abort(reason);
    await expect(search).rejects.toBe(reason);
    await expect(findMatch(/a/, 'a', { signal })).rejects.toBe(reason);
  });

  test('is one of many, of which the first that matches counts; those that take too long are told', async () => {
    const told: number[] = [];
    const onBadPattern = (pattern: number) => void told.push(pattern);
    expect(await findFirst([/x/, /b/, /a/], 'ab', { onBadPattern })).toMatchObject({ pattern: 1, text: 'b' });
    expect(await findFirst([/x/, endless.pattern, /!/], endless.text, { onBadPattern })).toMatchObject({ pattern: 2, text: '!' });
    expect(told).toEqual([1]);
  });

  test('can be looked for many times at once, and an abort ends one of them alone', async () => {
    const { signal, abort } = controller();
    const searches = [undefined, signal, undefined, undefined].map((one) => findMatch(slow.pattern, slow.text, { signal: one }));
    abort(new Error('enough'));
    const found = await Promise.allSettled(searches);
    expect(found.map((one) => (one.status === 'fulfilled' ? one.value?.text : (one.reason as Error).message))).toEqual([
      '23x',
      'enough',
      '23x',
      '23x',
    ]);
  });

  test('that is too big for the engine is told as such', async () => {
    const error = await findMatch(new RegExp('(.)\\1'.repeat(20_000)), 'a').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'PatternError', why: "can't be used: Stack overflow" });
  });

  test('can be compared here and now, and is cut off all the same', () => {
    expect(() => findMatchNow(endless.pattern, endless.text)).toThrow(PatternError);
    expect(findMatchNow(/b/, 'abc')).toMatchObject({ text: 'b', groups: {} });
  });
});

function controller(): { signal: AbortSignal; abort(reason: Error): void } {
  const made = new AbortController();
  return { signal: made.signal, abort: (reason) => made.abort(reason) };
}
