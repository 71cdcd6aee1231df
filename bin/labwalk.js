#!/usr/bin/env node
/**
 * The command. Answers `--version` by itself, in the time that Node takes to start; all else is in the bundle.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const args = process.argv.slice(2);
const bundle = new URL('../dist/cli.js', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

if (args.length === 1 && args[0] === '--version') {
  process.stdout.write(`${version}\n`);
} else if (!existsSync(bundle)) {
  process.stderr.write('labwalk is not built yet. Run: npm start (installs, builds and starts), or npm run build.\n');
  process.exitCode = 3;
} else {
  // A run waits for programs most of the time: what is compiled for speed too early takes the processor from those. Known of these Nodes;
  // a later one may not have the flag, and would say so.
  if (Number.parseInt(process.versions.node) <= 24) setFlagsFromString('--interrupt-budget=1000000');
  // Node 22 and later keep compiled code between starts.
  const modules = /** @type {{ enableCompileCache?: () => void } | undefined} */ (process.getBuiltinModule?.('node:module'));
  modules?.enableCompileCache?.();
  const { main } = await import(bundle.href);
  process.exit(await main(args, { root: fileURLToPath(new URL('..', import.meta.url)), version }));
}
