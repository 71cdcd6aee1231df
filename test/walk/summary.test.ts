import { describe, expect, test } from 'vitest';
import type { EventBody } from '../../src/events/event.ts';
import { deployedOf, extentOf, summaryOf } from '../../src/walk/summary.ts';
import { fence, labOf, stateOf, tell } from './support.ts';

const lab = labOf(
  [
    '### Read\n\nText.\n\n',
    `### Deploy\n<!-- labwalk: creates="role:app-dev function:app-*" -->\n\n${fence('sh run', 'deploy')}${fence('yaml check', '- aws: { role: app-dev }')}`,
    `### Delete\n\n${fence('sh run', 'delete')}${fence('yaml check', '- aws: { role: app-dev, present: false }\n- aws: { function: app-*, present: false }')}`,
  ].join(''),
);

const planned = (kind: string, name: string): readonly [EventBody, string] => [
  { type: 'resource-seen', kind, name, state: 'planned' },
  'deploy',
];
const seen = (kind: string, name: string): readonly [EventBody, string] => [
  { type: 'resource-seen', kind, name, state: 'present' },
  'deploy',
];
const plan = [tell.started('deploy'), planned('role', 'app-dev'), planned('function', 'app-*')];
const made = [...plan, seen('role', 'app-dev'), seen('function', 'app-*')];
const deployed = (...events: Parameters<typeof stateOf>[1] & object) => deployedOf(lab, stateOf(lab, events));

describe('what is still deployed', () => {
  test('is nothing before a command has made it', () => {
    expect(deployed(...plan)).toEqual([]);
    expect(deployed(...plan, ...tell.action('deploy', 0, 'failed'))).toEqual([]);
  });

  test('is what was seen after the command', () => {
    expect(deployed(...plan, seen('role', 'app-dev'), ...tell.action('deploy', 0))).toEqual(['role app-dev']);
  });

  test('may be all of it while the command runs, and where nobody looked afterwards', () => {
    const [begin] = tell.action('deploy', 0);
    expect(deployed(...plan, begin!)).toEqual(['role app-dev', 'function app-*']);
    expect(deployed(...plan, ...tell.action('deploy', 0, 'interrupted'))).toEqual(['role app-dev', 'function app-*']);
  });

  test('is not what a later step found to be gone, by its own checks', () => {
    const done = [...made, ...tell.action('deploy', 0), tell.check('deploy', 0)];
    expect(deployed(...done, tell.started('delete'), tell.check('delete', 0), tell.check('delete', 1))).toEqual([]);
    expect(deployed(...done, tell.started('delete'), tell.check('delete', 0), tell.check('delete', 1, 'failed'))).toEqual([
      'function app-*',
    ]);
  });

  test('is not what clean-up found to be gone', () => {
    const gone: EventBody = { type: 'resource-seen', kind: 'role', name: 'app-dev', state: 'gone' };
    expect(deployed(...made, ...tell.action('deploy', 0), [gone, 'deploy'])).toEqual(['function app-*']);
  });
});

test('the figures count what there is to do, and what was done of it', () => {
  expect(extentOf(lab)).toEqual({ steps: 2, checks: 3 });
  const state = stateOf(lab, [
    tell.ended('read', 'read'),
    tell.started('deploy'),
    tell.check('deploy', 0),
    tell.ended('deploy', 'passed'),
    tell.ended('delete', 'skipped'),
  ]);
  expect(summaryOf(lab, extentOf(lab), state, { ms: 5, hints: 1, solutions: 2 })).toEqual({
    ...{ ms: 5, hints: 1, solutions: 2, deployed: [] },
    steps: { passed: 1, of: 2, skipped: 1 },
    checks: { passed: 1, of: 3 },
  });
});
