/** Services that reload themselves, with real ones: a server that is replaced by the program above it when its file is saved. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { awaitReload } from '../../src/engine/services/await-reload.ts';
import type { Event } from '../../src/events/event.ts';
import { claimPort } from '../support/claim-port.ts';
import { makeLab } from '../walk/open-walk.ts';
import { createPerson } from '../walk/person.ts';
import { fence } from '../walk/support.ts';

/** Stays when the server can't start, as `chalice local` does, and waits for the next save. */
const patientReloader = `import os, subprocess, sys, time
at = lambda: os.stat('text.py').st_mtime_ns
while True:
    seen = at()
    server = subprocess.Popen([sys.executable, '-B', 'server.py', sys.argv[1]])
    while at() == seen: time.sleep(0.2)
    server.terminate()
    server.wait()
`;

/** Watches a file once a second as many reloaders do, and starts the server anew some time after it was saved. */
const reloader = `import os, subprocess, sys, time
at = lambda: os.stat('text.py').st_mtime_ns
while True:
    seen = at()
    server = subprocess.Popen([sys.executable, '-B', 'server.py', sys.argv[1]])
    try:
        while at() == seen and server.poll() is None: time.sleep(1)
        if server.poll() is not None: sys.exit(server.poll())
    finally:
        server.terminate()
        server.wait()
`;
const server = `import http.server, sys, time
time.sleep(0.3)
from text import TEXT
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.send_header('Content-Length', str(len(TEXT))); self.end_headers(); self.wfile.write(TEXT.encode())
    def log_message(self, *_): pass
http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
`;

const steps = (command: string) =>
  `### Serve\n\n${fence('sh service=web ready=http://localhost:$PORT/', command)}${fence('yaml check', '- http: { url: "http://localhost:{{PORT}}/" }')}` +
  `### Change\n\n${fence('python file=text.py', "TEXT = 'new'")}${fence('yaml check', '- http: { url: "http://localhost:{{PORT}}/", body: new }')}`;

async function open(command: string) {
  const folder = makeLab(steps(command), {
    front: 'variables: { PORT: { free-port: 18300 } }\n',
    files: { 'solutions/change/text.py': "TEXT = 'new'\n" },
  });
  const write = (name: string, text: string) => fs.writeFileSync(path.join(folder.workspace, name), text);
  for (const [name, text] of Object.entries({
    'reload.py': reloader,
    'stay.py': patientReloader,
    'server.py': server,
    'text.py': "TEXT = 'old'\n",
  }))
    write(name, text);
  const walk = await folder.open(createPerson());
  await walk.next();
  await walk.next();
  const verdicts = () =>
    folder.events.flatMap((event: Event) =>
      event.type === 'check-ended' && event.step === 'change'
        ? [`${event.outcome}${event.actual === undefined ? '' : `: ${event.actual}`}`]
        : [],
    );
  const until = (what: () => boolean) =>
    new Promise<void>((resolve) => {
      const off = walk.onEvent(() => {
        if (!what()) return;
        off();
        resolve();
      });
      if (what()) resolve();
    });
  /** Saves the text, and gives what its checks say afterwards. */
  const save = async (text: string) => {
    const before = verdicts().length;
    write('text.py', text);
    await until(() => verdicts().length > before);
    return verdicts().slice(before);
  };
  return { walk, save, verdicts };
}

test('a save is checked once the service has taken it in, and not before', async () => {
  const { walk, save } = await open('python3 -B reload.py $PORT');
  for (const [text, outcome] of [
    ["TEXT = 'new'\n", '^passed$'],
    ["TEXT = 'bad'\n", 'failed'],
    ["TEXT = 'new' # again\n", 'passed'],
  ] as const) {
    expect(await save(text)).toEqual([expect.stringMatching(outcome)]);
  }
  await walk.close();
});

test('a service that does not reload is asked at once, and one that ends by the save keeps nobody waiting', async () => {
  const { walk, save, verdicts } = await open('python3 -B server.py $PORT');
  await save("TEXT = 'new'\n");
  expect(verdicts()).toEqual([expect.stringMatching('failed: .*old')]);
  await walk.close();

  const broken = await open('python3 -B reload.py $PORT');
  await broken.save('TEXT = \n');
  expect(broken.verdicts()).toEqual([expect.stringMatching('failed: nothing answers')]);
  await broken.walk.close();
});

test('a service that stays although it cannot read the file that was saved is still one that reloads', async () => {
  const { walk, save } = await open('python3 -B stay.py $PORT');
  for (const [text, outcome] of [
    ['TEXT = \n', 'failed: nothing answers'],
    ["TEXT = 'new'\n", '^passed$'],
    ['TEXT = \n', 'failed: nothing answers'],
  ] as const) {
    expect(await save(text)).toEqual([expect.stringMatching(outcome)]);
  }
  await walk.close();
});

test('who does not listen any more, and has a file that cannot be read, is not waited for', async () => {
  const port = await claimPort(18_400);
  const wait = { port, savedAt: Date.now(), patience: Infinity, isRunning: () => true, signal: new AbortController().signal };
  expect(await awaitReload({ ...wait, isBroken: () => Promise.resolve(true) })).toBe('broken');
  expect(await awaitReload({ ...wait, patience: 0, isBroken: () => Promise.resolve(false) })).toBe('none');
});
