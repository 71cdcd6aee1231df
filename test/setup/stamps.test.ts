import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isInstalled, readStamps, stampBuild, stampFolders, stampPackages, writeStamps } from '../../scripts/stamps.mjs';
import { makeFolder } from './folders.ts';

/** As little of a checkout as the stamps look at. */
function makeCheckout(): string {
  const root = makeFolder();
  for (const folder of ['src/lab', 'toolchain', 'scripts', 'dist', 'node_modules/a', 'node_modules/b-linux'])
    mkdirSync(path.join(root, folder), { recursive: true });
  for (const file of ['src/cli.ts', 'src/lab/parse.ts', 'toolchain/x.mjs', 'scripts/build.mjs', 'package.json', 'dist/cli.js']) {
    writeFileSync(path.join(root, file), 'x');
  }
  for (const name of ['a', 'b-linux']) writeFileSync(path.join(root, 'node_modules', name, 'package.json'), '{}');
  lock(root, 'package-lock.json', { a: '1.0.0', 'b-linux': '2.0.0', 'b-mac': '2.0.0' });
  lock(root, 'node_modules/.package-lock.json', { a: '1.0.0', 'b-linux': '2.0.0' });
  return root;
}

function lock(root: string, file: string, versions: Record<string, string>): void {
  const packages = Object.entries(versions).map(([name, version]) => [
    `node_modules/${name}`,
    { version, integrity: `sha512-${name}`, optional: name.startsWith('b-') },
  ]);
  writeFileSync(
    path.join(root, file),
    JSON.stringify({ packages: { ...(file.startsWith('node') ? {} : { '': {} }), ...Object.fromEntries(packages) } }),
  );
}

test('the build is due again when a source is changed, added or removed, and not otherwise', () => {
  const root = makeCheckout();
  const before = stampBuild(root);
  expect(stampBuild(root)).toBe(before);
  writeFileSync(path.join(root, 'src/lab/parse.ts'), 'xy');
  const changed = stampBuild(root);
  writeFileSync(path.join(root, 'src/lab/new.ts'), 'x');
  const added = stampBuild(root);
  rmSync(path.join(root, 'src/cli.ts'));
  const removed = stampBuild(root);
  utimesSync(path.join(root, 'package.json'), 1, 1);
  const touched = stampBuild(root);
  expect(new Set([before, changed, added, removed, touched]).size).toBe(5);
});

test('a bundle that was removed is due again', () => {
  const root = makeCheckout();
  rmSync(path.join(root, 'dist'), { recursive: true });
  expect(stampBuild(root)).toBeUndefined();
});

test('packages are due again when the lock file is another one or node_modules is gone', () => {
  const root = makeCheckout();
  const before = stampPackages(root);
  expect(stampPackages(root)).toBe(before);
  lock(root, 'package-lock.json', { a: '1.0.1' });
  expect(stampPackages(root)).not.toBe(before);
  rmSync(path.join(root, 'node_modules'), { recursive: true });
  expect(stampPackages(root)).toBeUndefined();
});

test('what npm install put there by hand counts, packages for other systems left out', () => {
  const root = makeCheckout();
  expect(isInstalled(root)).toBe(true);
  lock(root, 'package-lock.json', { a: '1.0.1', 'b-linux': '2.0.0', 'b-mac': '2.0.0' });
  expect(isInstalled(root)).toBe(false);
  lock(root, 'package-lock.json', { a: '1.0.0', 'b-linux': '2.0.0', c: '1.0.0' });
  expect(isInstalled(root)).toBe(false);
});

test('packages that were installed on another system are due again', () => {
  const root = makeCheckout();
  const ofSystem = (platform: string) => ({ version: '1.0.0', integrity: 'sha512-c', optional: true, os: [platform], cpu: [process.arch] });
  const file = path.join(root, 'package-lock.json');
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: object };
  writeFileSync(file, JSON.stringify({ packages: { ...packages, 'node_modules/c-other': ofSystem('other') } }));
  expect(isInstalled(root)).toBe(true);
  writeFileSync(file, JSON.stringify({ packages: { ...packages, 'node_modules/c-mine': ofSystem(process.platform) } }));
  expect(isInstalled(root)).toBe(false);
});

test('packages are due again when one of their folders is gone, or something in it, or half of the bundle', () => {
  const root = makeCheckout();
  mkdirSync(path.join(root, 'node_modules/@scope/c/lib'), { recursive: true });
  // Made long ago: two changes at about the same moment have the same time.
  utimesSync(path.join(root, 'node_modules/@scope/c'), 1, 1);
  const before = stampFolders(root);
  mkdirSync(path.join(root, 'node_modules/.cache'));
  expect(stampFolders(root)).toBe(before);
  rmSync(path.join(root, 'node_modules/@scope/c/lib'), { recursive: true });
  const less = stampFolders(root);
  rmSync(path.join(root, 'node_modules/a'), { recursive: true });
  expect(new Set([before, less, stampFolders(root)]).size).toBe(3);
  expect(isInstalled(root)).toBe(false);

  writeFileSync(path.join(root, 'dist/chunk.js'), 'x');
  const built = stampBuild(root);
  rmSync(path.join(root, 'dist/chunk.js'));
  expect(stampBuild(root)).not.toBe(built);
});

test('stamps are kept, and a torn file of stamps counts as none', () => {
  const root = makeCheckout();
  writeStamps(root, { packages: 'p' });
  writeStamps(root, { build: 'b' });
  expect(readStamps(root)).toEqual({ packages: 'p', build: 'b' });
  writeFileSync(path.join(root, '.labwalk/setup.json'), '{"packages":');
  expect(readStamps(root)).toEqual({});
});
