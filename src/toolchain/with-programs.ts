import path from 'node:path';

/** The environment with folders of programs before the others of PATH. */
export const withPrograms = (env: Record<string, string>, programs: readonly string[]): Record<string, string> =>
  programs.length === 0 ? env : { ...env, PATH: [...programs, env['PATH'] ?? '/usr/bin:/bin'].join(path.delimiter) };
