/** Markdown as plain lines that read well aloud: addresses behind their words, tables row by row. */
import MarkdownIt from 'markdown-it';
import { showHidden } from '../text/hidden.ts';
import { wrapText } from '../text/width.ts';

type Token = ReturnType<MarkdownIt['parse']>[number];

const parser = new MarkdownIt({ html: true });

/**
 * Lines of at most so many columns, except where a word or a line of code is longer.
 *
 * @example markdownLines('See **the** [guide](https://example.org).', 72) // ['See the guide (https://example.org).']
 */
export function markdownLines(markdown: string, columns: number): string[] {
  const lines: string[] = [];
  const write = (block: readonly string[], tight = false) => {
    if (block.length === 0) return;
    if (lines.length > 0 && !tight && lines.at(-1) !== '') lines.push('');
    lines.push(...block);
  };
  writeBlocks(parser.parse(markdown, {}), columns, write);
  return lines;
}

type Write = (block: readonly string[], tight?: boolean) => void;

/** A list or a quote that is open. */
interface Nest {
  /** What stands before its lines. */
  indent: string;
  /** What stands before the next line instead. */
  mark?: string;
  /** The next number, in a list with numbers. */
  number?: number;
  /** Something of it is written: what follows closely needs no blank line. */
  begun?: boolean;
}

function writeBlocks(tokens: readonly Token[], columns: number, write: Write): void {
  const nests: Nest[] = [];
  let close = false;
  // Here, not before the text is read: an entity (&#x202e;) is a character only now.
  const put = (content: string, { code = false, tight = false } = {}) => {
    const text = showHidden(content);
    const indent = nests.map((nest) => nest.indent).join('');
    const room = Math.max(columns - indent.length - 1, 20);
    const texts = code ? text.split('\n').map((line) => `    ${line}`) : wrapText(text, room);
    const first = nests.map((nest) => nest.mark ?? nest.indent).join('');
    for (const nest of nests) delete nest.mark;
    write(
      texts.map((line, i) => ((i === 0 ? first : indent) + line).trimEnd()),
      tight,
    );
  };
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) break;
    switch (token.type) {
      case 'bullet_list_open':
        nests.push({ indent: '' });
        break;
      case 'ordered_list_open':
        nests.push({ indent: '', number: Number(token.attrGet('start') ?? 1) });
        break;
      case 'list_item_open': {
        const list = nests.at(-1);
        const mark = list?.number === undefined ? '- ' : `${list.number++}. `;
        nests.push({ indent: ' '.repeat(mark.length), mark });
        break;
      }
      case 'blockquote_open':
        nests.push({ indent: '> ' });
        break;
      case 'list_item_close':
      case 'bullet_list_close':
      case 'ordered_list_close':
      case 'blockquote_close':
        nests.pop();
        break;
      case 'paragraph_open':
        // markdown-it hides the paragraphs of a list without blank lines
        close = token.hidden && nests.some(({ begun }) => begun);
        break;
      case 'inline':
        put(inlineText(token.children ?? []), { tight: close });
        for (const nest of nests) nest.begun = true;
        close = false;
        break;
      case 'fence':
      case 'code_block':
        put(token.content.replace(/\n$/, ''), { code: true });
        break;
      case 'html_block': {
        const text = token.content.replaceAll(/<!--[\s\S]*?-->|<[^>]*>/g, '').trim();
        if (text !== '') put(text);
        break;
      }
      case 'table_open': {
        const end = tokens.findIndex((other, i) => i > at && other.type === 'table_close');
        tableRows(tokens.slice(at, end)).forEach((row, i) => {
          nests.push({ indent: '  ', mark: '- ' });
          put(row, { tight: i > 0 });
          nests.pop();
        });
        at = end;
      }
    }
  }
}

/** A row as sentences: each cell behind the heading of its column. Addresses in headings are said once. */
function tableRows(tokens: readonly Token[]): string[] {
  const rows: (readonly Token[])[][] = [];
  for (const { type, children } of tokens) {
    if (type === 'tr_open') rows.push([]);
    else if (type === 'inline') rows.at(-1)?.push(children ?? []);
  }
  const [headings = [], ...body] = rows;
  return body.map((row, number) => {
    const cells = row.map((cell, i) => {
      const text = inlineText(cell);
      const heading = i === 0 ? '' : inlineText(headings[i] ?? [], { addresses: number === 0 });
      return text === '' || heading === '' ? text : `${heading}: ${text}`;
    });
    return cells.filter((cell) => cell !== '').join('. ');
  });
}

function inlineText(tokens: readonly Token[], { addresses = true } = {}): string {
  let text = '';
  const links: { at: number; address: string }[] = [];
  for (const token of tokens) {
    switch (token.type) {
      case 'text':
        text += token.content;
        break;
      case 'code_inline':
        text += `\`${token.content}\``;
        break;
      case 'softbreak':
        text += ' ';
        break;
      case 'hardbreak':
        text += '\n';
        break;
      case 'html_inline':
        if (/^<br\b/i.test(token.content)) text += '\n';
        break;
      case 'image':
        text += `[picture: ${token.content}] (${token.attrGet('src') ?? ''})`;
        break;
      case 'link_open':
        links.push({ at: text.length, address: token.attrGet('href') ?? '' });
        break;
      case 'link_close': {
        const link = links.pop();
        if (link && addresses && text.slice(link.at) !== link.address) text += ` (${link.address})`;
      }
    }
  }
  return text;
}
