/** The comparison of the frameworks: the page, and how its numbers come about. The labs themselves are run elsewhere. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fillPage, pages, readRecord } from '../../scripts/frameworks.ts';
import { countLines } from '../../scripts/frameworks/count-lines.ts';
import { frameworks } from '../../scripts/frameworks/frameworks.ts';
import { readEvents } from '../../scripts/frameworks/measure.ts';
import { addMeasuringStep } from '../../scripts/frameworks/measuring-step.ts';
import { checksByName } from '../../src/checks/index.ts';
import type { Event, EventBody } from '../../src/events/event.ts';
import { parseLab } from '../../src/lab/parse-lab.ts';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string) => fs.readFileSync(file, 'utf8');
const labFile = (lab: string) => path.join(root, 'labs', lab, 'lab.md');

test.each(Object.entries(pages))('%s says what was measured', async (file, write) => {
  expect(await fillPage(file, write, readRecord()), 'run npx tsx scripts/frameworks.ts').toBe(read(file));
});

describe.each(frameworks)('$name', (framework) => {
  const { lab, project, app } = framework;

  test('was measured with the app that its lab has now', () => {
    const { lab: parsed } = parseLab(labFile(lab), { read, checks: checksByName });
    const versions = parsed!.steps
      .map(({ id }) => path.join(root, 'solutions', lab, id, project, app))
      .filter((file) => fs.existsSync(file));
    const measured = readRecord().labs[lab]?.files.find((file) => file.path === app);
    expect(measured, 'run npx tsx scripts/frameworks.ts --run').toEqual(countLines(app, read(versions.at(-1)!)));
  });

  test('was measured with the commands that its lab has now', () => {
    const text = read(labFile(lab));
    const { own: commands = [] } = readRecord().labs[lab] ?? {};
    expect(commands.length).toBeGreaterThan(0);
    expect(
      commands.filter((command) => !text.includes(command)),
      'run npx tsx scripts/frameworks.ts --run',
    ).toEqual([]);
  });

  test('has a lab that takes the step that measures', () => {
    const withStep = (file: string) => (file === labFile(lab) ? addMeasuringStep(read(file), framework) : read(file));
    const { lab: parsed, problems } = parseLab(labFile(lab), { read: withStep, checks: checksByName });
    expect(problems).toEqual([]);
    const ids = parsed!.steps.map(({ id }) => id);
    expect(ids.indexOf('measure')).toBe(ids.indexOf('delete') - 1);
    expect(ids.indexOf('deploy')).toBeGreaterThan(-1);
  });

  test('is deployed and removed by its lab with the commands that are looked for', () => {
    for (const command of [framework.deploy, framework.remove]) expect(read(labFile(lab)).split('\n')).toContain(command);
  });
});

test('every lab that makes the users API is compared, and ends with the comparison', () => {
  const names = fs.readdirSync(path.join(root, 'labs')).filter((name) => fs.existsSync(labFile(name)));
  const having = (include: string) => names.filter((name) => read(labFile(name)).includes(`include=../common/${include}`)).sort();
  const compared = frameworks.map(({ lab }) => lab).sort();
  expect(having('users-api.md#any-object')).toEqual(compared);
  expect(having('frameworks.md#side-by-side')).toEqual(compared);
});

test('a lab without the task that deletes everything is refused', () => {
  expect(() => addMeasuringStep('# A lab\n\n## Another task\n', frameworks[0]!)).toThrow(
    'The lab chalice has no heading "Leave nothing behind".',
  );
});

describe('countLines', () => {
  test('leaves out empty lines and comments', () => {
    expect(countLines('app.py', '# hello\n\nimport json  # for later\n  \ndef a():\n    # nothing\n    pass\n')).toEqual({
      path: 'app.py',
      kind: 'code',
      lines: 3,
    });
  });

  test.each([
    ['.chalice/config.json', 'configuration'],
    ['serverless.yml', 'configuration'],
    ['requirements.txt', 'configuration'],
    ['handler.mjs', 'code'],
    ['.gitignore', 'other'],
  ])('%s is %s', (name, kind) => expect(countLines(name, '').kind).toBe(kind));
});

describe('readEvents', () => {
  const framework = { ...frameworks[0]!, command: 'tool', deploy: 'tool up', redeploy: 'tool up', remove: 'tool down' };
  const at = (second: number, step: string, body: EventBody) =>
    ({ time: new Date(second * 1000).toISOString(), lab: 'trial', step, ...body }) as Event;
  const run = (command: number, step: string, text: string, [from, to]: [number, number], status = 0) => [
    at(from, step, { type: 'command-started', command, terminal: 'lab', text, byHand: false, directory: '.' }),
    at(to, step, {
      type: 'command-ended',
      command,
      terminal: 'lab',
      status,
      ended: 'done',
      ms: (to - from) * 1000,
      size: 0,
      tail: '',
      log: '',
    }),
  ];
  const ready = [
    at(1, 'run', { type: 'service-started', service: 'app', command: 1, text: 'tool local', directory: '.' }),
    at(2, 'run', { type: 'service-ready', service: 'app', by: 'port 8080', ms: 700 }),
  ];
  const events = [
    ...ready,
    ...run(2, 'look', 'http localhost:8080', [3, 4]),
    ...run(3, 'deploy-refused', 'tool up', [5, 6], 1),
    ...run(4, 'deploy', 'tool up', [7, 10]),
    ...run(5, 'measure', 'tool up', [11, 13]),
    ...run(6, 'delete', 'tool down', [14, 18]),
  ];

  test('takes the deployment that ended well, the one after the change, and the removal', () => {
    expect(readEvents(events, [], framework).ms).toEqual({ local: 700, deploy: 3000, redeploy: 2000, remove: 4000 });
  });

  test('counts what is typed, without the step that measures', () => {
    const { commands, own } = readEvents(events, [], framework);
    expect(commands).toBe(5);
    expect(own).toEqual(['tool local', 'tool up', 'tool down']);
  });

  test('takes the permissions that were asked for while it deployed, each once', () => {
    const asked = ['5500 iam:ListRoles', '7500 s3:PutObject', '8000 iam:CreateRole', '9000 s3:PutObject', '11500 iam:PutRolePolicy'];
    expect(readEvents(events, asked, framework).asked).toEqual(['iam:CreateRole', 's3:PutObject']);
  });

  test('says which command it has not found', () => {
    expect(() => readEvents(events, [], { ...framework, remove: 'tool away' })).toThrow(
      'In the lab chalice no "tool away" has ended well.',
    );
  });
});
