/** What every check must hold to, whatever it checks. */
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Check, CheckContext, Outcome } from '../../src/checks/check.ts';
import { closedPort, makeContext, makeFolder, SECRET } from './context.ts';

interface Case {
  /** What stands behind the check's name in a lab. */
  input: unknown;
  context: CheckContext;
}

export function describeContract<Input>(check: Check<Input>, cases: { passing: () => Promise<Case>; failing: () => Promise<Case> }): void {
  describe(`${check.name} keeps the contract of checks`, () => {
    test('has an example that parses, entry by entry', () => {
      const entries = readExample(check);
      expect(entries.length).toBeGreaterThan(0);
      for (const entry of entries) expect(check.schema.safeParse(entry), JSON.stringify(entry)).toMatchObject({ success: true });
    });

    test('has a schema that leaves alone what it has made', () => {
      for (const entry of readExample(check)) {
        const once = check.schema.parse(entry);
        expect(check.schema.parse(once)).toEqual(once);
        expect(JSON.parse(JSON.stringify(once))).toEqual(once);
      }
    });

    test('refuses an unknown key, and what is not a mapping', () => {
      for (const entry of readExample(check)) {
        const surprised = { ...(check.schema.parse(entry) as object), surprise: 'x' };
        expect(check.schema.safeParse(surprised).success).toBe(false);
      }
      for (const wrong of [null, true, [[]], {}]) expect(check.schema.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
    });

    test('describes every key, and itself in a sentence', () => {
      expect(undescribed(z.toJSONSchema(check.schema, { io: 'input', unrepresentable: 'any' }) as Schema, check.name)).toEqual([]);
      expect(check.about).toMatch(/^[A-Z].*\.$/s);
    });

    test('sums up in a line without full stop', () => {
      for (const entry of readExample(check)) {
        const summary = check.summary(check.schema.parse(entry));
        expect(summary).toMatch(/^\S.*[^.\s]$/);
        expect(summary.length).toBeLessThan(300);
      }
    });

    test('can pass', async () => {
      const { input, context } = await cases.passing();
      expect(await runChecked(check, input, context)).toMatchObject({ passed: true });
    });

    test('can fail', async () => {
      const { input, context } = await cases.failing();
      expect(await runChecked(check, input, context)).toMatchObject({ passed: false });
    });

    test('never throws on bad luck', async () => {
      const folder = await makeFolder({ 'closed/app.py': 'x = 1' });
      await chmod(join(folder, 'closed'), 0);
      try {
        for (const context of await unluckyContexts(folder)) {
          for (const entry of readExample(check)) await runChecked(check, withPort(entry, await closedPort()), context);
        }
      } finally {
        await chmod(join(folder, 'closed'), 0o700);
      }
    });
  });
}

/** Runs the check and looks at the outcome's form. */
async function runChecked<Input>(check: Check<Input>, raw: unknown, context: CheckContext): Promise<Outcome> {
  const outcome = await check.run(check.schema.parse(raw), context);
  expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
  expect(JSON.stringify(outcome)).not.toContain(SECRET);
  if (!outcome.passed) {
    expect(outcome.expected.trim()).not.toBe('');
    expect(outcome.actual.trim()).not.toBe('');
    expect(outcome.try).toMatch(/^[A-Z].*\S$/s);
    expect(outcome.expected.length + outcome.actual.length + outcome.try.length).toBeLessThan(3_000);
  }
  return outcome;
}

async function unluckyContexts(folder: string): Promise<CheckContext[]> {
  const missing = join(folder, 'not-here');
  const dangling = join(folder, 'a-file-in-the-way');
  await mkdir(dangling);
  return [
    makeContext(missing),
    makeContext(folder, { env: {} }),
    makeContext(folder, { directory: missing }),
    makeContext(join(folder, 'closed')),
    makeContext(folder, { signal: AbortSignal.abort() }),
    makeContext(folder, { command: { text: 'x', status: 0, output: '' } }),
    makeContext(folder, { resources: { kinds: [], find: () => Promise.reject(new Error('boom')) } }),
    makeContext(folder, { service: () => ({ running: false, log: '', status: 1 }) }),
  ];
}

/** The entries of a check's example without the check's name in front. */
function readExample<Input>(check: Check<Input>): unknown[] {
  return (parse(check.example) as Record<string, unknown>[]).map((entry) => {
    expect(Object.keys(entry)).toEqual([check.name]);
    return entry[check.name];
  });
}

/** Examples name ports that somebody may use on the machine of the test. */
function withPort(entry: unknown, port: number): unknown {
  return JSON.parse(JSON.stringify(entry).replaceAll('{{PORT}}', String(port)).replaceAll('8080', String(port))) as unknown;
}

interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
}

/** Paths of keys without a description. A free key, as a header's name, is described by the key that holds it. */
function undescribed(schema: Schema, path: string): string[] {
  const keys = Object.entries(schema.properties ?? {});
  return [
    ...keys.filter(([, value]) => !value.description).map(([key]) => `${path}.${key}`),
    ...keys.flatMap(([key, value]) => undescribed(value, `${path}.${key}`)),
    ...(schema.anyOf ?? []).flatMap((part) => undescribed(part, path)),
    ...(schema.items ? undescribed(schema.items, `${path}[]`) : []),
  ];
}
