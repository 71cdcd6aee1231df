/** A diff as `labwalk diff --json` tells it. Its keys are promises: docs/json.md. */
import { isAsWanted, type DiffLine, type FileDiff, type FileStatus, type Hunk, type StepDiff } from './types.ts';

export interface JsonDiff {
  lab: string;
  step: string;
  checkpoint?: string;
  /** Nothing differs that matters. */
  same: boolean;
  files: JsonFileDiff[];
}

export interface JsonFileDiff {
  path: string;
  status: FileStatus;
  reason?: string;
  mistake?: { line: number; column?: number; message: string };
  facts: string[];
  hunks: (Omit<Hunk, 'lines'> & { lines: Omit<DiffLine, 'pair'>[] })[];
}

export function tellDiff({ lab, step, checkpoint, files }: StepDiff): JsonDiff {
  return { lab, step, ...(checkpoint === undefined ? {} : { checkpoint }), same: files.every(isAsWanted), files: files.map(tellFile) };
}

function tellFile({ path, status, reason, mistake, facts, hunks }: FileDiff): JsonFileDiff {
  return {
    path,
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(mistake ? { mistake } : {}),
    facts,
    hunks: hunks.map(({ lines, ...place }) => ({ ...place, lines: lines.map(({ pair: _, ...line }) => line) })),
  };
}
