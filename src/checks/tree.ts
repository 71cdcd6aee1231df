import { lstat, readdir, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import * as z from 'zod';
import type { Check, Outcome } from './check.ts';
import { failed } from './failed.ts';
import { resolveInside } from '../files/inside.ts';
import { pathKey } from './texts/path-key.ts';
import { listWords } from './texts/quote.ts';
import { findByPattern, isPattern } from './texts/name-pattern.ts';

interface TreeInput {
  path: string;
  has: string[];
  lacks: string[];
}

const patterns = () => z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(pathKey()));

const schema: z.ZodType<TreeInput> = z
  .strictObject({
    path: pathKey().default('.').describe('The folder: its path in the workspace. Without it: the workspace itself.'),
    has: patterns()
      .default([])
      .describe('Paths in the folder that must be there. `*` stands for any name, `**` for any folders, a `/` at the end for a folder.'),
    lacks: patterns().default([]).describe('Paths, written the same way, that must not be there.'),
  })
  .refine(({ has, lacks }) => has.length + lacks.length > 0, 'expected something in has or lacks');

export const tree: Check<TreeInput> = {
  name: 'tree',
  about: 'What is in a folder and what is not.',
  example: '- tree: { path: myapp, has: [app.py, .chalice/config.json, vendor/], lacks: ["**/*.pyc"] }\n',
  schema,
  looksAt: 'state',
  summary: ({ path, has, lacks }) => {
    const parts = [has.length > 0 ? `has ${listWords(has)}` : '', lacks.length > 0 ? `lacks ${listWords(lacks)}` : ''];
    return `${nameFolder(path)} ${parts.filter((part) => part !== '').join(' and ')}`;
  },
  async run({ path, has, lacks }, { workspace, signal }): Promise<Outcome> {
    const folder = await resolveInside(workspace, path);
    if (!folder.ok) return failed(`a folder ${path}`, folder.why, 'Only folders in the workspace are checked.');
    const names = await readdir(folder.path).catch(() => undefined);
    if (!names)
      return failed(
        `a folder ${path}`,
        `there is no folder ${path} that can be read`,
        'Make it with the commands of the step, and check its name.',
      );

    const missing: string[] = [];
    for (const wanted of has) if ((await find(folder.path, wanted, signal)).length === 0) missing.push(wanted);
    if (missing.length > 0) {
      const there = names.filter((name) => name !== '.labwalk').sort();
      const actual = there.length === 0 ? `${nameFolder(path)} is empty` : `${listWords(missing)} missing; there is ${listWords(there, 8)}`;
      return failed(
        `${listWords(missing)} in ${nameFolder(path)}`,
        actual,
        'Check the names, and that you are in the right folder: pwd shows it, ls -A what is in it.',
      );
    }
    for (const unwanted of lacks) {
      const found = await find(folder.path, unwanted, signal);
      const [first] = found;
      if (first === undefined) continue;
      return failed(`no ${unwanted} in ${nameFolder(path)}`, `there is ${listWords(found)}`, `Delete it: rm -r ${posix.join(path, first)}`);
    }
    return { passed: true };
  },
};

/** Paths in the folder that fit. */
async function find(folder: string, wanted: string, signal: AbortSignal): Promise<string[]> {
  if (isPattern(wanted)) return findByPattern(folder, wanted, signal);
  // the last part may be a link to anywhere: .venv/bin/python is one to the system's
  const inside = await resolveInside(folder, wanted, { link: 'keep' });
  if (!inside.ok) return [];
  try {
    const facts = wanted.endsWith('/') ? await stat(join(inside.path)) : await lstat(inside.path);
    return wanted.endsWith('/') && !facts.isDirectory() ? [] : [wanted];
  } catch {
    return [];
  }
}

const nameFolder = (path: string) => (path === '.' || path === './' ? 'the workspace' : path);
