/**
 * Inputs are checked by their schema when a lab is read, with `{{NAME}}` still in them, and used when `{{NAME}}` has become its value.
 * So wherever a number, a pattern or an address is wanted, a text with `{{NAME}}` must be let through.
 */
import * as z from 'zod';
import { parseDuration } from '../../text/duration.ts';

const TEMPLATES = /\{\{[A-Z_][A-Z0-9_]*\}\}/g;

/** Whether a text has `{{NAME}}` in it. */
export const hasTemplate = (text: string): boolean => text.search(TEMPLATES) >= 0;

/** The text as it might be once its variables are known; for trying whether a pattern or an address is well formed. */
export const fillTemplate = (text: string, filling = 'x'): string => text.replace(TEMPLATES, filling);

/** A whole number, or a text that becomes one: `"{{PORT}}"`. Read it with `toNumber`. */
export const numberOrTemplate = (least: number, most: number) =>
  z.union(
    [
      z.number().int().min(least).max(most),
      z.string().refine((text) => hasTemplate(text) || isNumberBetween(text, least, most), 'not a number or a variable'),
    ],
    { error: `expected a whole number from ${least} to ${most}, or a variable as "{{NAME}}"` },
  );

/** The number behind `numberOrTemplate`, or nothing where the variable did not hold one. */
export function toNumber(value: number | string): number | undefined {
  if (typeof value === 'number') return value;
  return /^-?\d+$/.test(value.trim()) ? Number(value) : undefined;
}

/** `500ms`, `10s`, `2m`. Read it with `toMilliseconds`. */
export const durationText = () => z.string({ error: DURATION }).refine((text) => parseDuration(text) !== undefined, DURATION);

const DURATION = 'expected a duration like 500ms, 10s or 2m';

/** Milliseconds of a duration that `durationText` let through. */
export const toMilliseconds = (duration: string): number => parseDuration(duration) ?? 0;

/** A text; YAML makes numbers of `1.30` and booleans of `yes`, so the message tells of quotes. */
export const textKey = () => z.string({ error: 'expected a text; put it in quotes' });

function isNumberBetween(text: string, least: number, most: number): boolean {
  const number = toNumber(text);
  return number !== undefined && number >= least && number <= most;
}
