/** The page of a verification in a real browser, opened from a file: on a phone and on a desk, dark and light, on paper. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareReports } from '../../../src/verify/report/compare.ts';
import { toVerifyHtml } from '../../../src/verify/report/html.ts';
import { hasBrowser, openBrowser, type Browser, type Page } from '../../support/browser.ts';
import { bigReport, everythingWrong } from '../../support/verify-reports.ts';

const earlier = everythingWrong();
earlier.labs[0]!.steps[1]!.checks[0]!.outcome = 'passed';
const pages = {
  wrong: toVerifyHtml(everythingWrong(), compareReports(earlier, everythingWrong())),
  good: toVerifyHtml(bigReport(200, 2)),
  big: toVerifyHtml(bigReport(5_000)),
};
const sizes = { phone: { width: 375, height: 800 }, desk: { width: 1280, height: 900 } };

/** Text below WCAG's 4.5 to 1, as it is drawn: its colour on the nearest scratch that is not transparent. */
const faintTexts = `(() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('body *')]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ''))
    .map((element) => {
      const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(groundOf(element))].sort((x, y) => y - x);
      return { ratio: (a + 0.05) / (b + 0.05), name: element.tagName + '.' + element.className, text: element.textContent.trim().slice(0, 40) };
    })
    .filter(({ ratio }) => ratio < 4.5);
})()`;

describe.skipIf(!hasBrowser)('the page of a verification', () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-page-'));
    for (const [name, text] of Object.entries(pages)) fs.writeFileSync(path.join(folder, `${name}.html`), text);
    browser = await openBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  async function show(name: keyof typeof pages, look: { scheme?: string; size?: keyof typeof sizes; scripts?: boolean } = {}) {
    const page = await browser.newPage();
    const asked: string[] = [];
    const said: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    page.on('console', (message) => void said.push(message.text()));
    await page.setViewport(sizes[look.size ?? 'desk']);
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: look.scheme ?? 'light' }]);
    await page.setJavaScriptEnabled(look.scripts ?? false);
    const url = pathToFileURL(path.join(folder, `${name}.html`)).href;
    await page.goto(url);
    return { page, asked, said, url };
  }

  describe.each(['light', 'dark'])('in %s', (scheme) => {
    test.each(Object.keys(sizes) as (keyof typeof sizes)[])('fits a %s, can be read, and loads nothing', async (size) => {
      for (const name of ['wrong', 'good'] as const) {
        const { page, asked, said, url } = await show(name, { scheme, size });
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
        expect(await page.evaluate(faintTexts)).toEqual([]);
        expect(asked).toEqual([url]);
        expect(said).toEqual([]);
        await takePicture(page, `${name}-${scheme}-${size}`);
        await page.close();
      }
    });

    test('has the scratch of the scheme', async () => {
      const { page } = await show('wrong', { scheme });
      const [red = 0] = String(await page.evaluate('getComputedStyle(document.body).backgroundColor'))
        .match(/\d+/g)!
        .map(Number);
      expect(red < 128).toBe(scheme === 'dark');
      await page.close();
    });
  });

  test('has links that lead somewhere, and one to a closed step opens it', async () => {
    const { page } = await show('good');
    const lost = `[...document.querySelectorAll('a')].map((a) => a.getAttribute('href')).filter((href) => !href.startsWith('#') || !document.getElementById(href.slice(1)))`;
    expect(await page.evaluate(lost)).toEqual([]);
    const ids = `(() => { const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id); return ids.length - new Set(ids).size; })()`;
    expect(await page.evaluate(ids)).toBe(0);
    const isOpen = `document.getElementById('lab-1--step-7').closest('details').open`;
    expect(await page.evaluate(isOpen)).toBe(false);
    await page.click('td a[href="#lab-1--step-7"]');
    expect(page.url()).toContain('#lab-1--step-7');
    expect(await page.evaluate(isOpen)).toBe(true);
    await page.close();
  });

  test('has what is wrong open, and on paper everything', async () => {
    const shown = (id: string) =>
      `document.getElementById('${id}').checkVisibility() && document.getElementById('${id}').getBoundingClientRect().height > 0`;
    const { page } = await show('wrong');
    expect(await page.evaluate(shown('hello--deploy'))).toBe(true);
    expect(await page.evaluate(shown('tiny--step-1'))).toBe(false);
    await page.emulateMediaType('print');
    expect(await page.evaluate(shown('tiny--step-1'))).toBe(true);
    expect(await page.evaluate(faintTexts)).toEqual([]);
    await takePicture(page, 'wrong-print');
    await page.close();
  });

  test('of 5,000 checks opens, with all of them', async () => {
    const { page } = await show('big');
    expect(await page.evaluate(`document.querySelectorAll('.target tbody tr').length`)).toBe(5_000);
    await page.close();
  });
});

/** LABWALK_TEST_PICTURES names a folder for those who want to look. */
async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env['LABWALK_TEST_PICTURES'];
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}
