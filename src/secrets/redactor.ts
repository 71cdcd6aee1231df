/** Removes secrets from all text before it can leave a Run: those that are known, and what looks like one by where it stands. */
import { formsOf, hasEscape, simplify, unfinishedAt, type Span } from './forms.ts';
import { findShapes, longestBefore, shapeBegunAt, type GoesOn } from './shapes.ts';

export type { Span };

export const MASK = '[secret]';
/** So much of a secret's beginning is hidden, too, when its rest never comes. */
const tellingLength = 6;

export interface Redactor {
  /** Secrets become known while a lab goes on: keys given, keys exported by the learner. Texts shorter than 8 characters are not taken. */
  add(secrets: Iterable<string>): void;
  /** The text without secrets. */
  redact(text: string): string;
  /** Where in the text secrets stand: in order, apart from each other. */
  find(text: string): Span[];
  /** For text that comes in pieces: holds back the end of a piece while it may be the beginning of a secret. */
  stream(): RedactedStream;
}

export interface RedactedStream {
  write(piece: string): string;
  /** What was held back. */
  end(): string;
}

export function createRedactor(secrets: Iterable<string> = []): Redactor {
  const known = new Set<string>();
  const forms = new Set<string>();
  let pattern: RegExp | undefined;

  const add = (more: Iterable<string>) => {
    const before = forms.size;
    for (const secret of more) {
      if (known.has(secret)) continue;
      known.add(secret);
      for (const form of formsOf(secret)) forms.add(form);
    }
    if (forms.size === before) return;
    // the longest first, so that a secret that begins another one leaves no rest
    const longestFirst = [...forms].sort((a, b) => b.length - a.length);
    pattern = new RegExp(longestFirst.map(escapePattern).join('|'), 'g');
  };

  /** The text in both ways in which a secret may stand in it: behind a `%2` an `F` may be its own first letter. */
  const readings = (text: string) => (hasEscape(text) ? [simplify(text), simplify(text, 'keep')] : [simplify(text)]);
  const findKnown = (text: string): Span[] => {
    const whole = pattern;
    if (!whole) return [];
    return readings(text).flatMap((simple) =>
      [...simple.text.matchAll(whole)].map((match) => simple.original({ start: match.index, end: match.index + match[0].length })),
    );
  };
  /** Where at the end of the text a known secret begins. */
  const begunAt = (text: string): number | undefined => {
    if (!pattern) return undefined;
    const places = readings(text).flatMap((simple) => {
      const at = unfinishedAt(simple.text, forms);
      return at === undefined ? [] : [simple.original({ start: at, end: at + 1 }).start];
    });
    return places.length === 0 ? undefined : Math.min(...places);
  };
  const find = (text: string): Span[] => join([...findKnown(text), ...findShapes(text)]);
  const redact = (text: string): string => cutOut(text, find(text));
  add(secrets);

  return {
    add,
    redact,
    find,
    stream: () => createStream({ findKnown, begunAt }),
  };
}

interface Finder {
  findKnown(text: string): Span[];
  begunAt(text: string): number | undefined;
}

function createStream({ findKnown, begunAt }: Finder): RedactedStream {
  /** The end of what was passed on: a secret may be known by what stands before it. */
  let passed = '';
  let held = '';
  /** The last thing passed on was a secret; what still belongs to it is left out. */
  let goesOn: GoesOn | undefined;

  const pass = (text: string) => {
    passed = (passed + text).slice(-longestBefore);
    return text;
  };

  return {
    write(piece) {
      let fresh = held + piece;
      held = '';
      if (goesOn) {
        fresh = fresh.slice(goesOn(fresh));
        if (fresh === '') return '';
        goesOn = undefined;
      }
      const text = passed + fresh;
      const from = passed.length;
      const shapes = findShapes(text);
      const spans = join([...findKnown(text), ...shapes]).filter(({ end }) => end > from);
      let cut = Math.max(from, Math.min(text.length, begunAt(text) ?? Infinity, shapeBegunAt(text) ?? Infinity));
      // the end of a secret may look like the beginning of another one
      for (const { start, end } of spans) if (start < cut && cut < end) cut = end;
      held = text.slice(cut);
      const last = shapes.find(({ goesOn: more, start }) => more && start < cut);
      if (cut === text.length) goesOn = last?.goesOn;
      const before = spans.filter(({ start }) => start < cut);
      return pass(cutOut(text.slice(from, cut), before.map(moveBack(from))));
    },
    end() {
      const text = passed + held;
      const from = passed.length;
      const begun = begunAt(text);
      // line ends and escapes behind a single letter tell nothing
      const half =
        begun === undefined || simplify(text.slice(begun)).text.length < tellingLength ? [] : [{ start: begun, end: text.length }];
      const spans = join([...findKnown(text), ...findShapes(text), ...half]).filter(({ end }) => end > from);
      held = '';
      goesOn = undefined;
      return pass(cutOut(text.slice(from), spans.map(moveBack(from))));
    },
  };
}

const moveBack =
  (by: number) =>
  ({ start, end }: Span): Span => ({ start: Math.max(start - by, 0), end: end - by });

/** Spans in order; those that touch or cover each other are one. */
function join(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

function cutOut(text: string, spans: readonly Span[]): string {
  let result = '';
  let from = 0;
  for (const { start, end } of spans) {
    result += text.slice(from, start) + MASK;
    from = end;
  }
  return result + text.slice(from);
}

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Keys by their shape, and what stands behind a name that says it is one, in a text that nobody has looked through. */
const KEYS_IN_TEXT: readonly [RegExp, string][] = [
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, MASK],
  [/(:\/\/[^/\s:@]+:)[^/\s@]+(?=@)/g, `$1${MASK}`],
  [/-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?-----END \1-----/g, MASK],
  [
    /((?:secret_?access_?key|session_?token|security_?token|api_?key|auth_?token|password|passwd)["']?\s*[:=]\s*["']?)(?!\[secret\])[^\s"',;#<>&]{8,}/gi,
    `$1${MASK}`,
  ],
];

/** The text without what looks like a key or password. For a person's own files: no secret of theirs is known. */
export const redactKeys = (text: string): string => KEYS_IN_TEXT.reduce((rest, [pattern, mask]) => rest.replace(pattern, mask), text);
