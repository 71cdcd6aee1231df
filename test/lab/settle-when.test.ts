import { expect, test } from 'vitest';
import { findScenario, isKnown, isRefused, scenarioNames, scenarioWords } from '../../src/lab/facts/scenarios.ts';
import { settleWhen } from '../../src/lab/facts/settle-when.ts';
import { isForOtherMode } from '../../src/lab/facts/modes.ts';
import type { Mode, When } from '../../src/lab/types.ts';
import { causes } from '../../src/events/diagnosis.ts';
import { fence, writeLab } from '../support/run-lab.ts';

const whens: When[] = ['sandbox', 'aws', 'refused', 'known', 'restricted-session', 'expired', 'fine'];
const steps = `### Step\n\n${whens.map((when) => fence(`sh run when=${when}`, `echo ${when}`) + fence('yaml check', `- status: 0\n  when: ${when}`)).join('')}`;

function done(mode: Mode, scenario: (typeof scenarioNames)[number]): string[] {
  const { parts } = settleWhen(writeLab({ steps }).lab, mode, scenario).steps[0]!;
  const checked = parts.flatMap((part) => (part.kind === 'checks' ? part.checks.filter((use) => !isForOtherMode(use, mode)) : []));
  const ran = parts.flatMap((part) => (part.kind === 'run' && !isForOtherMode(part, mode) ? [part.script.trim().slice(5)] : []));
  expect(checked).toHaveLength(ran.length);
  return ran;
}

test('a part is done in its mode, and where its scenario is played', () => {
  expect(done('sandbox', 'restricted-session')).toEqual(['sandbox', 'refused', 'known', 'restricted-session']);
  expect(done('sandbox', 'expired')).toEqual(['sandbox', 'refused', 'expired']);
  expect(done('sandbox', 'fine')).toEqual(['sandbox', 'known', 'fine']);
  expect(done('sandbox', 'permission-missing')).toEqual(['sandbox', 'refused', 'known']);
  expect(done('aws', 'restricted-session')).toEqual(['aws', 'known']);
});

test('every cause can be played but the unclear one, and every word means a scenario', () => {
  expect(scenarioNames.filter((name) => name !== 'delete-throttled').sort()).toEqual(causes.filter((cause) => cause !== 'unclear').sort());
  for (const word of scenarioWords) expect(findScenario(word), word).toBeDefined();
  expect(findScenario('toString')).toBeUndefined();
  expect(scenarioNames.filter((name) => !isRefused(name))).toEqual(['delete-throttled', 'fine']);
  expect(scenarioNames.filter((name) => isKnown(name) && isRefused(name))).toEqual([
    'restricted-session',
    'permission-missing',
    'denied-by-organisation',
  ]);
});
