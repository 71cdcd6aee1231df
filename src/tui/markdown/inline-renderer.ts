/** Text within a line. Each function gives text with colours; a line end in it is one that must be kept. */
import type { Parser, RendererObject, Token, Tokens } from 'marked';
import { expandText } from '../../lab/facts/expand.ts';
import type { StepTextStyle } from '../driver/step-text.ts';
import { clickableAddress } from '../../styled/clean-text.ts';
import { showHidden } from '../../text/hidden.ts';
import { decodeEntities } from '../../styled/entities.ts';
import { linkText, plainOf } from '../../styled/styled-line.ts';
import type { Theme } from '../../styled/theme.ts';
import { shownValue, soleVariable } from './values.ts';

type InlineName = 'codespan' | 'link' | 'image' | 'br' | 'html';

export interface InlineRenderer {
  renderer: Required<Pick<RendererObject<string, string>, InlineName>>;
  plainText(text: string): string;
  /** Text for narrow places: it has numbers where addresses would be, and these are put into `notes`. */
  drawWithNotes(tokens: Token[], parser: Parser<string, string>, notes: string[]): string;
}

export function createInlineRenderer(style: StepTextStyle, theme: Theme): InlineRenderer {
  /** Variables whose value has been said already. */
  const said = new Set<string>();
  let addresses: string[] | undefined;
  const fillIn = (text: string) => showHidden(expandText(text, style.variables));
  const oneLine = (text: string) => text.replace(/\s+/g, ' ');

  const drawAddress = (address: string) => theme.underline(style.links ? link(address, address) : address);

  function link(text: string, href: string): string {
    const address = clickableAddress(href);
    return style.links && address ? linkText(text, address) : text;
  }

  function besideText(href: string): string {
    if (!addresses) return `(${drawAddress(href)})`;
    const known = addresses.indexOf(drawAddress(href));
    return theme.dim(`[${known === -1 ? addresses.push(drawAddress(href)) : known + 1}]`);
  }

  const renderer: InlineRenderer['renderer'] = {
    codespan({ text }) {
      const code = theme.code(oneLine(fillIn(text)));
      const name = soleVariable(text);
      const value = name === undefined || said.has(name) ? undefined : shownValue(name, style.variables);
      if (name === undefined || value === undefined) return code;
      said.add(name);
      return `${code} ${theme.dim(`(${value})`)}`;
    },

    link(token) {
      const text = this.parser.parseInline(token.tokens);
      const href = addressOf(token, fillIn);
      const plain = plainOf(text);
      // Within the lab there is nowhere to go.
      if (href === '' || href.startsWith('#')) return text;
      if (plain === href || `mailto:${plain}` === href) return link(theme.underline(text), href);
      // A text that looks like another address must not hide the real one.
      const hides = /^\s*(?:[a-z]+:\/\/|www\.)/i.test(plain);
      if (style.links && clickableAddress(href) && !hides) return link(theme.underline(text), href);
      return plain.trim() === '' ? drawAddress(href) : `${text} ${besideText(href)}`;
    },

    image({ href, text, title }) {
      const address = fillIn(href);
      const words = oneLine(fillIn(decodeEntities(text || title || ''))).trim();
      const label = words === '' ? 'Image' : `Image: ${words}`;
      return address === '' ? `[${label}]` : `[${label}] ${besideText(address)}`;
    },

    br: () => '\n',

    /** `<br>` is a line end and an image is an image; of any other tag only what stands in it is shown. */
    html(token) {
      if (/^<br\b/i.test(token.text)) return '\n';
      const image = /^<img\b/i.test(token.text) ? readImage(token.text) : undefined;
      return image ? this.image({ type: 'image', raw: '', title: null, tokens: [], ...image }) : '';
    },
  };

  return {
    renderer,
    plainText: (text) => oneLine(fillIn(decodeEntities(text))),
    drawWithNotes(tokens, parser, notes) {
      addresses = notes;
      const text = parser.parseInline(tokens);
      addresses = undefined;
      return text;
    },
  };
}

function addressOf({ href, autolink }: Tokens.Link, fillIn: (text: string) => string): string {
  return fillIn(autolink ? href : decodeEntities(href)).replace(/\s+/g, '%20');
}

export function readImage(tag: string): { href: string; text: string } {
  const read = (name: string) =>
    decodeEntities(new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag)?.slice(1).find(Boolean) ?? '');
  return { href: read('src'), text: read('alt') };
}
