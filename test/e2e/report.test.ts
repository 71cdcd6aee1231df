/** `labwalk report` as the built program: parts of a run come in as files, reports go out, the exit code is the verification's. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { root } from '../docs/pages.ts';
import { everythingWrong, bigReport, splitInShards } from '../support/verify-reports.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-report-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const labwalk = (...args: string[]) =>
  execa(process.execPath, [path.join(root, 'bin/labwalk.js'), ...args], {
    reject: false,
    stdin: 'ignore',
    cwd: folder,
    env: { GITHUB_STEP_SUMMARY: '' },
  });
const write = (name: string, report: unknown) => {
  fs.writeFileSync(path.join(folder, name), JSON.stringify(report));
  return name;
};

test('two parts are one report again, and the exit code is the one of the verification', async () => {
  const parts = splitInShards(everythingWrong(), 2).map((report, index) => write(`part-${index + 1}.json`, report));
  const { exitCode, stdout, stderr } = await labwalk('report', 'merge', ...parts, '--report', 'json', '--report', 'html=out/page.html');
  expect([exitCode, stderr]).toEqual([1, '']);
  expect(JSON.parse(stdout)).toEqual(everythingWrong());
  expect(fs.readFileSync(path.join(folder, 'out/page.html'), 'utf8')).toContain('<h1>Verification of 2 labs</h1>');
});

test('a good one is shown whole through a pipe, and ends with 0', async () => {
  const big = bigReport(5_000);
  const { exitCode, stdout } = await labwalk('report', 'show', write('big.json', big), '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual(big);
});

test('what is no report is told without a stack, and ends with 2', async () => {
  const { exitCode, stdout, stderr } = await labwalk('report', 'show', write('other.json', { labs: [] }));
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toBe('other.json is no report of labwalk verify.\nWrite one with: labwalk verify --report json=other.json');
});
