/** Lines with colours (SGR) and links (OSC 8), taken apart and put together again. Only for what labwalk itself has made. */
import { applySgr, plainStyle, type Style, switchStyle } from '../text/sgr.ts';
import { textWidth } from '../text/width.ts';

/** A piece of text in one style. */
export interface StyledRun {
  text: string;
  style: Style;
  /** Address of the link that it is part of; empty where it is none. */
  link: string;
}

// eslint-disable-next-line no-control-regex -- escape is what a sequence starts with
const sequence = /\x1b\[([\d;]*)m|\x1b\]8;[^;\x07]*;([^\x07]*)\x07/g;

/** @example readRuns('a \x1b[1mb\x1b[22m') // [{ text: 'a ', style: '' … }, { text: 'b', style: '1' … }] */
export function readRuns(styled: string): StyledRun[] {
  if (!styled.includes('\x1b')) return styled === '' ? [] : [{ text: styled, style: plainStyle, link: '' }];
  const runs: StyledRun[] = [];
  let style = plainStyle;
  let link = '';
  let from = 0;
  for (const found of styled.matchAll(sequence)) {
    if (found.index > from) runs.push({ text: styled.slice(from, found.index), style, link });
    if (found[1] !== undefined) style = applySgr(style, found[1]);
    else link = found[2] ?? '';
    from = found.index + found[0].length;
  }
  if (from < styled.length) runs.push({ text: styled.slice(from), style, link });
  return runs;
}

/** The line as a terminal takes it; it ends in the plain style and outside of any link. */
export function writeRuns(runs: readonly StyledRun[]): string {
  let line = '';
  let style = plainStyle;
  let link = '';
  for (const run of runs) {
    if (run.text === '') continue;
    if (run.link !== link) {
      line += openLink(run.link);
      link = run.link;
    }
    line += switchStyle(style, run.style) + run.text;
    style = run.style;
  }
  return line + switchStyle(style, plainStyle) + (link === '' ? '' : openLink(''));
}

/** The same line with the fewest sequences, plain at its end. */
export const tidyLine = (styled: string): string => (styled.includes('\x1b') ? writeRuns(readRuns(styled)) : styled);

/** Text as a link. The address must be clean (`clickableAddress`). */
export const linkText = (text: string, address: string): string => openLink(address) + text + openLink('');

/** Ended by BEL, the only end that Ink knows. The same id joins the lines of a broken link. */
const openLink = (address: string): string => `\x1b]8;${address === '' ? '' : 'id=lab'};${address}\x07`;

/** The line without colours and links. */
export const plainOf = (styled: string): string => (styled.includes('\x1b') ? styled.replace(sequence, '') : styled);

/** Columns of a line with colours and links. */
export const widthOf = (styled: string): number => textWidth(plainOf(styled));

export const widthOfRuns = (runs: readonly StyledRun[]): number => runs.reduce((width, run) => width + textWidth(run.text), 0);

/** Parts runs at their line ends. */
export function splitLines(runs: readonly StyledRun[]): StyledRun[][] {
  const lines: StyledRun[][] = [[]];
  for (const run of runs) {
    run.text.split('\n').forEach((text, i) => {
      if (i > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push({ ...run, text });
    });
  }
  return lines;
}
