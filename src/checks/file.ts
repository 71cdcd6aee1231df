import { lstat } from 'node:fs/promises';
import * as z from 'zod';
import type { Check, Outcome } from './check.ts';
import { failed } from './failed.ts';
import { resolveInside } from '../files/inside.ts';
import { pathKey } from './texts/path-key.ts';
import { readText } from './texts/read-text.ts';
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

interface FileInput extends TextRequirements {
  path: string;
  exists: boolean;
}

const schema: z.ZodType<FileInput> = z.preprocess(
  (value) => (typeof value === 'string' ? { path: value } : value),
  z
    .strictObject({
      path: pathKey().describe('The file: its path in the workspace. `file: PATH` is short for it.'),
      exists: z.boolean().default(true).describe('`false`: there must be nothing of this name.'),
      contains: containsKey(),
      matches: matchesKey(),
      equals: equalsKey(),
      json: jsonKey(),
      not: notKey(),
    })
    .refine((input) => input.exists || !hasRequirements(input), 'a file that must not exist can have no contents to check'),
);

export const file: Check<FileInput> = {
  name: 'file',
  about: 'A file in the workspace and what is in it.',
  example: `- file: myapp/app.py
- file: { path: myapp/app.py, contains: "methods=['POST']", not: { contains: TODO } }
- file: { path: myapp/.chalice/config.json, json: { app_name: myapp } }
- file: { path: old.txt, exists: false }
`,
  schema,
  looksAt: 'state',
  summary: (input) => {
    if (!input.exists) return `${input.path} is gone`;
    return hasRequirements(input) ? `${input.path} ${describeRequirements(input)}` : `${input.path} exists`;
  },
  async run(input, { workspace, signal }): Promise<Outcome> {
    if (!input.exists) return checkGone(input.path, workspace);
    const found = await readText(workspace, input.path);
    if (!found.found) return failed(`a file ${input.path}`, found.actual, found.tryThis);
    const difference = await judgeText(found.text, input, input.path, signal);
    if (!difference) return { passed: true };
    return failed(difference.expected, difference.actual, `Open ${input.path}, compare it with the step, and save it.`);
  },
};

async function checkGone(path: string, workspace: string): Promise<Outcome> {
  const expected = `no ${path}`;
  const inside = await resolveInside(workspace, path, { link: 'keep' });
  if (!inside.ok) return failed(expected, inside.why, 'Only files in the workspace are checked.');
  try {
    await lstat(inside.path);
    return failed(expected, `${path} is still there`, `Delete it: rm -r ${path}`);
  } catch {
    return { passed: true };
  }
}

const hasRequirements = ({ contains, matches, equals, json, not }: TextRequirements) =>
  [contains, matches, equals, json, not].some((requirement) => requirement !== undefined);
