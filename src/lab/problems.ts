import path from 'node:path';
import type { Place, Problem } from './types.ts';

/** Takes problems while a lab is read. */
export type ReportProblem = (place: Place, what: string, more?: { why?: string; fix?: string }) => void;

/** By file in the order given, then line, then column. Equal ones are told once. */
export function sortProblems(problems: readonly Problem[], firstFile: string): Problem[] {
  const rank = (problem: Problem) => (problem.file === firstFile ? '' : problem.file);
  const sorted = [...problems].sort(
    (a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
  const seen = new Set<string>();
  return sorted.filter((problem) => {
    const key = `${problem.file}:${problem.line}:${problem.column}:${problem.what}`;
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * One line for the author: `labs/chalice/lab.md:59:7: unknown key "statuss" in the http check. Did you mean "status"?`
 * @param cwd folder that paths are shown relative to; files outside of it keep their whole path
 */
export function formatProblem(problem: Problem, cwd: string): string {
  const relative = path.isAbsolute(problem.file) ? path.relative(cwd, problem.file) : problem.file;
  const file = relative.startsWith('..') || relative === '' ? problem.file : relative;
  const what = /[.!?]$/.test(problem.what) ? problem.what : `${problem.what}.`;
  return [`${file}:${problem.line}:${problem.column}:`, what, problem.why, problem.fix].filter(Boolean).join(' ');
}

/** `Did you mean "status"?`, or the list of what would do. */
export function didYouMean(near: string | undefined, known: readonly string[], label: string): string {
  if (near !== undefined) return `Did you mean "${near}"?`;
  return known.length > 0 ? `${label}: ${known.join(', ')}.` : '';
}
