import { describe, expect, test } from 'vitest';
import { comparedParts, compareReports } from '../../../src/verify/report/compare.ts';
import type { VerifiedLab, VerifiedStep } from '../../../src/verify/report/schema.ts';
import {
  bigReport,
  everythingWrong,
  splitInShards,
  makeCheck,
  makeLab,
  makeMutant,
  makeReport,
  makeStep,
} from '../../support/verify-reports.ts';

const compareSteps = (before: Partial<VerifiedStep>, now: Partial<VerifiedStep>) =>
  compareReports(makeReport([makeLab([makeStep(1, before)])]), makeReport([makeLab([makeStep(1, now)])]));
const compareLabs = (before: Partial<VerifiedLab>, now: Partial<VerifiedLab>) =>
  compareReports(makeReport([makeLab([], before)]), makeReport([makeLab([], now)]));
const at = { lab: 'hello', step: 'step-1' };

describe('an earlier report', () => {
  test('that is the same has nothing to tell', () => {
    for (const make of [everythingWrong, () => bigReport(200)]) expect(comparedParts(compareReports(make(), make()))).toEqual([]);
  });

  test('shows which checks broke and which were mended', () => {
    const [good, bad] = [makeCheck(0), makeCheck(0, { outcome: 'failed', actual: 'status 500' })];
    const broke = compareSteps({ checks: [good, makeCheck(1)] }, { outcome: 'failed', checks: [bad, makeCheck(1)] });
    expect(broke).toMatchObject({ broke: [{ ...at, what: good.summary, now: 'status 500' }], mended: [], added: [], gone: [] });
    expect(compareSteps({ outcome: 'failed', checks: [bad] }, { checks: [good] })).toMatchObject({
      broke: [],
      mended: [{ ...at, what: good.summary }],
    });
  });

  test('shows a check that has lost its proof', () => {
    const { broke } = compareSteps({ checks: [makeCheck(0)] }, { checks: [makeCheck(0, { proof: { by: 'none' } })] });
    expect(broke).toEqual([{ ...at, what: makeCheck(0).summary, now: 'nothing makes it fail any more' }]);
  });

  test('knows a check again whose sentence has another port, and one behind a new one', () => {
    const named = (check: number, summary: string, more = {}) => makeCheck(check, { summary, ...more });
    const ports = compareSteps(
      { checks: [named(0, 'port 8000 answers')] },
      { checks: [named(0, 'port 8001 answers', { outcome: 'failed' })] },
    );
    expect(ports).toMatchObject({ broke: [{ what: 'port 8001 answers' }], added: [], gone: [] });
    const moved = compareSteps(
      { checks: [named(0, 'a')] },
      { checks: [named(0, 'new', { kind: 'file' }), named(1, 'a', { outcome: 'failed' })] },
    );
    expect(moved).toMatchObject({ broke: [{ what: 'a' }], added: [{ what: 'the check "new"' }], gone: [] });
    expect(compareSteps({ checks: [named(0, 'a')] }, { checks: [] }).gone).toEqual([{ ...at, what: 'the check "a"' }]);
  });

  test('shows a step that fails without a check, one that fails when done again, and one that is not done any more', () => {
    expect(compareSteps({}, { outcome: 'failed', message: 'The shell ended.' }).broke).toEqual([
      { ...at, what: 'the step "Step 1"', now: 'The shell ended.' },
    ]);
    const again = (outcome: 'passed' | 'failed') => ({ again: { outcome, ms: 1, failed: [], commands: [] } });
    expect(compareSteps(again('passed'), again('failed')).broke).toMatchObject([{ what: 'the step "Step 1", done again' }]);
    expect(compareSteps(again('failed'), again('passed')).mended).toMatchObject([{ what: 'the step "Step 1", done again' }]);
    expect(compareSteps({}, { outcome: 'skipped', message: 'It builds on "x".' }).gone).toMatchObject([
      { what: 'the step "Step 1" was done, and is not now: It builds on "x".' },
    ]);
  });

  test.each([
    [10_000, 15_001, true],
    [10_000, 15_000, false],
    [1_000, 3_000, false],
    [1_000, 3_001, true],
    [60_000, 61_000, false],
  ])('a step of %i ms that takes %i ms now is told as slower: %s', (before, now, isTold) => {
    expect(compareSteps({ ms: before }, { ms: now }).slower).toEqual(isTold ? [{ ...at, title: 'Step 1', before, now }] : []);
  });

  test('shows steps and labs that are new or gone', () => {
    const comparison = compareReports(
      makeReport([makeLab([makeStep(1), makeStep(2)]), makeLab([], { lab: 'old' })]),
      makeReport([makeLab([makeStep(1), makeStep(3, { outcome: 'failed' })]), makeLab([], { lab: 'new' })]),
    );
    expect(comparison.added).toEqual([
      { lab: 'hello', step: 'step-3', what: 'the step "Step 3", and it fails' },
      { lab: 'new', what: 'the lab' },
    ]);
    expect(comparison.gone).toEqual([
      { lab: 'hello', step: 'step-2', what: 'the step "Step 2"' },
      { lab: 'old', what: 'the lab' },
    ]);
  });

  test('shows mutants, findings and things left', () => {
    const survived = makeMutant(1, { outcome: 'survived' });
    const finding = { name: 'left-process', text: 'sleep still runs.' };
    const left = { done: true, ms: 0, commands: [], left: ['role myapp-dev'] };
    const worse = { mutants: [survived, makeMutant(2, { outcome: 'survived' })], findings: [finding], cleanup: left };
    const { broke, added } = compareLabs({ mutants: [makeMutant(1)] }, worse);
    expect(broke.map(({ what }) => what)).toEqual([
      'the change method-swapped app.py:1',
      'sleep still runs.',
      'still there after clean-up: role myapp-dev',
    ]);
    expect(added.map(({ what }) => what)).toEqual(['the change method-swapped app.py:2, which no check notices']);
    expect(compareLabs(worse, { mutants: [makeMutant(1)] }).mended).toHaveLength(3);
  });

  test('of the whole has nothing to tell of a part that is as it was, nor a part of the whole', () => {
    for (const part of splitInShards(bigReport(100, 2), 3)) {
      expect(comparedParts(compareReports(bigReport(100, 2), part))).toEqual([]);
      expect(comparedParts(compareReports(part, bigReport(100, 2)))).toEqual([]);
    }
  });

  test('shows tools of another version', () => {
    const { tools } = compareLabs({ tools: { python3: '3.11.7', aws: '2.1' } }, { tools: { python3: '3.12.1', uv: '0.9' } });
    expect(tools).toEqual([
      { lab: 'hello', tool: 'python3', before: '3.11.7', now: '3.12.1' },
      { lab: 'hello', tool: 'aws', before: '2.1' },
      { lab: 'hello', tool: 'uv', now: '0.9' },
    ]);
  });

  test('of another machine is compared where each has a lab once, else machine by machine', () => {
    const lab = (machine: string, more: Partial<VerifiedStep> = {}) => makeLab([makeStep(1, more)], { machine });
    const failed = { outcome: 'failed' as const };
    expect(compareReports(makeReport([lab('a')]), makeReport([lab('b', failed)])).broke).toHaveLength(1);
    const both = compareReports(makeReport([lab('a'), lab('b', failed)]), makeReport([lab('b'), lab('c')]));
    expect(both).toMatchObject({
      broke: [],
      mended: [{ lab: 'hello on b' }],
      added: [{ lab: 'hello on c' }],
      gone: [{ lab: 'hello on a' }],
    });
  });
});
