/** Files of signatures: what is known of failures of a lab's commands, in YAML beside the labs. */
import { isMap, isScalar, isSeq } from 'yaml';
import * as z from 'zod';
import { findMatchNow } from '../../patterns/find-match.ts';
import { PatternError } from '../../patterns/pattern-error.ts';
import { groupsOf, namesIn } from '../facts/find-signature.ts';
import type { ReportProblem } from '../problems.ts';
import { undeclared, type DeclaredVariables } from './reading-context.ts';
import { parseWithSchema } from './yaml/schema-problems.ts';
import { placeAt, type Source } from './source.ts';
import type { Place, Signature } from '../types.ts';
import { nodeAt, parseYaml, type YamlText } from './yaml/yaml-text.ts';

const text = z.string().min(1, { error: 'Write a text.' });
const texts = z.union([text, z.array(text).min(1)], { error: 'Write a text, or a list of texts.' });

/** What stands in one entry of a file of signatures. */
export const signatureSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, { error: 'Write it in small letters, digits and hyphens, like port-in-use.' })
    .describe('Its name in reports, once in a lab: `port-in-use`.'),
  matches: texts.describe(
    'A regular expression, or a list of them: one is in what the command printed, line breaks and spaces made one space.',
  ),
  status: z
    .literal('any', { error: 'Write any, or leave it out: then it is for commands that fail.' })
    .optional()
    .describe('`any`: also for commands that end with status 0 all the same.'),
  what: text.describe('What happened and why, in a sentence or two.'),
  fix: text.describe('What to do.'),
  link: z
    .url({ protocol: /^https?$/, error: 'Write a whole address: https://….' })
    .optional()
    .describe('Where more is said.'),
  credentials: z.boolean().default(false).describe('Credentials may be the reason: they are looked at, and what is found is told with it.'),
  example: texts.describe('What is printed: a text, or a list. It proves the patterns: each is found in one, and no earlier signature is.'),
});

type Written = z.infer<typeof signatureSchema>;

/** Reads a file of signatures. Those that have mistakes are left out; all mistakes are told. */
export function readSignatures(source: Source, variables: DeclaredVariables, report: ReportProblem): Signature[] {
  const yaml = parseYaml(source.text, (offset) => placeAt(source, offset), report);
  if (!yaml) return [];
  if (!isSeq(yaml.root)) {
    report(yaml.root ? yaml.placeOf(yaml.root) : placeAt(source, 0), 'a file of signatures is a list', {
      fix: 'Begin each signature with a hyphen: - id: port-in-use.',
    });
    return [];
  }
  return yaml.root.items.flatMap((entry) => readEntry(entry, yaml, variables, report) ?? []);
}

function readEntry(entry: unknown, yaml: YamlText, variables: DeclaredVariables, report: ReportProblem): Signature | undefined {
  if (!isMap(entry)) {
    report(yaml.placeOf(entry), 'a signature is a mapping (key: value)', { fix: 'It needs id, matches, what, fix and example.' });
    return undefined;
  }
  const id = nodeAt(entry, ['id'], 'value');
  const subject = isScalar(id) && typeof id.value === 'string' ? `the signature ${id.value}` : 'the signature';
  const checked = { schema: signatureSchema, value: yaml.valueOf(entry), node: entry, keyNode: entry, yaml, subject };
  const written = parseWithSchema(checked, report);
  if (!written) return undefined;
  const placeOf = (key: keyof Written, index?: number): Place =>
    yaml.placeOf(nodeAt(entry, index === undefined ? [key] : [key, index], 'value'));
  const listed = (key: 'matches' | 'example') => [written[key]].flat().map((one, i) => ({ text: one, place: placeOf(key, i) }));
  const patterns = listed('matches').flatMap((one) => readPattern(one, subject, report) ?? []);
  for (const key of ['what', 'fix'] as const) reportNames(written[key], placeOf(key), patterns, variables, report);
  return {
    id: written.id,
    patterns,
    anyStatus: written.status === 'any',
    what: oneSpace(written.what),
    fix: oneSpace(written.fix),
    ...(written.link === undefined ? {} : { link: written.link }),
    credentials: written.credentials,
    examples: listed('example'),
    place: placeOf('id'),
  };
}

function readPattern(pattern: { text: string; place: Place }, subject: string, report: ReportProblem): RegExp | undefined {
  const refuse = (what: string, more: { why?: string; fix?: string } = {}) =>
    void report(pattern.place, `"${pattern.text}" in ${subject} ${what}`, more);
  let compiled: RegExp;
  try {
    compiled = new RegExp(pattern.text);
  } catch (error) {
    return refuse(`is no regular expression: ${(error as Error).message.replace(/^.*: /, '')}`);
  }
  if (isInNothing(compiled)) return refuse('fits every output', { fix: 'Write what only this failure prints.' });
  if (/\\[nr]|\n| {2}/.test(pattern.text))
    return refuse('can never be found', {
      why: 'Line breaks and spaces are made one space before it is looked for.',
      fix: 'Write a single space.',
    });
  return compiled;
}

/** Whether it matches the empty text, and so every text. One that takes too long to say so counts as one that does not: `lint` tells of it. */
function isInNothing(pattern: RegExp): boolean {
  try {
    return isSimple(pattern) ? pattern.test('') : findMatchNow(pattern, '') !== undefined;
  } catch (error) {
    if (error instanceof PatternError) return false;
    throw error;
  }
}

/** Repeats no group and has few branches: then there is little to try where there is no text. Most are so, and each start of a lab reads them. */
const isSimple = ({ source }: RegExp): boolean => !/\)[*+{]/.test(source) && (source.match(/[|?]/g)?.length ?? 0) < 16;

/** `{{name}}` is a group of the patterns, `{{NAME}}` a variable of the lab. */
function reportNames(
  written: string,
  place: Place,
  patterns: readonly RegExp[],
  variables: DeclaredVariables,
  report: ReportProblem,
): void {
  for (const name of namesIn(written)) {
    if (/^[A-Z]/.test(name)) {
      const wrong = undeclared(name, variables);
      if (wrong) report(place, wrong.mistake, { fix: wrong.fix });
    } else if (!patterns.every((pattern) => groupsOf(pattern).includes(name))) {
      report(place, `{{${name}}} is no group of every pattern`, { fix: `Write (?<${name}>…) in each of them.` });
    }
  }
}

const oneSpace = (written: string) => written.trim().replace(/\s+/g, ' ');
