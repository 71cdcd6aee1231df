import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ageOfKeys } from '../../src/walk/fresh-keys.ts';
import { createWalk } from '../../src/walk/walk.ts';
import { createFakeRun } from './fake-run.ts';
import { createPerson } from './person.ts';
import { fence, labOf, stateOf } from './support.ts';

const now = Date.parse('2026-01-01T12:00:00Z');
const steps = `### Keys\n\n${fence('yaml credentials', 'for: [iam, lambda]')}### Deploy\n<!-- labwalk: creates="role:a-dev" -->\n\n${fence('sh run', 'deploy')}${fence('sh cleanup', 'undo')}### Look\n\n${fence('sh run', 'ls')}`;

/** At a step, with keys that expire then. */
function walkAt(step: string, expires: string | undefined) {
  const lab = labOf(steps);
  const workspace = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-walk-')));
  const fake = createFakeRun(lab, workspace);
  const person = createPerson();
  const given = { type: 'credentials-given', account: '1', arn: 'a', region: 'r', ...(expires === undefined ? {} : { expires }) } as const;
  const walk = createWalk({
    ...{ lab, run: fake.run, learner: person, workspace, now: () => now, env: {} },
    state: stateOf(lab, [[given, 'keys']]),
    earlier: { ms: 0, solutions: 0, hints: {}, services: [], step },
    back: { ways: () => [] },
  });
  fake.listen = (event) => walk.listen(event);
  onTestFinished(() => walk.close());
  const done = () => fake.calls.filter((call) => /^(start|give)/.test(call));
  return { walk, fake, person, done };
}

const keys = { accessKeyId: 'AKIANEW', secretAccessKey: 's' };

test('keys are late five minutes before their end; where nobody knows it they are fresh', () => {
  expect(ageOfKeys(undefined, now)).toBe('fresh');
  expect(ageOfKeys('2026-01-01T12:05:00Z', now)).toBe('fresh');
  expect(ageOfKeys('2026-01-01T12:04:59Z', now)).toBe('late');
  expect(ageOfKeys('2026-01-01T12:00:00Z', now)).toBe('expired');
});

test('new keys are asked for before a command that needs them', async () => {
  const { walk, person, done } = walkAt('deploy', '2026-01-01T12:03:00Z');
  person.keys.push(keys);
  await walk.next();
  expect(person.questions).toHaveLength(1);
  expect(person.questions[0]).toMatchObject({ for: ['iam', 'lambda'], mode: 'sandbox' });
  expect(person.questions[0]?.refused).toMatch(/^The AWS keys expire at 12:03 UTC\. Give new ones first/);
  expect(done()).toEqual(['give AKIANEW for iam,lambda', 'start deploy 0']);
  // the new ones have no end that is known
  await walk.redo();
  expect(person.questions).toHaveLength(1);
});

test('those that are refused are asked for again, with the reason', async () => {
  const { walk, fake, person, done } = walkAt('deploy', '2026-01-01T11:00:00Z');
  fake.failing.add('keys');
  person.keys.push(keys, undefined);
  await walk.next();
  expect(person.questions.map(({ refused }) => refused)).toEqual([
    expect.stringMatching(/^The AWS keys have expired at 11:00 UTC\./),
    'They are of no use.',
  ]);
  expect(done()).toEqual(['give AKIANEW for iam,lambda']);
  expect(walk.view.notice?.text).toMatch(/needs keys before it can go on/);
});

test('without new keys a command can begin as long as the old ones count', async () => {
  const { walk, person, done } = walkAt('deploy', '2026-01-01T12:03:00Z');
  person.keys.push(undefined);
  await walk.next();
  expect(done()).toEqual(['start deploy 0']);
});

test.each([
  ['fresh keys', 'deploy', '2026-01-01T14:00:00Z'],
  ['keys without an end', 'deploy', undefined],
  ['a step that needs none', 'look', '2026-01-01T11:00:00Z'],
])('nothing is asked for with %s', async (_, step, expires) => {
  const { walk, person, done } = walkAt(step, expires);
  await walk.next();
  expect(person.questions).toEqual([]);
  expect(done()).toEqual([`start ${step} 0`]);
});
