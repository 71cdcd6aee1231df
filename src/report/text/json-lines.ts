import type { Look } from '../look.ts';

const indent = '    ';
/** A string with an optional colon that makes it a key, punctuation, or a number, true, false or null. */
const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|([[\]{},])|([^\s[\]{},:"]+)/g;

/**
 * The lines of a JSON text, indented by four as HTTPie does and coloured as the look has it; undefined when it is not a JSON object or list.
 * Works on the text rather than on its value, so that a number keeps its digits and a key its place.
 */
export function jsonLines(text: string, look: Pick<Look, 'blue' | 'green' | 'cyan'>): string[] | undefined {
  if (!isJsonContainer(text)) return undefined;
  const lines: string[] = [];
  let depth = 0;
  let line = '';
  const endLine = () => {
    if (line.trim() !== '') lines.push(line);
    line = indent.repeat(depth);
  };
  let opened = false;
  for (const [, string, colon, mark, word] of text.matchAll(tokens)) {
    const closes = mark === '}' || mark === ']';
    if (closes) {
      depth--;
      if (!opened) endLine();
    } else if (opened) endLine();
    opened = mark === '{' || mark === '[';
    if (opened) depth++;
    if (string !== undefined && colon !== undefined) line += `${look.blue(string)}: `;
    else line += string !== undefined ? look.green(string) : word !== undefined ? look.cyan(word) : (mark ?? '');
    if (mark === ',') endLine();
  }
  depth = 0;
  endLine();
  return lines;
}

function isJsonContainer(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
