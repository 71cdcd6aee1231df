/** Services on the screen: a state, a port and a log each; started, stopped and restarted by key; and one that dies says so. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fence, makeFolder, makeLab, waitUntil } from './program.ts';
import type { ScreenProgram } from './screen.ts';
import { openTrial, passByEnter, pressEnterAndWait, waitIdle } from './walk.ts';

/** Logs each request, answers with JSON, and can be made to die. */
const serverText = `import http from 'node:http';
const server = http.createServer((request, response) => {
  console.log('\\x1b[32mINFO\\x1b[0m ' + request.method + ' ' + request.url);
  if (request.url === '/die') { console.log('no room left on the moon'); process.exit(3); }
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ hello: 'world', list: [1, 2] }));
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('listening as ' + process.pid));
`;

function makeServedLab() {
  const server = path.join(makeFolder(), 'server.mjs');
  fs.writeFileSync(server, serverText);
  const check = "- http: { url: 'http://localhost:{{PORT}}/look', json: { hello: world } }\n- log: { service: app, contains: GET /look }";
  const steps = `### Serve\n\n${fence('sh service=app ready=http://localhost:$PORT/', `node ${server} $PORT`)}${fence('yaml check', check)}`;
  return makeLab({ steps, front: 'variables: { PORT: { free-port: 19400 } }\n' });
}

const ask = async (port: string, page: string) => (await fetch(`http://localhost:${port}${page}`)).status;
const portOf = (screen: ScreenProgram) => /app ● (\d+)/.exec(screen.text()[0] ?? '')?.[1] ?? '';

test('a service has a badge, a live log and a window; its checks show what was sent and came back', async () => {
  const lab = makeServedLab();
  const screen = await openTrial(lab, { columns: 120, rows: 40 });
  await pressEnterAndWait(screen, 'Passed.');
  const port = portOf(screen);
  expect(port).toMatch(/^194\d\d$/);

  // As HTTPie shows it: request, headers, and JSON indented and coloured.
  screen.press('x');
  await screen.shows('GET /look HTTP/1.1');
  await screen.shows(`Host: localhost:${port}`);
  await screen.shows('HTTP/1.1 200 OK');
  await screen.shows(/Content-Type: application\/json[^]*\{ *│[^]*│ +"hello": "world", *│/);
  // eslint-disable-next-line no-control-regex -- colours are what it looks for
  expect(screen.raw).toMatch(/\x1b\[[\d;]+m"hello"/);
  screen.press('escape');
  await screen.hides('HTTP/1.1 200 OK');

  // The log comes in while one looks at it.
  screen.press('2');
  await screen.shows('listening as');
  await ask(port, '/while-i-look');
  await screen.shows('INFO GET /while-i-look');

  screen.press('v');
  await screen.shows(/❯ ● app +runs for \d+ s, port 194\d\d/);
  await screen.shows(`$ node`);
  screen.press('x');
  await screen.shows(/○ app +stopped/);
  await waitIdle(screen);
  await expect(ask(port, '/')).rejects.toThrow();
  screen.press('s');
  await screen.shows(/● app +runs/);
  await waitIdle(screen);
  expect(await ask(port, '/')).toBe(200);
  const pids = () =>
    [
      ...screen
        .text()
        .join('\n')
        .matchAll(/listening as (\d+)/g),
    ].map(([, pid]) => pid);
  const before = pids();
  screen.press('r');
  await screen.until(() => pids().some((pid) => !before.includes(pid)), 'another process is at work');
  await screen.shows(/● app +runs/);
  await waitIdle(screen);

  // Enter goes to its log.
  screen.press('enter');
  await screen.hides('runs for');
  await ask(portOf(screen), '/after-restart');
  await screen.shows('INFO GET /after-restart');
  // The prompt of the shell that has ended has a line of its own.
  expect(screen.text().join('\n')).not.toContain('$ workspace');
  screen.press('q');
  await screen.shows('This ends the service app');
  screen.press('y');
  await screen.expectNothingLeft();
});

test('one that dies says so with its last lines, is not taken for running, and Enter starts it again', async () => {
  const lab = makeServedLab();
  const screen = await openTrial(lab);
  await passByEnter(screen);
  await ask(portOf(screen), '/die').catch(() => {});
  await screen.shows('app has ended by itself with status 3: no room left on the moon');
  await screen.shows('app ✗ ended');
  screen.press('v');
  await screen.shows('ended by itself with status 3');
  await screen.shows('INFO GET /die');
  await screen.shows('no room left on the moon');
  screen.press('s');
  await screen.shows(/● app +runs/);
  await waitIdle(screen);
  expect(await ask(portOf(screen), '/')).toBe(200);
  screen.press('escape');
  await screen.hides('runs for');
  screen.press('c');
  await screen.shows('Passed.');
  screen.kill('SIGTERM');
  await screen.expectNothingLeft();
});

test('one that never gets ready can be stopped', async () => {
  const steps = `### Serve\n\n${fence('sh service=app ready=log:"never said"', 'echo only this; cat')}${fence('yaml check', '- log: { service: app, contains: x }')}`;
  const lab = makeLab({ steps });
  const screen = await openTrial(lab);
  screen.press('enter');
  await screen.shows(/^only this *$/m);
  await screen.shows(/service .*echo only this; cat +\d+ s/);
  await screen.shows('app ◌ starts');
  screen.press('ctrl-c');
  await screen.shows(/Stopped\.|Press Enter to retry/);
  await waitUntil(() => screen.leftProcesses().every((command) => command !== 'cat'), 'it has ended');
  await screen.hides('app ◌ starts');
  screen.press('q');
  expect((await screen.ended).code).toBe(0);
});
