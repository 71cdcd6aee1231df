/** The program, for a Node that is new enough. Answers `--version` by itself, in the time that Node takes to start; all else is in the bundle. */
'use strict';

const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { setFlagsFromString } = require('node:v8');

const root = path.join(__dirname, '..');
const bundle = path.join(root, 'dist', 'cli.js');
const args = process.argv.slice(2);
/** @type {{ version: string }} */
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

if (args.length === 1 && args[0] === '--version') {
  process.stdout.write(`${version}\n`);
} else if (!existsSync(bundle)) {
  process.stderr.write('labwalk is not built yet. Run: npm start (installs, builds and starts), or npm run build.\n');
  process.exitCode = 3;
} else {
  void run();
}

async function run() {
  // A run waits for programs most of the time: what is compiled for speed too early takes the processor from those. Known of these Nodes;
  // a later one may not have the flag, and would say so.
  if (Number.parseInt(process.versions.node) <= 24) setFlagsFromString('--interrupt-budget=1000000');
  // Node 22 and later keep compiled code between starts.
  const modules = /** @type {{ enableCompileCache?: () => void } | undefined} */ (process.getBuiltinModule?.('node:module'));
  modules?.enableCompileCache?.();
  /** @type {{ main: (args: string[], about: { root: string, version: string }) => Promise<number> }} */
  const { main } = await import(pathToFileURL(bundle).href);
  process.exit(await main(args, { root: `${root}${path.sep}`, version }));
}
