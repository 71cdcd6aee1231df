import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checksByName } from '../../src/checks/index.ts';
import { fillText, findSignature } from '../../src/lab/facts/find-signature.ts';
import { lintLab } from '../../src/lab/lint/lint.ts';
import { parseLab } from '../../src/lab/parse-lab.ts';
import { formatProblem } from '../../src/lab/problems.ts';

const read = (name: string) => fs.readFileSync(name, 'utf8');
const labs = fs
  .readdirSync('labs')
  .map((name) => path.resolve('labs', name, 'lab.md'))
  .filter((file) => fs.existsSync(file))
  .map((file) => ({ name: path.basename(path.dirname(file)), ...parseLab(file, { read, checks: checksByName }) }));
const signatures = labs.find(({ name }) => name === 'chalice')?.lab?.signatures ?? [];
const rows = labs.flatMap(({ name, lab }) =>
  (lab?.signatures ?? []).flatMap((signature) =>
    signature.examples.map((example, i) => ({ name, id: signature.id, i, signature, example, signatures: lab?.signatures ?? [] })),
  ),
);

test.each(labs)('the files of signatures of the lab $name have no mistakes', async ({ lab, problems }) => {
  expect(problems.map((problem) => formatProblem(problem, '.'))).toEqual([]);
  if (!lab) throw new Error('the lab cannot be read');
  const found = await lintLab({ ...lab, steps: [], variables: [], equivalent: [] }, { read, exists: () => true, listFiles: () => [] });
  expect(found.map((problem) => formatProblem(problem, '.'))).toEqual([]);
});

describe.each(rows)('what is printed for $id ($i) in the lab $name', ({ signature, example, signatures: all }) => {
  test('is known by that signature, and by no earlier one', async () => {
    expect((await findSignature(all, example.text, { failed: true }))?.signature.id).toBe(signature.id);
  });

  test('is known, too, when the terminal ends its lines with carriage returns, and when it is wrapped at 79 columns', async () => {
    const wrapped = example.text.replace(/(.{1,78})(?: |$)/gm, ' $1 \r\n');
    expect((await findSignature(all, wrapped, { failed: true }))?.signature.id).toBe(signature.id);
  });

  test('is explained in whole sentences, with all that they name', async () => {
    const found = await findSignature(all, example.text, { failed: true });
    if (!found) throw new Error('nothing fits');
    for (const text of [signature.what, signature.fix]) {
      const told = fillText(text, found, {});
      expect(told).not.toMatch(/\{\{|…$|undefined/);
      expect(told).toMatch(/^\S.*[^,;:]$/);
      expect(told.length).toBeLessThan(330);
    }
  });
});

test('a command that went well is looked at for what can happen in it, and for nothing else', async () => {
  const forbidden = '{"message": "Missing Authentication Token"}';
  expect((await findSignature(signatures, forbidden, { failed: false }))?.signature.id).toBe('path-unknown');
  expect(await findSignature(signatures, 'Unable to locate credentials', { failed: false })).toBeUndefined();
});

test.each([
  'An error occurred (ResourceNotFoundException) when calling the GetFunction operation: Function not found: arn:aws:lambda:x',
  'An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name myapp-dev cannot be found.',
  'KeyboardInterrupt',
  '',
])('what fails as the lab wants it is not explained: %s', async (output) => {
  expect(await findSignature(signatures, output, { failed: true })).toBeUndefined();
});
