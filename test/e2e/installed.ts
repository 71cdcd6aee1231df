/**
 * The flagship's virtual environment, made once a test run: to install Chalice and HTTPie is a third of the whole lab. Tests whose subject
 * comes later begin with a copy; the lab's commands are done all the same, and find that everything is there.
 */
import fs from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { inject } from 'vitest';
import { withLock } from '../../toolchain/lock.mjs';
import { root } from './program.ts';

/** Gives the workspace in which the flagship has installed them. */
export async function installedWorkspace(): Promise<string> {
  const folder = inject('runFolder');
  const workspace = path.join(folder, 'installed');
  await withLock(path.join(folder, 'installed.lock'), async () => {
    if (fs.existsSync(workspace)) return;
    const making = path.join(folder, 'making');
    const args = ['run', 'chalice', '--sandbox', '--through', 'install', '--workspace', making];
    await execa(process.execPath, [path.join(root, 'bin/labwalk.js'), ...args], { stdin: 'ignore' });
    fs.renameSync(making, workspace);
    move(path.join(workspace, '.venv'), making, workspace);
  });
  return workspace;
}

/** A workspace in which there is nothing but the virtual environment. */
export async function startInstalled(workspace: string): Promise<void> {
  const installed = await installedWorkspace();
  fs.cpSync(path.join(installed, '.venv'), path.join(workspace, '.venv'), { recursive: true, verbatimSymlinks: true });
  move(path.join(workspace, '.venv'), installed, workspace);
}

/** Its settings and programs name the folder that they are in. */
function move(venv: string, from: string, to: string): void {
  const programs = fs.readdirSync(path.join(venv, 'bin')).map((name) => path.join(venv, 'bin', name));
  for (const file of [path.join(venv, 'pyvenv.cfg'), ...programs]) {
    if (fs.lstatSync(file).isFile()) fs.writeFileSync(file, fs.readFileSync(file, 'latin1').replaceAll(from, to), 'latin1');
  }
}
