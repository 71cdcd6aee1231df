import { isDeepStrictEqual } from 'node:util';
import type { Texts } from './types.ts';

/** Whether two requirements files ask pip for the same, whatever their order, comments and spaces. */
export const sameRequirements = ({ yours, labs }: Texts): boolean => isDeepStrictEqual(read(yours), read(labs));

/** Options (`-r other.txt`, `--index-url …`) count in their order; the rest in any. */
function read(text: string): { options: string[]; wishes: string[] } {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(/(^|\s)#.*$/, '')
        .trim()
        .replaceAll(/\s+/g, ' '),
    )
    .filter((line) => line !== '');
  return {
    options: lines.filter((line) => line.startsWith('-')),
    wishes: [...new Set(lines.filter((line) => !line.startsWith('-')).map(normalise))].sort(),
  };
}

/** `Flask [async] >= 2, <3 ; python_version>"3"`: names are the same in any case and with `-`, `_` or `.`. */
function normalise(line: string): string {
  const parts = /^([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?\s*\(?((?:[~<>=!]=?=?\s*[\w.*+!-]+\s*,?\s*)*)\)?\s*(?:;(.*))?$/.exec(line);
  if (!parts) return line;
  const [, name = '', extras = '', versions = '', marker = ''] = parts;
  const list = (words: string) =>
    words
      .split(',')
      .map((word) => word.replaceAll(/\s+/g, ''))
      .filter(Boolean)
      .sort()
      .join(',');
  return [name.toLowerCase().replaceAll(/[-_.]+/g, '-'), list(extras.toLowerCase()), list(versions), markerOf(marker)].join(' ');
}

/** Spaces and the kind of quotes say nothing, but a space within quotes does. */
const markerOf = (marker: string): string =>
  marker
    .split(/("[^"]*"|'[^']*')/)
    .map((part, i) => (i % 2 === 1 ? JSON.stringify(part.slice(1, -1)) : part.trim().replaceAll(/\s*([<>=!~()]+)\s*/g, '$1')))
    .join('');
