/** labwalk's rules against those of secretlint's recommended preset: what that finds, labwalk hides. */
import { generateKeyPairSync } from 'node:crypto';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor } from '../../src/secrets/redactor.ts';

/** What secretlint finds in a text, each as it stands there. */
async function foundBySecretlint(content: string): Promise<string[]> {
  const { messages } = await lintSource({
    source: { filePath: '/notes.txt', content, contentType: 'text', ext: '.txt' },
    options: { config: { rules: [{ id: 'preset', rule: creator }] } },
  });
  return messages.map(({ range: [start, end] }) => content.slice(start, end));
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
const hex = [...'0123456789abcdef'];
const random = (length: number, of = letters) =>
  fc.array(fc.constantFrom(...of), { minLength: length, maxLength: length }).map((all) => all.join(''));
const joined = (...parts: (string | fc.Arbitrary<string>)[]) =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((all) => all.join(''));

/** Texts with a secret of each kind that the preset knows. `secret` is the part that must not be seen, where that is not all of it. */
const kinds: [about: string, text: fc.Arbitrary<string>, secret?: RegExp][] = [
  ['GitHub', joined(fc.constantFrom('ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'), random(36))],
  ['GitHub, fine-grained', joined('github_pat_', random(82))],
  ['npm', joined('npm_', random(36))],
  ['Slack', joined('xoxb-', random(12, hex), '-', random(24))],
  ['Slack, a webhook', joined('https://hooks.slack.com/services/T', random(8), '/B', random(8), '/', random(24)), /[^/]+$/],
  ['SendGrid', joined('SG.', random(22), '.', random(43))],
  ['Shopify', joined('shpat_', random(32, hex))],
  ['Linear', joined('lin_api_', random(40))],
  ['OpenAI', joined('sk-proj-', random(74), 'T3BlbkFJ', random(74))],
  ['OpenAI, before 2024', joined('sk-', random(20), 'T3BlbkFJ', random(20))],
  ['Anthropic', joined('sk-ant-api03-', random(93), 'AA')],
  ['AWS, a secret key', joined('aws_secret_access_key = "', random(40), '"'), /[^"]+(?="$)/],
  ['an address', joined('https://ana:', random(16), '@host.example.org/'), /(?<=ana:)[^@]+/],
  ['PostgreSQL', joined('postgres://ana:', random(16), '@db.host.org/shop'), /(?<=ana:)[^@]+/],
  ['MySQL', joined('mysql://ana:', random(16), '@db.host.org/shop'), /(?<=ana:)[^@]+/],
  ['MongoDB', joined('mongodb+srv://ana:', random(16), '@db.host.org/shop'), /(?<=ana:)[^@]+/],
];

test.each(kinds)('%s', async (_, texts, part) => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(texts, async (secret) => {
      const text = `before ${secret} after`;
      found += (await foundBySecretlint(text)).length;
      const shown = createRedactor().redact(text, { handedOn: true });
      expect(shown).not.toContain(part?.exec(secret)?.[0] ?? secret);
      expect(shown).toMatch(/^before .*\[secret\].* after$/s);
    }),
    { numRuns: 40 },
  );
  // else the row says nothing
  expect(found).toBeGreaterThan(0);
});

test('a private key', async () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  expect(await foundBySecretlint(privateKey)).not.toEqual([]);
  expect(createRedactor().redact(privateKey)).toBe('-----BEGIN RSA PRIVATE KEY-----\n[secret]\n-----END RSA PRIVATE KEY-----\n');
});
