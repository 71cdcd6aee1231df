import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findGivenKeys, isUnguessable, openKeyMemory } from '../../src/secrets/given-keys.ts';

/** As AWS makes them; the first one has no digit, so that nobody takes it for a key by its looks. */
const secret = 'Canary/SecretThat+NobodyMay/See/Anywhere';
const other = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6kL9+';
const token = `FwoGZXIvYXdzEJr${'aB3/x+'.repeat(40)}==`;

function makeFile(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-keys-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  return path.join(folder, 'given-keys.json');
}

async function remembered(...secrets: string[]): Promise<string> {
  const file = makeFile();
  const memory = openKeyMemory(file);
  memory.remember(secrets);
  await memory.close();
  return file;
}

describe('keys that were given', () => {
  test.each([
    ['as it is', secret],
    ['behind its name', `key=${secret}`],
    ['in quotes', `{"k":"${secret}"}`],
    ['in an address', `https://ana:${secret}@host/x`],
    ['behind a slash', `keys/${secret}/more`],
    ['escaped for an address', `?k=${encodeURIComponent(secret)}&x=1`],
    ['escaped in JSON', `"${secret.replaceAll('/', '\\/')}"`],
    ['in base64', Buffer.from(`ana:${secret}`).toString('base64')],
  ])('are found by one who has never seen them: %s', async (_, text) => {
    const file = await remembered(other, secret, token);
    expect(await findGivenKeys(file, ['nothing', `before ${text} after`])).toEqual([secret]);
  });

  test('tokens and keys, each of them', async () => {
    const file = await remembered(secret, token, other);
    expect(new Set(await findGivenKeys(file, [token, `${other}\n`, `${secret}\n`]))).toEqual(new Set([secret, token, other]));
  });

  test('other texts of the same shape are no keys', async () => {
    const file = await remembered(secret);
    const like = 'Another/SecretThat+NobodyMay/See/Anywher';
    expect(like).toHaveLength(secret.length);
    expect(await findGivenKeys(file, [like, 'x'.repeat(40), secret.slice(1), `x${secret}x`])).toEqual([]);
  });

  test('are in no file: only salted hashes, for nobody else to read', async () => {
    const file = await remembered(secret, token);
    const text = fs.readFileSync(file, 'utf8');
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    for (const part of [secret, token]) for (let at = 0; at + 6 <= part.length; at++) expect(text).not.toContain(part.slice(at, at + 6));
    // another workspace has another salt: nobody sees that the keys are the same
    const { keys } = JSON.parse(text) as { keys: { hash: string }[] };
    const again = JSON.parse(fs.readFileSync(await remembered(secret, token), 'utf8')) as { keys: { hash: string }[] };
    expect(keys).toHaveLength(2);
    for (const { hash } of again.keys) expect(text).not.toContain(hash);
  });

  test('are kept once, and over sessions', async () => {
    const file = await remembered(secret);
    for (let session = 0; session < 2; session++) {
      const memory = openKeyMemory(file);
      memory.remember([secret, other, other]);
      await memory.close();
    }
    expect((JSON.parse(fs.readFileSync(file, 'utf8')) as { keys: unknown[] }).keys).toHaveLength(2);
    expect(await findGivenKeys(file, [`${secret} ${other}`])).toEqual([secret, other]);
  });

  test('where more texts look like one than can be tried, all of them count', async () => {
    const random = () =>
      `${randomBytes(60)
        .toString('base64')
        .replace(/[^A-Za-z0-9]/g, '')
        .slice(0, 38)}/+`;
    const keys = Array.from({ length: 12 }, random);
    const file = await remembered(...keys);
    const texts = Array.from({ length: 8000 }, random);
    const found = await findGivenKeys(file, [...texts, ...keys]);
    expect(found).toEqual(expect.arrayContaining(keys));
    expect(found.length).toBeGreaterThan(200);
  });
});

test.each([
  [secret, true],
  [token, true],
  ['kJ83hdTq92mNxPw4LsQz7v', true],
  ['8c1f9a5e-2f7a-4c55-9d0f-0e6a1d6a3f11', true],
  ['hunter2hunter2', false],
  ['correct horse battery staple', false],
  ['correct-horse-battery-staple', false],
  ['MyVeryLongPasswordOfTheYear2026', false],
])('%s can be kept as a hash: %s', (text, expected) => {
  expect(isUnguessable(text)).toBe(expected);
});

test("a password of a person's, and what is the sandbox's own, is kept nowhere", async () => {
  const file = makeFile();
  const memory = openKeyMemory(file, [secret]);
  memory.remember([secret, 'correct-horse-battery-staple', '']);
  await memory.close();
  expect(fs.existsSync(file)).toBe(false);
  expect(await findGivenKeys(file, [secret])).toEqual([]);
});

test('a file that says nothing any more is told of, rather than an export made that could show a key', async () => {
  const file = await remembered(secret);
  for (const text of ['', '{"version":2}', 'x']) {
    fs.writeFileSync(file, text);
    await expect(findGivenKeys(file, [secret])).rejects.toThrow(/can't be read.*delete it/s);
  }
});
