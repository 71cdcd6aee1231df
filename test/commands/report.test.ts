/** `labwalk report`: the command itself, with real files. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../src/command-line.ts';
import { reportCommand } from '../../src/commands/report.ts';
import type { Io } from '../../src/session/io.ts';
import { UsageError, UserError } from '../../src/errors.ts';
import type { VerifyReport } from '../../src/verify/report/schema.ts';
import { bigReport, everythingWrong, machine, splitInShards } from '../support/verify-reports.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-report-command-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const write = (name: string, report: unknown) => {
  fs.writeFileSync(path.join(folder, name), typeof report === 'string' ? report : JSON.stringify(report));
  return name;
};
const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');

async function labwalk(words: readonly string[], env: Record<string, string> = {}): Promise<{ code: number; out: string }> {
  const args = parseCommandLine(['report', ...words]);
  if (typeof args === 'string') throw new Error(`${args} was asked for`);
  let text = '';
  const out = { write: (more: string) => void (text += more), colour: false, columns: 80, unicode: true };
  // it uses nothing else of the outside
  const io = { out, cwd: folder, env } as unknown as Io;
  const code = await reportCommand(args, io);
  return { code, out: text };
}

describe('labwalk report merge', () => {
  test('joins two parts into the report of one run, in every format', async () => {
    const files = splitInShards(everythingWrong(), 2).map((report, index) => write(`part-${index}.json`, report));
    const { code, out } = await labwalk([
      'merge',
      ...files,
      '--report',
      'json=all.json',
      '--report',
      'junit=out/all.xml',
      '--report',
      'html=all.html',
    ]);
    expect(code).toBe(1);
    expect(out).toContain('Result    failed after 1 min 2 s');
    expect(JSON.parse(read('all.json'))).toEqual(everythingWrong());
    write('whole.json', everythingWrong());
    await labwalk(['show', 'whole.json', '--report', 'junit=whole.xml', '--report', 'html=whole.html']);
    expect(read('out/all.xml')).toBe(read('whole.xml'));
    expect(read('all.html')).toBe(read('whole.html'));
  });

  test('tells of a missing part, and ends with 3', async () => {
    write('1.json', splitInShards(bigReport(50), 2)[0]);
    const { code, out } = await labwalk(['merge', '1.json']);
    expect(code).toBe(3);
    expect(out).toContain('stopped by an error');
    expect(out).toContain('Part 2 of 2 is missing.');
  });

  test('names the machines of a class', async () => {
    const files = ['a', 'b'].map((name) => write(`${name}.json`, { ...bigReport(50, 1), machines: [{ ...machine, name }] }));
    const { code, out } = await labwalk(['merge', ...files]);
    expect(code).toBe(0);
    expect(out).toMatch(/✓ lab-0 on a {2}passed[^]*✓ lab-0 on b {2}passed[^]*Machines {2}a, b/);
  });
});

describe('labwalk report show', () => {
  test('ends as the verification did', async () => {
    const codes = { passed: 0, failed: 1, interrupted: 130, error: 3 } satisfies Record<VerifyReport['outcome'], number>;
    for (const [outcome, wanted] of Object.entries(codes)) {
      write('x.json', { ...bigReport(10, 1), outcome });
      expect((await labwalk(['show', 'x.json'])).code).toBe(wanted);
    }
  });

  test('reads a report with keys that a later labwalk has added', async () => {
    write('x.json', JSON.stringify(bigReport(10, 1)).replaceAll('"ms":', '"energy":1,"ms":'));
    expect((await labwalk(['show', 'x.json'])).code).toBe(0);
  });

  test('compares with an earlier report', async () => {
    const earlier = bigReport(10, 1);
    earlier.labs[0]!.tools['chalice'] = '1.33.0';
    const files = [write('earlier.json', earlier), write('now.json', bigReport(10, 1))];
    const { out } = await labwalk(['show', files[1]!, '--against', files[0]!]);
    expect(out).toContain('Other tools\n    lab-0: chalice: 1.33.0, now 1.34.0');
  });

  test('gives GitHub its annotations, and adds to the summary of the job', async () => {
    write('x.json', everythingWrong());
    const summary = path.join(folder, 'summary.md');
    fs.writeFileSync(summary, '# Earlier\n');
    const { out } = await labwalk(['show', 'x.json', '--report', 'github'], { GITHUB_STEP_SUMMARY: summary });
    expect(out).toContain('\n::error file=labs/hello/lab.md,line=5,');
    expect(read('summary.md')).toMatch(/^# Earlier\n# ❌ labwalk verify: failed/);
    await labwalk(['show', 'x.json', '--report', 'github=page.md']);
    expect(read('page.md')).toMatch(/^# ❌ labwalk verify: failed/);
  });

  test('says where a summary can not be written', async () => {
    write('x.json', everythingWrong());
    const file = path.join(folder, 'no', 'such.md');
    await expect(labwalk(['show', 'x.json', '--report', 'github'], { GITHUB_STEP_SUMMARY: file })).rejects.toThrow(UserError);
  });
});

describe('what is no report', () => {
  test.each([
    ['nowhere.json', undefined, "The report nowhere.json can't be read: there is no such file."],
    ['empty.json', '', 'empty.json is empty.'],
    ['text.json', '{\n  "kind": verify\n}', 'text.json:2:11 is no JSON: verify should stand in double quotes.'],
    ['cut.json', JSON.stringify(everythingWrong(), null, 2).slice(0, -40), /^cut\.json:\d+:\d+ is no JSON: .* is missing\./],
    ['run.json', { labwalk: '0.1.0', outcome: 'passed', labs: [] }, 'run.json is no report of labwalk verify.'],
    ['list.json', [1], 'list.json is no report of labwalk verify.'],
    ['later.json', { kind: 'verify', format: 2 }, 'later.json is a report of format 2, which this labwalk does not know.'],
    ['odd.json', { ...everythingWrong(), ms: -1 }, 'odd.json is not as labwalk verify writes it, at ms:'],
    [
      'deep.json',
      JSON.stringify(everythingWrong()).replace('"lab.md"', '7'),
      'deep.json is not as labwalk verify writes it, at labs[0].steps[0].place.file:',
    ],
  ])('is told with its place: %s', async (name, content, message) => {
    if (content !== undefined) write(name, content);
    await expect(labwalk(['show', name])).rejects.toThrow(message);
    await expect(labwalk(['show', name])).rejects.toThrow(UsageError);
  });

  test('a folder', async () => {
    await expect(labwalk(['merge', '.'])).rejects.toThrow("The report . can't be read: it is a folder.");
  });
});

test.each([
  [['mrge', 'x.json'], 'Did you mean "merge"?'],
  [['print', 'x.json'], 'labwalk report merge FILE…'],
  [['show', 'a.json', 'b.json'], 'To join several: labwalk report merge a.json b.json'],
  [['merge'], 'labwalk report needs merge or show, and a file.'],
  [['show', 'x.json', '--report', 'ndjson'], 'Did you mean "json"?'],
])('wrong usage is told: %j', async (words, message) => {
  write('x.json', everythingWrong());
  await expect(labwalk(words)).rejects.toThrow(message);
});
