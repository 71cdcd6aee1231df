import type { StepTextStyle } from '../driver/step-text.ts';
import { drawMarkdownInPieces } from './markdown.ts';
import { tidyLine } from '../../styled/styled-line.ts';

/**
 * Markdown of a lab (an intro, a hint) as lines for a terminal. Code is in colours where its language is loaded (`loadLanguages`).
 *
 * @example renderMarkdown('- **Chalice** comes from AWS.', style) // ['• \x1b[1mChalice\x1b[0m comes from AWS.']
 */
export const renderMarkdown = (markdown: string, style: StepTextStyle): string[] =>
  [...drawMarkdownInPieces(markdown, style)].flat().map(tidyLine);
