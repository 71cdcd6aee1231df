/**
 * Pins the Python packages anew: `node scripts/update-toolchain.mjs` after a change of `toolchain/*.in`.
 * Needs uv. Hashes of every platform's files are written, so the same files serve Linux and macOS, x86 and ARM.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../toolchain/', import.meta.url));

for (const name of ['requirements', 'lab-requirements', 'uv-requirements']) {
  const done = spawnSync(
    'uv',
    [
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
    ]
      // An index's address may hold a password and is no business of the locked file.
      .concat(['--no-emit-index-url', '--no-emit-find-links', '-o', `${name}.txt`, `${name}.in`]),
    { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (done.error || done.status !== 0) {
    process.stderr.write(done.error ? 'uv is not on PATH: https://docs.astral.sh/uv/\n' : `${name}.in could not be resolved.\n`);
    process.exit(1);
  }
  process.stderr.write(`toolchain/${name}.txt\n`);
}
