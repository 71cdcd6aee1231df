#!/usr/bin/env node
/**
 * The command. Answers `--version` by itself, in the time that Node takes to start; all else is in the bundle.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const args = process.argv.slice(2);
const bundle = new URL('../dist/cli.js', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

if (args.length === 1 && args[0] === '--version') {
  process.stdout.write(`${version}\n`);
} else if (!existsSync(bundle)) {
  process.stderr.write('labwalk is not built yet. Run: npm start (installs, builds and starts), or npm run build.\n');
  process.exitCode = 3;
} else {
  // Node 22 and later keep compiled code between starts.
  const modules = /** @type {{ enableCompileCache?: () => void } | undefined} */ (process.getBuiltinModule?.('node:module'));
  modules?.enableCompileCache?.();
  const { main } = await import(bundle.href);
  process.exit(await main(args, { root: fileURLToPath(new URL('..', import.meta.url)), version }));
}
