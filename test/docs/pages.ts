/** The project's Markdown pages, taken apart for the tests that keep them true. */
import fs from 'node:fs';
import path from 'node:path';
import MarkdownIt from 'markdown-it';
import { plainTitle, slug } from '../../src/lab/read/slug.ts';

export const root = path.resolve(import.meta.dirname, '../..');

export interface Page {
  /** Path in the project. */
  file: string;
  text: string;
  fences: { language: string; text: string }[];
  /** Texts in backticks. */
  codes: string[];
  /** Targets of links and pictures. */
  links: string[];
  /** What `#…` can point at. */
  anchors: Set<string>;
  tables: string[][][];
}

const markdown = new MarkdownIt({ html: true });

export function readPage(file: string): Page {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  const page: Page = { file, text, fences: [], codes: [], links: [], anchors: new Set(), tables: [] };
  const tokens = markdown.parse(text, {});
  tokens.forEach((token, index) => {
    if (token.type === 'fence') page.fences.push({ language: token.info.trim(), text: token.content });
    if (token.type === 'heading_open') page.anchors.add(slug(plainTitle(tokens[index + 1]?.content ?? '')));
    if (token.type === 'table_open') page.tables.push([]);
    if (token.type === 'tr_open') page.tables.at(-1)?.push([]);
    const isCell = token.type === 'inline' && /^t[hd]_open$/.test(tokens[index - 1]?.type ?? '');
    if (isCell) page.tables.at(-1)?.at(-1)?.push(token.content);
    for (const child of token.children ?? []) {
      if (child.type === 'code_inline') page.codes.push(child.content);
      const target = child.attrGet('href') ?? child.attrGet('src');
      if (target) page.links.push(target);
    }
  });
  return page;
}

/** Every page that ships with the project or is read on its Git host; labs have tests of their own. */
export function readPages(): Page[] {
  const inRoot = fs.readdirSync(root).filter((name) => name.endsWith('.md'));
  const inFolders = ['docs', 'recipes'].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => path.posix.join(folder, name)),
  );
  return [...inRoot, ...inFolders].sort().map(readPage);
}

/** The commands of a page's `sh` fences, without comments. */
export const shellCommands = (page: Page): string[] =>
  page.fences
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.split('\n'))
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter(Boolean);

/** The lab on a page: what stands in its first fence of `md` that begins with front matter. */
export function labOn(page: Page): string {
  const lab = page.fences.find(({ language, text }) => language === 'md' && text.startsWith('---\n'))?.text;
  if (lab === undefined) throw new Error(`${page.file} shows no lab`);
  return lab;
}
