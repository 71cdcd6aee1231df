import type { Finding, System } from './finding.ts';

const systems: [System, string][] = [
  ['debian', 'Debian, Ubuntu'],
  ['amazonLinux', 'Amazon Linux 2023'],
  ['macos', 'macOS'],
];

/**
 * What to do, a line each; a line that begins with two spaces is a command, to be copied whole.
 * @param system the machine's, where it is known: then its way alone
 */
export function fixLines({ fix }: Pick<Finding, 'fix'>, system?: System): string[] {
  if (fix === undefined) return [];
  if (typeof fix === 'string') return fix.split('\n');
  const own = system === undefined ? undefined : fix[system];
  if (own !== undefined) return [`  ${own}`];
  return systems.flatMap(([key, name]) => (fix[key] === undefined ? [] : [`${name}:`, `  ${fix[key]}`]));
}
