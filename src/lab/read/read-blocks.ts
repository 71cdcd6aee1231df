/**
 * Markdown parted into what a lab cares about: headings, fences, labwalk comments, details, and the prose between them.
 * Blocks follow each other without gaps, so that prose is always a slice of the author's own text.
 */
import MarkdownIt from 'markdown-it';
import { type Block, type FenceBlock, mistake, type MistakeBlock } from './block.ts';
import { htmlPieces } from './html-pieces.ts';
import { plainTitle } from './slug.ts';
import { lineText, offsetOfLine, type Source } from './source.ts';
import { splitWords } from './words.ts';

// 'inline' would look at every word, which a lab has no use for; link references are kept as the prose they are
const markdown = new MarkdownIt('commonmark', { html: true }).disable(['inline', 'text_join', 'reference']);
type Token = ReturnType<typeof markdown.parse>[number];

/**
 * @param bodyStart offset behind the front matter
 */
export function readBlocks(source: Source, bodyStart: number): Block[] {
  const body = '\n'.repeat(countLines(source, bodyStart)) + source.text.slice(bodyStart);
  const tokens = markdown.parse(body, {});
  const blocks = new BlockList(source, bodyStart);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.type === 'fence') blocks.add(readFence(source, token), unclosedFence(source, token));
    else if (token.type === 'html_block') blocks.add(...htmlPieces(source, ...linesOf(token)));
    else if (token.type === 'heading_open' && token.level === 0) blocks.add(readHeading(source, token, tokens[i + 1]));
    else if (token.type === 'inline' || token.type === 'code_block') blocks.add(hiddenMistake(source, token));
  }
  return blocks.finish();
}

/** Collects blocks and fills the gaps between them with prose. */
class BlockList {
  readonly #source: Source;
  readonly #blocks: Block[] = [];
  #end: number;

  constructor(source: Source, bodyStart: number) {
    this.#source = source;
    this.#end = bodyStart;
  }

  add(...blocks: (Block | undefined)[]): void {
    for (const block of blocks) {
      if (!block) continue;
      this.#fillTo(block.start);
      this.#blocks.push(block);
      this.#end = Math.max(this.#end, block.end);
    }
  }

  finish(): Block[] {
    this.#fillTo(this.#source.text.length);
    return this.#blocks;
  }

  #fillTo(start: number): void {
    // nothing but spaces and the marks of a quotation or of a list that a fence stands in
    if (start > this.#end && /[^\s>]/.test(this.#source.text.slice(this.#end, start)))
      this.#blocks.push({ kind: 'prose', source: this.#source, start: this.#end, end: start });
  }
}

function readHeading(source: Source, open: Token, inline: Token | undefined): Block {
  const level = Number(open.tag.slice(1));
  const [first, last] = linesOf(open);
  const start = offsetOfLine(source, first) + indentation(lineText(source, first));
  const span = { source, start, end: offsetOfLine(source, last), title: plainTitle(inline?.content ?? '') };
  return level === 1 || level === 2 || level === 3 ? { kind: 'heading', level, ...span } : { kind: 'subheading', level, ...span };
}

function readFence(source: Source, token: Token): FenceBlock {
  const [first, last] = linesOf(token);
  const line = lineText(source, first);
  const column = Math.max(0, line.indexOf(token.markup));
  const start = offsetOfLine(source, first) + column;
  const infoStart = start + token.markup.length;
  const info = line.slice(column + token.markup.length);
  return {
    kind: 'fence',
    source,
    start,
    end: offsetOfLine(source, last),
    words: splitWords(info, infoStart),
    content: token.content,
    firstLine: first + 1,
  };
}

function unclosedFence(source: Source, token: Token): MistakeBlock | undefined {
  const [first, last] = linesOf(token);
  const mark = /^[\s>]*(`{3,}|~{3,})[ \t]*$/.exec(lineText(source, last - 1))?.[1];
  if (last - 1 > first && mark?.startsWith(token.markup)) return undefined;
  const at = offsetOfLine(source, first) + Math.max(0, lineText(source, first).indexOf(token.markup));
  return mistake(source, at, 'this fence is never closed', `Put ${token.markup} on a line of its own below it.`);
}

/** Things that look as if they did something, in places where they don't. */
function hiddenMistake(source: Source, token: Token | undefined): MistakeBlock | undefined {
  if (!token) return undefined;
  if (token.type === 'code_block') {
    if (!actingFence.test(token.content)) return undefined;
    const [first, last] = linesOf(token);
    for (let line = first; line < last; line++) {
      const text = lineText(source, line);
      if (actingFence.test(text))
        return mistake(
          source,
          offsetOfLine(source, line) + indentation(text),
          'this fence is indented by four spaces or more, so Markdown shows it as text',
          'Indent it less.',
        );
    }
  }
  if (!token.content.includes('labwalk')) return undefined;
  // a comment inside of code marks is an example
  if (!/<!--\s*labwalk\b/.test(token.content.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, ''))) return undefined;
  const from = offsetOfLine(source, linesOf(token)[0]);
  const at = /<!--\s*labwalk\b/.exec(source.text.slice(from))?.index ?? 0;
  return mistake(source, from + at, 'a labwalk comment stands inside a line of text', 'Put it on a line of its own, below the heading.');
}

const actingFence = /^[ \t]*(?:`{3,}|~{3,})[^\s`]+[ \t]+(?:run|service=|file=|credentials|check|output|cleanup)/m;

const linesOf = (token: Token): [number, number] => token.map ?? [0, 0];
const indentation = (line: string) => line.length - line.trimStart().length;

function countLines({ lines }: Source, offset: number): number {
  const count = lines.findIndex((start) => start >= offset);
  return count === -1 ? 0 : count;
}
