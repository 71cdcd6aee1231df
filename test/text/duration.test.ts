import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../src/text/duration.ts';

test.each([
  [0, '0 s'],
  [3, '0.01 s'],
  [42, '0.04 s'],
  [99, '0.10 s'],
  [420, '0.4 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min'],
  [185_000, '3 min 5 s'],
  [3_599_600, '1 h'],
  [5_400_000, '1 h 30 min'],
  [Number.NaN, '0 s'],
])('%d ms are said as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([
  ['500ms', 500],
  ['60s', 60_000],
  ['90m', 5_400_000],
  ['2h', 7_200_000],
  ['1h30m', 5_400_000],
  ['1m30s', 90_000],
])('%s is understood', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', '60', 's', '60x', '60s!', '-5s', '1.5s', '1e3s', '90 min', ' 5s', '5 m 3', '0s', '0', 'soon', '9999999999999999h'])(
  '%j is not a duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);
