import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { plainText } from '../text/plain-text.ts';
import type { Check, Outcome } from './check.ts';
import { failed, stopped } from './failed.ts';
import { parseJson } from './texts/find-json.ts';
import { refusePath, resolveInside } from '../files/inside.ts';
import { lastLine, quote, shorten } from './texts/quote.ts';
import { runProgram, type ProgramResult } from './run-program.ts';
import { durationText, textKey, toMilliseconds } from './texts/template.ts';

interface ScriptInput {
  file: string;
  args: string[];
  timeout: string;
}

const schema: z.ZodType<ScriptInput> = z.preprocess(
  (value) => (typeof value === 'string' ? { file: value } : value),
  z.strictObject({
    file: textKey()
      .superRefine((path, context) => {
        const why = refusePath(path) ?? (path.endsWith('.mjs') ? undefined : 'expected a file that ends in .mjs');
        if (why !== undefined) context.addIssue({ code: 'custom', message: why });
      })
      .describe("The script: its path in the lab's folder. `script: PATH` is short for it."),
    args: z.array(textKey()).default([]).describe('Arguments for it; in the script, `argv._` has them.'),
    timeout: durationText().default('60s').describe('Time it may take: `500ms`, `10s`, `2m`.'),
  }),
);

export const script: Check<ScriptInput> = {
  name: 'script',
  about:
    "A check of the lab's own: a zx script beside the lab, run in the lab terminal's directory with its variables. Exit status 0 passes. " +
    'Otherwise its last line of output may be JSON with `expected`, `actual` and `try`, which comes before the `try` of the lab. ' +
    'A script that ends with an error of its own is told as a fault of the lab.',
  example: '- script: checks/two-routes.mjs\n- script: { file: checks/thumbnail.mjs, args: ["{{WHO}}"], timeout: 10s }\n',
  schema,
  looksAt: 'state',
  asksServer: true,
  summary: ({ file, args }) => `${[file, ...args].join(' ')} is content`,
  async run({ file, args, timeout }, { folder, directory, env, signal }): Promise<Outcome> {
    const expected = `${file} ends with status 0`;
    const inside = await resolveInside(folder, file);
    if (!inside.ok) return failed(expected, inside.why, LAB_MISTAKE);
    const isFile = await stat(inside.path).then(
      (facts) => facts.isFile(),
      () => false,
    );
    if (!isFile) return failed(expected, `the lab has no file ${file}`, LAB_MISTAKE);
    const result = await runProgram(process.execPath, {
      args: [findZx(), inside.path, ...args],
      directory,
      env: { ...env, NO_COLOR: '1' },
      signal,
      timeout: toMilliseconds(timeout),
    });
    if (result.ended === 'stopped') return stopped(expected);
    if (result.ended === 'timeout')
      return failed(expected, `${file} did not end within ${timeout}`, 'Check the step again; this machine may be busy.');
    if (result.ended === 'not-started')
      return failed(
        expected,
        `${file} could not be started: ${result.message ?? ''}`,
        'Is the directory of the terminal still there? Type cd with the folder of this lab.',
      );
    if (result.status === 0) return { passed: true };
    return readVerdict(result, expected);
  },
};

const LAB_MISTAKE = 'This lab has a mistake here. Tell its author.';
const OWN_FAILURE =
  'The check itself has failed, which is no mistake of yours. Check again; if it fails once more, tell the author of the lab.';
const GENERAL_ADVICE = 'Read the step again, and compare it with what you have.';

/** What the script says in its last line of output; else what it printed to stderr. */
function readVerdict({ stdout, stderr, status }: ProgramResult, expected: string): Outcome {
  const printed = plainText(stdout);
  const complaint = plainText(stderr).trim();
  const answer = parseJson(lastLine(printed) ?? '');
  const said = answer.ok && typeof answer.value === 'object' && answer.value !== null ? (answer.value as Record<string, unknown>) : {};
  const ended = status === undefined ? 'it was killed' : `it ended with status ${status}`;
  const fallback = complaint !== '' ? shorten(complaint, 1_000) : (quoteLast(printed) ?? ended);
  const outcome = failed(
    readText(said['expected']) ?? expected,
    readText(said['actual']) ?? fallback,
    readText(said['try']) ?? GENERAL_ADVICE,
  );
  if (readText(said['try']) !== undefined) return { ...outcome, sure: true };
  return answer.ok || !hasCrashed(complaint)
    ? outcome
    : { ...outcome, expected: 'a check that runs to its end', try: OWN_FAILURE, sure: true };
}

/** An error of the script itself ends it with a stack trace, or in brackets where Node keeps none. So does a command of `$` that fails, which tells its exit code and may be a verdict. */
const hasCrashed = (complaint: string) =>
  /^ {4}at .+:\d+:\d+\)?( \{)?$|^\[\w*Error: /m.test(complaint) && !/^ {4}exit code: /m.test(complaint);

const quoteLast = (text: string) => {
  const last = lastLine(text);
  return last === undefined ? undefined : quote(last);
};

const readText = (value: unknown) =>
  typeof value === 'string' && value.trim() !== '' ? shorten(plainText(value).trim(), 1_000) : undefined;

/** zx comes with labwalk, so that a lab needs no packages of its own. */
function findZx(): string {
  return join(dirname(createRequire(import.meta.url).resolve('zx')), 'cli.js');
}
