/** A reader that goes away: `labwalk run … | head`, a closed window. The run ends as it should and cleans up. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { anyCheck, fence, isRunning, makeLab, makeNap, readJournal, root, startLabwalk, waitUntil } from './program.ts';

const cleanup = fence('sh cleanup', 'touch "$LABWALK_WORKSPACE/cleaned"');

test('into head: no complaint, everything done and cleaned up', () => {
  const service = makeNap();
  const lab = makeLab({
    steps: `### One\n\n${fence('sh service=app', service)}${fence('sh run', 'seq 100000')}${anyCheck}${cleanup}### Two\n\n${fence('sh run', 'seq 100000; touch two')}${anyCheck}`,
  });
  const line = `"${process.execPath}" bin/labwalk.js run "${lab.file}" --workspace "${lab.workspace}" 2>&1 | head -1; echo "\${PIPESTATUS[0]}"`;
  const printed = execFileSync('bash', ['-c', line], { cwd: root, encoding: 'utf8', timeout: 60_000 });
  expect(printed).toBe('Trial\n0\n');
  expect(isRunning(service)).toBe(false);
  expect(fs.readdirSync(lab.workspace).sort()).toEqual(['.labwalk', 'cleaned', 'two']);
});

test('a reader that leaves in the middle of a step', async () => {
  const service = makeNap();
  const lab = makeLab({
    steps: `### One\n\n${fence('sh service=app', service)}${fence('sh run', 'echo begun; until [ -e go ]; do sleep 0.05; done; seq 100000')}${anyCheck}${cleanup}`,
  });
  const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
  await program.shows('\n    begun');
  program.closeOutput();
  fs.writeFileSync(path.join(lab.workspace, 'go'), '');
  const { code, stderr } = await program.ended;
  expect([code, stderr]).toEqual([0, '']);
  expect(isRunning(service)).toBe(false);
  expect(fs.existsSync(path.join(lab.workspace, 'cleaned'))).toBe(true);
  expect(readJournal(lab.workspace).at(-1)).toMatchObject({ type: 'run-ended', outcome: 'passed' });
});

test('a window that is closed: the output is gone, and SIGHUP comes', async () => {
  const [service, inFront] = [makeNap(), makeNap()];
  const lab = makeLab({ steps: `### One\n\n${fence('sh service=app', service)}${fence('sh run', inFront)}${anyCheck}${cleanup}` });
  const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
  await waitUntil(() => isRunning(inFront), 'the command runs');
  program.closeOutput();
  program.kill('SIGHUP');
  expect((await program.ended).code).toBe(130);
  expect([service, inFront].filter(isRunning)).toEqual([]);
  expect(fs.existsSync(path.join(lab.workspace, 'cleaned'))).toBe(true);
});

test('output that was closed from the start', () => {
  const lab = makeLab({ steps: `### One\n\n${fence('sh run', 'true')}${anyCheck}${cleanup}` });
  const line = `"${process.execPath}" bin/labwalk.js run "${lab.file}" --workspace "${lab.workspace}" >&- 2>&- <&-; echo $?`;
  expect(execFileSync('bash', ['-c', line], { cwd: root, encoding: 'utf8', timeout: 60_000 })).toBe('0\n');
  expect(fs.existsSync(path.join(lab.workspace, 'cleaned'))).toBe(true);
});

test('a report that is read through a pipe arrives whole, however long', () => {
  const lab = makeLab({ steps: `### One\n\n${fence('sh run', 'seq 60000')}${anyCheck}` });
  const line = `"${process.execPath}" bin/labwalk.js run "${lab.file}" --workspace "${lab.workspace}" --report ndjson | (sleep 1; cat)`;
  const printed = execFileSync('bash', ['-c', line], { cwd: root, encoding: 'utf8', timeout: 60_000, maxBuffer: 1e9 });
  const events = printed
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as { type: string; text?: string });
  expect(events.at(-1)?.type).toBe('run-ended');
  expect(
    events
      .filter(({ type }) => type === 'output')
      .map(({ text }) => text)
      .join(''),
  ).toContain('\n60000');
});
