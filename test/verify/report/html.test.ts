import { describe, expect, test } from 'vitest';
import { compareReports } from '../../../src/verify/report/compare.ts';
import { toVerifyHtml } from '../../../src/verify/report/html.ts';
import { mergeReports } from '../../../src/verify/report/merge.ts';
import type { VerifyReport } from '../../../src/verify/report/schema.ts';
import { expectHarmless, openElements, tagsOf } from '../../support/page-tags.ts';
import { bigReport, everythingWrong, machine, makeLab, makeReport, splitInShards } from '../../support/verify-reports.ts';

const HOSTILE = `</pre></script><script>alert(1)</script><img src=x onerror=alert(2)>"'&amp;\x1b]0;title\x07`;
const words = [
  'passed',
  'failed',
  'read',
  'skipped',
  'not-done',
  'done',
  'timeout',
  'killed',
  'survived',
  'equivalent',
  'told',
  'sandbox',
  'verify',
];

/** Every text of a report with something hostile in it. */
function makeHostile(value: unknown): unknown {
  if (typeof value === 'string')
    return [...words, 'red', 'output', 'mutant', 'stays', 'none', '-', '+', ' '].includes(value) ? value : `${value}${HOSTILE}`;
  if (Array.isArray(value)) return value.map(makeHostile);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, makeHostile(inside)]));
}

const twoMachines = mergeReports([everythingWrong(), { ...everythingWrong(), machines: [{ ...machine, name: 'desk-5' }] }]);
const reports: [string, VerifyReport][] = [
  ['with everything wrong', everythingWrong()],
  ['that is good', bigReport(100)],
  ['of a part', splitInShards(everythingWrong(), 2)[0]!],
  ['of two machines', twoMachines],
  ['with a part missing', mergeReports([splitInShards(everythingWrong(), 2)[0]!])],
  ['without labs', makeReport([])],
  ['without steps', makeReport([makeLab([])])],
  ['in which every text is hostile', makeHostile(everythingWrong()) as VerifyReport],
];

describe.each(reports)('the page of a verification %s', (_name, report) => {
  const page = toVerifyHtml(report, compareReports(bigReport(30, 1), report));

  test('loads nothing and runs nothing', () => {
    expectHarmless(page);
  });

  test('has every element closed', () => {
    expect(openElements(page)).toEqual([]);
  });

  test('has links that lead somewhere', () => {
    const attributes = tagsOf(page).map(([, , text = '']) => text);
    const ids = attributes.map((text) => / id="([^"]*)"/.exec(text)?.[1]).filter((id) => id !== undefined);
    const links = attributes.map((text) => / href="#([^"]*)"/.exec(text)?.[1]).filter((id) => id !== undefined);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('mutants that survived stand first', () => {
  const page = toVerifyHtml(everythingWrong());
  const [first] = page.slice(page.indexOf('Changed solutions')).match(/myapp\/app\.py:\d+/) ?? [];
  expect(first).toBe('myapp/app.py:14');
});

test('what failed is open, what passed is closed', () => {
  const page = toVerifyHtml(everythingWrong());
  expect(page).toMatch(/<details class="step" open>\n<summary><h3>Deploy it/);
  expect(page).toMatch(/<details class="step">\n<summary><h3>Step 1/);
});
