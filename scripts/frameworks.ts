/**
 * The comparison of the frameworks. `npx tsx scripts/frameworks.ts --run [LAB…]` does the labs in the sandbox and writes what it measured to
 * docs/frameworks.json; `npx tsx scripts/frameworks.ts` makes the page docs/frameworks.md and the labs' table of that record. A test holds
 * both to it.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { frameworks } from './frameworks/frameworks.ts';
import { measure } from './frameworks/measure.ts';
import { comparisonTable, wholeComparison } from './frameworks/page.ts';
import type { Comparison } from './frameworks/record.ts';

const root = path.join(import.meta.dirname, '..');
const recordFile = path.join(root, 'docs/frameworks.json');

export const readRecord = () => JSON.parse(fs.readFileSync(recordFile, 'utf8')) as Comparison;

/** The texts with a part that is made of the record: files, and what makes the part. */
export const pages = {
  [path.join(root, 'docs/frameworks.md')]: wholeComparison,
  [path.join(root, 'labs/common/frameworks.md')]: comparisonTable,
};

/** The text with its made part made anew, formatted as all pages here are. */
export async function fillPage(file: string, write: (record: Comparison) => string, record: Comparison): Promise<string> {
  const text = fs.readFileSync(file, 'utf8');
  const [begin, end] = ['<!-- comparison:begin -->', '<!-- comparison:end -->'];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`${file} lacks ${begin} or ${end}`);
  const filled = `${text.slice(0, from + begin.length)}\n\n${write(record)}\n\n${text.slice(to)}`;
  return format(filled, { ...(await resolveConfig(file)), filepath: file });
}

async function measureAll(names: readonly string[]): Promise<void> {
  const record: Comparison = fs.existsSync(recordFile)
    ? readRecord()
    : { date: '', machine: { processors: 0, architecture: '', node: '' }, labs: {} };
  record.date = new Date().toISOString().slice(0, 10);
  record.machine = { processors: os.availableParallelism(), architecture: process.arch, node: process.versions.node };
  for (const framework of frameworks.filter(({ lab }) => names.length === 0 || names.includes(lab))) {
    record.labs[framework.lab] = await measure(framework);
    const text = await format(JSON.stringify(record), { ...(await resolveConfig(recordFile)), filepath: recordFile });
    fs.writeFileSync(recordFile, text);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [first, ...names] = process.argv.slice(2);
  if (first === '--run') await measureAll(names);
  const record = readRecord();
  for (const [file, write] of Object.entries(pages)) fs.writeFileSync(file, await fillPage(file, write, record));
}
