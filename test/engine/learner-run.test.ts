/** What a person's run does: action by action, on Enter. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createNoCloud } from '../../src/engine/context/no-cloud.ts';
import type { Diagnosis } from '../../src/events/diagnosis.ts';
import { UserError } from '../../src/errors.ts';
import type { Event } from '../../src/events/event.ts';
import { progressOf } from '../../src/progress/progress.ts';
import { fence, only, openLab, outcomes, type LabFiles } from '../support/run-lab.ts';
import { eventually } from '../terminal/support.ts';

const openPersonsLab = (files: LabFiles, more: Parameters<typeof openLab>[1] = {}) => openLab(files, { ...more, driver: 'tui' });

/** What became of a step, in words: `started`, `continued`, `run 0 done`, `check 1 failed`, `ended passed`. */
const told = (events: readonly Event[], step?: string): string[] =>
  events.flatMap((event) => {
    if (step !== undefined && event.step !== step) return [];
    if (event.type === 'step-started') return [event.continued ? 'continued' : 'started'];
    if (event.type === 'action-ended') return [`action ${event.action} ${event.outcome}`];
    if (event.type === 'check-ended') return [`check ${event.check} ${event.outcome}${event.repeated ? ' again' : ''}`];
    if (event.type === 'step-ended') return [`ended ${event.outcome}`];
    return [];
  });

const output = (text: string) => fence('yaml check', `- output: ${text}`);
const file = (name: string) => fence('yaml check', `- file: { path: ${name} }`);

describe('one action after the other', () => {
  test('does each with the checks below it; the step ends when nothing of it is left', async () => {
    const steps = `### One\n\n${fence('sh run', 'echo a')}${output('a')}${fence('sh run', 'echo b')}${fence('sh run', 'echo c')}${output('c')}`;
    const { run, events } = await openPersonsLab({ steps });
    expect(await run.start('one', { action: 0 })).toEqual({ outcome: 'open', actionFailed: false, machine: false });
    expect(told(events)).toEqual(['started', 'action 0 done', 'check 0 passed']);
    expect((await run.start('one', { action: 1 })).outcome).toBe('open');
    expect((await run.start('one', { action: 2 })).outcome).toBe('passed');
    expect(told(events).slice(3)).toEqual(['action 1 done', 'action 2 done', 'check 1 passed', 'ended passed']);
    await run.stop('passed');
  });

  test('a check that fails ends the step failed; done again it goes on', async () => {
    const steps = `### One\n\n${fence('sh run', 'cat x')}${fence('yaml check', '- output: good\n- file: { path: x }')}${fence('sh run', 'echo b')}`;
    const { run, events, workspace } = await openPersonsLab({ steps });
    fs.writeFileSync(path.join(workspace.folder, 'x'), 'bad\n');
    expect(await run.start('one', { action: 0 })).toMatchObject({ outcome: 'failed', actionFailed: false });
    expect(only(events, 'step-ended')[0]).toMatchObject({ outcome: 'failed', message: '1 check failed' });
    fs.writeFileSync(path.join(workspace.folder, 'x'), 'good\n');
    expect((await run.start('one', { action: 0 })).outcome).toBe('open');
    expect((await run.start('one', { action: 1 })).outcome).toBe('passed');
    expect(told(events)).toEqual([
      ...['started', 'action 0 done', 'check 0 failed', 'check 1 passed', 'ended failed'],
      ...['continued', 'action 0 done', 'check 0 passed', 'check 1 passed'],
      ...['action 1 done', 'ended passed'],
    ]);
    await run.stop('passed');
  });

  test('an action that fails ends the step with its reason, and its checks are not waited for', async () => {
    const checks = fence('yaml check', '- file: { path: never }\n  within: 1h');
    const { run, events } = await openPersonsLab({ steps: `### One\n\n${fence('sh run', '(exit 3)')}${checks}` });
    expect(await run.start('one', { action: 0 })).toMatchObject({ outcome: 'failed', actionFailed: true });
    expect(only(events, 'step-ended')[0]?.message).toBe('`(exit 3)` ended with status 3.');
    await run.stop('failed');
  });

  test('what failed on the way and is good by the end does not hold the step back', async () => {
    const steps = `### One\n\n${fence('sh run', 'true')}${file('x')}${fence('sh run', 'touch x')}`;
    const { run, events } = await openPersonsLab({ steps });
    await run.start('one', { action: 0 });
    expect((await run.start('one', { action: 1 })).outcome).toBe('passed');
    expect(told(events)).toEqual([
      ...['started', 'action 0 done', 'check 0 failed', 'ended failed'],
      ...['continued', 'action 1 done', 'check 0 passed', 'ended passed'],
    ]);
    await run.stop('passed');
  });

  test('what is for the other mode is told, and checks above the first action are made', async () => {
    const aws = fence('sh run when=aws', 'exit 1');
    const steps = `### One\n\n${file('../x'.slice(3))}${fence('sh run', 'touch y')}${aws}${file('y')}${fence('sh run', 'echo b')}${aws}`;
    const { run, events, workspace } = await openPersonsLab({ steps });
    fs.writeFileSync(path.join(workspace.folder, 'x'), '');
    await run.start('one', { action: 0 });
    await run.start('one', { action: 2 });
    expect(told(events)).toEqual([
      ...['started', 'check 0 passed', 'action 0 done', 'action 1 told', 'check 1 passed'],
      ...['action 2 done', 'action 3 told', 'ended passed'],
    ]);
    await run.stop('passed');
  });

  test('a step of checks alone is done by its check', async () => {
    const { run, events } = await openPersonsLab({ steps: `### One\n\n${file('x')}`, files: { 'workspace/x': '' } });
    expect((await run.check('one')).outcome).toBe('passed');
    expect(told(events)).toEqual(['continued', 'check 0 passed', 'ended passed']);
    await run.stop('passed');
  });

  test('an interrupted one can be done again', async () => {
    const { run, events } = await openPersonsLab({
      steps: `### One\n\n${fence('sh run', '[ -e x ] || { touch x; sleep 4714; }')}${file('x')}`,
    });
    const signal = new AbortController();
    const started = run.start('one', { action: 0, signal: signal.signal });
    await eventually(() => events.some(({ type }) => type === 'command-started'));
    signal.abort();
    expect((await started).outcome).toBe('interrupted');
    expect((await run.start('one', { action: 0 })).outcome).toBe('passed');
    expect(told(events)).toEqual([
      ...['started', 'action 0 interrupted', 'ended interrupted'],
      ...['continued', 'action 0 done', 'check 0 passed', 'ended passed'],
    ]);
    await run.stop('passed');
  });

  test('what a step creates is written down once, before its first action', async () => {
    const steps = `### One\n<!-- labwalk: creates="role:x" -->\n\n${fence('sh run', 'echo a')}${fence('sh run', 'echo b')}`;
    const { run, events } = await openPersonsLab({ steps });
    await run.start('one', { action: 0 });
    await run.start('one', { action: 1 });
    const types = events.map(({ type }) => type);
    expect(only(events, 'resource-seen')).toHaveLength(1);
    expect(types.indexOf('resource-seen')).toBeLessThan(types.indexOf('action-started'));
    await run.stop('passed');
  });

  test('pieces of work wait for each other, and a check gives way to an action', async () => {
    const steps = `### One\n\n${fence('sh run', 'echo a')}${fence('yaml check', '- file: { path: x }\n  within: 1h')}${fence('sh run', 'touch x')}`;
    const { run, events } = await openPersonsLab({ steps });
    const signal = new AbortController();
    const first = run.start('one', { action: 0, signal: signal.signal });
    await eventually(() => events.some(({ type }) => type === 'action-ended'));
    signal.abort();
    await first;
    const checked = run.check('one');
    expect((await run.start('one', { action: 1 })).outcome).toBe('passed');
    expect((await checked).outcome).toBe('interrupted');
    expect(told(events).slice(-3)).toEqual(['action 1 done', 'check 0 passed', 'ended passed']);
    await run.stop('passed');
  });

  test('a run that is stopped ends what is being done, and tells it before its own end', async () => {
    const { run, events } = await openPersonsLab({ steps: `### One\n\n${fence('sh run', 'sleep 4715')}${file('x')}` });
    const started = run.start('one', { action: 0 });
    await eventually(() => events.some(({ type }) => type === 'command-started'));
    await run.stop('interrupted');
    expect((await started).outcome).toBe('interrupted');
    expect(events.at(-1)?.type).toBe('run-ended');
    expect(outcomes(events)).toEqual(['one interrupted']);
    await expect(run.start('one', { action: 0 })).rejects.toThrow('the run is over');
  });
});

test('a command that waits for an answer is told while it runs, and goes on', async () => {
  const command = 'read -t 9 -p "Which region? " region; true';
  const { run, events } = await openPersonsLab({ steps: `### One\n\n${fence('sh run', command)}${fence('yaml check', '- status: 0')}` });
  expect((await run.start('one', { action: 0 })).outcome).toBe('passed');
  expect(only(events, 'notice').map(({ text }) => text)).toEqual([
    'The command waits for an answer to "Which region?". Type it in the terminal.',
  ]);
  await run.stop('passed');
});

describe('a file of the learner', () => {
  const steps = `### Write\n\n${fence('text file=app/x.txt', 'new')}${fence('yaml check', '- file: { path: app/x.txt, contains: new }')}`;
  const files = { 'solutions/write/app/x.txt': 'new\n' };

  test('is taken as it is: nothing is written, the checks look at it', async () => {
    const { run, events, workspace } = await openPersonsLab({ steps, files: { ...files, 'workspace/app/x.txt': 'mine, new\n' } });
    expect((await run.start('write', { action: 0, file: 'own' })).outcome).toBe('passed');
    expect(fs.readFileSync(path.join(workspace.folder, 'app/x.txt'), 'utf8')).toBe('mine, new\n');
    expect(only(events, 'file-written')).toEqual([]);
    await run.stop('passed');
  });

  test('that is not there is told, not written; the solution can be taken then', async () => {
    const { run, events, workspace } = await openPersonsLab({ steps, files });
    expect(await run.start('write', { action: 0, file: 'own' })).toMatchObject({ outcome: 'failed', actionFailed: true, machine: false });
    expect(only(events, 'step-ended')[0]?.message).toBe('app/x.txt is not there yet.');
    expect(fs.existsSync(path.join(workspace.folder, 'app'))).toBe(false);
    expect((await run.start('write', { action: 0, file: 'solution' })).outcome).toBe('passed');
    await run.stop('passed');
  });

  test('is never looked for outside the workspace', async () => {
    const opened = await openPersonsLab({ steps, files: { ...files, 'outside/x.txt': 'new\n' } });
    fs.symlinkSync(path.join(opened.lab.folder, 'outside'), path.join(opened.workspace.folder, 'app'));
    expect((await opened.run.start('write', { action: 0, file: 'own' })).outcome).toBe('failed');
    expect(only(opened.events, 'step-ended')[0]?.message).toContain('a link that leads out');
    await opened.run.stop('failed');
  });
});

describe('keys that the learner gives', () => {
  const steps = `### Keys\n\n${fence('yaml credentials', 'for: [iam]')}${fence('sh run', 'echo "id $AWS_ACCESS_KEY_ID"')}${output('id AKIDGOOD')}`;
  const cloud = (env: Record<string, string>) => ({
    ...createNoCloud(env),
    tryCredentials: ({ accessKeyId, secretAccessKey }: { accessKeyId: string; secretAccessKey: string }) =>
      accessKeyId === 'AKIDGOOD'
        ? Promise.resolve({
            variables: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
            secrets: [secretAccessKey],
            account: '1',
            arn: 'arn:x',
            region: 'eu-west-1',
          })
        : Promise.reject(new UserError(`AWS does not know ${secretAccessKey}.`, { fix: 'Copy the key once more.' })),
  });

  test('are tried and handed to the terminal', async () => {
    const { run, events } = await openPersonsLab({ steps }, { cloud });
    const keys = { accessKeyId: 'AKIDGOOD', secretAccessKey: 'canary-0a1b2c3d' };
    expect((await run.start('keys', { action: 0, keys })).outcome).toBe('open');
    expect((await run.start('keys', { action: 1 })).outcome).toBe('passed');
    expect(JSON.stringify(events)).not.toContain('canary-0a1b2c3d');
    await run.stop('passed');
  });

  test('that are refused say why and what to do, without a secret', async () => {
    const { run, events } = await openPersonsLab({ steps }, { cloud });
    const keys = { accessKeyId: 'AKIDBAD', secretAccessKey: 'canary-0a1b2c3d' };
    expect(await run.start('keys', { action: 0, keys })).toMatchObject({ outcome: 'failed', actionFailed: true, machine: false });
    expect(only(events, 'step-ended')[0]?.message).toBe('AWS does not know [secret]. Copy the key once more.');
    await run.stop('failed');
  });
});

describe('keys that the learner exports in the terminal', () => {
  const steps = `### Keys\n\n${fence('yaml credentials', 'for: [iam]')}${fence('sh run', 'echo "id $AWS_ACCESS_KEY_ID"')}${output('id AKIDGOOD')}`;
  const good = 'canary-good-1a2b3c4d';
  const asked: string[] = [];
  const cloud = (env: Record<string, string>) => ({
    ...createNoCloud({ ...env, AWS_ACCESS_KEY_ID: 'AKIDOLD', AWS_SECRET_ACCESS_KEY: 'canary-old-1a2b3c4d' }),
    diagnose: (services: readonly string[], now: Record<string, string>): Promise<Diagnosis> => {
      asked.push(`${services.join()} ${now['AWS_ACCESS_KEY_ID']}`);
      const isGood = now['AWS_SECRET_ACCESS_KEY'] === good;
      const whose = { account: '1', arn: 'arn:x', region: 'eu-west-1', expires: '2026-12-01T00:00:00.000Z' };
      return Promise.resolve(
        isGood
          ? { cause: 'fine', sentence: 'The keys are good.', evidence: [], fix: [], place: 'sandbox', ...whose }
          : { cause: 'wrong-secret', sentence: 'The secret is another one.', evidence: [], fix: ['Copy it again.'], place: 'sandbox' },
      );
    },
  });

  test('are looked at when they are whole, and good ones do what the step asks for', async () => {
    const { run, events, workspace } = await openPersonsLab({ steps }, { cloud });
    run.follow('keys');
    await run.terminals.ready();
    const type = (line: string) => run.terminals.input('lab', `${line}\r`);
    const until = async (holds: () => boolean) => {
      while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    type('export AWS_ACCESS_KEY_ID=AKIDGOOD');
    type('export AWS_SECRET_ACCESS_KEY=canary-bad-1a2b3c4d');
    await until(() => only(events, 'credentials-diagnosed').length === 1);
    expect(only(events, 'credentials-diagnosed')[0]).toMatchObject({ cause: 'wrong-secret', step: 'keys' });
    expect(only(events, 'action-ended')).toEqual([]);
    type(`export AWS_SECRET_ACCESS_KEY=${good}`);
    await until(() => only(events, 'action-ended').length === 1);
    expect(asked).toEqual(['iam AKIDGOOD', 'iam AKIDGOOD']);
    expect(only(events, 'credentials-given')).toMatchObject([{ account: '1', expires: '2026-12-01T00:00:00.000Z' }]);
    expect(only(events, 'action-ended')).toMatchObject([{ action: 0, outcome: 'done' }]);
    expect((await run.start('keys', { action: 1 })).outcome).toBe('passed');
    await run.stop('passed');
    for (const secret of [good, 'canary-bad-1a2b3c4d']) {
      expect(JSON.stringify(events)).not.toContain(secret);
      const log = path.join(workspace.private, 'output/lab.log');
      expect(fs.existsSync(log) ? fs.readFileSync(log, 'utf8') : '').not.toContain(secret);
    }
  });
});

describe('checking again', () => {
  test('looks at what was attempted, and leaves a step open that has more to do', async () => {
    const steps = `### One\n\n${fence('sh run', 'touch x')}${file('x')}${fence('sh run', 'touch y')}${file('y')}`;
    const { run, events, workspace } = await openPersonsLab({ steps });
    await run.start('one', { action: 0 });
    expect((await run.check('one')).outcome).toBe('open');
    fs.rmSync(path.join(workspace.folder, 'x'));
    expect((await run.check('one')).outcome).toBe('failed');
    fs.writeFileSync(path.join(workspace.folder, 'x'), '');
    expect((await run.check('one')).outcome).toBe('open');
    expect(told(events)).toEqual([
      ...['started', 'action 0 done', 'check 0 passed'],
      ...['check 0 passed', 'check 0 failed', 'ended failed'],
      ...['continued', 'check 0 passed'],
    ]);
    await run.stop('passed');
  });

  test('looks at everything where nothing was attempted, starts nothing for it and does nothing', async () => {
    const front = 'variables:\n  PORT: { free-port: 18300 }\n';
    const serve = fence('sh service=web ready=http://localhost:$PORT/', 'python3 -m http.server $PORT --bind 127.0.0.1');
    const steps = `### One\n\n${fence('sh run', 'touch x')}${file('x')}${serve}${fence('yaml check', '- port: { port: "{{PORT}}" }')}`;
    const { run, events } = await openPersonsLab({ front, steps });
    expect((await run.check('one')).outcome).toBe('failed');
    expect(told(events)).toEqual(['continued', 'check 0 failed', 'check 1 failed', 'ended failed']);
    expect(only(events, 'service-started')).toEqual([]);
    await run.stop('failed');
  });

  test('takes a command that failed for done when everything it should have made is there', async () => {
    const steps = `### One\n\n${fence('sh run', 'cat nothing')}${file('x')}${fence('sh run', 'echo b')}`;
    const { run, events, workspace } = await openPersonsLab({ steps });
    await run.start('one', { action: 0 });
    fs.writeFileSync(path.join(workspace.folder, 'x'), '');
    expect((await run.check('one')).outcome).toBe('open');
    expect(told(events).slice(-3)).toEqual(['continued', 'check 0 passed', 'action 0 done']);
    await run.stop('passed');
  });

  test('does not do so where only an output could tell', async () => {
    const { run } = await openPersonsLab({ steps: `### One\n\n${fence('sh run', 'echo a; false')}${output('a')}` });
    expect((await run.start('one', { action: 0 })).outcome).toBe('failed');
    expect(await run.check('one')).toMatchObject({ outcome: 'failed', actionFailed: true });
    await run.stop('failed');
  });

  test('repeats the verdicts on outputs, and keeps a step passed that is cut short', async () => {
    const steps = `### One\n\n${fence('sh run', 'echo a; touch x')}${fence('yaml check', '- output: a\n- file: { path: x }\n  within: 1h')}`;
    const { run, events, workspace } = await openPersonsLab({ steps });
    await run.start('one', { action: 0 });
    expect((await run.check('one')).outcome).toBe('passed');
    expect(told(events).slice(-4)).toEqual(['continued', 'check 0 passed again', 'check 1 passed', 'ended passed']);
    fs.rmSync(path.join(workspace.folder, 'x'));
    const signal = new AbortController();
    const checked = run.check('one', { signal: signal.signal });
    await eventually(() => told(events).at(-1) === 'check 0 passed again');
    signal.abort();
    expect((await checked).outcome).toBe('interrupted');
    expect(told(events).at(-1)).toBe('ended passed');
    await run.stop('passed');
  });

  test('for another labwalk does all checks, and tells only that one', async () => {
    const steps = `### One\n\n${fence('sh run', 'touch x')}${file('x')}${fence('sh run', 'touch y')}${file('y')}`;
    const { run, events } = await openPersonsLab({ steps });
    await run.start('one', { action: 0 });
    const theirs: Event[] = [];
    const before = events.length;
    expect((await run.check('one', { listen: (event) => theirs.push(event) })).outcome).toBe('failed');
    expect(told(theirs)).toEqual(['started', 'check 0 passed', 'check 1 failed', 'ended failed']);
    expect(events).toHaveLength(before);
    expect((await run.start('one', { action: 1 })).outcome).toBe('passed');
    await run.stop('passed');
  });
});

describe('coming back', () => {
  const steps = `### One\n\n${fence('sh run', 'echo a')}${output('a')}${fence('sh run', 'touch y')}${file('y')}### Two\n\n${fence('sh run', 'echo c')}`;

  test('what was done of a step is still done, and what passed has passed', async () => {
    const { run, events, comeBack, lab } = await openPersonsLab({ steps });
    await run.start('one', { action: 0 });
    await run.stop('interrupted');
    const again = comeBack();
    expect((await again.start('one', { action: 1 })).outcome).toBe('passed');
    expect(told(events)).toEqual([
      ...['started', 'action 0 done', 'check 0 passed'],
      ...['continued', 'action 1 done', 'check 1 passed', 'ended passed'],
    ]);
    await again.stop('passed');
    const progress = progressOf(events, lab);
    expect(progress.steps.get('one')).toMatchObject({ outcome: 'passed' });
    expect([...(progress.steps.get('one')?.actions.keys() ?? [])]).toEqual([0, 1]);
    expect([...(progress.steps.get('one')?.checks.keys() ?? [])]).toEqual([0, 1]);
  });

  test('a step that had passed passes again by its check, also when the lab was changed since', async () => {
    const { run, events, comeBack, lab } = await openPersonsLab({ steps });
    await run.start('one', { action: 0 });
    await run.start('one', { action: 1 });
    await run.stop('passed');
    lab.hash = 'another';
    lab.steps = lab.steps.map((step) => ({
      ...step,
      parts: step.parts.filter((part) => part.kind !== 'checks' || part.checks[0]?.check === 'file'),
    }));
    const again = comeBack();
    expect((await again.check('one')).outcome).toBe('passed');
    await again.stop('passed');
    expect(outcomes(events)).toEqual(['one passed', 'one passed']);
  });
});

test('what only the driver knows is told as it is', async () => {
  const { run, events } = await openPersonsLab({ steps: `### One\n\n${fence('sh run', 'echo a')}${output('a')}` });
  run.tell({ type: 'step-shown' }, 'one');
  run.tell({ type: 'hint-shown', hint: 0 }, 'one');
  run.tell({ type: 'step-ended', outcome: 'skipped', ms: 0 }, 'one');
  expect(events.slice(-3).map(({ type, step }) => `${type} ${step}`)).toEqual(['step-shown one', 'hint-shown one', 'step-ended one']);
  expect((await run.start('one', { action: 0 })).outcome).toBe('passed');
  await run.stop('passed');
});

test("a single action is for a person's run alone", async () => {
  const { run } = await openLab({ steps: `### One\n\n${fence('sh run', 'echo a')}${output('a')}` });
  await expect(run.start('one', { action: 0 })).rejects.toThrow("a person's run");
  await run.stop('failed');
});
