import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ServiceError } from '../../src/engine/services/services.ts';
import { claimPort } from '../support/claim-port.ts';
import { fence, only, openLab, outcomes } from '../support/run-lab.ts';

const server = (words: string) =>
  `node -e 'require("http").createServer((q,r)=>{console.log("asked");r.end("${words}")}).listen(process.env.PORT)'`;
const web = (words: string) => fence('sh service=web ready=http://127.0.0.1:$PORT/', server(words));
const says = (words: string) => fence('yaml check', `- http:\n    url: "http://127.0.0.1:{{PORT}}/"\n    body: ${words}`);

async function openWeb() {
  const port = await claimPort();
  const opened = await openLab(
    {
      front: `variables:\n  PORT: { free-port: ${port} }\n`,
      steps: `### One\n\n${fence('sh run', 'mkdir sub; cd sub')}${web('one')}${says('one')}### Two\n\n${fence('sh run', 'cd ..')}${web('two')}${says('two')}`,
    },
    { driver: 'tui' },
  );
  onTestFinished(() => opened.run.stop('passed'));
  const port_ = only(opened.events, 'variable-set')[0]?.value;
  return { ...opened, ask: async () => (await fetch(`http://127.0.0.1:${port_}/`)).text() };
}

test('a service is started, restarted and ended by hand, as the lab’s text up to the step has it', async () => {
  const { run, events, ask } = await openWeb();
  await run.start('one');
  expect(outcomes(events)).toEqual(['one passed']);
  await run.start('two', { action: 0 });

  await run.controlService('web', 'start', 'one'); // it runs already
  expect(only(events, 'service-started')).toHaveLength(1);
  await run.controlService('web', 'restart', 'two');
  expect(await ask()).toBe('two');
  await run.controlService('web', 'stop', 'two');
  await expect(ask()).rejects.toThrow();
  await run.controlService('web', 'start', 'one');
  expect(await ask()).toBe('one');
  // where it was started first, wherever the terminal is now
  expect(only(events, 'service-started').map(({ directory }) => directory)).toEqual(['sub', 'sub', 'sub']);
  expect(only(events, 'service-ended').map(({ wanted }) => wanted)).toEqual([true, true]);
});

test('one that cannot be started says why', async () => {
  const { run } = await openWeb();
  await run.terminals.ready();
  run.follow('one');
  await run.start('one');
  await expect(run.controlService('nothing', 'start', 'one')).rejects.toThrow('the lab has no service "nothing"');
  const cut = openWeb().then(async (other) => {
    const started = other.run.controlService('web', 'start', 'one');
    await other.run.stop('passed');
    return started;
  });
  await expect(cut).rejects.toThrow(ServiceError);
});

test('one whose port is in use was never started', async () => {
  const { run, events, ask } = await openWeb();
  const port = Number(only(events, 'variable-set')[0]?.value);
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  await expect(run.controlService('web', 'start', 'one')).rejects.toThrow(`Port ${port} is in use`);
  expect(only(events, 'service-started')).toEqual([]);
  other.close();
  await once(other, 'close');
  await run.controlService('web', 'start', 'one');
  expect(await ask()).toBe('one');
});

test('one that the learner typed is the step’s, and labwalk’s own after a restart', async () => {
  const { run, events, ask } = await openWeb();
  await run.terminals.ready();
  run.follow('one');
  await run.start('one', { action: 0 });
  const passed = new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (!outcomes(events).includes('one passed')) return;
      clearInterval(look);
      resolve();
    }, 20);
  });
  run.terminals.input('lab', `${server('one')}\r`);
  await passed;
  expect(only(events, 'action-ended').map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(['0 done', '1 done']);
  expect(only(events, 'service-started')).toMatchObject([{ byHand: true, text: server('one'), directory: 'sub' }]);
  await run.controlService('web', 'restart', 'two');
  expect(await ask()).toBe('two');
  expect(only(events, 'service-ended')).toMatchObject([{ wanted: true }]);
  expect(run.terminals.list.map(({ id, service, busy }) => [id, service, busy])).toEqual([
    ['lab', undefined, false],
    ['lab-2', undefined, false],
    ['web', 'web', true],
  ]);
});

test('a start waits for what is being done, one that is not wanted any more by then is left out, and an end never waits', async () => {
  const { run, events } = await openWeb();
  await run.start('one');
  const order: string[] = [];
  const doing = run.start('two').then(() => order.push('step'));
  const restarted = run.controlService('web', 'restart', 'two').then(() => order.push('restarted'));
  const leaving = new AbortController();
  const left = run.controlService('web', 'restart', 'two', leaving.signal).catch((error: ServiceError) => order.push(error.reason));
  leaving.abort();
  await Promise.all([doing, restarted, left]);
  expect(order).toEqual(['step', 'restarted', 'stopped']);
  expect(only(events, 'service-started')).toHaveLength(3);
  // The step's own start of the service is under way.
  const again = run.start('one');
  await run.controlService('web', 'stop', 'one');
  expect(await again).toMatchObject({ outcome: expect.stringMatching(/passed|failed/) as string });
});
