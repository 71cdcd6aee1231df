/** The instructor's evening before: the flagship, verified unattended, with the reports that a CI reads and a person opens. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../e2e/program.ts';
import { titlesOf, verifiedLab } from './verified-lab.ts';

test('labwalk verify chalice: every step works twice, every check can fail, nothing is left', async () => {
  const folder = makeFolder();
  const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');
  const lab = await verifiedLab('chalice', folder, '--report', 'junit=verify.xml', '--report', 'html=verify.html');
  expect(lab.tools).toMatchObject({
    python3: expect.stringMatching(/^3\./),
    chalice: expect.stringMatching(/^1\./),
    http: expect.stringMatching(/^3\./),
  });
  const checks = titlesOf(lab);
  expect(checks.length).toBeGreaterThan(50);
  expect(read('verify.xml').match(/<testcase /g)?.length).toBeGreaterThan(checks.length);
  expect(read('verify.html')).toContain('Find it in the consoles');
  // nothing of what it made stays
  expect(fs.readdirSync(folder).sort()).toEqual(['verify.html', 'verify.json', 'verify.xml']);
});
