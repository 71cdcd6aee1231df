/** The blocks that a lab's Markdown is parted into. */
import { nearest } from '../../text/nearest.ts';
import type { Source } from './source.ts';
import { splitWords, type Word } from './words.ts';

export type Block =
  HeadingBlock | SubheadingBlock | FenceBlock | FactsBlock | DetailsOpen | DetailsClose | ProseBlock | HiddenBlock | MistakeBlock;

interface Span {
  source: Source;
  /** Offset of its first character, indentation not included. */
  start: number;
  /** Offset behind it. */
  end: number;
}
/** `#`, `##` or `###`. */
export interface HeadingBlock extends Span {
  kind: 'heading';
  level: 1 | 2 | 3;
  title: string;
}
/** A deeper heading: prose in a step, and a name for what an include brings in. */
export interface SubheadingBlock extends Span {
  kind: 'subheading';
  level: number;
  title: string;
}
export interface FenceBlock extends Span {
  kind: 'fence';
  /** What stands behind the fence marks, in words; the first is the language. */
  words: Word[];
  content: string;
  /** Line of the content's first line, counted from 0. */
  firstLine: number;
}
/** `<!-- labwalk: … -->` */
export interface FactsBlock extends Span {
  kind: 'facts';
  words: Word[];
}
export interface DetailsOpen extends Span {
  kind: 'details-open';
  summary: string;
}
export interface DetailsClose extends Span {
  kind: 'details-close';
}
export interface ProseBlock extends Span {
  kind: 'prose';
}
/** Not shown: an ordinary comment, the front matter. */
export interface HiddenBlock extends Span {
  kind: 'hidden';
}
/** Something that is wrong here; told where the block is used. */
export interface MistakeBlock extends Span {
  kind: 'mistake';
  what: string;
  fix: string;
}

/** A comment by its text: step facts, a mistyped `labwalk:`, or nothing to show. */
export function commentBlock(source: Source, start: number, end: number): Block {
  const text = source.text.slice(start + '<!--'.length, end - '-->'.length);
  const [lead = '', name, colon] = /^\s*([\w-]+)\s*(:?)/.exec(text) ?? [];
  if (name === 'labwalk' && colon)
    return { kind: 'facts', source, start, end, words: splitWords(text.slice(lead.length), start + 4 + lead.length) };
  if (name === 'labwalk')
    return mistake(source, start, 'this labwalk comment has no colon', 'Write it as <!-- labwalk: id=my-step -->.', end);
  const near = name && colon ? nearest(name, ['labwalk']) : undefined;
  if (near) return mistake(source, start, `this comment begins with "${name}:"`, 'Did you mean "labwalk:"?', end);
  return { kind: 'hidden', source, start, end };
}

export function mistake(source: Source, start: number, what: string, fix: string, end = start): MistakeBlock {
  return { kind: 'mistake', source, start, end, what, fix };
}
