/** Parts of a text, and a text without them. */

/** What stands in a secret's place. */
export const MASK = '[secret]';

/** Part of a text. */
export interface Span {
  start: number;
  /** Behind its last character. */
  end: number;
}

/** Spans in order; those that touch or cover each other are one. */
export function joinSpans(spans: readonly Span[]): Span[] {
  // as of most texts
  if (spans.length === 0) return [];
  const joined: Span[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/** The text with the mask in place of each span. They are in order and apart. */
export function maskSpans(text: string, spans: readonly Span[]): string {
  let result = '';
  let from = 0;
  for (const { start, end } of spans) {
    result += text.slice(from, start) + MASK;
    from = end;
  }
  return result + text.slice(from);
}
