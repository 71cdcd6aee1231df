import path from 'node:path';

/** A directory as events show it: relative to the workspace inside it, `.` for the workspace itself, else absolute. */
export function shownDirectory(workspace: string, directory: string): string {
  const relative = path.relative(workspace, directory);
  return relative === '' ? '.' : relative.startsWith('..') || path.isAbsolute(relative) ? directory : relative;
}
