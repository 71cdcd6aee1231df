/** What a run says about a failure: by the lab's signatures, in a real shell. */
import { describe, expect, test } from 'vitest';
import type { Cloud } from '../../src/engine/context/cloud.ts';
import { createNoCloud } from '../../src/engine/context/no-cloud.ts';
import type { Diagnosis } from '../../src/events/diagnosis.ts';
import { fence, only, openLab, outcomes } from '../support/run-lab.ts';
import { eventually } from '../terminal/support.ts';

const signatures = `- id: port
  matches: 'port (?<port>\\d+) is taken'
  what: 'Something else has {{port}}, and the lab wants {{PORT}}.'
  fix: End it.
  link: https://example.org/
  example: port 1 is taken
- id: keys
  matches: bad (?:keys|token)
  what: The keys are no good.
  fix: Get others.
  credentials: true
  example: [bad keys, bad token]
- id: refused
  matches: REFUSED
  status: any
  what: It was refused.
  fix: Ask otherwise.
  example: REFUSED
- id: any-port
  matches: port
  what: Something with a port.
  fix: Look at it.
  example: port
`;
const front = 'variables: { PORT: "8080" }\nsignatures: [more/tool.yaml]\n';
const check = fence('yaml check', '- status: 0');
const files = (steps: string) => ({ steps: `${steps}\n\nIt uses {{PORT}}.\n`, front, files: { 'more/tool.yaml': signatures } });
const explanations = (events: Parameters<typeof only>[0]) =>
  only(events, 'failure-explained').map(({ signature, what }) => `${signature}: ${what}`);

const found: Diagnosis = { cause: 'expired', sentence: 'They have run out.', evidence: ['sts: ExpiredToken'], fix: ['Get new ones.'] };
const cloudWith = (diagnose: NonNullable<Cloud['diagnose']>) => (env: Record<string, string>) => ({ ...createNoCloud(env), diagnose });

describe('a command that fails', () => {
  test('is explained by the first signature that fits, below it, with its text, and once', async () => {
    const { walk, events } = await openLab(files(`### One\n\n${fence('sh run', 'echo "port 81"\\\n " is taken"; false')}${check}`));
    expect(await walk()).toBe(1);
    expect(only(events, 'failure-explained')).toEqual([
      expect.objectContaining({
        step: 'one',
        command: 1,
        text: expect.stringContaining('port 81') as string,
        signature: 'port',
        what: 'Something else has 81, and the lab wants 8080.',
        fix: 'End it.',
        link: 'https://example.org/',
      }),
    ]);
    const order = events.map(({ type }) => type).filter((type) => ['command-ended', 'failure-explained', 'action-ended'].includes(type));
    expect(order).toEqual(['command-ended', 'failure-explained', 'action-ended']);
  });

  test('is compared although a tool has wrapped its message in colours', async () => {
    const { walk, events } = await openLab(
      files(`### One\n\n${fence('sh run', "printf '\\e[31mport 9\\r\\n   is\\e[0m taken\\n'; exit 1")}${check}`),
    );
    await walk();
    expect(explanations(events)).toEqual(['port: Something else has 9, and the lab wants 8080.']);
  });

  test('is explained, too, where the lab wants it to fail', async () => {
    const { walk, events } = await openLab(
      files(`### One\n\n${fence('sh run expect=fail', 'echo port 81 is taken; false')}${fence('yaml check', '- output: taken')}`),
    );
    expect(await walk()).toBe(0);
    expect(explanations(events)).toHaveLength(1);
    expect(outcomes(events)).toEqual(['one passed']);
  });

  test('that no signature knows is not', async () => {
    const { walk, events } = await openLab(files(`### One\n\n${fence('sh run', 'echo who knows; false')}${check}`));
    await walk();
    expect(explanations(events)).toEqual([]);
  });
});

test('a command that goes well is explained only by signatures for that', async () => {
  const { walk, events } = await openLab(files(`### One\n\n${fence('sh run', 'echo port 81 is taken\necho REFUSED')}${check}`));
  expect(await walk()).toBe(0);
  expect(explanations(events)).toEqual(['refused: It was refused.']);
});

test('a command of a clean-up is explained', async () => {
  const { walk, events } = await openLab(
    files(`### One\n\n${fence('sh run', 'true')}${check}${fence('sh cleanup', 'echo port 81 is taken; false')}`),
  );
  await walk();
  expect(explanations(events)).toHaveLength(1);
});

describe('a service', () => {
  const service = (script: string, more = '') =>
    `### One\n\n${fence(`sh service=app ready=log:never${more}`, script)}${fence('yaml check', '- log: { service: app, contains: x }')}`;

  test('that dies while it starts is explained by its log, once', async () => {
    const { walk, events } = await openLab(files(service('echo port 81 is taken; exit 3')));
    expect(await walk()).toBe(1);
    const started = only(events, 'service-started')[0]!;
    expect(only(events, 'failure-explained')).toEqual([
      expect.objectContaining({ command: started.command, text: started.text, signature: 'port' }),
    ]);
    expect(only(events, 'action-ended')[0]).toMatchObject({ outcome: 'failed' });
  });

  test('that does not become ready is explained by its log, once', async () => {
    const { walk, events } = await openLab(files(service('echo port 81 is taken; sleep 600', ' timeout=1s')));
    expect(await walk()).toBe(1);
    expect(explanations(events)).toEqual(['port: Something else has 81, and the lab wants 8080.']);
  });
});

describe('what the learner types', () => {
  test('is explained like what labwalk types, in every terminal and without what is secret', async () => {
    const { run, events } = await openLab(files(`### One\n\n${fence('sh run', 'true')}${check}`), { driver: 'tui' });
    await run.terminals.ready();
    run.follow('one');
    const second = await run.terminals.open();
    const secret = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab';
    run.terminals.input(
      run.terminals.main,
      `AWS_SECRET_ACCESS_KEY=${secret} sh -c 'echo port 81 is taken $AWS_SECRET_ACCESS_KEY; exit 1'\r`,
    );
    await eventually(() => explanations(events).length === 1);
    run.terminals.input(second, 'echo port 82 is taken; false\r');
    await eventually(() => explanations(events).length === 2);
    await run.stop('passed');
    expect(explanations(events)).toEqual([
      'port: Something else has 81, and the lab wants 8080.',
      'port: Something else has 82, and the lab wants 8080.',
    ]);
    expect(only(events, 'failure-explained').map(({ step }) => step)).toEqual(['one', 'one']);
    expect(JSON.stringify(only(events, 'failure-explained'))).not.toContain(secret);
  });
});

describe('where credentials may be the reason', () => {
  const steps = `### One\n\n${fence('sh run', 'export WHO=me; echo bad keys; false')}${check}### Two\n<!-- labwalk: after=one -->\n\n${fence('yaml credentials', 'for: [iam, lambda]')}### Three\n\n${fence('yaml credentials', 'for: [iam, s3]')}`;

  test('they are looked at for all that the lab needs, as the terminal has them, before the action ends', async () => {
    const asked: unknown[] = [];
    const cloud = cloudWith((services, env) => {
      asked.push([services, env['WHO']]);
      return Promise.resolve(found);
    });
    const { run, events } = await openLab(files(steps), { cloud });
    await run.start('one');
    await run.stop('failed');
    expect(asked).toEqual([[['iam', 'lambda', 's3'], 'me']]);
    expect(only(events, 'credentials-diagnosed')).toEqual([expect.objectContaining({ step: 'one', command: 1, ...found })]);
    const order = events.map(({ type }) => type).filter((type) => /explained|diagnosed|action-ended/.test(type));
    expect(order).toEqual(['failure-explained', 'credentials-diagnosed', 'action-ended']);
  });

  test('a look that fails is told, and the signature stands', async () => {
    const { run, events } = await openLab(files(steps), { cloud: cloudWith(() => Promise.reject(new Error('no Python'))) });
    await run.start('one');
    await run.stop('failed');
    expect(explanations(events)).toEqual(['keys: The keys are no good.']);
    expect(only(events, 'notice').map(({ text }) => text)).toEqual(['Your credentials could not be looked at: no Python']);
  });

  test('who stops meanwhile need not wait, and hears no more of it', async () => {
    let looking: () => void = () => {};
    const begun = new Promise<void>((resolve) => (looking = resolve));
    const cloud = cloudWith((_, __, signal) => {
      looking();
      return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(found)));
    });
    const { run, events } = await openLab(files(steps), { cloud });
    const stop = new AbortController();
    const work = run.start('one', { signal: stop.signal });
    await begun;
    stop.abort();
    expect((await work).outcome).toBe('interrupted');
    await run.stop('interrupted');
    expect(only(events, 'credentials-diagnosed')).toEqual([]);
  });

  test('a cloud that cannot look is no hindrance', async () => {
    const { run, events } = await openLab(files(steps));
    await run.start('one');
    await run.stop('failed');
    expect(explanations(events)).toEqual(['keys: The keys are no good.']);
  });
});
