/**
 * Writes the generated parts of docs/lab-format.md: front matter, fences, step facts and checks, from what the program itself
 * uses. With --check it changes nothing and exits with 1 where the file is not up to date.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import * as z from 'zod';
import { checks } from '../src/checks/index.ts';
import { commonKeys } from '../src/lab/read/check-list.ts';
import { equivalentSchema } from '../src/lab/read/equivalent-mutants.ts';
import { type FenceKeyword, keywords, optionsAbout } from '../src/lab/read/fence-keywords.ts';
import { frontMatterSchema } from '../src/lab/read/front-matter.ts';
import { mutantOperatorsAbout } from '../src/lab/facts/mutant-operators.ts';
import { signatureSchema } from '../src/lab/read/signatures.ts';
import { factKeys } from '../src/lab/facts/step-facts.ts';

export const file = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'docs', 'lab-format.md');

interface JsonSchema {
  description?: string;
  type?: string;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  required?: string[];
  anyOf?: JsonSchema[];
  enum?: unknown[];
  default?: unknown;
}

const regions: Record<string, () => string> = {
  'front-matter': () => keyTable(jsonSchema(frontMatterSchema)),
  equivalent: () => keyTable(jsonSchema(equivalentSchema)),
  'mutant-operators': () =>
    table(
      ['operator', 'what a learner did'],
      Object.entries(mutantOperatorsAbout).map(([name, about]) => [code(name), about]),
    ),
  signatures: () => keyTable(jsonSchema(signatureSchema)),
  fences: fenceText,
  facts: () =>
    table(
      ['key', 'what it says'],
      Object.entries(factKeys).map(([key, about]) => [code(key), about]),
    ),
  'common-keys': () =>
    table(
      ['key', 'what it says'],
      Object.entries(commonKeys).map(([key, about]) => [code(key), about]),
    ),
  checks: () =>
    checks
      .map(({ name, about, example, schema }) => [`### ${name}`, about, keyTable(jsonSchema(schema)), fence('yaml', example)].join('\n\n'))
      .join('\n\n'),
};

/** The document with its generated parts made anew, formatted as all files here are. */
export async function fillRegions(text: string): Promise<string> {
  const filled = Object.entries(regions).reduce((done, [name, write]) => {
    const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
    const [from, to] = [done.indexOf(begin), done.indexOf(end)];
    if (from === -1 || to < from) throw new Error(`docs/lab-format.md lacks ${begin} or ${end}`);
    return `${done.slice(0, from + begin.length)}\n\n${write()}\n\n${done.slice(to)}`;
  }, text);
  return format(filled, { ...(await resolveConfig(file)), filepath: file });
}

function fenceText(): string {
  return Object.entries(keywords)
    .map(([name, keyword]: [string, FenceKeyword]) => {
      const options = keyword.options.map((option) => [
        code(option),
        optionsAbout[option].about,
        optionsAbout[option].example.split(' · ').map(code).join('<br>'),
      ]);
      const parts = [`### ${name}${keyword.takes ? `=${keyword.takes}` : ''}`, keyword.about, fence('md', keyword.example)];
      return [...parts, ...(options.length > 0 ? [table(['option', 'what it does', 'example'], options)] : [])].join('\n\n');
    })
    .join('\n\n');
}

/** Keys of a mapping, those of mappings in it behind a dot. */
function keyTable(schema: JsonSchema): string {
  return table(['key', 'default', 'what it says'], keyRows(schema, ''));
}

function keyRows(schema: JsonSchema, prefix: string): string[][] {
  const rows = Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const needed = schema.required?.includes(key) && value.default === undefined;
    const about = [value.description ?? '', value.enum ? `One of ${value.enum.map((one) => code(String(one))).join(', ')}.` : '']
      .filter(Boolean)
      .join(' ');
    const row = [
      code(prefix + key),
      needed ? 'needed' : value.default === undefined || isEmpty(value.default) ? '' : code(JSON.stringify(value.default)),
      about,
    ];
    return [row, ...keyRows(value, `${prefix}${key}.`)];
  });
  const { additionalProperties: others } = schema;
  if (typeof others !== 'object' || !others.description) return rows;
  return [...rows, [code(`${prefix}…`), '', others.description]];
}

const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

// what comes out of a schema: short forms are already written out there, and the descriptions name them
const jsonSchema = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any', reused: 'inline' }) as JsonSchema;

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

function fence(language: string, text: string): string {
  return `\`\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\``;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const before = fs.readFileSync(file, 'utf8');
  const after = await fillRegions(before);
  if (!process.argv.includes('--check')) fs.writeFileSync(file, after);
  else if (before !== after) {
    console.error('docs/lab-format.md is not up to date. Run: npx tsx scripts/lab-format.ts');
    process.exitCode = 1;
  }
}
