import semver from 'semver';
import * as z from 'zod';
import type { Check, Outcome } from './check.ts';
import { failed, stopped } from './failed.ts';
import { lastLine, quote } from './texts/quote.ts';
import { findOnPath, runProgram } from './run-program.ts';
import { hasTemplate, textKey } from './texts/template.ts';

interface ToolInput {
  name: string;
  version?: string;
  args: string[];
}

const schema: z.ZodType<ToolInput> = z.preprocess(
  (value) => (typeof value === 'string' ? { name: value } : value),
  z.strictObject({
    name: textKey()
      .regex(/^[\w.+-]+$/, 'expected the name of a program, without a path or arguments')
      .describe('The command. `tool: chalice` is short for it.'),
    version: textKey()
      .refine((range) => hasTemplate(range) || semver.validRange(range) !== null, 'expected a range of versions like ">=1.34 <2"')
      .optional()
      .describe('Versions that will do, as a semver range: `>=1.34 <2`, `^3.2`, `1.x`.'),
    args: z.array(textKey()).default(['--version']).describe('What makes it print its version.'),
  }),
);

/** A Python program on a cold, slow disk takes its time to start. */
const PATIENCE = 20_000;

export const tool: Check<ToolInput> = {
  name: 'tool',
  about: "A program on the lab terminal's PATH, and its version.",
  example: '- tool: git\n- tool: { name: chalice, version: ">=1.34 <2" }\n- tool: { name: java, version: ">=17", args: ["-version"] }\n',
  schema,
  looksAt: 'state',
  summary: ({ name, version }) => (version === undefined ? `${name} is installed` : `${name} is installed in version ${version}`),
  async run({ name, version, args }, { env, directory, workspace, signal }): Promise<Outcome> {
    const expected = version === undefined ? `${name} on PATH` : `${name} ${version}`;
    const program = await findOnPath(name, env['PATH'], directory);
    if (program === undefined) {
      const advice = `Install ${name} as the step says. Is it in a virtual environment? Then switch that on in this terminal: source .venv/bin/activate`;
      return failed(expected, `${name} is not found on PATH`, advice);
    }
    if (version === undefined) return { passed: true };

    const result = await runProgram(program, { args, directory: workspace, env, signal, timeout: PATIENCE });
    if (result.ended === 'stopped') return stopped(expected);
    const command = [name, ...args].join(' ');
    if (result.ended === 'timeout')
      return failed(expected, `${command} did not end within ${PATIENCE / 1000} s`, `Type ${command} to see what it waits for.`);
    if (result.ended === 'not-started')
      return failed(expected, `${program} can't be started`, `The program looks broken. Install ${name} again.`);
    const found = readVersion(name, result.stdout) ?? readVersion(name, result.stderr);
    if (found === undefined) {
      const last = lastLine(result.stderr) ?? lastLine(result.stdout);
      return failed(
        expected,
        `${command} prints no version${last === undefined ? '' : `; it says ${quote(last)}`}`,
        `Type ${command} and read what it prints. Perhaps ${name} must be installed again.`,
      );
    }
    if (semver.satisfies(semver.coerce(found) ?? '', version)) return { passed: true, version: found };
    return failed(
      expected,
      `${name} is version ${found}`,
      `Install a version that fits: ${version}. The program that was asked is ${program}.`,
    );
  },
};

/** The number behind the program's name, else the first that has a dot, else the first. */
function readVersion(name: string, text: string): string | undefined {
  const escaped = name.replace(/[.+]/g, '\\$&');
  const named = new RegExp(`(?:^|[^\\w])${escaped}[\\s/,:]+(?:version\\s+)?["v]?(\\d+(?:\\.\\d+)*)`, 'i').exec(text);
  return named?.[1] ?? /(?<![\w.])v?(\d+(?:\.\d+)+)/.exec(text)?.[1] ?? /(?<![\w.])v?(\d+)/.exec(text)?.[1];
}
