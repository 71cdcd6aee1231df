/**
 * Pins packages anew: `node scripts/update-toolchain.mjs` after a change of `toolchain/*.in`, or of a lab's `requirements.in` or `package.json`. A lab's
 * Python packages keep to the versions of `toolchain/lab-requirements.txt`: those wheels are at hand. Needs uv and npm. Hashes of every platform's files are written, so the same files serve Linux and macOS, x86 and ARM.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const toolchain = path.join(root, 'toolchain');

for (const name of ['requirements', 'lab-requirements', 'uv-requirements']) lockPython(toolchain, name);

for (const lab of readdirSync(path.join(root, 'labs'))) {
  const folder = path.join(root, 'labs', lab, 'packages');
  const has = (/** @type {string} */ name) => existsSync(path.join(folder, name));
  if (has('requirements.in')) lockPython(folder, 'requirements', ['-c', path.join(toolchain, 'lab-requirements.txt')]);
  if (has('package.json')) {
    const args = ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund', '--omit-lockfile-registry-resolved'];
    run('npm', args, folder, path.join(folder, 'package-lock.json'));
  }
}

/**
 * @param {string} folder
 * @param {string} name of `NAME.in` and `NAME.txt`
 * @param {string[]} [more]
 */
function lockPython(folder, name, more = []) {
  const args = [
    'pip',
    'compile',
    '--quiet',
    '--upgrade',
    '--generate-hashes',
    '--universal',
    '--python-version',
    '3.10',
    '--no-header',
    '--no-annotate',
  ];
  // An index's address may hold a password and is no business of the locked file.
  const hidden = ['--no-emit-index-url', '--no-emit-find-links'];
  run('uv', [...args, ...hidden, ...more, '-o', `${name}.txt`, `${name}.in`], folder, path.join(folder, `${name}.txt`));
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} folder
 * @param {string} made what it makes
 */
function run(command, args, folder, made) {
  const done = spawnSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (done.error || done.status !== 0) {
    process.stderr.write(done.error ? `${command} is not on PATH.\n` : `${path.relative(root, made)} could not be made.\n`);
    process.exit(1);
  }
  process.stderr.write(`${path.relative(root, made)}\n`);
}
