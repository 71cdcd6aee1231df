/** Removes secrets from all text before it can leave a Run: those that are known, and what must be one by its name, its place or its beginning. */
import { findSecrets, longestBefore, type Reading } from './find-secrets.ts';
import { closeUp, createFormIndex, formsOf, hasEscape, simplify } from './forms.ts';
import { joinSpans, maskSpans, type Span } from './span.ts';

/** So much of a secret's beginning is hidden, too, when its rest never comes. */
const tellingLength = 6;
/** What waits for the end of a secret is not longer than this, in characters: then it is taken as it is. */
const mostHeld = 64 * 1024;

export interface Redactor {
  /** Secrets become known while a lab goes on: keys given, keys exported by the learner. Texts shorter than 8 characters are not taken. */
  add(secrets: Iterable<string>): void;
  /** The text without secrets. */
  redact(text: string, reading?: Pick<Reading, 'kind' | 'handedOn'>): string;
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
  const forms = createFormIndex();

  const add = (more: Iterable<string>) => {
    for (const secret of more) {
      if (known.has(secret)) continue;
      known.add(secret);
      for (const form of formsOf(secret)) forms.add(form);
    }
  };

  /** The text in all ways in which a secret may stand in it: behind a `%2` an `F` may be its own first letter. */
  const readings = (text: string, begun = false) =>
    [simplify(text), hasEscape(text) ? simplify(text, 'keep') : undefined, closeUp(text, begun)].filter((reading) => reading !== undefined);
  const findKnown = (text: string): Span[] =>
    forms.size === 0 ? [] : readings(text).flatMap((simple) => forms.find(simple.text).map(simple.original));
  /** Where at the end of the text a known secret begins. */
  const begunAt = (text: string): number | undefined => {
    if (forms.size === 0) return undefined;
    const places = readings(text, true).flatMap((simple) => {
      const at = forms.unfinishedAt(simple.text);
      return at === undefined ? [] : [simple.original({ start: at, end: at + 1 }).start];
    });
    return places.length === 0 ? undefined : Math.min(...places);
  };
  const find = (text: string, reading?: Reading): Span[] => joinSpans([...findKnown(text), ...findSecrets(text, reading).spans]);
  add(secrets);

  return {
    add,
    redact: (text, reading) => maskSpans(text, find(text, reading)),
    find: (text) => find(text),
    stream: () => createStream({ findKnown, begunAt }),
  };
}

/** The same redactor; `hear` is told all that becomes known through this one. */
export const heard = (redactor: Redactor, hear: (secrets: Iterable<string>) => void): Redactor => ({
  ...redactor,
  add(secrets) {
    const all = [...secrets];
    redactor.add(all);
    hear(all);
  },
});

interface Finder {
  findKnown(text: string): Span[];
  begunAt(text: string): number | undefined;
}

function createStream({ findKnown, begunAt }: Finder): RedactedStream {
  /** The end of what was passed on: a secret may be known by what stands before it. */
  let passed = '';
  let held = '';

  /** Passes on the text up to `cut`, and holds the rest. */
  const pass = (text: string, cut: number, spans: readonly Span[]) => {
    const from = passed.length;
    held = text.slice(cut);
    const now = joinSpans(spans).filter(({ start, end }) => end > from && start < cut);
    const shown = maskSpans(
      text.slice(from, cut),
      now.map(({ start, end }) => ({ start: Math.max(start - from, 0), end: end - from })),
    );
    passed = text.slice(Math.max(0, cut - longestBefore), cut);
    return shown;
  };

  return {
    write(piece) {
      // a known secret is held from its beginning on: nothing of it has been passed
      const fresh = held + piece;
      const text = passed + fresh;
      const from = passed.length;
      const { spans, undecided } = findSecrets(text, { goesOn: true });
      // of one that is itself undecided nothing is known yet
      const decided = spans.filter(({ start }) => start < (undecided ?? Infinity));
      const all = joinSpans([...findKnown(fresh).map(moveBy(from)), ...decided]);
      let cut = Math.max(from, Math.min(text.length, from + (begunAt(fresh) ?? Infinity), undecided ?? Infinity));
      if (text.length - cut > mostHeld) return pass(text, text.length, [...all, ...spans]);
      // the end of a secret may look like the beginning of another one
      for (const { start, end } of all) if (start < cut && cut < end) cut = end;
      return pass(text, cut, all);
    },
    end() {
      const text = passed + held;
      const begun = begunAt(held);
      // line ends and escapes behind a single letter tell nothing
      const half =
        begun === undefined || simplify(held.slice(begun)).text.length < tellingLength ? [] : [{ start: begun, end: held.length }];
      const known = [...findKnown(held), ...half].map(moveBy(passed.length));
      return pass(text, text.length, [...known, ...findSecrets(text).spans]);
    },
  };
}

const moveBy =
  (by: number) =>
  ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
