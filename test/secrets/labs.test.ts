/** The labs that labwalk brings, and all that learners take from them, hold nothing that would be hidden from them. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createRedactor } from '../../src/secrets/redactor.ts';
import { textKind } from '../../src/secrets/text-kind.ts';

const root = path.resolve(import.meta.dirname, '../..');

const filesBelow = (folder: string) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));

test.each(['labs', 'solutions', 'recipes'])('in %s every file stays as it is', (folder) => {
  const { redact } = createRedactor();
  const texts = filesBelow(folder)
    .map((file) => ({ file, text: fs.readFileSync(path.join(root, file), 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
  expect(texts.length).toBeGreaterThan(1);
  for (const { file, text } of texts) {
    expect(redact(text, { kind: textKind(file), handedOn: true }), file).toBe(text);
    // as a terminal prints it
    expect(redact(text), file).toBe(text);
  }
});
