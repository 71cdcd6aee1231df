import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checksByName } from '../../src/checks/index.ts';
import { checksNeedAws, needsAws } from '../../src/lab/facts/needs-aws.ts';
import { parseLab } from '../../src/lab/parse-lab.ts';
import type { Lab } from '../../src/lab/types.ts';

function read(file: string, text?: string): Lab {
  const { lab, problems } = parseLab(file, { read: (name) => text ?? fs.readFileSync(name, 'utf8'), checks: checksByName });
  if (!lab) throw new Error(problems[0]?.what);
  return lab;
}

test('the checks of the flagship need AWS from the first step that calls it', () => {
  const lab = read(path.resolve(import.meta.dirname, '../../labs/chalice/lab.md'));
  const needing = lab.steps.filter((step) => checksNeedAws(lab, [step])).map(({ id }) => id);
  expect(needing[0]).toBe('deploy-refused');
  expect(needing.slice(0, 3)).toEqual(['deploy-refused', 'credentials', 'deploy']);
  expect(needing.at(-1)).toBe(lab.steps.at(-1)?.id);
  expect(checksNeedAws(lab, [])).toBe(false);
  // A lab that was settled for one place has step objects of its own.
  expect(checksNeedAws(lab, structuredClone(lab.steps))).toBe(true);
});

test.each([
  ['a command', '```sh run\naws s3 ls\n```', true],
  ['code that the learner writes', '```python file=a.py\nimport boto3\n```', true],
  ['an address', '```yaml check\n- http: https://s3.amazonaws.com/\n```', true],
  ['what the step makes', '<!-- labwalk: creates="role:x" -->\n\n```sh run\ntrue\n```', true],
  ['a word that only begins so', '```sh run\nawsome --version\n```', false],
])('by %s', (_, part, wanted) => {
  const facts = '---\ntitle: T\nsummary: s\nduration: 1m\nrequires:\n  - { tool: aws }\n---\n\n# T\n\n## Task\n\n';
  const check = '\n\n```yaml check\n- file: x\n```\n\n';
  const lab = read(
    '/labs/t/lab.md',
    `${facts}### Before\n\n\`\`\`sh run\ntrue\n\`\`\`${check}### One\n\n${part}${check}### After\n\n\`\`\`sh run\ntrue\n\`\`\`${check}`,
  );
  expect(needsAws(lab)).toBe(true);
  expect(lab.steps.map((step) => checksNeedAws(lab, [step]))).toEqual([false, wanted, wanted]);
});
