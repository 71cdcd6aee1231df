/** What a lab may want of a text: the keys that `output`, `file`, `log` and `http` share, and how they are judged. */
import * as z from 'zod';
import { compareTexts, type TextDifference } from './compare-texts.ts';
import { describeJsonDifference, findJsonDifference } from './json-subset.ts';
import { findJson } from './find-json.ts';
import { lastLine, listWords, quote } from './quote.ts';
import { exampleOf } from '../../patterns/example.ts';
import { findMatch } from '../../patterns/find-match.ts';
import { fillTemplate, textKey } from './template.ts';

export interface TextRequirements {
  contains?: string[];
  matches?: string[];
  equals?: string;
  json?: unknown;
  not?: { contains?: string[]; matches?: string[] };
}

/** One or several texts; always a list afterwards. */
const texts = () =>
  z.preprocess(toList, z.array(textKey().refine((text) => text.trim() !== '', 'expected a text that is not empty')).min(1));

const patterns = () => z.preprocess(toList, z.array(textKey().superRefine(refusePattern)).min(1));

export const containsKey = () =>
  texts()
    .optional()
    .describe('A text, or a list of texts, that must be there. Spaces and line ends count as one space, so wrapped lines are found.');

export const matchesKey = () =>
  patterns().optional().describe('A regular expression (JavaScript), or a list; `^` and `$` stand for the beginning and end of a line.');

export const equalsKey = () => textKey().optional().describe('The whole text. Space around it and the kind of line ends do not count.');

export const jsonKey = () =>
  z
    .unknown()
    .optional()
    .describe('JSON that must be in it: objects may have more keys, lists must have the same length and order, all else is equal.');

export const notKey = () =>
  z
    .strictObject({
      contains: texts().optional().describe('A text, or a list of texts, that must not be there.'),
      matches: patterns().optional().describe('A regular expression, or a list, that must not match.'),
    })
    .refine((not) => not.contains !== undefined || not.matches !== undefined, 'expected contains or matches')
    .optional()
    .describe('What must not be there.');

/**
 * Judges a text. Rejects with a PatternError where a pattern takes too long on it, and with the signal's reason.
 *
 * @param noun What the text is, for the sentences: `the output`, `app.py`.
 * @returns what is not as wanted, or nothing when all is.
 */
export async function judgeText(
  text: string,
  requirements: TextRequirements,
  noun: string,
  signal: AbortSignal,
): Promise<TextDifference | undefined> {
  return (
    judgeEquals(text, requirements.equals) ??
    judgeContains(text, requirements.contains ?? [], noun) ??
    (await judgeMatches(text, requirements.matches ?? [], noun, signal)) ??
    judgeJson(text, requirements.json, noun) ??
    judgeNotContains(text, requirements.not?.contains ?? [], noun) ??
    (await judgeNotMatches(text, requirements.not?.matches ?? [], noun, signal))
  );
}

/** The requirements in words, for a summary: `contains "a" and "b"`. */
export function describeRequirements({ contains, matches, equals, json, not }: TextRequirements): string {
  const quoted = (words: string[]) => listWords(words.map((word) => quote(word, 60)));
  const parts = [
    equals === undefined ? undefined : `is ${quote(equals.trim(), 60)}`,
    contains && `contains ${quoted(contains)}`,
    matches && `has ${listWords(matches.map(describePattern))}`,
    json === undefined ? undefined : 'has the right JSON',
    not?.contains && `does not contain ${quoted(not.contains)}`,
    not?.matches && `does not have ${listWords(not.matches.map(describePattern))}`,
  ].filter((part) => part !== undefined);
  return listWords(parts);
}

function judgeEquals(text: string, equals: string | undefined): TextDifference | undefined {
  return equals === undefined ? undefined : compareTexts(equals, text);
}

function judgeContains(text: string, wanted: string[], noun: string): TextDifference | undefined {
  const flat = flatten(text);
  const missing = wanted.find((part) => !flat.includes(flatten(part)));
  if (missing === undefined) return undefined;
  const otherCase = flat.toLowerCase().includes(flatten(missing).toLowerCase());
  const actual = otherCase ? `${noun} has it with other capital letters` : describeText(text, noun);
  return { expected: `${quote(missing.trim())} in ${noun}`, actual };
}

async function judgeMatches(text: string, wanted: string[], noun: string, signal: AbortSignal): Promise<TextDifference | undefined> {
  for (const source of wanted) {
    const pattern = toPattern(source);
    if (!pattern) return badPattern(source);
    if (!(await findMatch(pattern, text, { signal })))
      return { expected: `${describePattern(source)} in ${noun}`, actual: describeText(text, noun) };
  }
  return undefined;
}

function judgeJson(text: string, wanted: unknown, noun: string): TextDifference | undefined {
  if (wanted === undefined) return undefined;
  const values = findJson(text);
  if (values.length === 0) return { expected: `JSON in ${noun}`, actual: describeText(text, noun) };
  const differences = values.map((value) => findJsonDifference(wanted, value));
  if (differences.includes(undefined)) return undefined;
  // of several, the last one is the newest
  const difference = differences.at(-1);
  return difference && { expected: `${difference.path} is ${difference.expected}`, actual: describeJsonDifference(difference) };
}

function judgeNotContains(text: string, unwanted: string[], noun: string): TextDifference | undefined {
  const flat = flatten(text);
  const found = unwanted.find((part) => flat.includes(flatten(part)));
  return found === undefined ? undefined : { expected: `no ${quote(found.trim())} in ${noun}`, actual: `${noun} contains it` };
}

async function judgeNotMatches(text: string, unwanted: string[], noun: string, signal: AbortSignal): Promise<TextDifference | undefined> {
  for (const source of unwanted) {
    const pattern = toPattern(source);
    if (!pattern) return badPattern(source);
    const match = await findMatch(pattern, text, { signal });
    if (match)
      return {
        expected: `nothing in ${noun} like ${quote(exampleOf(source) ?? match.text)}`,
        actual: `${noun} contains ${quote(match.text)}`,
      };
  }
  return undefined;
}

function describeText(text: string, noun: string): string {
  const last = lastLine(text);
  if (last === undefined) return `${noun} is empty`;
  return text.trim().includes('\n') ? `${noun} does not have it; it ends with ${quote(last)}` : `${noun} is ${quote(last)}`;
}

/** A pattern that was well formed in the lab may not be once a variable is in it. */
const badPattern = (source: string): TextDifference => ({
  expected: `a match of ${showPattern(source)}`,
  actual: 'this is not a regular expression, so the lab has a mistake here',
});

function toPattern(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'm');
  } catch {
    return undefined;
  }
}

function refusePattern(source: string, context: z.RefinementCtx): void {
  if (source === '') context.addIssue({ code: 'custom', message: 'expected a regular expression that is not empty' });
  else if (!toPattern(fillTemplate(source))) context.addIssue({ code: 'custom', message: `not a regular expression: ${source}` });
}

const toList = (value: unknown) => (value === undefined || Array.isArray(value) ? value : [value]);
const flatten = (text: string) => text.replace(/\s+/g, ' ').trim();
/** For learners, who need not read regular expressions. */
const describePattern = (source: string) => {
  const example = exampleOf(source);
  return example === undefined ? 'what the step describes' : `something like ${quote(example, 60)}`;
};
const showPattern = (source: string) => `/${source}/`;
