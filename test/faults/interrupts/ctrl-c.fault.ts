import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import {
  anyCheck,
  fence,
  isRunning,
  labwalk,
  makeFolder,
  makeLab,
  makeNap,
  readJournal,
  startLabwalk,
  waitUntil,
} from '../../e2e/program.ts';
import { startOnScreen } from '../../e2e/screen.ts';
import { activityOf } from '../../../src/process/activity.ts';
import { descendantsOf } from '../../../src/process/processes.ts';
import { area, fault } from '../fault.ts';
import { makeSilentIndex } from './silent-index.ts';
import { commandsWith, expectInterrupted, ignoreSignals, isTaken, launcher, nameOf, sandboxOf } from './stubborn.ts';

/** A step that was done, with a service that runs and something to clean up. */
const before = (service: string) => `### Before\n\n${fence('sh service=app', service)}${fence('sh cleanup', 'touch cleaned')}`;
const needsAws = 'requires: [aws]\n';
const isCleaned = (workspace: string) => fs.existsSync(path.join(workspace, 'cleaned'));

/** A check whose pattern would take years on what is printed, and a service that must not outlive it. */
function makeEndlessLab() {
  const service = makeNap();
  const steps = `### Compare\n\n${fence('sh service=app', service)}${fence('sh run', 'echo "$(printf %060d)!"')}${fence(
    'yaml check',
    '- output: { matches: "^(0+)+$" }',
  )}`;
  return { service, ...makeLab({ steps }) };
}

area('Interrupts', () => {
  fault(
    'A pattern of a check never comes to an end',
    { promise: 'labwalk gives it up after a second, and says that it is a mistake of the lab, with its line. `lint` names it beforehand.' },
    async () => {
      const { service, file, workspace } = makeEndlessLab();
      const linted = await labwalk(['lint', file]);
      expect([linted.code, linted.stdout]).toEqual([2, expect.stringContaining('the pattern /^(0+)+$/ may take for ever')]);
      const ended = await labwalk(['run', file, '--workspace', workspace]);
      expect(ended.code, ended.stdout + ended.stderr).toBe(1);
      expect(ended.stdout).toMatch(/This is a mistake in the lab, not yours: lab\.md:\d+/);
      expect(isRunning(service)).toBe(false);
    },
  );

  fault(
    'Ctrl-C comes while such a pattern is compared',
    { promise: 'The run ends as ever: it cleans up, leaves nothing running, and exits with 130.' },
    async () => {
      const { service, file, workspace } = makeEndlessLab();
      const program = startLabwalk(['run', file, '--workspace', workspace]);
      const isComparing = () => program.stdout.includes('0!') && isRunning(service);
      await waitUntil(isComparing, 'the check is made');
      program.kill('SIGINT');
      expectInterrupted(await program.ended, workspace, [service]);
    },
  );

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    fault(
      `${nameOf[signal]} comes while a command and a service run that ignore every signal`,
      { promise: 'labwalk ends both by force, cleans up, and exits with 130.' },
      async () => {
        const [service, command] = [makeNap(), makeNap()];
        const { file, workspace } = makeLab({
          steps: `${before(ignoreSignals(service))}### Hang\n\n${fence('sh run', ignoreSignals(command))}${anyCheck}`,
        });
        const program = startLabwalk(['run', file, '--workspace', workspace]);
        await waitUntil(() => isRunning(command) && isRunning(service), 'both run');
        program.kill(signal);
        expectInterrupted(await program.ended, workspace, [service, command]);
        expect(isCleaned(workspace)).toBe(true);
      },
    );

  fault(
    'Ctrl-C comes while the shell of the terminal is stopped',
    { promise: 'labwalk replaces the shell, cleans up in a new one, and exits with 130.' },
    async () => {
      const [service, command] = [makeNap(), makeNap()];
      const { file, workspace } = makeLab({
        steps: `${before(service)}### Hang\n\n${fence('sh run', `kill -STOP $$; ${command}`)}${anyCheck}`,
      });
      const program = startLabwalk(['run', file, '--workspace', workspace]);
      const isStopped = () => descendantsOf(program.pid).some((pid) => activityOf(pid)?.stopped);
      await waitUntil(isStopped, 'the shell is stopped');
      program.kill('SIGINT');
      expectInterrupted(await program.ended, workspace, [service, command]);
      expect(isCleaned(workspace)).toBe(true);
    },
  );

  fault(
    "Ctrl-C comes while a check's script hangs, with a program of its own that ignores signals",
    { promise: 'labwalk ends both, cleans up, and exits with 130.' },
    async () => {
      const [service, inScript] = [makeNap(), makeNap()];
      const { file, workspace } = makeLab({
        steps: `${before(service)}### Hang\n\n${fence('sh run', 'true')}${fence('yaml check', '- script: wait.mjs')}`,
        files: { 'wait.mjs': `process.on('SIGTERM', () => {});\nawait $\`bash -c ${`'${ignoreSignals(inScript)}'`}\`\n` },
      });
      const program = startLabwalk(['run', file, '--workspace', workspace]);
      await waitUntil(() => isRunning(inScript), 'the script runs');
      program.kill('SIGINT');
      expectInterrupted(await program.ended, workspace, [service, inScript]);
      expect(isCleaned(workspace)).toBe(true);
    },
  );

  fault(
    'Ctrl-C comes while the sandbox is stopped and a command waits for it',
    { promise: 'labwalk ends the sandbox, starts it again for the clean-up, and exits with 130.', slow: true },
    async () => {
      const waiting = 'aws --cli-connect-timeout 9001 iam list-roles';
      const freeze = 'kill -STOP "$(cat .labwalk/sandbox/state/.lock)"';
      const { file, workspace } = makeLab({
        steps: `### Freeze\n\n${fence('yaml credentials', 'for: [iam]')}${fence('sh run', `${freeze}; ${waiting}`)}${anyCheck}${fence('sh cleanup', 'aws iam list-roles > cleaned')}`,
      });
      const program = startLabwalk(['run', file, '--workspace', workspace]);
      await waitUntil(() => commandsWith('9001').length > 0, 'a command waits for the sandbox');
      program.kill('SIGINT');
      expectInterrupted(await program.ended, workspace, []);
      expect(fs.readFileSync(path.join(workspace, 'cleaned'), 'utf8')).toContain('Roles');
      expect([...commandsWith('9001'), ...commandsWith(launcher)]).toEqual([]);
    },
  );

  fault(
    'Ctrl-C comes while the sandbox is being started, and that hangs',
    { promise: 'labwalk ends it, and exits with 130. Nothing of it runs on, and the workspace is free.' },
    async () => {
      const { file, workspace } = makeLab({ steps: `### List\n\n${fence('sh run', 'aws iam list-roles')}${anyCheck}`, front: needsAws });
      const program = startLabwalk(['run', file, '--workspace', workspace]);
      let sandbox: number | undefined;
      await waitUntil(() => (sandbox = sandboxOf(program.pid)) !== undefined, 'the sandbox is being started');
      process.kill(sandbox!, 'SIGSTOP');
      program.kill('SIGINT');
      const { code, stdout, stderr } = await program.ended;
      expect(code, stdout + stderr).toBe(130);
      expect(commandsWith(launcher)).toEqual([]);
      expect(isTaken(workspace)).toBe(false);
    },
  );

  fault(
    '`labwalk check` asks the labwalk that has the workspace, and that is frozen; then comes Ctrl-C',
    { promise: 'The check ends with 130. The frozen one goes on, once it can.' },
    async () => {
      const nap = makeNap();
      const { file, workspace } = makeLab({ steps: `### Wait\n\n${fence('sh run', `[ -e go ] || ${nap}`)}${anyCheck}` });
      const owner = startLabwalk(['run', file, '--workspace', workspace]);
      await waitUntil(() => isRunning(nap), 'the owner is at work');
      process.kill(owner.pid, 'SIGSTOP');
      const asking = startLabwalk(['check', file, '--workspace', workspace, '--report', 'ndjson']);
      await asking.shows('"run-started"');
      asking.kill('SIGINT');
      const asked = await asking.ended;
      expect(asked.code, asked.stdout + asked.stderr).toBe(130);
      process.kill(owner.pid, 'SIGCONT');
      await waitUntil(() => isRunning(nap), 'its command still runs');
      owner.kill('SIGINT');
      expectInterrupted(await owner.ended, workspace, [nap]);
    },
  );

  for (const signal of ['SIGINT', 'SIGKILL'] as const)
    fault(
      `${nameOf[signal]} ends \`labwalk check\` while the labwalk that has the workspace does the check for it`,
      { promise: 'The owner ends the check with all that it started, and goes on with its own command.' },
      async () => {
        const [command, inCheck] = [makeNap(), makeNap()];
        const { file, workspace } = makeLab({
          steps: `### Check\n\n${fence('sh run', 'true')}${fence('yaml check', '- script: wait.mjs')}### Wait\n\n${fence('sh run', command)}${anyCheck}`,
          files: { 'wait.mjs': `if (fs.existsSync('wait')) await $\`${inCheck}\`\n` },
        });
        const owner = startLabwalk(['run', file, '--workspace', workspace]);
        await waitUntil(() => isRunning(command), 'the owner is at its second step');
        fs.writeFileSync(path.join(workspace, 'wait'), '');
        const asking = startLabwalk(['check', file, 'check', '--workspace', workspace]);
        await waitUntil(() => isRunning(inCheck), 'the owner does the check');
        asking.kill(signal);
        const asked = await asking.ended;
        expect(asked.code).toBe(signal === 'SIGINT' ? 130 : undefined);
        await waitUntil(() => !isRunning(inCheck), 'the check has ended');
        expect(isRunning(command)).toBe(true);
        owner.kill('SIGINT');
        expectInterrupted(await owner.ended, workspace, [command, inCheck]);
      },
    );

  fault(
    'Ctrl-C comes during `labwalk verify` with two jobs',
    { promise: 'Both clean up and end, the report says that it was interrupted, nothing runs on, and no folder stays.' },
    async () => {
      const [one, two, temporary] = [makeNap(), makeNap(), makeFolder()];
      const { file } = makeLab({
        steps: `### One\n\n${fence('sh run', ignoreSignals(one))}${anyCheck}### Two\n\n${fence('sh run', ignoreSignals(two))}${anyCheck}`,
      });
      const program = startLabwalk(['verify', file, '--jobs', '2', '--json'], { env: { TMPDIR: temporary } });
      await waitUntil(() => isRunning(one), 'the jobs are at work');
      program.kill('SIGINT');
      const { code, stdout, stderr } = await program.ended;
      expect(code, stdout + stderr).toBe(130);
      expect(JSON.parse(stdout)).toMatchObject({ outcome: 'interrupted' });
      expect([one, two].filter(isRunning)).toEqual([]);
      expect(fs.readdirSync(temporary)).toEqual([]);
    },
  );

  fault(
    'Ctrl-C comes at the question whether a lab from elsewhere may run',
    { promise: 'labwalk ends, runs nothing, makes no workspace, and gives the terminal back as it was.' },
    async () => {
      const { file, workspace } = makeLab({ steps: `### Do it\n\n${fence('sh run', 'touch done')}${anyCheck}` });
      for (const how of [[], ['--plain']]) {
        const screen = startOnScreen(['start', file, '--workspace', workspace, ...how], { columns: 100, rows: 40 });
        await screen.shows('This lab did not come with labwalk');
        await screen.shows('touch done');
        screen.press('ctrl-c');
        await screen.ended;
        await screen.expectRestored();
        await screen.expectNothingLeft();
        expect(fs.existsSync(workspace)).toBe(false);
      }
    },
  );

  fault(
    'The window of a walk is closed (SIGHUP) while a command and a service run that ignore every signal',
    { promise: 'Nothing runs on, the workspace is free, and the next start is at the same step.' },
    async () => {
      const [service, command] = [makeNap(), makeNap()];
      const { file, workspace } = makeLab({
        steps: `### Serve\n\n${fence('sh service=app', ignoreSignals(service))}### Hang\n\n${fence('sh run', ignoreSignals(command))}${anyCheck}`,
      });
      const config = makeFolder();
      const start = () =>
        startOnScreen(['start', file, '--workspace', workspace], { env: { XDG_CONFIG_HOME: config }, columns: 100, rows: 40 });
      const screen = start();
      await screen.shows('Run this lab');
      screen.press('enter');
      await screen.shows(/step 1 of 2/);
      screen.press('enter');
      await screen.shows('Passed.');
      screen.press('enter');
      await screen.shows(/step 2 of 2/);
      screen.press('enter');
      await waitUntil(() => isRunning(command) && isRunning(service), 'both run');
      screen.hangUp();
      await waitUntil(() => !isTaken(workspace), 'the workspace is free');
      await waitUntil(() => ![command, service].some(isRunning), 'nothing runs on');
      expect(readJournal(workspace).at(-1)).toMatchObject({ type: 'run-ended' });
      const again = start();
      await again.shows(/step 2 of 2/);
      again.kill('SIGTERM');
      await again.ended;
      await again.expectRestored();
    },
  );

  fault(
    'Ctrl-C comes while pip waits for a package index that never answers',
    { promise: '`labwalk start` ends with 130. Neither pip nor anything that it started runs on, and the next start begins anew.' },
    async () => {
      const index = await makeSilentIndex();
      const { file, workspace } = makeLab({ steps: `### List\n\n${fence('sh run', 'aws iam list-roles')}${anyCheck}`, front: needsAws });
      const env = { XDG_CACHE_HOME: makeFolder(), ...index.env };
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        const asked = index.asked();
        const program = startLabwalk(['run', file, '--workspace', workspace], { env });
        await waitUntil(() => index.asked() > asked, 'pip waits for an answer');
        program.kill(signal);
        const { code, stdout, stderr } = await program.ended;
        expect(code, stdout + stderr).toBe(130);
        expect(commandsWith(env.XDG_CACHE_HOME)).toEqual([]);
        expect(isTaken(workspace)).toBe(false);
      }
      index.close();
    },
  );

  fault(
    'Ctrl-C comes while `labwalk doctor` waits for a tool that hangs',
    { promise: 'It ends at once, and the tool with it.' },
    async () => {
      const [nap, tools] = [makeNap(), makeFolder()];
      fs.writeFileSync(path.join(tools, 'git'), `#!/bin/sh\nexec ${nap}\n`, { mode: 0o755 });
      const { file } = makeLab({ steps: `### Do it\n\n${fence('sh run', 'true')}${anyCheck}`, front: 'requires: [git]\n' });
      const program = startLabwalk(['doctor', file], { env: { PATH: `${tools}:${process.env['PATH']}` } });
      await waitUntil(() => isRunning(nap), 'the tool hangs');
      process.kill(program.pid, 'SIGINT');
      const { code, stdout } = await program.ended;
      expect([code, stdout]).toEqual([130, '']);
      await waitUntil(() => !isRunning(nap), 'the tool has ended');
    },
  );
});
