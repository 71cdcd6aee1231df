/** A step's text for a pane of one width. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isAction } from '../../lab/facts/segments.ts';
import type { Part, Step } from '../../lab/types.ts';
import type { StepText, StepTextStyle } from '../driver/step-text.ts';
import { drawFence, type FencePart } from './fences.ts';
import { loadLanguages } from '../../styled/highlight.ts';
import { drawMarkdownInPieces } from './markdown.ts';
import { plainOf, tidyLine } from '../../styled/styled-line.ts';
import { createTheme } from '../../styled/theme.ts';

/** Some lines of a step's text, to be put below those that came before. */
export interface TextPiece {
  lines: readonly string[];
  plain: readonly string[];
  /** The action that begins in this piece, by its number in the step. */
  action?: { number: number; line: number };
}

type StepParts = Pick<Step, 'parts'>;

/**
 * Draws a step: its prose and its fences in the order of the page. Hints, checks and clean-up are shown elsewhere.
 * Lets others have their turn while it works; what was drawn for a part in the same style is kept.
 */
export async function renderStep(step: StepParts, style: StepTextStyle): Promise<StepText> {
  const lines: string[] = [];
  const plain: string[] = [];
  const anchors = new Map<number, number>();
  for await (const piece of renderStepInPieces(step, style)) {
    if (piece.action) anchors.set(piece.action.number, lines.length + piece.action.line);
    lines.push(...piece.lines);
    plain.push(...piece.plain);
  }
  return { lines, plain, anchors };
}

/**
 * `renderStep` for text that is shown as it comes. Who has no more use for it leaves the loop.
 *
 * @example for await (const { lines } of renderStepInPieces(step, style)) show(lines)
 */
export async function* renderStepInPieces(step: StepParts, style: StepTextStyle): AsyncGenerator<TextPiece> {
  if (style.colour) await loadLanguages(step.parts.flatMap(languagesOf));
  let number = 0;
  let above: Part | undefined;
  for (const part of step.parts.filter(isShown)) {
    let starts = isAction(part) ? number++ : undefined;
    let gap = above && !belongsTo(above, part) ? [''] : [];
    for await (const drawn of drawPart(part, style)) {
      if (drawn.length === 0) continue;
      const lines = [...gap, ...drawn];
      yield { lines, plain: lines.map(plainOf), ...(starts === undefined ? {} : { action: { number: starts, line: gap.length } }) };
      starts = undefined;
      gap = [];
      above = part;
    }
  }
}

/** An output stands close below its command. */
const belongsTo = (above: Part, part: Part): boolean => part.kind === 'output' && (above.kind === 'run' || above.kind === 'service');

type ShownPart = FencePart | Extract<Part, { kind: 'prose' }>;

const isShown = (part: Part): part is ShownPart => part.kind !== 'hint' && part.kind !== 'checks' && part.kind !== 'cleanup';

/** What was drawn for a part, by its style; the styles of the last few widths. */
const drawnBefore = new WeakMap<Part, Map<string, readonly string[]>>();
const stylesKept = 3;

async function* drawPart(part: ShownPart, style: StepTextStyle): AsyncGenerator<readonly string[]> {
  const key = JSON.stringify(style);
  const kept = drawnBefore.get(part) ?? new Map<string, readonly string[]>();
  const known = kept.get(key);
  if (known) return yield known;
  const drawn: string[] = [];
  const pieces = part.kind === 'prose' ? drawMarkdownInPieces(part.markdown, style) : [drawFence(part, style, createTheme(style))];
  for (const piece of pieces) {
    const lines = piece.map(tidyLine);
    drawn.push(...lines);
    yield lines;
    await nextTurn();
  }
  kept.set(key, drawn);
  const [oldest] = kept.keys();
  if (kept.size > stylesKept && oldest !== undefined) kept.delete(oldest);
  drawnBefore.set(part, kept);
}

/** Languages of the code in a part; those in hints, too: they are shown next. */
function languagesOf(part: Part): string[] {
  if (part.kind === 'shown' || part.kind === 'file') return [part.language];
  const text = part.kind === 'prose' || part.kind === 'hint' ? part.markdown : '';
  return [...text.matchAll(/^[ >]*(?:`{3,}|~{3,})[ \t]*([\w+-]+)/gm)].map(([, language]) => language ?? '');
}
