/** A file's differences as `diff -u` writes them, for files and programs. */
import type { DiffLine, FileDiff, Hunk } from './types.ts';

/** Nothing where no place differs. Old is the learner's file, new the lab's. */
export function unifiedText({ path, hunks }: FileDiff): string {
  return hunks.length === 0 ? '' : [`--- yours/${path}`, `+++ lab/${path}`, ...hunks.flatMap(hunkLines), ''].join('\n');
}

const hunkLines = ({ oldStart, oldLines, newStart, newLines, lines }: Hunk): string[] => [
  `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
  ...lines.flatMap((line) => [`${signs[line.kind]}${line.text}`, ...(line.noNewline ? ['\\ No newline at end of file'] : [])]),
];

const signs: Record<DiffLine['kind'], string> = { same: ' ', removed: '-', added: '+' };
