import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { compareFile } from '../../src/diff/compare-file.ts';
import { unifiedText } from '../../src/diff/unified-text.ts';

const long = Array.from({ length: 40 }, (_, i) => `line ${i}`).join('\n');

test.each([
  ['a changed line', 'a\nb\nc\n', 'a\nB\nc\n'],
  ['two places', `${long}\n`, `${long.replace('line 3\n', '').replace('line 35', 'line 35\nmore')}\n`],
  ['no line end behind the last line', 'a\nb', 'a\nb\nc\n'],
  ['an empty file', '', 'a\n'],
])('git applies what is written for %s', (_, yours, labs) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-unified-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  fs.writeFileSync(path.join(folder, 'x.txt'), yours);
  const content = Buffer.from(yours);
  const text = unifiedText(compareFile('x.txt', { kind: 'file', size: content.length, content }, Buffer.from(labs)));
  execFileSync('git', ['apply', '-'], { cwd: folder, input: text });
  expect(fs.readFileSync(path.join(folder, 'x.txt'), 'utf8')).toBe(labs);
});

test('where nothing differs nothing is written', () => {
  const content = Buffer.from('a\n');
  expect(unifiedText(compareFile('x.txt', { kind: 'file', size: 2, content }, content))).toBe('');
});
