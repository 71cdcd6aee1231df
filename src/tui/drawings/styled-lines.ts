/** Lines with colours (SGR sequences alone) cut and broken by display columns. */
import { applySgr, plainStyle, switchStyle } from '../../text/sgr.ts';
import { graphemesOf } from '../../text/graphemes.ts';
import { textWidth } from '../../text/width.ts';

// eslint-disable-next-line no-control-regex -- escape is what a colour starts with
const sgr = /\x1b\[([\d;:]*)m/;
// eslint-disable-next-line no-control-regex -- a link (OSC 8) takes no column either
const link = /\x1b\]8;[^\x07\x1b]*(?:\x07|\x1b\\)/g;

/** Columns of a line; colours and links take none. */
export const styledWidth = (line: string): number => textWidth(line.includes('\x1b]') ? line.replace(link, '') : line);

/** The beginning of a line that fits into so many columns; ends in the plain style. A line that fits stays as it is. */
export function cutStyled(line: string, columns: number): string {
  if (styledWidth(line) <= columns) return line;
  return columns <= 0 ? '' : (breakStyled(line, columns)[0] ?? '');
}

/** The line broken at so many columns, wherever that is; each piece has its colours and ends in the plain style. Links are lost. */
export function breakStyled(line: string, columns: number): string[] {
  const plain = line.replace(link, '');
  const room = Math.max(1, columns);
  if (textWidth(plain) <= room) return [plain];
  const pieces: string[] = [];
  let style = plainStyle;
  let piece = '';
  let width = 0;
  const end = () => {
    pieces.push(piece + switchStyle(style, plainStyle));
    piece = switchStyle(plainStyle, style);
    width = 0;
  };
  plain.split(sgr).forEach((part, i) => {
    if (i % 2 === 1) {
      const next = applySgr(style, part);
      piece += switchStyle(style, next);
      style = next;
      return;
    }
    for (const { segment } of graphemesOf(part)) {
      const step = Math.min(textWidth(segment), room);
      if (width > 0 && width + step > room) end();
      piece += textWidth(segment) > room ? '?' : segment;
      width += step;
    }
  });
  if (width > 0 || pieces.length === 0) end();
  return pieces;
}
