/**
 * A mark that a process and all that it ever starts carry, also with a cleared environment, in a session of its own, and when its parents are gone:
 * the limit on file locks (RLIMIT_LOCKS). Each process has it from its parent, and the kernel has not looked at it since Linux 2.4.25 (getrlimit(2)). The
 * hard limit, which nobody without privileges can raise again, is the family's id; the soft one tells its generations apart. Linux only; macOS has
 * no such limit and shows no other process's limits.
 */
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hasProc } from './liveness.ts';

/** Below this, two marks could be the same by chance. */
const least = 2 ** 40;
/** Twelve hexadecimal digits. */
const most = 2 ** 48 - 1;

/**
 * Makes an id of twelve hexadecimal digits that no other family has. In a labwalk that runs in another one's terminal it is below that one's, since a
 * limit can only be lowered.
 */
export function makeFamilyId(): string {
  const limit = limitsOf('self')?.hard ?? most;
  const top = limit > 2 * least ? Math.min(limit, most) : most;
  return randomInt(least, top).toString(16).padStart(12, '0');
}

/** A line of shell that marks the shell, and with it all that it starts. Where it can't, nothing is said. */
export const markLine = (id: string): string => `ulimit -x ${parseInt(id, 16)} 2>/dev/null`;

/** A line of shell that numbers what the shell starts from here on. `number` is arithmetic of the shell: `N+1`. */
export const generationLine = (number: string): string => `builtin ulimit -S -x "$((${number}))" 2>/dev/null`;

export interface FamilyMark {
  family: string;
  generation: number;
}

/** The family that a process belongs to; undefined where it belongs to none, or nobody can say. */
export function familyMarkOf(pid: number): FamilyMark | undefined {
  const limits = limitsOf(String(pid));
  if (limits === undefined || limits.hard < least) return undefined;
  return { family: limits.hard.toString(16).padStart(12, '0'), generation: limits.soft };
}

export const familyOf = (pid: number): string | undefined => familyMarkOf(pid)?.family;

/** Undefined where there is no hard limit. */
function limitsOf(process: string): { soft: number; hard: number } | undefined {
  if (!hasProc) return undefined;
  try {
    const found = /^Max file locks +(\d+) +(\d+)/m.exec(readFileSync(`/proc/${process}/limits`, 'latin1'));
    return found ? { soft: Number(found[1]), hard: Number(found[2]) } : undefined;
  } catch {
    return undefined;
  }
}
