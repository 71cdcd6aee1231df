import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { indexLabs } from '../../../src/session/labs/index-labs.ts';
import { readIndex, readLabToShow } from '../../../src/session/labs/lab-summary.ts';
import { readLab } from '../../../src/session/labs/load-lab.ts';

const checkout = path.resolve(import.meta.dirname, '../../..');

describe('what the build has read of the labs', () => {
  let root: string;
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-index-'));
    for (const folder of ['labs', 'solutions']) fs.cpSync(path.join(checkout, folder), path.join(root, folder), { recursive: true });
    fs.mkdirSync(path.join(root, 'dist'));
    indexLabs(root);
  });
  afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

  const parsed = (from: string) => {
    const { lab } = readLab(path.join(from, 'labs/chalice/lab.md'));
    if (!lab) throw new Error('the flagship cannot be read');
    return lab;
  };

  test('a lab is shown as its text has it; what checks are given is left out', () => {
    const lab = parsed(root);
    const shown = readLabToShow(root, 'chalice');
    expect(shown?.title).toBe(lab.title);
    expect(shown?.hash).toBe(lab.hash);
    const withoutInputs = lab.steps.map((step) => ({
      ...step,
      parts: step.parts.map((part) =>
        part.kind === 'checks' ? { ...part, checks: part.checks.map(({ input: _, ...use }) => use) } : part,
      ),
    }));
    expect(shown?.steps).toEqual(withoutInputs);
  });

  test('its files are named where labwalk lies now, also when it was built elsewhere', () => {
    const moved = `${root}-moved`;
    fs.cpSync(root, moved, { recursive: true });
    try {
      const shown = readLabToShow(moved, 'chalice');
      expect(shown?.folder).toBe(parsed(moved).folder);
      expect(JSON.stringify(shown)).not.toContain(`${root}/`);
    } finally {
      fs.rmSync(moved, { recursive: true, force: true });
    }
  });

  test('after a change of any text of the labs neither counts', () => {
    fs.appendFileSync(path.join(root, 'labs/chalice/lab.md'), '\nOne more sentence.\n');
    expect(readLabToShow(root, 'chalice')).toBeUndefined();
    expect(readIndex(root).size).toBe(0);
  });

  test('after a change of what is known of failures neither counts', () => {
    fs.appendFileSync(path.join(root, 'labs/signatures/chalice.yaml'), '\n# One more word.\n');
    expect(readLabToShow(root, 'chalice')).toBeUndefined();
    expect(readIndex(root).size).toBe(0);
  });

  test('without a build there is none', () => {
    fs.rmSync(path.join(root, 'dist'), { recursive: true });
    expect(readLabToShow(root, 'chalice')).toBeUndefined();
    expect(readIndex(root).size).toBe(0);
  });
});
