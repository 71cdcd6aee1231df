/**
 * `<!-- labwalk: include=FILE#ID -->` puts a heading of another file, with everything below it up to the next heading of the
 * same or a higher level, where the comment stands. Directly under a `##` or `###` heading of the same or a higher level, that
 * heading takes the place of the included one: its line and its id are left out. The line of a `####` heading is always left
 * out: it only names a piece of text to share.
 *
 * `<!-- labwalk: include=FILE#ID URL=http://localhost:{{PORT}}/ -->` puts the value in the place of each `{{URL}}` of that text, code
 * included. Columns of problems in such a line count with it in place.
 */
import path from 'node:path';
import { nearest } from '../../text/nearest.ts';
import type { Block, FactsBlock, HeadingBlock, SubheadingBlock } from './block.ts';
import { expandText, namesInBraces } from '../facts/expand.ts';
import { skipFrontMatter } from './front-matter.ts';
import { didYouMean, type ReportProblem } from '../problems.ts';
import { readBlocks } from './read-blocks.ts';
import { slug } from './slug.ts';
import { makeSource, placeAt, type Source } from './source.ts';
import { isInclude } from '../facts/step-facts.ts';
import type { Place } from '../types.ts';

export interface IncludeOptions {
  read(file: string): string;
  report: ReportProblem;
  /** Told about each file that was read, once. */
  onFile(file: string, text: string): void;
}

/** Includes of one lab; more of them are a mistake, or an attack. */
const LIMIT = 1000;

/** Puts the included blocks in the place of the comments. */
export function expandIncludes(blocks: readonly Block[], options: IncludeOptions): Block[] {
  const files = new Map<string, Block[] | undefined>();
  let count = 0;
  return expand(blocks, []);

  function expand(list: readonly Block[], within: readonly string[]): Block[] {
    const done: Block[] = [];
    for (const block of list) {
      if (block.kind === 'facts' && isInclude(block)) {
        for (const included of bringIn(block, done, within)) done.push(included);
      } else done.push(block);
    }
    return done;
  }

  function bringIn(block: FactsBlock, before: readonly Block[], within: readonly string[]): Block[] {
    const word = block.words[0];
    const place = placeAt(block.source, word?.valueStart ?? block.start);
    const [name = '', id, ...rest] = (word?.value ?? '').split('#');
    if (!name || !id || rest.length > 0 || path.isAbsolute(name)) {
      options.report(place, `include can't be "${word?.value}"`, {
        fix: 'Name a file beside this one and the id of a heading: ../common/install.md#install.',
      });
      return [];
    }
    const file = path.join(path.dirname(block.source.file), name);
    const target = `${file}#${id}`;
    if (within.includes(target)) {
      options.report(place, `${name}#${id} includes itself`);
      return [];
    }
    if (++count > LIMIT) {
      if (count === LIMIT + 1) options.report(place, `the lab has more than ${LIMIT} includes`);
      return [];
    }
    const blocks = blocksOf(file, name, place);
    const section = blocks && findSection(blocks, id, name, place);
    if (!section) return [];
    const values = valuesOf(block, section);
    // nothing else is a heading with the values in place than was one before
    const filled = values ? findSection(parse(fill(section, values)), id, name, place) : section;
    return filled ? expand(fitUnder(before, filled), [...within, target]) : [];
  }

  /** What stands beside the file and its id. */
  function valuesOf({ source, words }: FactsBlock, section: readonly Block[]): Values | undefined {
    if (words.length === 1) return undefined;
    const known = namesIn(section);
    for (const { key, start } of words.slice(1)) {
      if (!known.includes(key))
        options.report(placeAt(source, start), `the included text has no {{${key}}}`, {
          fix: didYouMean(nearest(key, known), known, 'It has'),
        });
    }
    return Object.fromEntries(words.slice(1).map(({ key, value = '' }) => [key, value]));
  }

  function blocksOf(file: string, name: string, place: Place): Block[] | undefined {
    if (files.has(file)) return files.get(file);
    let found: Block[] | undefined;
    try {
      const source = makeSource(file, options.read(file));
      options.onFile(file, source.text);
      found = parse(source);
    } catch {
      options.report(place, `the file ${name} can't be read`);
    }
    files.set(file, found);
    return found;
  }

  function findSection(list: readonly Block[], id: string, name: string, place: Place): Block[] | undefined {
    const ids = list.map((block, i) => (isHeading(block) ? idOf(list, i) : undefined));
    const start = ids.indexOf(id);
    const heading = list[start];
    if (!heading || !isHeading(heading)) {
      const known = ids.filter((other) => other !== undefined);
      options.report(place, `${name} has no heading with the id "${id}"`, { fix: didYouMean(nearest(id, known), known, 'It has') });
      return undefined;
    }
    const end = list.findIndex((block, i) => i > start && isHeading(block) && block.level <= heading.level);
    return list.slice(start, end === -1 ? undefined : end);
  }
}

type Values = Readonly<Record<string, string>>;

const parse = (source: Source): Block[] => readBlocks(source, skipFrontMatter(source));

/** The whole file that a section is of, with the values in place: lines stay what they are. */
function fill([heading]: readonly Block[], values: Values): Source {
  const { file, text } = (heading as Block).source;
  return makeSource(file, expandText(text, values));
}

const namesIn = (blocks: readonly Block[]): string[] => [
  ...new Set(blocks.flatMap(({ source, start, end }) => namesInBraces(source.text.slice(start, end)).map(({ name }) => name))),
];

const isHeading = (block: Block): block is HeadingBlock | SubheadingBlock => block.kind === 'heading' || block.kind === 'subheading';

/** The id of the heading at a position: its comment's, or its slug. */
function idOf(blocks: readonly Block[], position: number): string {
  for (let i = position + 1; i < blocks.length && !isHeading(blocks[i] as Block); i++) {
    const block = blocks[i] as Block;
    const id = block.kind === 'facts' ? block.words.find(({ key }) => key === 'id')?.value : undefined;
    if (id) return id;
  }
  return slug((blocks[position] as HeadingBlock | SubheadingBlock).title);
}

/** Leaves out the included heading's line, where the include stands directly under a heading that can take its place. */
function fitUnder(before: readonly Block[], section: readonly Block[]): Block[] {
  const above = before.findLast(({ kind }) => kind !== 'facts' && kind !== 'hidden');
  const heading = section[0] as HeadingBlock | SubheadingBlock;
  const standsForIt = above?.kind === 'heading' && above.level > 1 && above.level >= heading.level;
  if (!standsForIt && heading.kind === 'heading') return [...section];
  const inner = section.slice(1);
  const nextHeading = inner.findIndex(isHeading);
  return inner.map((block, i) => {
    if (block.kind !== 'facts' || (nextHeading !== -1 && i > nextHeading)) return block;
    const words = block.words.filter(({ key }) => key !== 'id');
    return words.length === 0 ? { ...block, kind: 'hidden' } : { ...block, words };
  });
}
