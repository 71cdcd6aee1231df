import * as z from 'zod';
import type { Check, Outcome } from './check.ts';
import { failed } from './failed.ts';
import {
  containsKey,
  describeRequirements,
  equalsKey,
  judgeText,
  jsonKey,
  matchesKey,
  notKey,
  type TextRequirements,
} from './texts/text-requirements.ts';

const schema: z.ZodType<TextRequirements> = z.preprocess(
  (value) => (typeof value === 'string' ? { contains: value } : value),
  z
    .strictObject({ contains: containsKey(), matches: matchesKey(), equals: equalsKey(), json: jsonKey(), not: notKey() })
    .refine(
      (input) => Object.values(input).some((requirement) => requirement !== undefined),
      'expected at least one of contains, matches, equals, json, not',
    ),
);

export const output: Check<TextRequirements> = {
  name: 'output',
  about: 'What the commands of the fence above printed, as plain text.',
  example: `- output: Hello
- output: { contains: [Creating Rest API, Resources deployed], not: { contains: Traceback } }
- output: { matches: '^chalice 1\\.\\d+' }
- output: { json: { hello: world } }
`,
  schema,
  looksAt: 'output',
  summary: (input) => `the output ${describeRequirements(input)}`,
  async run(input, { command, signal }): Promise<Outcome> {
    if (!command) return failed(`the output ${describeRequirements(input)}`, 'no command has run yet', "Run this step's commands first.");
    const difference = await judgeText(command.output, input, 'the output', signal);
    if (!difference) return { passed: true };
    return failed(difference.expected, difference.actual, advise(command.status));
  },
};

const advise = (status: number) =>
  status === 0
    ? 'Compare the command that you ran with the one in the step, letter by letter.'
    : `The command ended with status ${status}. Mend what its last lines say, then run it again.`;
