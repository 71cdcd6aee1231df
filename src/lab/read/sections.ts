/** A heading's own blocks as the parts of a step. */
import type { Block, FactsBlock, FenceBlock, HeadingBlock } from './block.ts';
import { namesInBraces } from '../facts/expand.ts';
import { actsByItsWords, readFencePart } from './fences.ts';
import { type ReadingContext, undeclared } from './reading-context.ts';
import { placeAt } from './source.ts';
import { isInclude, namesInCreates, readFacts, type StepFacts } from '../facts/step-facts.ts';
import type { CheckUse, Part, Place } from '../types.ts';

export interface Section {
  /** Nothing for what stands above the first heading. */
  heading?: HeadingBlock;
  blocks: Block[];
}

export interface SectionContent {
  facts: StepFacts;
  parts: Part[];
  /** It has an action, a check or a clean-up. */
  acts: boolean;
}

/** Splits a lab's blocks into steps at its headings. */
export function splitSections(blocks: readonly Block[]): Section[] {
  const sections: Section[] = [{ blocks: [] }];
  for (const block of blocks) {
    if (block.kind === 'heading') sections.push({ heading: block, blocks: [] });
    else sections.at(-1)?.blocks.push(block);
  }
  return sections;
}

export function readSection({ blocks }: Section, context: ReadingContext): SectionContent {
  const facts = readFacts(
    blocks.filter((block): block is FactsBlock => block.kind === 'facts' && !isInclude(block)),
    context.report,
  );
  for (const { name, place } of namesInCreates(facts)) reportUndeclared(name, place, context);
  const parts: Part[] = [];
  const open: { block: Block; prose: boolean }[] = [];
  let prose: Block[] = [];
  const endProse = () => {
    parts.push(...prosePart(prose, context));
    prose = [];
  };
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i] as Block;
    switch (block.kind) {
      case 'prose':
      case 'subheading':
        if (prose.at(-1) && prose.at(-1)?.source !== block.source) endProse(); // an include begins or ends
        prose.push(block);
        break;
      case 'mistake':
        context.report(placeAt(block.source, block.start), block.what, { fix: block.fix });
        break;
      case 'fence': {
        endProse();
        const part = readFencePart(block, context);
        if (part) parts.push(part);
        break;
      }
      case 'details-open': {
        const kind = kindOfDetails(block.summary);
        const close = closingOf(blocks, i);
        if (close === -1) {
          context.report(placeAt(block.source, block.start), 'this <details> is never closed', {
            fix: 'Put </details> on a line of its own, above the next heading.',
          });
          break;
        }
        if (kind !== 'hint') {
          open.push({ block, prose: kind === 'other' });
          if (kind === 'other') prose.push(block);
          else endProse();
          break;
        }
        endProse();
        parts.push(...readHint(block, blocks.slice(i + 1, close), context));
        i = close;
        break;
      }
      case 'details-close': {
        const opened = open.pop();
        if (!opened) context.report(placeAt(block.source, block.start), 'this </details> closes nothing');
        else if (opened.prose) prose.push(block);
        else endProse();
        break;
      }
      case 'hidden':
        if (prose.length > 0) prose.push(block);
        break;
      case 'facts':
        endProse();
        break;
      case 'heading': // begins a section of its own
    }
  }
  endProse();
  reportUnprinted(parts, context);
  for (const part of parts) if (part.kind === 'checks') reportNamesInChecks(part.checks, context);
  return { facts, parts, acts: parts.some(({ kind }) => acting.has(kind)) };
}

const acting = new Set<Part['kind']>(['run', 'service', 'file', 'credentials', 'checks', 'cleanup']);

/** The Markdown of blocks as its author wrote it, without comments. */
export function markdownOf(blocks: readonly Block[]): string {
  let text = '';
  let last: Block | undefined;
  for (const block of blocks) {
    if (last && last.source === block.source) text += block.source.text.slice(last.end, Math.max(last.end, block.start));
    else if (last) text += '\n\n';
    if (block.kind !== 'hidden' && block.kind !== 'facts') text += block.source.text.slice(block.start, block.end);
    last = block;
  }
  return unindent(text.replace(/^(?:[ \t]*\n)+/, '').trimEnd());
}

/** Text in a list stands further in; its first lines lose the indentation that they share, up to the first line with less. */
function unindent(text: string): string {
  const width = /^ */.exec(text)?.[0].length ?? 0;
  if (width === 0) return text;
  const lines = text.split('\n');
  const end = lines.findIndex((line) => line.trim() !== '' && !line.startsWith(' '.repeat(width)));
  return lines.map((line, i) => (end === -1 || i < end ? line.slice(width) : line)).join('\n');
}

function prosePart(blocks: readonly Block[], context: ReadingContext): Part[] {
  const first = blocks[0];
  if (!first) return [];
  reportNamesInProse(blocks, context);
  const markdown = markdownOf(blocks);
  if (markdown === '') return [];
  const lead = /^\s*/.exec(first.source.text.slice(first.start, first.end))?.[0].length ?? 0;
  return [{ kind: 'prose', markdown, place: placeAt(first.source, first.start + lead) }];
}

function kindOfDetails(summary: string): 'hint' | 'checks' | 'other' {
  if (/^hints?\b/i.test(summary)) return 'hint';
  return /^checks?$/i.test(summary) ? 'checks' : 'other';
}

function closingOf(blocks: readonly Block[], position: number): number {
  let depth = 0;
  for (let i = position; i < blocks.length; i++) {
    if (blocks[i]?.kind === 'details-open') depth++;
    else if (blocks[i]?.kind === 'details-close' && --depth === 0) return i;
  }
  return -1;
}

function readHint(open: Block, blocks: readonly Block[], context: ReadingContext): Part[] {
  const place = placeAt(open.source, open.start);
  for (const block of blocks) {
    const at = placeAt(block.source, block.start);
    if (block.kind === 'mistake') context.report(at, block.what, { fix: block.fix });
    else if (block.kind === 'facts') context.report(at, 'a labwalk comment in a hint has no meaning', { fix: 'Put it below the heading.' });
    else if (block.kind === 'fence' && actsByItsWords(block as FenceBlock))
      context.report(at, 'a fence in a hint is only shown, and this one has a keyword', {
        fix: 'Move it out of the hint, or leave only its language.',
      });
  }
  reportNamesInProse(blocks, context);
  const markdown = markdownOf(blocks);
  if (markdown === '') context.report(place, 'this hint is empty');
  return [{ kind: 'hint', markdown, place }];
}

function reportNamesInProse(blocks: readonly Block[], context: ReadingContext): void {
  for (const block of blocks) {
    if (block.kind !== 'prose' && block.kind !== 'subheading') continue;
    const text = block.source.text.slice(block.start, block.end);
    for (const { name, at } of namesInBraces(text)) reportUndeclared(name, placeAt(block.source, block.start + at), context);
  }
}

function reportNamesInChecks(uses: readonly CheckUse[], context: ReadingContext): void {
  for (const use of uses) {
    for (const { name } of namesInBraces(JSON.stringify([use.input, use.title, use.try]) ?? '')) reportUndeclared(name, use.place, context);
  }
}

function reportUndeclared(name: string, place: Place, { variables, report }: ReadingContext): void {
  const unknown = undeclared(name, variables);
  if (unknown) report(place, unknown.mistake, { fix: unknown.fix });
}

/** An output, or a check that looks at one, needs a command above it. */
function reportUnprinted(parts: readonly Part[], { checks, report }: ReadingContext): void {
  let ran = false;
  let printed = false;
  for (const part of parts) {
    if (part.kind === 'run') ran = true;
    if (part.kind === 'run' || part.kind === 'service' || part.kind === 'cleanup') printed = true;
    if (part.kind === 'output' && !printed)
      report(part.place, 'this output belongs to no command', {
        fix: 'Put it below the run fence that printed it, or leave only its language.',
      });
    if (part.kind !== 'checks' || ran) continue;
    for (const use of part.checks) {
      if (checks.get(use.check)?.looksAt === 'output')
        report(use.place, `the ${use.check} check looks at what a command did, and no run fence stands above it in this step`);
    }
  }
}
