import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { makeFolder } from './folders.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** What the lint rule for rooms says about these files. */
async function cruise(files: Record<string, string>): Promise<string> {
  const root = makeFolder();
  for (const name of ['.dependency-cruiser.js', 'package.json', 'tsconfig.json']) cpSync(path.join(checkout, name), path.join(root, name));
  symlinkSync(path.join(checkout, 'node_modules'), path.join(root, 'node_modules'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  const command = path.join(checkout, 'node_modules', '.bin', 'depcruise');
  const { all } = await execa(command, ['--config', '.dependency-cruiser.js', '--output-type', 'err', 'src'], {
    cwd: root,
    reject: false,
    all: true,
  });
  return all;
}

test('imports that point up or where they must not are found, also of types; those that point down are not', async () => {
  const found = await cruise({
    'src/errors.ts': `export const a = 1;`,
    'src/text/t.ts': `import type { L } from '../lab/l.ts'; export type T = L;`,
    'src/lab/l.ts': `import { spawn } from 'node:child_process'; export type L = typeof spawn;`,
    'src/checks/c.ts': `import { S } from '@aws-sdk/client-sts'; import type { L } from '../lab/l.ts'; export type C = [S, L];`,
    'src/engine/e.ts': `import type { C } from '../checks/c.ts'; import { a } from '../errors.ts'; export type E = [C, typeof a];`,
    'src/report/r.ts': `import { one } from './s.ts'; import { useState } from 'react'; export const two = [one, useState];`,
    'src/report/s.ts': `import { two } from './r.ts'; export const one = two;`,
  });
  const lines = found.split('\n').filter((line) => line.includes('error '));
  expect(lines.map((line) => /error (\S+): (\S+)/.exec(line)?.slice(1).join(' ')).toSorted()).toEqual(
    expect.arrayContaining([
      'aws-sdk-only-in-aws src/checks/c.ts',
      'no-circle src/report/r.ts',
      'no-processes-in-lab-and-text src/lab/l.ts',
      'room-text src/text/t.ts',
      'screen-only-in-tui src/report/r.ts',
    ]),
  );
  expect(found).not.toContain('room-engine');
  expect(found).not.toContain('room-checks');
});
