/** Keys from a file, for runs that nobody can be asked in. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesWithAny, formsOfKey, marked, markedBlock } from './canary.ts';
import { cacheHome, fence, labwalk, makeFolder, makeLab } from './program.ts';

const steps = `### Have keys\n\n${fence('yaml credentials', 'for: [iam]')}${fence('sh run', 'aws sts get-caller-identity')}${fence(
  'yaml check',
  '- output: { contains: workshop-admin }',
)}`;

function write(text: string, mode = 0o600): string {
  const file = path.join(makeFolder(), 'keys');
  fs.writeFileSync(file, text, { mode });
  return file;
}

test('are good in the sandbox, and that others can read the file is told', async () => {
  const lab = makeLab({ steps });
  const file = write(JSON.stringify({ AccessKeyId: marked.id, SecretAccessKey: marked.secret }), 0o644);
  const ran = await labwalk(['run', lab.file, '--workspace', lab.workspace, '--sandbox', '--credentials-file', file]);
  expect(ran.code, ran.stdout + ran.stderr).toBe(0);
  expect(ran.stderr).toContain(`Others on this machine can read ${file}. Make it yours alone: chmod 600 ${file}`);
  expect(filesWithAny(formsOfKey(), lab.workspace)).toEqual([]);
});

test.each([
  ['is not there', undefined, 'cannot be read: ENOENT'],
  ['has no keys', 'hello', 'There are no AWS keys in it.'],
  ['has half a secret', markedBlock.replace(marked.secret, marked.secret.slice(0, 30)), 'this one has 30. Was all of it copied?'],
])('a file that %s ends it with 3, before anything is done', async (_, text, reason) => {
  const lab = makeLab({ steps });
  const file = text === undefined ? '/nowhere/keys' : write(text);
  const ran = await labwalk(['run', lab.file, '--workspace', lab.workspace, '--credentials-file', file]);
  expect(ran.code).toBe(3);
  expect(ran.stderr).toContain(reason);
  expect(ran.stdout + ran.stderr).not.toContain(marked.secret.slice(0, 12));
  expect(fs.existsSync(lab.workspace)).toBe(false);
});

test('in an account, keys that will not do end the run with 3 and what is the matter; nobody is asked', async () => {
  const lab = makeLab({ steps });
  // an address where nobody answers stands for AWS
  const home = { HOME: makeFolder(), XDG_CACHE_HOME: cacheHome };
  const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_DEFAULT_REGION: 'eu-west-1', ...home };
  const ran = await labwalk(['run', lab.file, '--workspace', lab.workspace, '--aws', '--credentials-file', write(markedBlock)], { env });
  expect(ran.code, ran.stdout + ran.stderr).toBe(3);
  expect(ran.stdout).toMatch(/cannot be reached|could not be reached|not reach|no answer/i);
  for (const form of formsOfKey()) expect(ran.stdout + ran.stderr).not.toContain(form);
});
