import { existsSync, writeFileSync } from 'node:fs';
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
  root,
  startLabwalk,
  waitUntil,
} from '../../e2e/program.ts';
import { startOnScreen } from '../../e2e/screen.ts';
import { listProcesses, argumentsOf } from '../../../src/process/processes.ts';
import { area, fault } from '../fault.ts';
import { commandsWith, ignoreSignals, isTaken, launcher } from './stubborn.ts';

/** What labwalk says when it has left something behind. */
const leftAtOnce = 'labwalk has ended at once';

const program = path.join(root, 'bin/labwalk.js');

/** A command that waits, unless the workspace has a file `quick`: so a later clean-up comes to its end. */
const unlessQuick = (command: string) => `[ -e quick ] || ${command}`;

interface Left {
  file: string;
  workspace: string;
  /** Commands that must not run any more. */
  left?: readonly string[];
}

/** The journal is whole, the workspace is free, and `labwalk clean` does what was left to do. */
async function expectNextStart({ file, workspace, left = [] }: Left): Promise<void> {
  expect(left.filter(isRunning)).toEqual([]);
  expect(isTaken(workspace)).toBe(false);
  readJournal(workspace);
  writeFileSync(path.join(workspace, 'quick'), '');
  const cleaned = await labwalk(['clean', file, '--workspace', workspace]);
  expect(cleaned.code, cleaned.stdout + cleaned.stderr).toBe(0);
  expect(existsSync(path.join(workspace, 'cleaned')), cleaned.stdout).toBe(true);
  expect(left.filter(isRunning)).toEqual([]);
}

/** Runs labwalk as in a container whose root may not end what other users have started. */
const mayNotKill = ['setpriv', '--bounding-set=-kill', '--inh-caps=-kill'];

/** A lab whose command has become another user's, as with sudo, and ignores every signal: there, labwalk can't end it. */
function makeUnkillable() {
  const nap = makeNap();
  const command = ignoreSignals(`setpriv --reuid=65533 --regid=65533 --clear-groups ${nap}`);
  const lab = makeLab({
    steps: `### Hang\n\n${fence('sh run', unlessQuick(command))}${anyCheck}${fence('sh cleanup', 'touch cleaned')}`,
  });
  const end = () => {
    for (const { pid } of listProcesses()) if (argumentsOf(pid).join(' ') === nap) process.kill(pid, 'SIGKILL');
  };
  return { ...lab, nap, end };
}

/** The two ways to walk: what asks at the start, how it is answered, and what the open walk says. */
const walks = [
  { how: 'on the screen', asked: 'Run this lab', begin: ['enter'], next: /step 1 of 1/, ways: [] },
  { how: 'line by line', asked: 'Run this lab', begin: ['y', 'enter'], next: /Enter: type/, ways: ['--plain'] },
];

area('A second Ctrl-C', () => {
  fault(
    'The clean-up hangs in a command that ignores every signal',
    { promise: 'The second Ctrl-C ends it and what it has started. `labwalk clean` does the rest later.' },
    async () => {
      const [service, nap] = [makeNap(), makeNap()];
      const { file, workspace } = makeLab({
        steps: `### Serve\n\n${fence('sh service=app', ignoreSignals(service))}${fence('sh cleanup', `${unlessQuick(ignoreSignals(nap))}; touch cleaned`)}`,
      });
      const program = startLabwalk(['run', file, '--workspace', workspace]);
      await waitUntil(() => isRunning(nap), 'the clean-up hangs');
      program.kill('SIGINT');
      program.kill('SIGTERM');
      const { code, stdout, stderr } = await program.ended;
      expect(code, stdout + stderr).toBe(130);
      await expectNextStart({ file, workspace, left: [service, nap] });
    },
  );

  fault(
    'A step hangs in a command of another user (sudo) that labwalk may not end',
    {
      promise: 'labwalk leaves within two seconds, and says so. The journal is whole, and the next start finds the workspace free.',
      root: true,
    },
    async () => {
      const { nap, end, ...lab } = makeUnkillable();
      const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace], { before: mayNotKill });
      await waitUntil(() => isRunning(nap), 'the command hangs');
      program.kill('SIGINT');
      program.kill('SIGTERM');
      const { code, stdout, stderr } = await program.ended;
      expect(code, stdout + stderr).toBe(130);
      expect(stderr).toContain(leftAtOnce);
      expect(stderr).toContain('labwalk clean');
      end();
      await expectNextStart(lab);
    },
  );

  for (const { how, asked, begin, next, ways } of walks)
    fault(
      `The same in a walk ${how}, where the person presses Ctrl-C again and again`,
      {
        promise: 'labwalk leaves within two seconds, gives the terminal back as it was, and the next start is at the same step.',
        root: true,
      },
      async () => {
        const { nap, end, ...lab } = makeUnkillable();
        const start = (before: readonly string[], env: Record<string, string>) =>
          startOnScreen([...before, process.execPath, program, 'start', lab.file, '--workspace', lab.workspace, ...ways], {
            ...{ command: 'env', env, columns: 100, rows: 40 },
          });
        const config = { XDG_CONFIG_HOME: makeFolder() };
        const screen = start(mayNotKill, config);
        await screen.shows(asked);
        screen.press(...begin);
        await screen.shows(next);
        screen.press('enter');
        await waitUntil(() => isRunning(nap), 'the command hangs');
        // Ctrl-C ends what runs, and that takes a while here; q and y are for the question.
        const press = setInterval(() => screen.press('ctrl-c', ...(ways.length > 0 ? [] : ['q', 'y'])), 300);
        await screen.ended.finally(() => clearInterval(press));
        await screen.expectRestored();
        expect(screen.raw).toContain(leftAtOnce);
        expect(isTaken(lab.workspace)).toBe(false);
        end();
        const again = start([], config);
        await again.shows(next);
        again.kill('SIGTERM');
        await again.ended;
        await again.expectRestored();
      },
    );

  fault(
    'The sandbox is stopped in the clean-up, which waits for it',
    { promise: 'The second Ctrl-C ends both. The next `labwalk clean` finds what was deployed, and deletes it.', slow: true },
    async () => {
      const freeze = 'kill -STOP "$(cat .labwalk/sandbox/state/.lock)"';
      const waiting = 'aws --cli-connect-timeout 9002 iam list-roles';
      const { file, workspace } = makeLab({
        steps: `### Make\n\n${fence('yaml credentials', 'for: [iam]')}${fence('sh run', 'aws iam create-user --user-name trial')}${anyCheck}${fence('sh cleanup', `${unlessQuick(`{ ${freeze}; ${waiting}; }`)}\naws iam delete-user --user-name trial && touch cleaned`)}`,
      });
      const program = startLabwalk(['run', file, '--workspace', workspace]);
      await waitUntil(() => commandsWith('9002').length > 0, 'the clean-up waits for the sandbox');
      program.kill('SIGINT');
      program.kill('SIGTERM');
      const { code, stdout, stderr } = await program.ended;
      expect(code, stdout + stderr).toBe(130);
      await waitUntil(() => [...commandsWith('9002'), ...commandsWith(launcher)].length === 0, 'nothing runs on');
      await expectNextStart({ file, workspace });
    },
  );

  fault(
    'It comes during `labwalk verify` with two jobs, each of which hangs in a command that it may not end',
    { promise: 'labwalk and its jobs leave within two seconds, and leave no terminal running.', root: true },
    async () => {
      const { nap, end, file } = makeUnkillable();
      const verify = ['verify', file, '--jobs', '2'];
      const running = startLabwalk(verify, { before: mayNotKill });
      await waitUntil(() => isRunning(nap), 'a job hangs');
      running.kill('SIGINT');
      running.kill('SIGTERM');
      const { code, stdout, stderr } = await running.ended;
      expect(code, stdout + stderr).toBe(130);
      await waitUntil(() => commandsWith('--shard').length === 0, 'the jobs have left');
      end();
    },
  );

  fault(
    'labwalk is killed (`kill -9`) while a command and a service run that ignore every signal, one of them in a session of its own',
    { promise: 'The next start ends what is left, says nothing is wrong, and is at the same step.' },
    async () => {
      const [service, command, aside] = [makeNap(), makeNap(), makeNap()];
      const { file, workspace } = makeLab({
        steps: `### Serve\n\n${fence('sh service=app', ignoreSignals(service))}${fence('sh cleanup', 'touch cleaned')}### Hang\n\n${fence('sh run', `(setsid ${aside} &) ; ${ignoreSignals(command)}`)}${anyCheck}`,
      });
      const program = startLabwalk(['run', file, '--workspace', workspace]);
      const all = [service, command, aside];
      await waitUntil(() => all.every(isRunning), 'all of it runs');
      process.kill(program.pid, 'SIGKILL');
      await program.ended;
      const again = await labwalk(['check', file, 'serve', '--workspace', workspace]);
      expect([again.code, again.stderr]).toEqual([expect.any(Number), '']);
      expect(all.filter(isRunning)).toEqual([]);
      await expectNextStart({ file, workspace, left: all });
    },
  );
});
