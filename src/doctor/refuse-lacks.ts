import { UserError } from '../errors.ts';
import type { Finding } from './finding.ts';
import { fixLines } from './fix-lines.ts';
import { detectSystem } from './system.ts';

/**
 * Throws a UserError that tells all that is missing at once, and what to do.
 * @example The lab hello cannot run on this machine yet. jq is not on PATH.
 *   For jq: sudo apt install jq. `labwalk doctor LAB` looks at everything.
 */
export function refuseLacks(lab: string, missing: readonly Finding[], whichSystem = detectSystem): void {
  if (missing.length === 0) return;
  const system = whichSystem();
  const why = missing.map(({ name, found, why: reason = '' }) =>
    reason.includes(name) || !found ? reason : `${name} is ${found}: ${reason}`,
  );
  const fixes = missing.map((finding) => `For ${finding.name}: ${oneLine(fixLines(finding, system))}`);
  throw new UserError(`The lab ${lab} cannot run on this machine yet. ${why.join(' ')}`, {
    fix: `${fixes.join(' ')} \`labwalk doctor LAB\` looks at everything.`,
  });
}

/** The ways one after the other, as sentences. */
function oneLine(lines: readonly string[]): string {
  const text = lines.map((line, i) => (line.startsWith('  ') && lines[i + 1] !== undefined ? `${line.trim()};` : line.trim())).join(' ');
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
