/** Labs as strings, and three small checks, for the tests of this room. */
import path from 'node:path';
import * as z from 'zod';
import { type CheckSchema, parseLab } from '../../src/lab/parse-lab.ts';
import type { Lab, Problem } from '../../src/lab/types.ts';

const list: CheckSchema[] = [
  { name: 'status', looksAt: 'output', schema: z.int().min(0).max(255) },
  { name: 'output', looksAt: 'output', schema: z.strictObject({ contains: z.string().optional(), matches: z.string().optional() }) },
  {
    name: 'http',
    looksAt: 'state',
    schema: z.strictObject({
      url: z.string(),
      method: z.enum(['GET', 'POST']).default('GET'),
      status: z.union([z.int(), z.string()]).default(200),
      json: z.unknown().optional(),
      send: z.union([z.strictObject({ text: z.string() }), z.strictObject({ form: z.record(z.string(), z.string()) })]).optional(),
    }),
  },
  {
    name: 'script',
    looksAt: 'state',
    schema: z.preprocess(
      (value) => (typeof value === 'string' ? { file: value } : value),
      z.strictObject({ file: z.string().endsWith('.mjs', 'expected a file that ends in .mjs') }),
    ),
  },
];
export const checks: ReadonlyMap<string, CheckSchema> = new Map(list.map((check) => [check.name, check]));

export const file = '/course/labs/small/lab.md';

export const frontMatter = `---
title: A small lab
summary: Say hello to a file.
duration: 90m
requires: [git, {tool: python3, version: ">=3.10"}]
variables: {PORT: {free-port: 8080}, WHO: {random: name}, CITY: Oslo, URL: captured}
---
`;

/** Parses a text as the lab; `others` are the files beside it, by their path relative to it. */
export function parse(text: string, others: Record<string, string> = {}): { lab?: Lab; problems: Problem[] } {
  const files = new Map(Object.entries(others).map(([name, content]) => [path.join(path.dirname(file), name), content]));
  files.set(file, text);
  return parseLab(file, { checks, read: (name) => files.get(name) ?? notThere(name) });
}

/** The lab of a text without mistakes. */
export function goodLab(text: string, others: Record<string, string> = {}): Lab {
  const { lab, problems } = parse(text, others);
  if (!lab) throw new Error(problems.map(({ line, column, what }) => `${line}:${column} ${what}`).join('\n'));
  return lab;
}

/** A lab with front matter, a title, a task and a step, and this text below the step's heading. */
export const step = (text: string): string => `${frontMatter}# A small lab\n\n## Task\n\n### Step\n\n${text}\n`;

/** Takes the mark `«` out of a text and says where it stood. */
export function takeMark(text: string): { text: string; line: number; column: number } {
  const at = text.indexOf('«');
  const before = text.slice(0, at).split('\n');
  return { text: text.replace('«', ''), line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function notThere(name: string): never {
  throw new Error(`ENOENT: ${name}`);
}
