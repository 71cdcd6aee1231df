/** Bundles src/cli.ts into dist/: `node scripts/build.mjs`. Lazily loaded rooms stay files of their own. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gatherChunks } from './gather-chunks.mjs';
import { slimInk } from './slim-ink.mjs';

/** Loaded from node_modules: a native module, and what custom checks import by name. */
const external = ['@lydell/node-pty', 'zx', 'zx/core'];

/** Packages that are imported, heavy and never used; a third of the time to load what shows Markdown. @param {string} root */
export const standIns = (root) =>
  Object.fromEntries(['cli-highlight', 'node-emoji', 'cli-table3'].map((name) => [name, path.join(root, 'scripts', 'stand-ins.mjs')]));

/** What bundled CommonJS packages use and an ES module has not. */
const banner = `import { createRequire as createLabwalkRequire } from 'node:module';
import { fileURLToPath as labwalkPath } from 'node:url';
const require = createLabwalkRequire(import.meta.url), labwalkFilename = labwalkPath(import.meta.url), labwalkDirname = labwalkPath(new URL('.', import.meta.url));`;

/**
 * How labwalk is bundled, for esbuild's `build`.
 * @param {string} root the checkout
 * @returns {import('esbuild').BuildOptions}
 */
export const bundleSettings = (root) => ({
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Packages' ES modules where they have some: what is not used is left out.
  mainFields: ['module', 'main'],
  external,
  // Ink's developer tools want the last one; it is not installed, and they are never loaded.
  alias: { ...standIns(root), 'react-devtools-core': path.join(root, 'scripts', 'stand-ins.mjs') },
  plugins: [slimInk, gatherChunks(root)],
  // Less text loads quicker; names stay, so that a stack can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'linked',
  logLevel: 'warning',
  define: {
    // Ink's development build leaks memory.
    'process.env.NODE_ENV': '"production"',
    __filename: 'labwalkFilename',
    __dirname: 'labwalkDirname',
  },
  banner: { js: banner },
});

/**
 * Builds into `dist`. Each file is put in place whole, cli.js last, so that a program that starts meanwhile finds either the
 * old bundle or the new one.
 * @param {string} root the checkout
 * @param {string} [entry] the file to bundle as `dist/cli.js`
 */
export async function build(root, entry = path.join(root, 'src', 'cli.ts')) {
  // Only now: before `npm ci` there is no esbuild, and the set-up loads this file.
  const esbuild = await import('esbuild');
  const dist = path.join(root, 'dist');
  const indexer = path.join(root, 'src', 'session', 'labs', 'index-labs.ts');
  // A thread loads a file.
  const worker = path.join(root, 'src', 'patterns', 'find-worker.js');
  const { outputFiles = [] } = await esbuild.build({
    ...bundleSettings(root),
    entryPoints: {
      cli: entry,
      ...(existsSync(indexer) ? { 'index-labs': indexer } : {}),
      ...(existsSync(worker) ? { 'find-worker': worker } : {}),
    },
    outdir: dist,
    write: false,
  });
  await mkdir(dist, { recursive: true });
  const last = path.join(dist, 'cli.js');
  const files = outputFiles.toSorted((a, b) => Number(a.path === last) - Number(b.path === last));
  for (const file of files) {
    const aside = `${file.path}.${process.pid}`;
    await writeFile(aside, file.contents);
    await rename(aside, file.path);
  }
  const made = new Set([...files.map((file) => path.basename(file.path)), 'labs.json']);
  const old = (await readdir(dist)).filter((name) => !made.has(name));
  await Promise.all(old.map((name) => rm(path.join(dist, name), { recursive: true, force: true })));
  if (existsSync(indexer)) {
    /** @type {{ indexLabs: (root: string) => void }} */
    const { indexLabs } = await import(pathToFileURL(path.join(dist, 'index-labs.js')).href);
    indexLabs(root);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build(fileURLToPath(new URL('..', import.meta.url)));
