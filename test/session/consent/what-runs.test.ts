import { describe, expect, test } from 'vitest';
import { listWhatRuns } from '../../../src/session/consent/what-runs.ts';
import { fence, labOf } from '../person.ts';

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
