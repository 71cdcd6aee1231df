/** The set-up on a fresh clone with empty caches, against `npm ci` alone. Needs the package registries. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Place } from './benchmarks.ts';
import { round, time } from './measure.ts';

/** What the set-up may take beyond one and a half times `npm ci`, in milliseconds: the Python toolchain, made meanwhile. */
const ALLOWANCE = 6000;

export async function measureSetUp({ root, folder }: Place) {
  const inEmptyClone = async (name: string, file: string, args: string[]) => {
    const clone = path.join(folder, `clone-${name}`);
    execFileSync('git', ['clone', '--quiet', root, clone]);
    const env = {
      ...process.env,
      XDG_CACHE_HOME: path.join(folder, `cache-${name}`),
      npm_config_cache: path.join(folder, `npm-${name}`),
      UV_CACHE_DIR: path.join(folder, `uv-${name}`),
    };
    const ms = await time({ file, args, env, cwd: clone });
    return { ms, clone, env };
  };
  const alone = await inEmptyClone('npm', 'npm', ['ci']);
  const whole = await inEmptyClone('whole', process.execPath, ['scripts/setup.mjs']);
  fs.rmSync(alone.clone, { recursive: true, force: true });
  const figure = round(whole.ms / (1.5 * alone.ms + ALLOWANCE));
  return { figure, details: { npmCi: Math.round(alone.ms), setUp: Math.round(whole.ms) } };
}

export async function measureSetUpAgain({ root }: Place) {
  const again = { file: process.execPath, args: [path.join(root, 'scripts/setup.mjs')], cwd: root };
  await time(again);
  const all: number[] = [];
  for (let i = 0; i < 9; i++) all.push(await time(again));
  all.sort((a, b) => a - b);
  return { figure: round((all[4] ?? NaN) / 1000), details: { least: Math.round(all[0] ?? NaN), most: Math.round(all[8] ?? NaN) } };
}
