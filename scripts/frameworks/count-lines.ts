/** How long a file of a project is for who reads it. */

export interface CountedFile {
  /** Path in the project. */
  path: string;
  kind: 'code' | 'configuration' | 'other';
  /** Without empty ones, and without those that are only a comment. */
  lines: number;
}

export function countLines(path: string, text: string): CountedFile {
  const lines = text.split('\n').filter((line) => /\S/.test(line) && !/^\s*#/.test(line));
  return { path, kind: kindOf(path), lines: lines.length };
}

function kindOf(path: string): CountedFile['kind'] {
  if (/\.(py|js|mjs|ts)$/.test(path)) return 'code';
  return /\.(ya?ml|json|toml)$|(^|\/)requirements[^/]*\.txt$/.test(path) ? 'configuration' : 'other';
}
