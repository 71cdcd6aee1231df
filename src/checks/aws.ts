import * as z from 'zod';
import { nearest } from '../text/nearest.ts';
import type { Check, Outcome } from './check.ts';
import { errorText, failed } from './failed.ts';
import { listWords } from './texts/quote.ts';
import { textKey } from './texts/template.ts';

/** `present`, and one kind of resource with the name that is looked for. */
interface AwsInput {
  present: boolean;
  [kind: string]: string | boolean;
}

const schema: z.ZodType<AwsInput> = z
  .object({ present: z.boolean().default(true).describe('`false`: it must be gone.') })
  .catchall(
    textKey()
      .min(1)
      .describe(
        'A kind of resource (`api`, `bucket`, `function`, `log-group`, `parameter`, `role`, `stack`, `table`, `user-pool`) and its name; `*` in the name stands for anything.',
      ),
  )
  .refine((input) => kindsIn(input).length === 1, 'expected one kind of resource with its name, like "role: myapp-dev"');

export const aws: Check<AwsInput> = {
  name: 'aws',
  about: "Whether something is in AWS, as seen with the lab terminal's credentials.",
  example: '- aws: { function: myapp-dev }\n- aws: { role: myapp-dev, present: false }\n',
  schema,
  looksAt: 'state',
  summary: (input) => `${describe(input)} ${input.present ? 'exists in AWS' : 'is gone from AWS'}`,
  async run(input, { resources, signal }): Promise<Outcome> {
    const what = describe(input);
    const expected = input.present ? `${what} in AWS` : `no ${what} in AWS`;
    const { kind, name } = read(input);
    if (!resources.kinds.includes(kind)) {
      const near = nearest(kind, resources.kinds);
      const hint = near === undefined ? `It knows ${listWords([...resources.kinds].sort(), 20)}.` : `Did its author mean "${near}"?`;
      return failed(expected, `labwalk does not know the kind "${kind}"`, `This lab has a mistake here. ${hint}`);
    }
    let found: string[];
    try {
      found = await resources.find(kind, name, signal);
    } catch (error) {
      return failed(expected, `AWS could not be asked: ${errorText(error)}`, 'Check the AWS credentials and the region of this terminal.');
    }
    if (found.length > 0 === input.present) return { passed: true };
    if (input.present)
      return failed(
        expected,
        `there is no ${kind} with this name`,
        "Run the step's commands again, and read what they print: the last lines say what went wrong.",
      );
    return failed(
      expected,
      `still there: ${listWords(found)}`,
      'Delete it with the command of the step. AWS may take a few seconds; then check again.',
    );
  },
};

const kindsIn = (input: Record<string, unknown>) => Object.keys(input).filter((key) => key !== 'present');

function read(input: AwsInput): { kind: string; name: string } {
  const kind = kindsIn(input)[0] ?? '';
  return { kind, name: String(input[kind]) };
}

function describe(input: AwsInput): string {
  const { kind, name } = read(input);
  return `${kind} ${name}`;
}
