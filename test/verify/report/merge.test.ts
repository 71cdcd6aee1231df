import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { mergeReports } from '../../../src/verify/report/merge.ts';
import type { VerifyReport } from '../../../src/verify/report/schema.ts';
import {
  bigReport,
  everythingWrong,
  machine,
  makeCheck,
  makeLab,
  makeMutant,
  makeReport,
  makeStep,
  splitInShards,
} from '../../support/verify-reports.ts';

describe('the parts of one run', () => {
  test.each([
    ['everything wrong', everythingWrong],
    ['a big one', () => bigReport(300, 3)],
  ])('are the report of one run again: %s', (_name, make) => {
    for (const of of [1, 2, 3, 7]) {
      expect(mergeReports(splitInShards(make(), of))).toEqual(make());
      expect(mergeReports(splitInShards(make(), of).reverse())).toEqual(make());
    }
  });

  test('have the steps in the order of their lines where they have no numbers', () => {
    const strip = (report: VerifyReport) => {
      for (const step of report.labs.flatMap(({ steps }) => steps)) delete step.number;
      return report;
    };
    expect(mergeReports(splitInShards(strip(everythingWrong()), 2).reverse())).toEqual(strip(everythingWrong()));
  });

  test('took as long as the longest of them, and are of every machine', () => {
    const [first, second] = splitInShards(bigReport(100, 1), 2);
    const merged = mergeReports([
      { ...first!, ms: 10 },
      { ...second!, ms: 30, machines: [{ ...machine, name: 'desk-5' }] },
    ]);
    expect(merged.ms).toBe(30);
    expect(merged.machines.map(({ name }) => name)).toEqual(['desk-4', 'desk-5']);
  });

  test('are an error where one is missing, and it is named', () => {
    const [first, , third] = splitInShards(bigReport(100), 4);
    const merged = mergeReports([third!, first!]);
    expect(merged).toMatchObject({ outcome: 'error', message: 'Part 2 of 4 is missing. Part 4 of 4 is missing.' });
    expect(mergeReports([first!]).outcome).toBe('error');
  });

  test('are an error where they have not verified the same text', () => {
    const [first, second] = splitInShards(everythingWrong(), 2);
    second!.labs[0]!.hash = 'another';
    expect(mergeReports([first!, second!])).toMatchObject({
      outcome: 'error',
      message: 'The parts have not verified the same text of the lab hello.',
    });
  });

  test('can not be of two runs', () => {
    const [first] = splitInShards(everythingWrong(), 2);
    expect(() => mergeReports([first!, first!])).toThrow(
      new UsageError('Two reports are part 1 of 2.', 'Give each part once. For several machines, merge the parts of each first.'),
    );
    expect(() => mergeReports([first!, splitInShards(everythingWrong(), 3)[1]!])).toThrow(
      'One report is a part of 2, another a part of 3.',
    );
    expect(() => mergeReports([])).toThrow(UsageError);
  });

  test('a step that one did and another did not is as the one found it, and the worst counts where both did', () => {
    const part = (index: number, more: Parameters<typeof makeStep>[1], outcome: 'passed' | 'failed' = 'passed') =>
      makeReport([makeLab([makeStep(1, more)], { outcome })], { shard: { index, of: 2 } });
    const done = { checks: [makeCheck(0)] };
    const again = { outcome: 'passed' as const, ms: 700, failed: [], commands: [] };
    const stepOf = (...reports: VerifyReport[]) => mergeReports(reports).labs[0]?.steps[0];
    expect(stepOf(part(1, { outcome: 'not-done', ms: 0 }), part(2, { ...done, again }))).toEqual(makeStep(1, { ...done, again }));
    const failed = { outcome: 'failed' as const, checks: [makeCheck(0, { outcome: 'failed' })] };
    expect(stepOf(part(1, { ...done, again }), part(2, failed, 'failed'))).toMatchObject({
      outcome: 'failed',
      again,
      checks: [{ outcome: 'failed' }],
    });
  });

  test('a check that nothing in its own part made fail is proven by a mutant of another part, and then all has passed', () => {
    const unproven = makeLab([makeStep(1, { checks: [makeCheck(0, { proof: { by: 'none' } })] })], { outcome: 'failed' });
    const killing = makeLab([], { mutants: [makeMutant(4)] });
    const parts = [makeReport([unproven], { shard: { index: 1, of: 2 } }), makeReport([killing], { shard: { index: 2, of: 2 } })];
    const merged = mergeReports(parts);
    expect(merged.labs[0]?.steps[0]?.checks[0]?.proof).toEqual({ by: 'mutant', detail: 'method-swapped app.py:4' });
    expect(merged.outcome).toBe('passed');
    killing.mutants[0]!.outcome = 'survived';
    expect(mergeReports(parts).outcome).toBe('failed');
  });

  test('no failure of a part is lost, also one that nothing in the part explains', () => {
    const parts = splitInShards(bigReport(100, 1), 2);
    parts[1]!.labs[0]!.outcome = 'failed';
    expect(mergeReports(parts)).toMatchObject({ outcome: 'failed', labs: [{ outcome: 'failed' }] });
    parts[1]!.outcome = 'interrupted';
    expect(mergeReports(parts).outcome).toBe('interrupted');
  });
});

describe('reports of several machines', () => {
  const on = (name: string, more: Partial<VerifyReport> = {}) => ({ ...everythingWrong(), machines: [{ ...machine, name }], ...more });

  test('have each lab once for each machine, and name it', () => {
    const merged = mergeReports([on('desk-4'), on('desk-5', { ms: 99_000 })]);
    expect(merged.labs.map(({ lab, machine }) => `${lab} ${machine}`)).toEqual([
      'hello desk-4',
      'tiny desk-4',
      'hello desk-5',
      'tiny desk-5',
    ]);
    expect(merged).toMatchObject({ outcome: 'failed', ms: 99_000 });
  });

  test('are told apart where machines have one name', () => {
    const merged = mergeReports([on('ip-10-0-0-1'), on('ip-10-0-0-1'), on('ip-10-0-0-1')]);
    expect(merged.machines.map(({ name }) => name)).toEqual(['ip-10-0-0-1', 'ip-10-0-0-1 (2)', 'ip-10-0-0-1 (3)']);
    expect(new Set(merged.labs.map(({ machine }) => machine)).size).toBe(3);
  });

  test('are told apart, too, where some of them were merged before', () => {
    const all = mergeReports([mergeReports([on('ip'), on('ip')]), mergeReports([on('ip'), on('ip')])]);
    const names = ['ip', 'ip (2)', 'ip (3)', 'ip (2) (2)'];
    expect(all.machines.map(({ name }) => name)).toEqual(names);
    expect(all.labs.filter(({ lab }) => lab === 'tiny').map(({ machine }) => machine)).toEqual(names);
  });

  test('can be merged once more with others', () => {
    const twice = mergeReports([mergeReports([on('a'), on('b')]), on('c')]);
    expect(twice.labs.filter(({ lab }) => lab === 'tiny').map(({ machine }) => machine)).toEqual(['a', 'b', 'c']);
  });

  test('one alone stays as it is', () => {
    expect(mergeReports([everythingWrong()])).toEqual(everythingWrong());
  });
});
