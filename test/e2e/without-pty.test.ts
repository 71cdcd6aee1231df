/** A machine for which there is no compiled pseudo-terminal module: labs are done on plain pipes. */
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, afterAll, expect, test } from 'vitest';
import os from 'node:os';
import { anyCheck, fence, isRunning, labwalk, makeLab, makeNap, root, startLabwalk, waitUntil } from './program.ts';

let folder: string;
let node: string[];

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-hook-'));
  const refuse = `export const resolve = (name, context, next) => {
    if (name === '@lydell/node-pty') throw new Error('not for this machine');
    return next(name, context);
  };`;
  const hook = path.join(folder, 'hook.mjs');
  fs.writeFileSync(
    hook,
    `import { register } from 'node:module';\nregister('data:text/javascript,' + encodeURIComponent(${JSON.stringify(refuse)}));\n`,
  );
  node = ['--import', hook];
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('the tiny lab is done there, too', async () => {
  const { code, stdout } = await labwalk(['run', path.join(root, 'test/labs/tiny/lab.md'), '--json'], { node });
  expect(code, stdout).toBe(0);
});

test('a command sees pipes; directory, variables and status carry on; a time-out ends all that it started', async () => {
  const [nap, aside] = [makeNap(), makeNap()];
  const steps = `### One\n\n${fence('sh run', 'mkdir a; cd a; export X=1\n[ -t 1 ] && echo terminal || echo pipe')}${fence('yaml check', '- output: { equals: pipe }')}### Two\n\n${fence('sh run', 'echo "$X $(basename "$PWD")"')}${fence('yaml check', '- output: { equals: 1 a }')}### Three\n\n${fence('sh run timeout=1s', `setsid ${aside} & ${nap}`)}${anyCheck}${fence('sh cleanup', 'touch "$LABWALK_WORKSPACE/cleaned"')}`;
  const lab = makeLab({ steps });
  const { code, stdout } = await labwalk(['run', lab.file, '--workspace', lab.workspace], { node });
  expect(code, stdout).toBe(1);
  expect(stdout).toMatch(/Checks {2}2 passed/);
  expect([nap, aside].filter(isRunning)).toEqual([]);
  expect(fs.existsSync(path.join(lab.workspace, 'cleaned'))).toBe(true);
});

test('Ctrl-C ends it as elsewhere', async () => {
  const [service, nap] = [makeNap(), makeNap()];
  const lab = makeLab({
    steps: `### One\n\n${fence('sh service=app', service)}${fence('sh run', nap)}${anyCheck}${fence('sh cleanup', 'touch "$LABWALK_WORKSPACE/cleaned"')}`,
  });
  const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace], { node });
  await waitUntil(() => [service, nap].every(isRunning), 'the command and the service run');
  program.kill('SIGINT');
  const { code, stdout } = await program.ended;
  expect(code, stdout).toBe(130);
  expect([service, nap].filter(isRunning)).toEqual([]);
  expect(fs.existsSync(path.join(lab.workspace, 'cleaned'))).toBe(true);
});
