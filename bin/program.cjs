/** The program, for a Node that is new enough. Answers `--version` by itself, in the time that Node takes to start; all else is in the bundle. */
'use strict';

const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { setFlagsFromString } = require('node:v8');

const root = path.join(__dirname, '..');
const bundle = path.join(root, 'dist', 'cli.js');
const args = process.argv.slice(2);
/** About 90 are open at once while the program is loaded. */
const filesNeeded = 128;
/** @type {{ version: string }} */
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

if (args.length === 1 && args[0] === '--version') {
  process.stdout.write(`${version}\n`);
} else if (!existsSync(bundle)) {
  process.stderr.write('labwalk is not built yet. Run: npm start (installs, builds and starts), or npm run build.\n');
  process.exitCode = 3;
} else if (filesAllowed() < filesNeeded) {
  void refuseLimit();
} else {
  void run();
}

/** How many files this process may have open, as far as the system tells: on Linux. Node itself has lifted the limit as far as it goes. */
function filesAllowed() {
  try {
    const [, limit] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return limit === undefined ? Infinity : Number(limit);
  } catch {
    return Infinity;
  }
}

/** With fewer, not even the program's own files can be loaded, at any place in it. */
async function refuseLimit() {
  /** @type {typeof import('../toolchain/refusal.mjs')} */
  const { helpAgainstLimit } = await import(pathToFileURL(path.join(root, 'toolchain', 'refusal.mjs')).href);
  const why = `A program that is started here may have ${filesAllowed()} files open (\`ulimit -n\`), and labwalk needs ${filesNeeded}.`;
  process.stderr.write(`${why}\n${helpAgainstLimit}\n`);
  process.exitCode = 3;
}

async function run() {
  // A file that gets larger than `ulimit -f` allows would end the program without a word. With a listener the write fails, and is told.
  process.on('SIGXFSZ', () => {});
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
