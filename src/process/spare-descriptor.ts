/**
 * A file descriptor that is kept back. Where this process may open no more files, it could no longer look into /proc, and so not find what it has
 * started and must end.
 */
import { closeSync, openSync } from 'node:fs';

let spare: number | undefined;

/** Takes it, where it isn't taken and the system still gives one. */
export function keepSpareDescriptor(): void {
  try {
    spare ??= openSync('/dev/null', 'r');
  } catch {
    // then there is none
  }
}

/** Does work that has one file open at a time: it always finds room for that one. */
export function withSpareDescriptor<T>(work: () => T): T {
  if (spare !== undefined) closeSync(spare);
  spare = undefined;
  try {
    return work();
  } finally {
    keepSpareDescriptor();
  }
}
