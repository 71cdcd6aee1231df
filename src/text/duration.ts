/**
 * Milliseconds as a person says them, never more exact than they can use.
 *
 * @example formatDuration(420) // '0.4 s'
 * @example formatDuration(12_400) // '12 s'
 * @example formatDuration(185_000) // '3 min 5 s'
 */
export function formatDuration(ms: number): string {
  if (!(ms > 0)) return '0 s';
  if (ms < 100) return `${(Math.max(ms, 10) / 1000).toFixed(2)} s`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return join(minutes, 'min', seconds % 60, 's');
  return join(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
const written = /^(?:\d+(?:ms|s|m|h))+$/;

/**
 * Milliseconds of a duration as a lab writes it: whole numbers, each with its unit right behind it. Zero is none. Undefined when the text is
 * no duration.
 *
 * @example parseDuration('1m30s') // 90000
 */
export function parseDuration(text: string): number | undefined {
  if (!written.test(text)) return undefined;
  let total = 0;
  for (const [, number, unit] of text.matchAll(/(\d+)(ms|s|m|h)/g)) total += Number(number) * units[unit as keyof typeof units];
  return total > 0 && Number.isSafeInteger(total) ? total : undefined;
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
