/** A lab's file of equivalent mutants: changes to its solutions that no check needs to notice, in YAML beside the lab. */
import { isSeq } from 'yaml';
import * as z from 'zod';
import { mutantOperators } from '../facts/mutant-operators.ts';
import type { ReportProblem } from '../problems.ts';
import { parseWithSchema } from './yaml/schema-problems.ts';
import { placeAt, type Source } from './source.ts';
import type { EquivalentMutant } from '../types.ts';
import { parseYaml } from './yaml/yaml-text.ts';

/** What stands in one entry. */
export const equivalentSchema = z.strictObject({
  operator: z.enum(mutantOperators).describe('The kind of change.'),
  file: z.string().min(1).describe('Path in the workspace.'),
  before: z
    .string()
    .describe(
      'The lines that are changed, as `labwalk verify --mutate` shows them; how much white space stands in them counts for `indentation` alone.',
    ),
  after: z.string().describe('The same lines afterwards; empty where they are missing.'),
  near: z
    .string()
    .min(1)
    .optional()
    .describe('A text in a line of the file, where the same change is possible in several places: the one nearest to it is meant.'),
  checkpoint: z.string().min(1).optional().describe('The checkpoint whose file it is, where the same change is possible in several.'),
  reason: z.string().min(1).describe('Why nobody could notice, or why the lab leaves it to the learner, in a sentence.'),
});

/** Reads the file. Entries that have mistakes are left out; all mistakes are told. */
export function readEquivalentMutants(source: Source, report: ReportProblem): EquivalentMutant[] {
  const yaml = parseYaml(source.text, (offset) => placeAt(source, offset), report);
  if (!yaml) return [];
  if (!isSeq(yaml.root)) {
    report(yaml.root ? yaml.placeOf(yaml.root) : placeAt(source, 0), 'a file of equivalent mutants is a list', {
      fix: 'Begin each with a hyphen: - operator: missing-line.',
    });
    return [];
  }
  return yaml.root.items.flatMap((entry) => {
    const subject = 'the equivalent mutant';
    const read = parseWithSchema(
      { schema: equivalentSchema, value: yaml.valueOf(entry), node: entry, keyNode: entry, yaml, subject },
      report,
    );
    if (!read) return [];
    const { near, checkpoint, ...facts } = read;
    const wishes = { ...(near === undefined ? {} : { near }), ...(checkpoint === undefined ? {} : { checkpoint }) };
    return [{ ...facts, ...wishes, place: yaml.placeOf(entry) }];
  });
}
