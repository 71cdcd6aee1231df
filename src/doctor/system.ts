import { readFileSync } from 'node:fs';
import type { System } from './finding.ts';

/** Which way of installing things this machine has; nothing where we don't know it. */
export const detectSystem = (): System | undefined => systemOf(process.platform, readOrNothing('/etc/os-release'));

/** @param release text of /etc/os-release */
export function systemOf(platform: NodeJS.Platform, release: string): System | undefined {
  if (platform === 'darwin') return 'macos';
  const ids = [...release.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)/gm)].flatMap(([, value = '']) => value.split(' '));
  if (ids.some((id) => id === 'debian' || id === 'ubuntu')) return 'debian';
  return ids.includes('amzn') ? 'amazonLinux' : undefined;
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
