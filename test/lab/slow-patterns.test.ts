import { expect, test } from 'vitest';
import { lintSlowPatterns } from '../../src/lab/lint/slow-patterns.ts';
import { fence, writeLab } from '../support/run-lab.ts';

test('lint tells of a pattern that may take for ever, wherever it is', async () => {
  const { lab } = writeLab({
    front: 'variables: { WHO: me }\nsignatures: [s.yaml]\n',
    steps: `### One\n\n${fence('sh service=web ready=log:"^(\\w+\\s?)*$"', 'serve')}${fence(
      'yaml check',
      '- http: { url: "http://x/", matches: ["^ok", "^{{WHO}}(a+)+$"] }\n- log: { service: web, not: { matches: "(b|b)*$" } }\n- log: { service: web, matches: "b+$" }',
    )}`,
    files: { 's.yaml': "- { id: endless, matches: ['ok', '^(c|cc)+$'], what: It hangs., fix: Wait., example: [ok, cc] }\n" },
  });
  const problems = await lintSlowPatterns(lab);
  expect(problems.map(({ file, line, what }) => `${file.split('/').at(-1)}:${line} ${what.replace(/: on.*/, '')}`)).toEqual([
    'lab.md:20 the pattern /^x(a+)+$/ may take for ever',
    'lab.md:21 the pattern /(b|b)*$/ may take for ever',
    'lab.md:15 the pattern /^(\\w+\\s?)*$/ may take for ever',
    's.yaml:1 the pattern /^(c|cc)+$/ may take for ever',
  ]);
  expect(problems[0]!.what).toMatch(/on a text of \d+ characters, "xaaaaaaaaaaaaaaaaaaa"…, it took more than half a second$/);
});

test('a lab without patterns has nothing to try', async () => {
  const { lab } = writeLab({ steps: `### One\n\n${fence('yaml check', '- file: app.py')}` });
  expect(await lintSlowPatterns(lab)).toEqual([]);
});
