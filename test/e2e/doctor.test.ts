/** `labwalk doctor` through the built program on machines that lack something, and the same news where a lab is started there. */
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { doctorSchema } from '../../src/doctor/json-schema.ts';
import { anyCheck, fence, labwalk, makeFolder, makeLab } from './program.ts';
import { startOnScreen } from './screen.ts';

type Env = Record<string, string | undefined>;

/** A PATH with only these programs of the machine. */
function pathWith(...names: string[]): string {
  const folder = makeFolder();
  for (const name of names) fs.symlinkSync(fs.realpathSync(`/bin/${name}`), path.join(folder, name));
  return folder;
}

const lacking = (front: string) => makeLab({ front, steps: `### One\n\n${fence('sh run', 'touch done-it')}${anyCheck}` });

async function doctor(env: Env, ...words: string[]) {
  const { code, stdout } = await labwalk(['doctor', ...words, '--json'], { env });
  const { ok, findings, lab } = doctorSchema.parse(JSON.parse(stdout));
  return { code, ok, lab, find: (id: string) => findings.find((finding) => finding.id === id) };
}

describe('a machine that lacks something', () => {
  test('without Python and without the toolchain no lab that needs AWS can run: 3; one that needs nothing can: 0', async () => {
    const env: Env = {
      PATH: pathWith('bash'),
      XDG_CACHE_HOME: makeFolder(),
      LANG: 'C',
      LC_ALL: undefined,
      HTTPS_PROXY: 'http://ana:hidden@127.0.0.1:9',
    };
    const all = await doctor(env);
    expect(all).toMatchObject({ code: 3, ok: false, lab: undefined });
    expect(all.find('python')).toMatchObject({ status: 'missing', fix: { debian: 'sudo apt install python3 python3-venv' } });
    expect(all.find('tool-git')?.status).toBe('warning');
    expect(all.find('locale')).toMatchObject({ status: 'warning', found: 'LANG=C' });
    expect(all.find('proxy')).toMatchObject({ status: 'warning', found: 'http://127.0.0.1:9' });
    const { file } = lacking('');
    expect(await doctor(env, file)).toMatchObject({ code: 0, ok: true, lab: 'trial' });
  });

  test('what a lab requires and is not there: 3, as text with this word at the end', async () => {
    const { file } = lacking('requires: [surely-nowhere]\n');
    const { code, stdout } = await labwalk(['doctor', file]);
    expect(code).toBe(3);
    expect(stdout).toContain('surely-nowhere is not on PATH.');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('The lab trial cannot run on this machine yet. Missing: surely-nowhere.');
  });

  test('a port that is taken is a warning with its owner: 0', async () => {
    const server = http.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { file } = lacking(`variables: { PORT: { free-port: ${port} } }\n`);
    const { code, find } = await doctor({ PATH: pathWith('bash') }, file);
    expect(code).toBe(0);
    expect(find(`port-${port}`)).toMatchObject({ status: 'warning', found: expect.stringContaining(`pid ${process.pid}`) });
  });
});

describe('a lab that cannot run is not begun', () => {
  test('run: exit code 3, what is missing and what to do, and no step was done', async () => {
    const made = lacking('requires: [surely-nowhere]\n');
    const { code, stderr, stdout } = await labwalk(['run', made.file, '--workspace', made.workspace]);
    expect(code).toBe(3);
    expect(stderr).toContain('The lab trial cannot run on this machine yet. surely-nowhere is not on PATH.');
    expect(stderr).toContain('`labwalk doctor LAB` looks at everything.');
    expect(stdout).not.toContain('One');
    expect(fs.existsSync(path.join(made.workspace, 'done-it'))).toBe(false);
  });

  test('clean works without it', async () => {
    const made = lacking('requires: [surely-nowhere]\n');
    fs.mkdirSync(made.workspace);
    expect((await labwalk(['clean', made.file, '--workspace', made.workspace])).code).toBe(0);
  });

  test('on the screen, and line by line: the same words, and 3', async () => {
    for (const words of [[], ['--plain']]) {
      const made = lacking('requires: [surely-nowhere]\n');
      const env = { XDG_CONFIG_HOME: makeFolder() };
      const screen = startOnScreen(['start', made.file, '--workspace', made.workspace, ...words], { columns: 80, rows: 24, env });
      await screen.shows(words.length > 0 ? '>' : 'Enter');
      screen.type(words.length > 0 ? 'y\r' : 'y');
      expect((await screen.ended).code).toBe(3);
      const text = screen.text().join(' ').replace(/\s+/g, ' ');
      expect(text).toContain('surely-nowhere is not on PATH');
    }
  });
});
