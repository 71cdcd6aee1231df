/** How a learner's files differ from the lab's version of a step. Plain data. */
import type { SyntaxMistake } from '../checks/syntax/syntax-verdict.ts';

export interface StepDiff {
  /** Name of the lab. */
  lab: string;
  /** Id of the step. */
  step: string;
  /** Id of the step whose checkpoint holds for it; undefined where the lab has no version yet. */
  checkpoint?: string;
  /** The lab's files in order, then those that only the learner has. */
  files: FileDiff[];
}

/**
 * `written-differently`: other text that means the same. `missing`: only the lab has it. `extra`: only the learner has it. `binary`, `too-big`:
 * it differs, and can't be compared line by line. `unreadable`: the learner's file can't be read; `reason` says why.
 */
export type FileStatus = 'same' | 'written-differently' | 'changed' | 'missing' | 'extra' | 'binary' | 'too-big' | 'unreadable';

export interface FileDiff {
  /** In the workspace, with `/`. */
  path: string;
  status: FileStatus;
  /** Places that differ, in order: old is the learner's text, new the lab's. */
  hunks: Hunk[];
  /** What can't be seen in the lines, a sentence each: how they end, a byte order mark. */
  facts: string[];
  /** The first mistake in the learner's file, where it is no program. */
  mistake?: SyntaxMistake;
  /** Why it could not be compared. */
  reason?: string;
  /** Both texts, where they were compared line by line. */
  texts?: Texts;
}

export interface Texts {
  yours: string;
  labs: string;
}

/** One place that differs, with up to three lines around it. Lines count from 1; a start with no lines is the line before, as in Git. */
export interface Hunk {
  oldStart: number;
  oldLines: number;
  newStart: number;
  newLines: number;
  lines: DiffLine[];
}

export interface DiffLine {
  /** `removed`: only in the learner's file; `added`: only in the lab's. */
  kind: 'same' | 'removed' | 'added';
  /** Without its end. */
  text: string;
  /** Its number in the learner's file and in the lab's, where it is in it. */
  old?: number;
  new?: number;
  /** Changed words, as offsets in `text`: start and end. */
  marks?: [number, number][];
  /** Index in the hunk's lines of the line that stands in its place on the other side. */
  pair?: number;
  /** No line end stands behind it. */
  noNewline?: true;
  /** It ends with CRLF, where lines of the file end in both ways. */
  crlf?: true;
}

/** Whether the file is as the lab wants it, as far as that can be told. What only the learner has is theirs. */
export const isAsWanted = ({ status }: Pick<FileDiff, 'status'>): boolean =>
  status === 'same' || status === 'written-differently' || status === 'extra';

/** What comparing the meaning of two texts has shown. */
export interface Meaning {
  /** True only where it is certain. */
  same: boolean;
  /** The first mistake in the learner's text. */
  mistake?: SyntaxMistake;
}
