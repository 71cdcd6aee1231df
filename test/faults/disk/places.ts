/** Places for files on which something is wrong: disks of their own in memory, and folders of another user. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { root } from '../../e2e/program.ts';

/**
 * Mounts a disk in memory, on a folder of its own or over one that is there. It's unmounted after the test; the suite's mounts are seen by nobody
 * else.
 *
 * @param options of mount(8) for a tmpfs: `size=64k`
 * @returns the folder
 */
export function mountDisk(options: string, over?: string): string {
  const folder = over ?? fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'labwalk-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
    if (over === undefined) fs.rmdirSync(folder);
  });
  return folder;
}

/** Writes a file until not one byte more has room. Returns its path: to remove it makes room again. */
export function fillDisk(folder: string): string {
  const file = path.join(folder, 'filler');
  const descriptor = fs.openSync(file, 'a');
  for (let size = 65_536; size >= 1; size = Math.floor(size / 16)) {
    try {
      while (fs.writeSync(descriptor, Buffer.alloc(size)) > 0);
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
    }
  }
  fs.closeSync(descriptor);
  return file;
}

/** Fills a disk in memory that has more in it than is the test's own: it is as large as that until the test ends. Returns the file that fills it. */
export function limitDisk(folder: string): string {
  const { blocks, bfree, bsize } = fs.statfsSync(folder);
  const resize = (size: string | number) => execFileSync('mount', ['-o', `remount,size=${size}`, folder]);
  resize((blocks - bfree) * bsize + 65_536);
  onTestFinished(() => void resize('50%'));
  return fillDisk(folder);
}

/** What no person should ever be shown: a stack, or that labwalk takes what happened for a mistake of its own. */
const trace = /^\s+at .+:\d+:\d+\)?$|node:internal|mistake in labwalk/m;

/** Expects that something went wrong, and that it was said in words. */
export function expectWords({ stdout, stderr }: { stdout: string; stderr: string }): void {
  expect(stdout + stderr).not.toMatch(trace);
}

/** A user without a name and without rights. */
const uid = 64_999;

export interface OtherUser {
  /** A folder of theirs, with their HOME and all else that labwalk writes for them in it. */
  folder: string;
  /** For `labwalk(args, { before, env })`. */
  before: readonly string[];
  env: Record<string, string | undefined>;
  /** Gives them a file, or a folder with all that is in it. */
  give(file: string): void;
}

/** Somebody else than root, who may read the checkout. */
export function makeOtherUser(): OtherUser {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'labwalk-other-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const before = ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
  const give = (file: string) => void execFileSync('chown', ['-R', `${uid}:${uid}`, file]);
  give(folder);
  const [command = '', ...words] = [...before, process.execPath, path.join(root, 'bin/labwalk.js'), '--version'];
  const { status, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Another user can't run labwalk in ${root}: ${stderr}`);
  const env = { HOME: folder, XDG_CACHE_HOME: undefined, XDG_CONFIG_HOME: undefined, XDG_RUNTIME_DIR: undefined };
  return { folder, before, env, give };
}

/** Lets everybody read a lab that was made for the test. */
export function openToAll(lab: { file: string }): void {
  execFileSync('chmod', ['-R', 'go+rX', path.dirname(path.dirname(lab.file))]);
}

/** Fills what is left of the journal's last page, too: a full disk in memory still has room there. */
export function fillJournal(workspace: string): void {
  const file = path.join(workspace, '.labwalk/journal.ndjson');
  const event = (text: string) =>
    `${JSON.stringify({ time: new Date().toISOString(), lab: 'trial', type: 'notice', level: 'info', text })}\n`;
  const left = 4096 - (fs.statSync(file).size % 4096) - event('').length;
  if (left > 0) fs.appendFileSync(file, event('x'.repeat(left)));
}
