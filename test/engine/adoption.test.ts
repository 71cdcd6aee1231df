import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { looksLikeScript, tellCommandLine } from '../../src/engine/services/adopt-services.ts';
import { claimPort } from '../support/claim-port.ts';
import { processesWith, uniqueSleep } from '../terminal/support.ts';
import { eventsOf, openTerminals } from './terminals-support.ts';

const never = new AbortController().signal;

/** A server that says when it listens and what it is asked. */
const server = (port: number) =>
  `node -e 'require("http").createServer((q,r)=>{console.log("GET "+q.url);r.end("ok")}).listen(${port},()=>console.log("listening on ${port}"))'`;

const get = async (url: string) => (await fetch(url)).text();

describe('a service that the learner has typed', () => {
  test.each(['url', 'port', 'log'] as const)('is the lab’s as soon as it is ready by its %s', async (kind) => {
    const port = await claimPort();
    const ready = {
      url: { kind, url: `http://127.0.0.1:${port}/` },
      port: { kind, port: String(port) },
      log: { kind, matches: 'listening on' },
    }[kind] as { kind: 'log'; matches: string };
    const { terminal, terminals, services, type, text, until, adopted, events, typed } = await openTerminals({
      services: [{ name: 'web', script: server(port), ready }],
    });
    await terminal.run('mkdir sub; cd sub; export COLOUR=blue', 'one');
    type(`${server(port)}\r`);
    await until(() => adopted.length === 1);

    expect(terminals.list.map(({ id, service, busy }) => [id, service, busy])).toEqual([
      ['lab', 'web', true],
      ['lab-2', undefined, false],
    ]);
    expect(terminals.main).toBe('lab-2');
    expect(eventsOf(events, 'service-started')).toMatchObject([
      { step: 'one', service: 'web', byHand: true, command: 2, text: server(port), directory: 'sub' },
    ]);
    const by = { url: `http://127.0.0.1:${port}/`, port: `port ${port}`, log: `listening on ${port}` }[kind];
    expect(eventsOf(events, 'service-ready')).toMatchObject([{ step: 'one', service: 'web', by }]);
    // labwalk goes on in the new one, where the old one was
    expect((await terminal.run('basename "$PWD"; echo $COLOUR', 'one')).output).toBe('sub\nblue\n');
    expect(await text()).toContain('sub $ basename');

    // checks see its log
    services.mark();
    await get(`http://127.0.0.1:${port}/asked`);
    await until(() => services.seen('web')?.log.includes('GET /asked') ?? false);
    expect(services.seen('web')).toMatchObject({ running: true, log: 'GET /asked\n' });
    expect(typed).toEqual([]);
  });

  test('leaves behind it a terminal into which can be typed at once', async () => {
    const port = await claimPort();
    const { terminals, type, until, typed } = await openTerminals({
      services: [{ name: 'web', script: server(port), ready: { kind: 'port', port: String(port) } }],
    });
    const early = new Promise<void>((resolve) => {
      const stop = terminals.on(() => {
        if (terminals.main === 'lab') return;
        stop();
        // at once: it is still being opened
        type('echo early\r');
        resolve();
      });
    });
    type(`${server(port)}\r`);
    await early;
    await until(() => typed.length === 1);
    expect(typed).toMatchObject([{ terminal: 'lab-2', text: 'echo early', output: 'early\n' }]);
  });

  test('may be typed otherwise than the lab has it', async () => {
    const port = await claimPort();
    const { type, until, adopted, events, folder } = await openTerminals({
      services: [{ name: 'web', script: 'npm start', ready: { kind: 'port', port: String(port) } }],
    });
    fs.writeFileSync(`${folder}/serve.cjs`, `require('http').createServer((q, r) => r.end('ok')).listen(${port})`);
    type(`sleep 0; node ${folder}/serve.cjs --loud\r`);
    await until(() => adopted.length === 1);
    expect(eventsOf(events, 'service-started')[0]?.text).toBe('serve.cjs --loud');
  });

  test('has ended when its command has, and its terminal stays', async () => {
    const port = await claimPort();
    const { terminals, services, type, until, adopted, events, typeLine } = await openTerminals({
      services: [{ name: 'web', script: server(port), ready: { kind: 'port', port: String(port) } }],
    });
    type(`${server(port).replace('"ok")', '"ok");if(q.url==="/die")process.exit(3)')}\r`);
    await until(() => adopted.length === 1);
    await get(`http://127.0.0.1:${port}/die`).catch(() => {});
    await until(() => eventsOf(events, 'service-ended').length === 1);
    expect(eventsOf(events, 'service-ended')[0]).toMatchObject({
      service: 'web',
      status: 3,
      wanted: false,
      log: '.labwalk/output/lab.log',
    });
    expect(eventsOf(events, 'service-ended')[0]?.tail).toContain('GET /die');
    expect(services.seen('web')).toMatchObject({ running: false, status: 3 });
    expect(terminals.list.map(({ id, service }) => [id, service])).toEqual([
      ['lab', undefined],
      ['lab-2', undefined],
    ]);
    expect(await typeLine('echo still here', 'lab')).toMatchObject({ terminal: 'lab', output: 'still here\n' });
  });

  test('is ended at will by Ctrl-C', async () => {
    const port = await claimPort();
    const { type, until, adopted, events } = await openTerminals({
      services: [{ name: 'web', script: server(port), ready: { kind: 'port', port: String(port) } }],
    });
    type(`${server(port)}\r`);
    await until(() => adopted.length === 1);
    type('\x03', 'lab');
    await until(() => eventsOf(events, 'service-ended').length === 1);
    expect(eventsOf(events, 'service-ended')[0]).toMatchObject({ status: 130, wanted: true });
  });

  test('can be stopped, and is then started by labwalk in a terminal of its own', async () => {
    const port = await claimPort();
    const { terminal, terminals, services, type, until, adopted, events, text } = await openTerminals({
      services: [{ name: 'web', script: server(port), ready: { kind: 'port', port: String(port) } }],
    });
    type(`${server(port)}\r`);
    await until(() => adopted.length === 1);
    const start = { name: 'web', script: server(port), directory: '/', env: await terminal.variables(), timeoutMs: 20_000, step: 'one' };
    await services.start({ ...start, ready: { kind: 'port', port }, signal: never });
    expect(eventsOf(events, 'service-ended')[0]).toMatchObject({ wanted: true });
    expect(terminals.list.map(({ id, service }) => [id, service])).toEqual([
      ['lab', undefined],
      ['lab-2', undefined],
      ['web', 'web'],
    ]);
    await until(async () => (await text('web')).includes('listening on'));
    await services.stop('web');
    await until(() => terminals.list.at(-1)?.service === undefined);
    // what it said last can still be read
    expect(terminals.list.at(-1)).toEqual({ id: 'web', kind: 'pty', busy: false });
    expect(await text('web')).toContain('listening on');
    await services.start({ ...start, ready: { kind: 'port', port }, signal: never });
    expect(terminals.list.at(-1)).toMatchObject({ id: 'web', service: 'web', busy: true });
    await terminals.close('web');
    expect(terminals.list.map(({ id }) => id)).toEqual(['lab', 'lab-2']);
    expect(eventsOf(events, 'service-ended').map(({ wanted }) => wanted)).toEqual([true, true, true]);
  });

  test('in a further terminal leaves the main one as it is', async () => {
    const port = await claimPort();
    const { terminals, type, until, adopted } = await openTerminals({
      services: [{ name: 'web', script: server(port), ready: { kind: 'port', port: String(port) } }],
    });
    const id = await terminals.open();
    type(`${server(port)}\r`, id);
    await until(() => adopted.length === 1);
    expect([terminals.main, terminals.list.map(({ id: name, service }) => [name, service])]).toEqual([
      'lab',
      [
        ['lab', undefined],
        ['lab-2', 'web'],
      ],
    ]);
    await terminals.close(id);
    expect(terminals.list.map(({ id: name }) => name)).toEqual(['lab']);
  });

  test('makes way for a command of labwalk that waited for it', async () => {
    const port = await claimPort();
    const { terminal, type, until, adopted, events } = await openTerminals({
      services: [{ name: 'web', script: server(port), ready: { kind: 'port', port: String(port) } }],
    });
    type(`${server(port)}\r`);
    await until(() => eventsOf(events, 'command-started').length === 1);
    const [ran] = await Promise.all([terminal.run('echo "on, $A"', 'one'), terminal.set({ A: 'secretly' })]);
    expect(ran.output).toMatch(/^on, /);
    expect((await terminal.run('echo $A', 'one')).output).toBe('secretly\n');
    expect(adopted).toEqual(['web']);
    expect(eventsOf(events, 'command-started').map((started) => started.terminal)).toEqual(['lab', 'lab-2', 'lab-2']);
  });

  test('of which the lab does not say when it is ready, is known by its command', async () => {
    const sleep = uniqueSleep();
    const { type, until, adopted, close } = await openTerminals({ services: [{ name: 'worker', script: sleep }] });
    type(`${sleep}\r`);
    await until(() => adopted.length === 1);
    await close();
    expect(processesWith(sleep)).toEqual([]);
  });
});

describe('no service is', () => {
  test('a command beside which another program has the port', async () => {
    const port = await claimPort();
    const { terminals, type, typeLine, until, adopted, events } = await openTerminals({
      services: [{ name: 'web', script: server(port), ready: { kind: 'port', port: String(port) } }],
    });
    // a job in the background is none of the commands that come after it
    await typeLine(`${server(port)} >/dev/null & sleep 0.1`);
    await until(() =>
      get(`http://127.0.0.1:${port}/`).then(
        () => true,
        () => false,
      ),
    );
    type('sleep 0.7; echo over\r');
    await until(() => eventsOf(events, 'command-ended').length === 2);
    expect([adopted, terminals.main]).toEqual([[], 'lab']);
  });

  test('a command of a step that nobody follows', async () => {
    const port = await claimPort();
    const { follow, type, until, adopted, events } = await openTerminals({
      services: [{ name: 'web', script: server(port), ready: { kind: 'port', port: String(port) } }],
    });
    follow(undefined);
    type(`timeout 0.7 ${server(port)}\r`);
    await until(() => eventsOf(events, 'command-ended').length === 1);
    expect(adopted).toEqual([]);
    expect(eventsOf(events, 'command-started')[0]?.step).toBeUndefined();
  });
});

test('a command line is compared with what was typed', () => {
  expect(looksLikeScript(['/opt/bin/python3', '/opt/bin/chalice', 'local', '--port', '8000'], 'chalice local --port 8000')).toBe(true);
  expect(looksLikeScript(['sh', '-c', 'x'], "sh -c 'x'")).toBe(true);
  expect(looksLikeScript(['/opt/bin/python3', '/opt/bin/chalice', 'deploy'], 'chalice local')).toBe(false);
  expect(looksLikeScript(['python3'], 'python3 -m http.server')).toBe(false);
  expect(tellCommandLine(['/opt/bin/python3.12', '/opt/bin/chalice', 'local'])).toBe('chalice local');
  expect(tellCommandLine(['/usr/bin/python3', '-m', 'http.server'])).toBe('python3 -m http.server');
});
