import { cpSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from './folders.ts';

const checkout = path.resolve(import.meta.dirname, '../..');

/** A checkout that was just cloned, as far as the set-up goes. */
export function makeClone(): string {
  const root = makeFolder();
  for (const name of ['scripts', 'toolchain', 'bin', 'package.json', 'package-lock.json']) {
    cpSync(path.join(checkout, name), path.join(root, name), { recursive: true });
  }
  return root;
}
