import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findObstacle, helpAgainstLimit } from '../../toolchain/refusal.mjs';
import { UserError } from '../../src/errors.ts';
import { asUserError, refused } from '../../src/files/refused.ts';
import { whyRefused } from '../../src/files/why-refused.ts';

const systemError = (code: string, more: object = {}) =>
  Object.assign(new Error(`${code}: as the system says it, open '/x'`), { code, ...more });

function makeFolder(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-refused-')));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('a full disk is told with the file, and with what shows how full it is', () => {
  const folder = makeFolder();
  const file = path.join(folder, 'not-yet/journal.ndjson');
  const { what, fix, exitCode } = refused("Your progress can't be written down", file, systemError('ENOSPC'));
  expect(what).toBe(`Your progress can't be written down: the disk is full (${file}).`);
  expect(fix).toBe(`Make room on its disk. This shows how full it is:\n  df -h ${folder}`);
  expect(exitCode).toBe(3);
});

test('what is named already is not named twice, and what else can be done stands last', () => {
  const file = '/srv/report.json';
  expect(refused("The report report.json can't be written", file, systemError('EROFS'), { or: 'choose another file' }).message).toBe(
    "The report report.json can't be written: it is read-only. Choose another file.",
  );
  expect(refused("The report report.json can't be written", file, systemError('EMFILE'), { or: 'choose another file' }).fix).toBe(
    `${helpAgainstLimit}\nOr choose another file.`,
  );
});

test('an error without a known reason says what the system said, without its code and call', () => {
  expect(whyRefused(systemError('EBUSY'))).toBe('as the system says it');
  expect(whyRefused(new Error('no system error'))).toBe('no system error');
});

test("only what no mistake of labwalk's own can cause becomes a sentence where nobody knows what was wanted", () => {
  expect(asUserError(systemError('ENOSPC', { path: '/a/b' }))).toMatchObject({ what: "/a/b can't be used: the disk is full." });
  expect(asUserError(systemError('EMFILE'))).toBeInstanceOf(UserError);
  const [missing, mistake] = [systemError('ENOENT', { path: '/a/b' }), new TypeError('x is not a function')];
  expect(asUserError(missing)).toBe(missing);
  expect(asUserError(mistake)).toBe(mistake);
});

test.skipIf(process.getuid?.() === 0)('a folder of this user that is write-protected is named, with the command that allows it', () => {
  const folder = makeFolder();
  fs.chmodSync(folder, 0o500);
  expect(findObstacle(path.join(folder, 'a/b'))).toMatchObject({ path: folder });
  expect(refused('x', path.join(folder, 'a/b'), systemError('EACCES')).fix).toContain(`chmod -R u+rwX ${folder}`);
});
