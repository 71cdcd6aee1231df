/** What a service has printed, bounded. */
import { lastPart } from '../text/last-part.ts';
import { plainText } from '../text/plain-text.ts';

export interface ServiceLog {
  add(raw: string): void;
  /** As plain text, from the start or from as far back as is kept. */
  text(): string;
  mark(): void;
  textSinceMark(): string;
  /** The last lines as plain text. */
  tail(): string;
}

/** Characters kept. */
const limit = 256 * 1024;
const tailLines = 20;
const tailCharacters = 4000;

export function createServiceLog(): ServiceLog {
  let kept = '';
  /** Characters that were there before what is kept. */
  let gone = 0;
  let markAt = 0;

  const keep = (size: number) => {
    if (kept.length <= size) return;
    gone += kept.length - limit;
    kept = kept.slice(-limit);
  };
  const rawFrom = (at: number) => kept.slice(Math.max(0, kept.length - limit, at - gone));

  return {
    add(raw) {
      kept += raw;
      // Cut only when it is twice as long: each cut copies.
      keep(2 * limit);
    },
    text: () => plainText(rawFrom(0)),
    mark() {
      markAt = gone + kept.length;
    },
    textSinceMark: () => plainText(rawFrom(markAt)),
    tail: () => lastPart(plainText(rawFrom(0)).trimEnd().split('\n').slice(-tailLines).join('\n'), tailCharacters),
  };
}
