/** The album as people use it: deployed by the lab into the sandbox, in a real browser, and there again the next day. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/aws/sandbox/sandbox.ts';
import { wakeAlbum } from '../../support/album.ts';
import { hasBrowser, openBrowser, type Browser } from '../../support/browser.ts';
import { openVisitor } from './album-visitor.ts';
import { root } from '../../e2e/program.ts';

const labwalk = (...args: string[]) =>
  execa(process.execPath, [path.join(root, 'bin/labwalk.js'), ...args], { reject: false, stdin: 'ignore' });
const photo = (name: string) => path.join(root, 'labs/cloudalbum/files/photos', `${name}.jpg`);

describe('labwalk run cloudalbum', () => {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-album-')));
  const workspace = path.join(folder, 'w');
  let sandbox: Sandbox;
  let browser: Browser;
  let address: string;

  async function wake(): Promise<void> {
    ({ sandbox, address } = await wakeAlbum(workspace));
  }

  beforeAll(async () => {
    const { exitCode, stdout } = await labwalk('run', 'cloudalbum', '--workspace', workspace, '--through', 'base-url');
    expect(exitCode, stdout.slice(-5000)).toBe(0);
    await wake();
    if (hasBrowser) browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await sandbox?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test('nothing that the lab prints is taken for a secret', () => {
    expect(fs.readFileSync(path.join(workspace, '.labwalk/journal.ndjson'), 'utf8')).not.toContain('[secret]');
  });

  test.runIf(hasBrowser)('people sign up, upload, find, see on a map, change and delete, and nobody else can', async () => {
    const ana = await openVisitor(browser, address);
    await ana.signUp('Ana <b>', 'ana@example.com', 'trial-password-1');
    expect(await ana.title()).toBe('Your album');
    expect(await ana.text('nav a:last-of-type')).toBe('Ana <b>');
    const session = (await ana.page.cookies()).find(({ name }) => name === 'album-session');
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });

    await ana.upload(photo('palace-hill'), 'The <palace>', 'Early in the morning');
    await ana.upload(photo('harbour'), '', '');
    await ana.upload(photo('garden'), 'The garden', '');
    expect(await ana.texts('.photos .title')).toEqual(['The garden', 'harbour', 'The <palace>']);
    expect(await ana.texts('.photos time')).toEqual(['2026-06-21', '2026-08-02', '2026-05-17']);
    // the thumbnails are seen, and small
    expect(await ana.pictures('.photos img')).toEqual([
      [133, 200],
      [300, 200],
      [300, 200],
    ]);

    await ana.open('photos/search?q=MORNING');
    expect(await ana.texts('.photos .title')).toEqual(['The <palace>']);
    await ana.open('photos/map');
    expect(await ana.texts('.places li > a')).toEqual(['harbour', 'The <palace>']);
    expect(await ana.texts('.map text')).toEqual(['1', '2']);
    expect(await ana.page.evaluate(`document.querySelectorAll('iframe').length`)).toBe(0);

    await ana.open('');
    await ana.click('.photos li:last-child a');
    const palace = ana.page.url();
    await ana.openDetails();
    await ana.fill('input[name=title]', 'At six');
    await ana.click('form[action$="/edit"] button');
    expect(await ana.title()).toBe('At six');
    expect(await ana.text('.description')).toBe('Early in the morning');

    // somebody else neither sees it nor can delete it, whatever they send
    const bo = await openVisitor(browser, address);
    await bo.signUp('Bo', 'bo@example.com', 'trial-password-2');
    expect(await bo.texts('.photos .title')).toEqual([]);
    await bo.page.goto(palace);
    expect(await bo.text('main p')).toBe('There is no such photo in your album.');
    await bo.open('');
    expect(await bo.post(`${palace}/delete`)).toBe(404);
    expect(await bo.post(`${palace}/edit`)).toBe(404);
    await bo.open('photos/search?q=six');
    expect(await bo.texts('.photos .title')).toEqual([]);

    await ana.page.goto(palace);
    await ana.openDetails();
    await ana.click('form[action$="/delete"] button');
    expect(await ana.texts('.photos .title')).toEqual(['The garden', 'harbour']);

    await ana.click('nav form button');
    expect(await ana.title()).toBe('Your photos, and no server');
    await ana.open('photos/map');
    expect(await ana.title()).toBe('Sign in');
    // what was in the cookie does not bring the session back where a letter of it is another
    const forged = session!.value
      .replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
      .replace(/\.(.)/, (_, first) => `.${first === 'e' ? 'f' : 'e'}`);
    await ana.page.setCookie({ name: 'album-session', value: forged, url: address });
    await ana.open('');
    expect(await ana.title()).toBe('Your photos, and no server');
  });

  test.runIf(hasBrowser)('what is no photo, a file of 20 MB and a forged form are refused with a sentence', async () => {
    const cy = await openVisitor(browser, address);
    await cy.signUp('Cy', 'cy@example.com', 'trial-password-3');
    const [text, large] = [path.join(folder, 'note.jpg'), path.join(folder, 'large.jpg')];
    fs.writeFileSync(text, 'This is not a photo.');
    fs.writeFileSync(large, Buffer.concat([fs.readFileSync(photo('garden')), Buffer.alloc(20_000_000)]));
    await cy.upload(text, '', '');
    expect(await cy.text('main p')).toBe('This is not a photo that the album can read. Take a JPEG, PNG or WebP file.');
    await cy.upload(large, '', '');
    expect(await cy.text('main p')).toBe('This file is too large. A photo may have 4 MB.');
    await cy.open('users/edit');
    await cy.page.evaluate(`document.querySelector('main [name=token]').value = 'forged'`);
    await cy.click('main button');
    expect(await cy.text('main p')).toContain('This form is too old, or it came from elsewhere.');
    await cy.open('');
    expect(await cy.texts('.photos .title')).toEqual([]);
  });

  test.runIf(hasBrowser)('a wrong password and an address that nobody has are answered alike', async () => {
    const visitor = await openVisitor(browser, address);
    const answers = [];
    for (const email of ['ana@example.com', 'nobody@example.com']) {
      await visitor.signIn(email, 'not-the-password-1');
      answers.push(await visitor.text('main p'));
    }
    expect(answers).toEqual(Array(2).fill('E-mail address or password are not right.'));
  });

  test.runIf(hasBrowser)('the album is there again after the sandbox was stopped, and after it was killed', async () => {
    const stopAndStart = async () => {
      await sandbox.stop();
      await wake();
    };
    for (const endAndStart of [stopAndStart, () => killSaved(sandbox)]) {
      await endAndStart();
      const ana = await openVisitor(browser, address);
      await ana.signIn('ana@example.com', 'trial-password-1');
      expect(await ana.texts('.photos .title')).toEqual(['The garden', 'harbour']);
      expect(await ana.pictures('.photos img')).toEqual([
        [133, 200],
        [300, 200],
      ]);
    }
  });

  test('labwalk clean leaves nothing in any service', async () => {
    await sandbox.stop();
    const { exitCode, stdout } = await labwalk('clean', 'cloudalbum', '--workspace', workspace);
    expect(exitCode, stdout.slice(-5000)).toBe(0);
    await wake();
    expect(await sandbox.everything()).toEqual([]);
  });
});

/** It is started again by itself. What a kill can lose is the last moment's changes: they are saved 0.3 s after the last one. */
async function killSaved(sandbox: Sandbox): Promise<void> {
  await sandbox.save();
  const killed = sandbox.pid;
  process.kill(killed, 'SIGKILL');
  expect(await sandbox.health.outageWithin(Infinity)).not.toHaveProperty('failure');
  expect(sandbox.pid).not.toBe(killed);
}
