/** Blocks of Markdown as lines. Each function gives its lines joined by `\n`, none wider than there is room. */
import type { Parser, RendererObject, Token, Tokens } from 'marked';
import { showHidden } from '../../text/hidden.ts';
import { drawCode } from './code-block.ts';
import { decodeEntities } from '../../styled/entities.ts';
import { type InlineRenderer, readImage } from './inline-renderer.ts';
import { widthOf } from '../../styled/styled-line.ts';
import { drawTable } from './table.ts';
import type { Theme } from '../../styled/theme.ts';
import { wrapStyled } from '../../styled/wrap-styled.ts';

type BlockName = 'paragraph' | 'heading' | 'list' | 'blockquote' | 'code' | 'table' | 'hr' | 'space' | 'def';
type Blocks = Required<Pick<RendererObject<string, string>, BlockName>> & {
  /** The text of a tight list's item. */
  itemText(token: Tokens.Text, parser: Parser<string, string>): string;
  htmlBlock(token: Tokens.HTML): string;
};

/** Less room than this is not made narrower still. */
const leastRoom = 8;

export function createBlockRenderer(columns: number, theme: Theme, inline: InlineRenderer): Blocks {
  /** What the blocks around have left. */
  let room = columns;
  let depth = 0;

  /** Draws what stands further in. Where that leaves too little room, it is not put further in. */
  function drawWithin(indent: number, draw: () => string): { lines: string[]; indent: number } {
    const outer = room;
    const used = room - indent >= leastRoom ? indent : 0;
    room -= used;
    const lines = draw().split('\n');
    room = outer;
    return { lines, indent: used };
  }

  function drawItem(item: Tokens.ListItem, marker: string, indent: number, parser: Parser<string, string>): string[] {
    const drawn = drawWithin(indent, () => drawBlocks(item.tokens, parser, item.loose));
    if (drawn.indent === 0 && indent > 0) return [marker.trim(), ...drawn.lines];
    return drawn.lines.map((line, i) => (i === 0 ? marker + line : line === '' ? '' : ' '.repeat(indent) + line));
  }

  return {
    paragraph({ tokens }) {
      return wrapStyled(this.parser.parseInline(tokens), room).join('\n');
    },

    itemText: (token, parser) => wrapStyled(parser.parseInline(token.tokens ?? []), room).join('\n'),

    heading({ tokens, depth: level }) {
      const text = this.parser.parseInline(tokens).trim();
      const lines = wrapStyled(theme.bold(text), room);
      // Without colours a line says that this is a heading.
      if (!theme.colour || level <= 2) lines.push(theme.dim(theme.marks.heading.repeat(Math.max(0, ...lines.map(widthOf)))));
      return lines.join('\n');
    },

    list({ items, ordered, start, loose }) {
      const bullet = theme.marks.bullets[Math.min(depth, theme.marks.bullets.length - 1)] ?? '-';
      const first = typeof start === 'number' ? start : 1;
      const width = ordered ? String(first + items.length - 1).length + 2 : 2;
      depth++;
      const drawn = items.map((item, i) => {
        const marker = ordered ? `${`${first + i}.`.padStart(width - 1)} ` : `${bullet} `;
        return drawItem(item, item.task ? `${marker}${item.checked ? '[x]' : '[ ]'} ` : marker, width + (item.task ? 4 : 0), this.parser);
      });
      depth--;
      return drawn.map((lines) => lines.join('\n')).join(loose ? '\n\n' : '\n');
    },

    blockquote({ tokens }) {
      const [title, rest] = readAlert(tokens);
      const quoted = drawWithin(2, () => drawBlocks(rest, this.parser, true));
      const lines = title === undefined ? quoted.lines : [theme.bold(title), ...quoted.lines];
      return lines.map((line) => (quoted.indent > 0 ? `${theme.quote(theme.marks.quote)} ${line}`.trimEnd() : line)).join('\n');
    },

    code({ text, lang }) {
      const language = /^\S*/.exec(lang ?? '')?.[0] ?? '';
      return drawCode({ text, language }, room, theme, theme.dim(theme.marks.shown)).join('\n');
    },

    table({ header, rows, align }) {
      const addresses: string[] = [];
      const draw = ({ tokens }: Tokens.TableCell) => inline.drawWithNotes(tokens, this.parser, addresses).trim();
      const lines = drawTable({ header: header.map(draw), rows: rows.map((row) => row.map(draw)), align }, room, theme);
      const notes = addresses.flatMap((address, i) => {
        const mark = `[${i + 1}] `;
        return wrapStyled(address, room - mark.length).map((line, at) => (at === 0 ? theme.dim(mark) : ' '.repeat(mark.length)) + line);
      });
      return [...lines, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
    },

    hr: () => theme.dim(theme.marks.rule.repeat(room)),

    htmlBlock({ text }) {
      const words = textOfHtml(text, theme);
      return words === '' ? '' : wrapStyled(words, room).join('\n');
    },

    space: () => '',
    def: () => '',
  };
}

/** Draws blocks one below the other; a loose list's have an empty line between them. */
export function drawBlocks(tokens: readonly Token[], parser: Parser<string, string>, loose: boolean): string {
  return tokens
    .filter(({ type }) => type !== 'checkbox')
    .map((token) => parser.parse([token]))
    .filter((text) => text !== '')
    .join(loose ? '\n\n' : '\n');
}

/** `[!NOTE]` in the first line of a quote, as Git hosts have it. */
function readAlert(tokens: Token[]): [string | undefined, Token[]] {
  const [first, ...rest] = tokens;
  const text = first?.type === 'paragraph' ? (first as Tokens.Paragraph).tokens[0] : undefined;
  const found = text?.type === 'text' ? /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i.exec((text as Tokens.Text).text) : null;
  if (!first || !text || !found?.[1]) return [undefined, tokens];
  const title = found[1].charAt(0).toUpperCase() + found[1].slice(1).toLowerCase();
  const left = (text as Tokens.Text).text.slice(found[0].length);
  const inline = [...(left === '' ? [] : [{ ...text, text: left }]), ...((first as Tokens.Paragraph).tokens.slice(1) as Token[])];
  return [title, [...(inline.length > 0 ? [{ ...first, tokens: inline } as Token] : []), ...rest]];
}

/** What a person would read of it; a summary in bold. */
function textOfHtml(html: string, theme: Theme): string {
  const pieces = html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .split(/<summary\b[^>]*>([\s\S]*?)<\/summary\s*>/i);
  // Every second piece is what the expression above has caught: a summary.
  return pieces
    .flatMap((piece, i) => linesOfHtml(piece).map((line) => (i % 2 === 1 ? theme.bold(`${theme.marks.more} ${line}`) : line)))
    .join('\n');
}

function linesOfHtml(html: string): string[] {
  const text = html
    .replace(/\s+/g, ' ')
    .replace(/<img\b[^>]*>/gi, (tag) => `[Image: ${readImage(tag).text}] (${readImage(tag).href})`)
    .replace(/<br\b[^>]*>|<\/(?:p|div|li|tr|h\d)\s*>/gi, '\n')
    .replace(/<\/?[a-z][^>]*>/gi, '');
  return text
    .split('\n')
    .map((line) => showHidden(decodeEntities(line)).trim())
    .filter((line) => line !== '');
}
