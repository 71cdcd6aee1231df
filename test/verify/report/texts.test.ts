/** The reports that people and CI systems read as text. */
import { describe, expect, test } from 'vitest';
import { compareReports } from '../../../src/verify/report/compare.ts';
import { verifyFormats } from '../../../src/verify/report/formats.ts';
import { toAnnotations, toSummary, withoutCommands } from '../../../src/verify/report/github.ts';
import { verifyReportSchema, type VerifyReport } from '../../../src/verify/report/schema.ts';
import { expectGolden } from '../../report/replay.ts';
import { bigReport, everythingWrong, makeCheck, makeLab, makeReport, makeStep } from '../../support/verify-reports.ts';

const out = { colour: false, columns: 80, unicode: true };
function render(name: string, report: VerifyReport, look: Partial<typeof out> = {}): string {
  const format = verifyFormats.find((one) => one.name === name);
  if (!format) throw new Error(`There is no format ${name}`);
  return format.render(report, { out: { ...out, ...look }, toFile: false });
}

test('the made-up reports are reports', () => {
  for (const report of [everythingWrong(), bigReport(100)]) expect(verifyReportSchema.parse(report)).toEqual(report);
});

describe('a report with everything wrong in it', () => {
  const report = everythingWrong();

  test('reads as it did as text, also in colour and with marks of ASCII at 60 columns', () => {
    expectGolden('verify.txt', render('text', report));
    expectGolden('verify.colour.txt', render('text', report, { colour: true }));
    expectGolden('verify.ascii.txt', render('text', report, { unicode: false, columns: 60 }));
  });

  test('is the JUnit XML, the page and the GitHub report it was', () => {
    expectGolden('verify.xml', render('junit', report));
    expectGolden('verify.html', render('html', report));
    expectGolden('verify.github.txt', render('github', report));
    expectGolden('verify.md', toSummary(report));
  });

  test('comes out of JSON as it went in', () => {
    expect(JSON.parse(render('json', report))).toEqual(report);
  });

  test('has no line wider than the screen in its text, but what can not be broken', () => {
    const wide = render('text', report, { columns: 60 })
      .split('\n')
      .filter((line) => line.length > 60);
    expect(wide.filter((line) => !/^ {6}[-+ ] /.test(line))).toEqual([
      '✗ hello  failed  5 steps, 5 checks, 1 of 2 mutants killed, 1 min',
      '✓ tiny  passed  1 step, 1 check, 1 of 1 mutants killed, 1.5 s',
    ]);
  });
});

test.each(verifyFormats.map((format) => [format.name, format] as const))(
  '%s has a line for the help, and tells the same of the same report',
  (name, format) => {
    expect(format.about).toMatch(/^\S.*[^.]$/);
    const report = everythingWrong();
    const before = JSON.stringify(report);
    expect(render(name, report)).toBe(render(name, report));
    expect(JSON.stringify(report)).toBe(before);
  },
);

test.each(verifyFormats.filter(({ name }) => name !== 'json').map(({ name }) => name))(
  'nothing in %s acts on a terminal, whatever the report holds',
  (name) => {
    const hostile = '\x1b]0;title\x07\x1b[2J\x9b31m<script>';
    const report = everythingWrong();
    const [lab] = report.labs;
    const text = JSON.stringify(lab).replaceAll('Creating', `${JSON.stringify(hostile).slice(1, -1)}Creating`);
    const rendered = render(name, { ...report, labs: [JSON.parse(text) as NonNullable<typeof lab>] });
    expect(rendered).toContain('Creating');
    // eslint-disable-next-line no-control-regex -- these must not be there
    expect(rendered).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
  },
);

describe('annotations', () => {
  test('name file, line and column, escaped as GitHub wants it', () => {
    const lab = makeLab([
      makeStep(1, {
        checks: [
          makeCheck(0, {
            outcome: 'failed',
            summary: '100 % of a,b: yes',
            actual: 'one\ntwo',
            place: { file: 'parts/a,b.md', line: 7, column: 2 },
          }),
        ],
      }),
    ]);
    expect(toAnnotations(makeReport([lab]))).toBe(
      '::error file=labs/hello/parts/a%2Cb.md,line=7,col=2,title=hello%3A step-1::100 %25 of a,b: yes%0Agot: one%0Atwo\n',
    );
  });

  test('are warnings for drift', () => {
    expect(toAnnotations(everythingWrong()).match(/^::warning .*/gm)).toEqual([
      '::warning file=labs/hello/lab.md,line=47,col=3,title=hello%3A run-locally::`chalice deploy` now prints something else than the lab says%0A  Creating deployment package.%0A- Creating IAM role: myapp-dev%0A+ Creating IAM role: myapp-dev-role',
    ]);
  });

  test('are as many as GitHub shows, and the last tells how many more there are', () => {
    const checks = Array.from({ length: 40 }, (_, check) => makeCheck(check, { outcome: 'failed' }));
    const lines = toAnnotations(makeReport([makeLab([makeStep(1, { checks })])]))
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('::error title=labwalk verify::31 more: the summary of the job has them all.');
  });
});

test('what programs printed is no command to GitHub', () => {
  const text = 'fine\n::add-mask::x\n::stop-commands::guess\n';
  const [first = '', ...rest] = withoutCommands(text).split('\n');
  const token = /^::stop-commands::(\w{64})$/.exec(first)?.[1] ?? '';
  expect(rest.join('\n')).toBe(`${text}::${token}::\n`);
  expect(text).not.toContain(token);
});

test('the summary of a job stays below what GitHub takes', () => {
  const checks = Array.from({ length: 5_000 }, (_, check) => makeCheck(check, { outcome: 'failed', actual: 'x'.repeat(100_000) }));
  const summary = toSummary(makeReport([makeLab([makeStep(1, { checks })], { outcome: 'failed' })]));
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
  expect(summary).toContain('4,800 more are in the other reports.');
});

test.each(['text', 'html', 'github'])('%s has what is not as it was in an earlier report', (name) => {
  const now = everythingWrong();
  const earlier = everythingWrong();
  earlier.labs[0]!.steps[1]!.checks[0]!.outcome = 'passed';
  const format = verifyFormats.find((one) => one.name === name)!;
  const comparison = compareReports(earlier, now);
  const text = format.render(now, { out, toFile: name === 'github', comparison });
  expect(text).toContain('Compared with');
  expect(text).toContain('Broke');
  expect(format.render(now, { out, toFile: true, comparison: compareReports(now, now) })).toMatch(/as it\s+was/i);
});
