import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { makeFolder } from './folders.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** A checkout with these files in src/. */
function makeCheckout(files: Record<string, string>): string {
  const root = makeFolder();
  mkdirSync(path.join(root, 'src'));
  for (const name of ['bin', 'package.json', 'toolchain']) cpSync(path.join(checkout, name), path.join(root, name), { recursive: true });
  symlinkSync(path.join(checkout, 'node_modules'), path.join(root, 'node_modules'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, 'src', name), text);
  return root;
}

const run = (root: string, ...args: string[]) =>
  execa(process.execPath, [path.join(root, 'bin', 'labwalk.js'), ...args], { reject: false });

test('what is loaded lazily is a file of its own; exit code and arguments go through; CommonJS packages work', async () => {
  const root = makeCheckout({
    'cli.ts': `export async function main(argv: string[], about: object): Promise<number> {
      if (argv[0] === 'lazy') console.log((await import('./lazy.ts')).order());
      console.log(JSON.stringify(about), process.env.NODE_ENV);
      return 5; }`,
    'lazy.ts': `import semver from 'semver'; import { parse } from 'yaml'; import where from './where.cjs';
      export const order = () => semver.major('7.1.2') + parse('a: b').a + where;`,
    'where.cjs': `module.exports = [typeof __filename, typeof __dirname, require('path').sep].join();`,
  });
  await build(root);
  expect(readdirSync(path.join(root, 'dist')).filter((name) => name.endsWith('.js')).length).toBeGreaterThan(1);
  expect(readFileSync(path.join(root, 'dist', 'cli.js'), 'utf8')).not.toContain('7.1.2');
  const { exitCode, stdout, stderr } = await run(root, 'lazy');
  expect({ exitCode, stderr }).toEqual({ exitCode: 5, stderr: '' });
  expect(stdout).toMatch(/^7bstring,string,\/\n\{"root":".*labwalk test-.*","version":"\d+\.\d+\.\d+"\} production$/);
});

test('the toolchain finds its requirements from the bundle', async () => {
  const root = makeCheckout({
    'cli.ts': `export async function main(): Promise<number> {
      const { toolchainFolder } = await import('../toolchain/toolchain.mjs');
      console.log(toolchainFolder({ XDG_CACHE_HOME: '/c' }));
      return 0; }`,
  });
  await build(root);
  const { stdout, stderr } = await run(root);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^\/c\/labwalk\/toolchain-[0-9a-f]{12}$/);
});

test('a later build leaves nothing of the earlier one', async () => {
  const root = makeCheckout({
    'cli.ts': `export const main = async () => (await import('./lazy.ts')).one;`,
    'lazy.ts': 'export const one = 1;',
  });
  await build(root);
  writeFileSync(path.join(root, 'src', 'cli.ts'), 'export const main = async () => 2;');
  await build(root);
  expect(readdirSync(path.join(root, 'dist'))).toEqual(['cli.js']);
  expect((await run(root)).exitCode).toBe(2);
});
