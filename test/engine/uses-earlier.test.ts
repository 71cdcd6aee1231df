import { expect, test } from 'vitest';
import { checksByName } from '../../src/checks/index.ts';
import { latestServices, usesEarlier } from '../../src/engine/services/needed-services.ts';
import { parseLab } from '../../src/lab/parse-lab.ts';
import { fence } from '../support/run-lab.ts';

const variables = { PORT: '8300' };
const passes = fence('yaml check', '- file: { path: . }');
const ready = 'ready=http://localhost:$PORT/';

/** Whether a step uses the service that the step before it has started. */
function uses(step: string, start = ready): boolean {
  const text = `---\ntitle: Trial\nsummary: For a test.\nduration: 1m\nvariables: { PORT: { free-port: 8300 } }\n---\n\n# Trial\n\n## Task\n\n### Serve\n\n${fence(`sh service=app ${start}`, 'serve')}${passes}### Next\n\n${step}`;
  const { lab, problems } = parseLab('/labs/trial/lab.md', { read: () => text, checks: checksByName });
  expect(problems).toEqual([]);
  const next = lab!.steps[1]!;
  return usesEarlier(lab!, next, latestServices(lab!, next.id, []).get('app')!, variables);
}

test.each([
  ['a check asks it', fence('yaml check', '- http: { url: "http://localhost:{{PORT}}/a", status: 200 }'), true],
  ['a check reads its log', fence('yaml check', '- log: { service: app, contains: x }'), true],
  ['a command asks it', fence('sh run', 'http localhost:$PORT/a') + passes, true],
  ['a command asks its port in short', fence('sh run', 'http :8300/a') + passes, true],
  ['a command has a longer number', fence('sh run', 'echo 18300 83001') + passes, false],
  ['nothing asks it', fence('sh run', 'echo a') + passes, false],
  ['it is started anew first', fence(`sh service=app ${ready}`, 'serve') + fence('sh run', 'http localhost:$PORT/') + passes, false],
  [
    'it is asked and then started anew',
    fence('sh run', 'http localhost:$PORT/') + fence(`sh service=app ${ready}`, 'serve') + passes,
    true,
  ],
])('where %s', (_what, step, expected) => expect(uses(step)).toBe(expected));

test('one whose address nobody knows counts as used, unless it is started anew', () => {
  expect(uses(fence('sh run', 'echo a') + passes, 'ready=log:up')).toBe(true);
  expect(uses(fence('sh service=app ready=log:up', 'serve') + passes, 'ready=log:up')).toBe(false);
});
