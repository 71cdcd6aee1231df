import * as z from 'zod';
import type { Check, Outcome } from './check.ts';
import { failed } from './failed.ts';
import { lastLine, quote } from './texts/quote.ts';
import { numberOrTemplate, toNumber } from './texts/template.ts';

interface StatusInput {
  is?: number | string;
  not?: number | string;
}

const schema: z.ZodType<StatusInput> = z.preprocess(
  (value) => (typeof value === 'number' || typeof value === 'string' ? { is: value } : value),
  z
    .strictObject({
      is: numberOrTemplate(0, 255).optional().describe('The status it must have. `status: 0` is short for it.'),
      not: numberOrTemplate(0, 255).optional().describe('A status it must not have.'),
    })
    .refine(({ is, not }) => (is === undefined) !== (not === undefined), 'expected either is or not'),
);

export const status: Check<StatusInput> = {
  name: 'status',
  about: 'The exit status of the last command of the fence above.',
  example: '- status: 0\n- status: { not: 0 }\n',
  schema,
  looksAt: 'output',
  summary: ({ is, not }) => (is === undefined ? `the command ends with a status other than ${not}` : `the command ends with status ${is}`),
  run({ is, not }, { command }): Promise<Outcome> {
    const expected = is === undefined ? `a status other than ${not}` : `status ${is}`;
    if (!command) return Promise.resolve(failed(expected, 'no command has run yet', "Run this step's commands first."));
    const passed = is === undefined ? command.status !== toNumber(not ?? '') : command.status === toNumber(is);
    if (passed) return Promise.resolve({ passed: true });
    const last = lastLine(command.output);
    const actual = `status ${command.status}${last === undefined ? '' : `; its last line was ${quote(last)}`}`;
    return Promise.resolve(failed(expected, actual, advise(command.status)));
  },
};

/** What a shell means by some statuses. */
function advise(status: number): string {
  switch (status) {
    case 0:
      return 'The command went well, and here it should not have. Read the step again: something may already be done that it relies on.';
    case 126:
      return 'The shell found this program but may not run it. Look at its permissions with ls -l.';
    case 127:
      return 'The shell did not find this program. Check its spelling, and that the step that installs it is done in this terminal.';
    case 130:
      return 'The command was stopped with Ctrl-C. Run it again and let it finish.';
    case 137:
      return 'The command was killed, often because memory ran out. Close other programs and run it again.';
    default:
      return 'Read the last lines that it printed: they say what went wrong.';
  }
}
