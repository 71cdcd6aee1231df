/** Somebody who visits the album in a browser: says what they do there, and what they see. */
import type { Browser, Page } from '../../support/browser.ts';

export interface Visitor {
  page: Page;
  /** Opens a page by its way from the album's first one. */
  open(way: string): Promise<void>;
  /** Clicks what leads to another page, and waits for that. */
  click(selector: string): Promise<void>;
  /** Puts a text in place of what stands in a field. */
  fill(selector: string, text: string): Promise<void>;
  signUp(name: string, email: string, password: string): Promise<void>;
  signIn(email: string, password: string): Promise<void>;
  upload(file: string, title: string, description: string): Promise<void>;
  /** Opens what is folded away on a photo's page. */
  openDetails(): Promise<unknown>;
  /** Sends a form of the page, with its token, somewhere else; gives the status. */
  post(url: string): Promise<number | undefined>;
  title(): Promise<unknown>;
  text(selector: string): Promise<unknown>;
  texts(selector: string): Promise<unknown>;
  /** Widths and heights of pictures, as they were sent. */
  pictures(selector: string): Promise<unknown>;
}

export async function openVisitor(browser: Browser, address: string): Promise<Visitor> {
  const page = await browser.newVisitor();
  const all = (selector: string, what: string) => page.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].map(${what})`);
  const visitor: Visitor = {
    page,
    async open(way) {
      await page.goto(address + way);
    },
    async click(selector) {
      await Promise.all([page.waitForNavigation(), page.click(selector)]);
    },
    async fill(selector, text) {
      await page.evaluate(`document.querySelector(${JSON.stringify(selector)}).value = ''`);
      if (text) await page.type(selector, text);
    },
    async signUp(name, email, password) {
      await visitor.open('users/signup');
      await visitor.fill('[name=name]', name);
      await visitor.fill('[name=email]', email);
      await visitor.fill('[name=password]', password);
      await visitor.click('main button');
      // the sandbox sends no mail: this code counts for everybody
      await visitor.fill('[name=code]', '123456');
      await visitor.click('main button');
      await visitor.signIn(email, password);
    },
    async signIn(email, password) {
      await visitor.open('users/signin');
      await visitor.fill('[name=email]', email);
      await visitor.fill('[name=password]', password);
      await visitor.click('main button');
    },
    async upload(file, title, description) {
      await visitor.open('photos/new');
      await (await page.$('[name=photo]'))?.uploadFile(file);
      await visitor.fill('[name=title]', title);
      await visitor.fill('[name=description]', description);
      await visitor.click('main button');
    },
    openDetails: () => page.evaluate(`document.querySelectorAll('details').forEach((one) => (one.open = true))`),
    async post(url) {
      await page.evaluate(`document.querySelector('form[method=post]').action = ${JSON.stringify(url)}`);
      const [answer] = await Promise.all([page.waitForNavigation(), page.click('form[method=post] button')]);
      return answer?.status();
    },
    title: () => page.evaluate(`document.querySelector('h1').textContent`),
    text: (selector) => page.evaluate(`document.querySelector(${JSON.stringify(selector)}).textContent`),
    texts: (selector) => all(selector, 'one => one.textContent'),
    pictures: (selector) =>
      page.evaluate(
        `Promise.all([...document.querySelectorAll(${JSON.stringify(selector)})].map(async (one) => { one.loading = 'eager'; await one.decode(); return [one.naturalWidth, one.naturalHeight]; }))`,
      ),
  };
  return visitor;
}
