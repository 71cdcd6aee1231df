import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { agreeToLab, askToRun } from '../../src/commands/agree-to-lab.ts';
import { listWhatRuns } from '../../src/commands/what-runs.ts';
import { fence, labOf, makeHome, makePerson } from './person.ts';

const steps = `### Page

${fence('sh run', 'mkdir app\ncd app')}${fence('sh service=web', 'python3 -m http.server $PORT')}${fence('sh', 'only shown')}${fence(
  'yaml check',
  '- status: 0\n- script: { file: checks/page.mjs }\n- tool: { name: java, version: ">=17", args: ["-version"] }',
)}${fence('sh cleanup', 'rm -r app')}### Text

Nothing runs here.

### More

${fence('sh run when=aws', 'aws s3 ls')}${fence('yaml check', '- status: 0')}`;
const files = { 'checks/page.mjs': 'export const check = () => true;' };
const lab = labOf(steps, files);

describe('what a lab runs', () => {
  test('is every command, service, clean-up, custom check and program of a check, by the steps; and nothing that is only shown', () => {
    expect(listWhatRuns(lab)).toEqual([
      {
        step: 'Page',
        runs: [
          { kind: 'commands', lines: ['mkdir app', 'cd app'] },
          { kind: 'service', name: 'web', lines: ['python3 -m http.server $PORT'] },
          { kind: 'script', lines: ['checks/page.mjs'] },
          { kind: 'program', lines: ['java -version'] },
          { kind: 'clean-up', lines: ['rm -r app'] },
        ],
      },
      { step: 'More', runs: [{ kind: 'commands', lines: ['aws s3 ls'] }] },
    ]);
  });

  test('is shown with what an author could hide: escapes, turned text, carriage returns', () => {
    const hiding = labOf(`### One\n\n${fence('sh run', 'true \x1b[2K# \u202eevil\u200b\tx')}${fence('yaml check', '- status: 0')}`);
    expect(listWhatRuns(hiding)[0]?.runs[0]?.lines).toEqual(['true \\u{1b}[2K# \\u{202e}evil\\u{200b}    x']);
  });
});

describe('a lab from elsewhere', () => {
  const env = () => ({ HOME: makeHome() });

  test('shows all that it runs, and where it lies', () => {
    const { title, lines } = askToRun(lab, false);
    expect(title).toBe('This lab did not come with labwalk');
    expect(lines).toEqual(
      expect.arrayContaining([
        '/elsewhere/hello/lab.md',
        'Page',
        '  mkdir app',
        '  service web:',
        '    python3 -m http.server $PORT',
        '  check script:',
        '    checks/page.mjs',
        '  clean-up:',
        '    rm -r app',
      ]),
    );
  });

  test('is asked for once, and not again', async () => {
    const own = env();
    expect(await agreeToLab(lab, makePerson([true]), own)).toBe(true);
    expect(await agreeToLab(lab, makePerson([]), own)).toBe(true);
    expect(fs.statSync(path.join(own.HOME, '.config/labwalk/trusted.json')).mode & 0o777).toBe(0o600);
  });

  test('a no is not remembered', async () => {
    const own = env();
    expect(await agreeToLab(lab, makePerson([false]), own)).toBe(false);
    expect(await agreeToLab(lab, makePerson([true]), own)).toBe(true);
  });

  test.each([
    ['text', labOf(steps.replace('rm -r app', 'rm -r ~'), files)],
    ['script of a check', labOf(steps, { 'checks/page.mjs': 'export const check = () => false;' })],
  ])('asks again, and says so, when its %s has changed', async (_, changed) => {
    const own = env();
    await agreeToLab(lab, makePerson([true]), own);
    const person = makePerson([false]);
    expect(await agreeToLab(changed, person, own)).toBe(false);
    expect(person.asked[0]?.title).toBe('This lab has changed since you agreed to it');
    expect(await agreeToLab(lab, makePerson([]), own)).toBe(true);
  });

  test('the same text in another folder is another lab: what its scripts import is not the same', async () => {
    const own = env();
    await agreeToLab(lab, makePerson([true]), own);
    const copy = labOf(steps, files, '/somewhere/hello/lab.md');
    const person = makePerson([true]);
    await agreeToLab(copy, person, own);
    expect(person.asked[0]?.title).toBe('This lab did not come with labwalk');
    expect(await agreeToLab(lab, makePerson([]), own)).toBe(true);
  });
});
