/** One file of the learner's against the lab's. Pure. */
import { diffTexts } from './compare-texts.ts';
import type { FileDiff } from './types.ts';

/** Larger files are told to differ, not where. Bytes. */
export const mostBytes = 1_000_000;

/** What was found at the learner's path. `size` in bytes; `content` where it is not too big. */
export type FoundFile = { kind: 'missing' } | { kind: 'unreadable'; reason: string } | { kind: 'file'; size: number; content?: Buffer };

/** Without a look at what the texts mean. */
export function compareFile(path: string, yours: FoundFile, labs: Buffer): FileDiff {
  const base = { path, hunks: [], facts: [] };
  if (yours.kind === 'missing') return { ...base, status: 'missing' };
  if (yours.kind === 'unreadable') return { ...base, status: 'unreadable', reason: yours.reason };
  if (yours.content?.equals(labs)) return { ...base, status: 'same' };
  if (!yours.content || labs.length > mostBytes)
    return { ...base, status: 'too-big', reason: `yours has ${inBytes(yours.size)}, the lab's ${inBytes(labs.length)}` };
  const texts = { yours: decode(yours.content), labs: decode(labs) };
  if (texts.yours === undefined || texts.labs === undefined) {
    const whose = texts.labs === undefined ? "the lab's is no text" : 'yours is no text in UTF-8';
    return { ...base, status: 'binary', reason: whose };
  }
  const both = { yours: texts.yours, labs: texts.labs };
  const compared = diffTexts(both);
  // Where only the ends of lines differ there is no place to show.
  return { path, status: compared.hunks.length === 0 ? 'written-differently' : 'changed', ...compared, texts: both };
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** As UTF-8; undefined where it is none, or holds a NUL as no text does. */
function decode(content: Buffer): string | undefined {
  if (content.includes(0)) return undefined;
  try {
    return strict.decode(content);
  } catch {
    return undefined;
  }
}

const inBytes = (size: number): string =>
  size < 10_000 ? `${size} bytes` : size < mostBytes ? `${Math.round(size / 1000)} kB` : `${(size / 1e6).toFixed(1)} MB`;
