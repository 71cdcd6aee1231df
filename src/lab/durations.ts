const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
const form = /^(?:\d+(?:ms|s|m|h))+$/;

/**
 * Milliseconds of a duration as people write it, or nothing when it is not one. A number needs its unit; zero is no duration.
 * @example parseDuration('1m30s') // 90000
 */
export function parseDuration(text: string): number | undefined {
  if (!form.test(text)) return undefined;
  let total = 0;
  for (const [, number, unit] of text.matchAll(/(\d+)(ms|s|m|h)/g)) total += Number(number) * units[unit as keyof typeof units];
  return total > 0 && Number.isSafeInteger(total) ? total : undefined;
}
