/**
 * Draws what a terminal shows as an SVG. Plain `<text>` with fixed colours and no style sheet, script or font of its own, so it passes
 * the sanitizers of Git hosts; a dark window with a rim, so it can stand on a light page and on a dark one.
 */
import { applySgr, plainStyle, type Style } from '../src/text/sgr.ts';
import { textWidth } from '../src/text/width.ts';

/** Pixels. A cell is 0.6 of the font's size wide, as in most monospaced fonts. */
const fontSize = 14;
const cell = 8.4;
const lineHeight = 19;
const margin = 20;
const barHeight = 34;

const fonts = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";
const ink = '#d7dce4';
const paper = '#1b1f27';
const rim = '#3d4452';

/** The eight colours of a terminal and their bright forms, by SGR number. Each has a contrast of 4.5 or more on `paper`. */
const colours: Record<string, string> = {
  30: '#8a93a3',
  31: '#ff7b80',
  32: '#7fd488',
  33: '#e6c26a',
  34: '#7fb2ff',
  35: '#d79bf0',
  36: '#62cfd6',
  37: ink,
  90: '#8a93a3',
  91: '#ff9a9e',
  92: '#a2e6a9',
  93: '#f2d68f',
  94: '#a5c9ff',
  95: '#e6bcf7',
  96: '#92e2e7',
  97: '#ffffff',
};
const dimmed = '#8a93a3';

interface Span {
  text: string;
  style: Style;
  /** Where it begins, in cells. */
  column: number;
}

/**
 * @param text lines with colours as SGR sequences, as a text report writes them
 * @param about what the picture shows, for those who cannot see it
 */
export function drawTerminal(text: string, about: { title: string; description: string }): string {
  const lines = readLines(text);
  const columns = Math.max(...lines.flat().map((span) => span.column + textWidth(span.text)));
  const width = Math.ceil(columns * cell + 2 * margin);
  const height = barHeight + lines.length * lineHeight + margin;
  const rows = lines.flatMap((spans, row) => spans.map((span) => drawSpan(span, barHeight + (row + 1) * lineHeight - 4)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeXml(about.title)}</title>`,
    `<desc id="description">${escapeXml(about.description)}</desc>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="9" fill="${paper}" stroke="${rim}"/>`,
    ...[0, 1, 2].map((n) => `<circle cx="${margin + 2 + n * 18}" cy="${barHeight / 2 + 2}" r="5" fill="${rim}"/>`),
    `<g font-family="${fonts}" font-size="${fontSize}" fill="${ink}" xml:space="preserve">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Every piece says its place and its width, so that columns are straight whatever font the reader has. */
function drawSpan({ text, style, column }: Span, y: number): string {
  const length = round(textWidth(text) * cell);
  return `<text x="${round(margin + column * cell)}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${attributes(style)}>${escapeXml(text)}</text>`;
}

function attributes(style: Style): string {
  const parameters = style.split(';');
  const colour = parameters.map((parameter) => colours[parameter]).find((found) => found !== undefined);
  const fill = colour ?? (parameters.includes('2') ? dimmed : undefined);
  return [fill ? ` fill="${fill}"` : '', parameters.includes('1') ? ' font-weight="bold"' : ''].join('');
}

/** Lines as pieces of one style each, without the spaces around them. */
function readLines(text: string): Span[][] {
  let style = plainStyle;
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      const spans: Span[] = [];
      let column = 0;
      // eslint-disable-next-line no-control-regex -- colours begin with an escape
      line.split(/\x1b\[([\d;:]*)m/).forEach((piece, index) => {
        if (index % 2 === 1) {
          style = applySgr(style, piece);
          return;
        }
        const shown = piece.trim();
        if (shown) spans.push({ text: shown, style, column: column + textWidth(piece) - textWidth(piece.trimStart()) });
        column += textWidth(piece);
      });
      return spans;
    });
}

const round = (pixels: number) => Math.round(pixels * 10) / 10;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeXml = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
