import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { root as checkout } from '../e2e/program.ts';
import { makeFolder } from './folders.ts';

test('an interrupt during the build is not lost: the program is not started', async () => {
  const root = makeFolder();
  for (const name of ['bin', 'scripts', 'toolchain', 'package.json', 'package-lock.json'])
    cpSync(path.join(checkout, name), path.join(root, name), { recursive: true });
  symlinkSync(path.join(checkout, 'node_modules'), path.join(root, 'node_modules'));
  mkdirSync(path.join(root, 'src'));
  writeFileSync(path.join(root, 'src', 'cli.ts'), 'export const main = () => Promise.resolve(0);\n');
  const { setUp } = (await import(pathToFileURL(path.join(root, 'scripts', 'setup.mjs')).href)) as typeof import('../../scripts/setup.mjs');
  const aborter = new AbortController();
  const write = (text: string) => {
    if (text.includes('Program')) aborter.abort(new Error('Ctrl-C'));
    return true;
  };
  const stream = { write, isTTY: false } as unknown as NodeJS.WriteStream;
  await expect(setUp({ env: process.env, stream, signal: aborter.signal })).rejects.toThrow('Ctrl-C');
});
