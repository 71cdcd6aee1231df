/**
 * Markdown for a terminal: marked reads it, marked-terminal draws the styles of words. What marked-terminal gets wrong is drawn here instead:
 * lists (bold comes out literally in their items, a check-box twice), tables and rules (any width), links (never OSC 8 for a pane), code
 * (all of highlight.js), and line breaks (it counts characters, not columns).
 */
import { Lexer, Marked, Parser, type Token } from 'marked';
import { markedTerminal } from 'marked-terminal';
import type { StepTextStyle } from '../driver/step-text.ts';
import { createBlockRenderer } from './block-renderer.ts';
import { showHidden } from '../../text/hidden.ts';
import { createInlineRenderer } from './inline-renderer.ts';
import { createTheme, type Theme } from '../../styled/theme.ts';
import { wrapStyled } from '../../styled/wrap-styled.ts';

/** Fewer columns are not drawn for: one wide character must fit beside all marks. */
const leastColumns = 10;

/** Characters. A longer paragraph is no prose, and to look for bold in it takes seconds. */
const longestParagraph = 10_000;
/** Paragraphs that are read at a time; some milliseconds of work. */
const paragraphsAtOnce = 100;
/** Lines that a piece has at least. */
const linesAtOnce = 100;

/**
 * Draws Markdown: an empty line between blocks, no line wider than `style.width`. In pieces, some of them empty, so that others can have their
 * turn in between: a long text takes some 0.1 ms a line.
 */
export function* drawMarkdownInPieces(markdown: string, style: StepTextStyle): Generator<string[]> {
  const options = createMarked(style, createTheme(style)).defaults;
  const tokens = yield* readTokens(showHidden(markdown), options);
  const parser = new Parser<string, string>(options);
  let lines: string[] = [];
  let isFirst = true;
  for (const token of tokens) {
    const text = unlessTooDeep(() => parser.parse([token])) ?? wrapStyled(token.raw.trim(), style.width).join('\n');
    if (text === '') continue;
    if (!isFirst) lines.push('');
    isFirst = false;
    lines.push(...text.split('\n'));
    if (lines.length < linesAtOnce) continue;
    yield lines;
    lines = [];
  }
  yield lines;
}

/** What lex() does, with pauses in the work. */
function* readTokens(source: string, options: Marked<string, string>['defaults']): Generator<string[], Token[]> {
  const lexer = new Lexer<string, string>(options);
  const read = unlessTooDeep(() => lexer.blockTokens(source, lexer.tokens));
  if (!read) return [asText(source)];
  for (let i = 0; i < lexer.inlineQueue.length; i++) {
    const next = lexer.inlineQueue[i];
    if (next && next.src.length > longestParagraph) next.tokens.push(asText(next.src));
    else if (next) lexer.inlineTokens(next.src, next.tokens);
    if (i % paragraphsAtOnce === paragraphsAtOnce - 1) yield [];
  }
  return lexer.tokens;
}

const asText = (text: string): Token => ({ type: 'text', raw: text, text, tokens: [{ type: 'text', raw: text, text }] });

/** Thousands of quotes in one another are more than a stack holds: such a text is shown as it was written. */
function unlessTooDeep<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function createMarked(style: StepTextStyle, theme: Theme): Marked<string, string> {
  const inline = createInlineRenderer(style, theme);
  const { itemText, htmlBlock, ...blocks } = createBlockRenderer(Math.max(leastColumns, style.width), theme, inline);
  const terminal = markedTerminal({
    strong: theme.bold,
    em: theme.italic,
    del: theme.strike,
    emoji: false,
    reflowText: false,
    unescape: false,
  });
  return new Marked<string, string>(terminal, {
    renderer: {
      ...inline.renderer,
      ...blocks,
      text(token) {
        return 'tokens' in token && token.tokens ? itemText(token, this.parser) : inline.plainText(token.text);
      },
      html(token) {
        return token.block && 'pre' in token ? htmlBlock(token) : inline.renderer.html.call(this, token);
      },
    },
  });
}
