import path from 'node:path';

/**
 * What to tell of files of a sandbox's state that could not be read; undefined where there are none.
 *
 * @example tellDamage(['/w/.labwalk/sandbox/state/damaged/iam-20260102T030405.json'])
 */
export function tellDamagedState(files: readonly string[]): string | undefined {
  const [first] = files;
  if (first === undefined) return undefined;
  const names = files.map((file) => path.basename(file).replace(/-\d{8}T\d{6}\.json$/, ''));
  return `What the sandbox had kept of ${names.join(', ')} could not be read, so it runs without that: deploy again what is missing. The damaged files are in ${path.dirname(first)} now.`;
}
