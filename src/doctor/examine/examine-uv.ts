import { readdirSync } from 'node:fs';
import path from 'node:path';
import { findOnPath } from '../../../toolchain/run-command.mjs';
import type { Finding } from '../finding.ts';

/** The uv of the person's, or the one that labwalk has fetched. */
export function findUv(env: Readonly<Record<string, string>>, cache: string): string | undefined {
  const [own] = findOnPath('uv', env);
  if (own) return own;
  const folder = listFolder(cache).find((name) => name.startsWith('uv-'));
  return folder === undefined ? undefined : path.join(cache, folder, 'bin', 'uv');
}

/** uv is never missing: labwalk fetches it, and where it cannot, pip does its work. */
export function judgeUv(file: string | undefined): Finding {
  const found = file ?? 'not there; labwalk fetches it, or does its work with pip';
  return { id: 'uv', name: 'uv', status: 'ok', found };
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
