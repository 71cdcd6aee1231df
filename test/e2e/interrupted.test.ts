/** Ctrl-C, SIGTERM and a closed terminal, wherever they come: the step is ended, clean-up is done, nothing runs on, exit code 130. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { anyCheck, fence, isRunning, labwalk, makeLab, makeNap, readJournal, startLabwalk, waitUntil } from './program.ts';

const cleanup = fence('sh cleanup', 'touch "$LABWALK_WORKSPACE/cleaned"');
/** A service that the later steps have running, and a file of the learner's. */
const before = (service: string) =>
  `### Before\n\n${fence('sh run', 'echo mine > mine.txt')}${anyCheck}${fence('sh service=app', service)}${cleanup}`;
const last = `### Last\n\n${fence('sh run', 'touch last')}${anyCheck}`;

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  test('during a command', async () => {
    const [service, inFront, aside] = [makeNap(), makeNap(), makeNap()];
    const lab = makeLab({
      steps: `${before(service)}### One\n\n${fence('sh run', `setsid ${aside} & echo begun; ${inFront}`)}${anyCheck}${last}`,
    });
    const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
    await program.shows('\n    begun');
    await waitUntil(() => [service, inFront, aside].every(isRunning), 'all of the lab runs');
    program.kill(signal);
    const { code, stdout } = await program.ended;
    expect(code, stdout).toBe(130);
    expect([service, inFront, aside].filter(isRunning)).toEqual([]);
    expect(fs.readdirSync(lab.workspace).sort()).toEqual(['.labwalk', 'cleaned', 'mine.txt']);
    expect(stdout).toMatch(/interrupted/i);
    expect(readJournal(lab.workspace).at(-1)).toMatchObject({ type: 'run-ended', outcome: 'interrupted' });
    expect(fs.existsSync(path.join(lab.workspace, '.labwalk/lock'))).toBe(false);
  });
});

test('during the start of a service', async () => {
  const [service, starting] = [makeNap(), makeNap()];
  const lab = makeLab({
    steps: `${before(service)}### One\n\n${fence('sh service=slow ready=log:"never said"', starting)}${fence('yaml check', '- log: { service: slow, contains: x }')}${last}`,
  });
  const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
  await waitUntil(() => isRunning(starting), 'the service starts');
  program.kill('SIGINT');
  const { code, stdout } = await program.ended;
  expect(code, stdout).toBe(130);
  expect([service, starting].filter(isRunning)).toEqual([]);
  expect(fs.readdirSync(lab.workspace).sort()).toEqual(['.labwalk', 'cleaned', 'mine.txt']);
});

describe('during a check', () => {
  test('that waits for something', async () => {
    const service = makeNap();
    const lab = makeLab({
      steps: `${before(service)}### One\n\n${fence('sh run', 'echo begun')}${fence('yaml check', '- file: { path: never.txt }\n  within: 10m')}${last}`,
    });
    const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
    await program.shows('\n    begun');
    program.kill('SIGTERM');
    const { code, stdout } = await program.ended;
    expect(code, stdout).toBe(130);
    expect(isRunning(service)).toBe(false);
    expect(fs.readdirSync(lab.workspace).sort()).toEqual(['.labwalk', 'cleaned', 'mine.txt']);
  });

  test("of the lab's own, a script", async () => {
    const [service, inScript] = [makeNap(), makeNap()];
    const lab = makeLab({
      steps: `${before(service)}### One\n\n${fence('sh run', 'true')}${fence('yaml check', '- script: wait.mjs')}${last}`,
      files: { 'wait.mjs': `await $\`${inScript}\`\n` },
    });
    const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
    await waitUntil(() => isRunning(inScript), 'the script of the check runs');
    program.kill('SIGINT');
    const { code, stdout } = await program.ended;
    expect(code, stdout).toBe(130);
    expect([service, inScript].filter(isRunning)).toEqual([]);
    expect(fs.readdirSync(lab.workspace).sort()).toEqual(['.labwalk', 'cleaned', 'mine.txt']);
  });
});

describe('during clean-up', () => {
  const slow = (nap: string) =>
    `### One\n\n${fence('sh run', 'true')}${anyCheck}${fence('sh cleanup', `touch begun; ${nap}; touch finished`)}`;
  const begun = (workspace: string) => () => fs.existsSync(path.join(workspace, 'begun'));

  test('the first lets it go on, the second ends it', async () => {
    const [service, nap] = [makeNap(), makeNap()];
    const lab = makeLab({ steps: `${before(service)}${slow(nap)}` });
    const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
    await waitUntil(() => begun(lab.workspace)() && isRunning(nap), 'clean-up runs');
    program.kill('SIGINT');
    // nothing tells that the first signal came; that clean-up goes on is what the next test shows
    await waitUntil(() => isRunning(nap), 'clean-up goes on');
    program.kill('SIGTERM');
    const { code, stdout } = await program.ended;
    expect(code, stdout).toBe(130);
    expect([service, nap].filter(isRunning)).toEqual([]);
    expect(fs.existsSync(path.join(lab.workspace, 'finished'))).toBe(false);

    const later = await labwalk(['clean', makeQuick(lab.file, nap), '--workspace', lab.workspace]);
    expect(later.code, later.stdout).toBe(0);
    expect(fs.existsSync(path.join(lab.workspace, 'cleaned'))).toBe(true);
  });

  test('one signal does not: what it began is finished', async () => {
    const gate = '[ -e go ]';
    const lab = makeLab({
      steps: `### One\n\n${fence('sh run', 'true')}${anyCheck}${fence('sh cleanup', `touch begun; until ${gate}; do read -t 0.05 < <(:) || sleep 0.05; done; touch finished`)}`,
    });
    const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
    await waitUntil(begun(lab.workspace), 'clean-up runs');
    program.kill('SIGINT');
    fs.writeFileSync(path.join(lab.workspace, 'go'), '');
    const { code, stdout } = await program.ended;
    expect(code, stdout).toBe(130);
    expect(fs.existsSync(path.join(lab.workspace, 'finished'))).toBe(true);
  });
});

/** The same lab without the command that takes so long. */
function makeQuick(file: string, nap: string): string {
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll(nap, 'true'));
  return file;
}

test('during labwalk check and labwalk clean', async () => {
  const [nap, cleaning] = [makeNap(), makeNap()];
  const lab = makeLab({
    steps: `### One\n\n${fence('sh run', 'true')}${fence('yaml check', '- script: wait.mjs')}${fence('sh cleanup', cleaning)}`,
    files: { 'wait.mjs': '' },
  });
  expect((await labwalk(['run', lab.file, '--workspace', lab.workspace, '--through', 'one'])).code).toBe(0);
  fs.writeFileSync(path.join(path.dirname(lab.file), 'wait.mjs'), `await $\`${nap}\`\n`);
  for (const [command, runs] of [
    ['check', nap],
    ['clean', cleaning],
  ] as const) {
    const program = startLabwalk([command, lab.file, '--workspace', lab.workspace]);
    await waitUntil(() => isRunning(runs), `${command} is at work`);
    program.kill('SIGINT');
    const { code, stdout } = await program.ended;
    expect(code, stdout).toBe(130);
    expect(isRunning(runs)).toBe(false);
  }
});
