import fs from 'node:fs';
import { expect, test } from 'vitest';
import { file, fillRegions } from '../../scripts/lab-format.ts';
import { checks, checksByName } from '../../src/checks/index.ts';
import { lintLab } from '../../src/lab/lint/lint.ts';
import { parseLab } from '../../src/lab/parse-lab.ts';

const page = fs.readFileSync(file, 'utf8');

test('the page about the lab format says what the program does', async () => {
  expect(await fillRegions(page), 'run npx tsx scripts/lab-format.ts').toBe(page);
});

test('the lab on the page is a lab without mistakes', () => {
  const text = /^`{4,}md\n(---[\s\S]*?)^`{4,}$/m.exec(page)?.[1] ?? '';
  const { lab, problems } = parseLab('/labs/hello/lab.md', { checks: checksByName, read: () => text });
  expect(problems).toEqual([]);
  expect(lab?.steps.map(({ id, parts }) => [id, ...parts.map(({ kind }) => kind)])).toEqual([
    ['write-the-page', 'prose', 'run', 'checks', 'hint'],
    ['serve-it', 'service', 'checks'],
  ]);
});

test('the signatures on the page are without mistakes, and their example proves them', async () => {
  const yaml = /^`{3,}yaml signatures\n([\s\S]*?)^`{3,}$/m.exec(page)?.[1] ?? '';
  const text = '---\ntitle: Lab\nsummary: s\nduration: 1h\nsignatures: [tool.yaml]\n---\n\n# Lab\n\n## Read it\n';
  const { lab, problems } = parseLab('/labs/x/lab.md', { checks: checksByName, read: (name) => (name.endsWith('.yaml') ? yaml : text) });
  expect(problems).toEqual([]);
  expect(lab?.signatures.map(({ id }) => id)).toEqual(['port-in-use']);
  expect(lab && (await lintLab(lab, { read: () => '', exists: () => true, listFiles: () => [] }))).toEqual([]);
});

test('the equivalent mutant on the page is without mistakes', () => {
  const yaml = /^`{3,}yaml equivalent\n([\s\S]*?)^`{3,}$/m.exec(page)?.[1] ?? '';
  const text = '---\ntitle: Lab\nsummary: s\nduration: 1h\nequivalent: e.yaml\n---\n\n# Lab\n\n## Read it\n';
  const { lab, problems } = parseLab('/labs/x/lab.md', { checks: checksByName, read: (name) => (name.endsWith('.yaml') ? yaml : text) });
  expect(problems).toEqual([]);
  expect(lab?.equivalent.map(({ operator }) => operator)).toEqual(['missing-line']);
});

test.each(checks.map(({ name, example }) => [name, example]))("the %s check's examples can stand in a lab", (_, example) => {
  const variables = [...new Set(example.match(/(?<=\{\{)[A-Z_]+(?=\}\})/g))].map((name) => `  ${name}: x`);
  const facts = ['---', 'summary: s', 'duration: 1h', ...(variables.length > 0 ? ['variables:', ...variables] : []), '---'].join('\n');
  const text = `${facts}\n# Lab\n\n## Step\n\n\`\`\`sh run\ntrue\n\`\`\`\n\n\`\`\`yaml check\n${example}\n\`\`\`\n`;
  expect(parseLab('/labs/x/lab.md', { checks: checksByName, read: () => text }).problems).toEqual([]);
});
