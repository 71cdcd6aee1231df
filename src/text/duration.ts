const units = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000 } as const;

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

/**
 * What an author writes for a length of time, in milliseconds: `500ms`, `60s`, `90m`, `2h`, `1h30m`. A number needs its unit.
 * Undefined when the text is not a duration.
 */
export function parseDuration(text: string): number | undefined {
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)\s*(ms|min|s|m|h)\s*/gy)];
  const read = parts.reduce((length, part) => length + part[0].length, 0);
  if (parts.length === 0 || read !== text.trim().length) return undefined;
  const ms = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * units[unit as keyof typeof units], 0);
  return Math.round(ms);
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
