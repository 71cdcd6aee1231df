import fs from 'node:fs';
import { expect, test } from 'vitest';
import { file, fillPage } from '../../scripts/credentials-page.ts';

test('the page about credentials says what the program says', async () => {
  const page = fs.readFileSync(file, 'utf8');
  expect(await fillPage(page), 'run npx tsx scripts/credentials-page.ts').toBe(page);
});
