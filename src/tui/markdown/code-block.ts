/** Code with a bar at its left. */
import { expandTabs } from '../../styled/clean-text.ts';
import { showHidden } from '../../text/hidden.ts';
import { highlightCode } from '../../styled/highlight.ts';
import { readRuns, splitLines, writeRuns } from '../../styled/styled-line.ts';
import type { Theme } from '../../styled/theme.ts';
import { wrapCode } from '../../styled/wrap-styled.ts';

export interface CodeBlock {
  text: string;
  language: string;
}

/** Lines of at most `columns` columns. */
export function drawCode({ text, language }: CodeBlock, columns: number, theme: Theme, bar: string): string[] {
  const code = showHidden(text)
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => expandTabs(line))
    .join('\n');
  const room = columns - 2;
  return splitLines(readRuns(highlightCode(code, language, theme)))
    .flatMap((line) => wrapCode(line, room, theme.dim(`${theme.marks.continued} `)))
    .map((line) => `${bar} ${writeRuns(line)}`.trimEnd());
}
