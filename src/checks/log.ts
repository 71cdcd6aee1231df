import * as z from 'zod';
import type { Check, Outcome } from './check.ts';
import { failed } from './failed.ts';
import { textKey } from './texts/template.ts';
import { containsKey, describeRequirements, judgeText, matchesKey, notKey, type TextRequirements } from './texts/text-requirements.ts';

interface LogInput extends TextRequirements {
  service: string;
}

const schema: z.ZodType<LogInput> = z
  .strictObject({
    service: textKey().min(1).describe('Name of the service, as in `service=NAME`.'),
    contains: containsKey(),
    matches: matchesKey(),
    not: notKey(),
  })
  .refine(
    ({ contains, matches, not }) => [contains, matches, not].some((requirement) => requirement !== undefined),
    'expected at least one of contains, matches, not',
  );

export const log: Check<LogInput> = {
  name: 'log',
  about: 'What a service has printed since the step began.',
  example: `- log: { service: app, contains: myapp - DEBUG - GET }
- log: { service: app, matches: 'GET /users/\\w+', not: { contains: Traceback } }
`,
  schema,
  looksAt: 'state',
  // a program prints a moment after it has answered
  patience: 2_000,
  summary: (input) => `the log of ${input.service} ${describeRequirements(input)}`,
  async run(input, context): Promise<Outcome> {
    const service = context.service(input.service);
    const noun = `the log of ${input.service}`;
    if (!service) {
      const expected = `the log of ${input.service} ${describeRequirements(input)}`;
      return failed(expected, `the service ${input.service} has not been started`, `Start the service ${input.service} as the step says.`);
    }
    const difference = await judgeText(service.log, input, noun, context.signal);
    if (!difference) return { passed: true };
    if (service.running) {
      return failed(difference.expected, difference.actual, 'Send the request of this step again, and look at what the service prints.');
    }
    const end = service.status === undefined ? 'the service has ended' : `the service has ended with status ${service.status}`;
    return failed(
      difference.expected,
      `${difference.actual}; ${end}`,
      'The last lines of its log say why it ended. Mend that and start it again.',
    );
  },
};
