/** The parts of a block of HTML that mean something in a lab: comments and details. */
import { type Block, commentBlock, mistake } from './block.ts';
import { lineText, offsetOfLine, type Source } from './source.ts';

const pieces = /<!--[\s\S]*?-->|<!--|<details\b[^>]*>|<\/details\s*>/gi;
const summaryAfter = /^\s*<summary\b[^>]*>([\s\S]*?)<\/summary\s*>/i;

/**
 * @param first its first line, counted from 0
 * @param last the line behind it
 */
export function htmlPieces(source: Source, first: number, last: number): Block[] {
  const from = offsetOfLine(source, first);
  const text = source.text.slice(from, offsetOfLine(source, last));
  const blocks: Block[] = [];
  let hasDetails = false;
  for (const found of text.matchAll(pieces)) {
    const start = from + found.index;
    const end = start + found[0].length;
    if (found[0] === '<!--') {
      if (/^\s*labwalk\b/.test(text.slice(found.index + 4)))
        blocks.push(mistake(source, start, 'this labwalk comment is never closed', 'End it with -->.'));
      break;
    }
    if (found[0].startsWith('<!--')) blocks.push(commentBlock(source, start, end));
    else if (found[0].startsWith('</')) blocks.push({ kind: 'details-close', source, start, end });
    else {
      hasDetails = true;
      const summary = summaryAfter.exec(source.text.slice(end, end + 500));
      blocks.push({
        kind: 'details-open',
        source,
        start,
        end: end + (summary?.[0].length ?? 0),
        summary: (summary?.[1] ?? '').replace(/<[^>]*>/g, '').trim(),
      });
    }
  }
  const swallowed = hasDetails ? swallowedFence(source, first, last) : undefined;
  return swallowed ? insertInOrder(blocks, swallowed) : blocks;
}

/** Markdown ends a block of HTML at an empty line only: a fence right below `<summary>` is not a fence. */
function swallowedFence(source: Source, first: number, last: number): Block | undefined {
  for (let line = first; line < last; line++) {
    const text = lineText(source, line);
    if (/^[\s>]*(?:`{3}|~{3})/.test(text))
      return mistake(
        source,
        offsetOfLine(source, line) + text.search(/[`~]/),
        'this fence stands right below HTML, so Markdown does not see it',
        'Leave an empty line above it.',
      );
  }
  return undefined;
}

function insertInOrder(blocks: Block[], block: Block): Block[] {
  return [...blocks, block].sort((a, b) => a.start - b.start);
}
