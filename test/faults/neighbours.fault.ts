import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { anyCheck, fence, isRunning, labwalk, makeFolder, makeLab, makeNap, startLabwalk, waitUntil } from '../e2e/program.ts';
import { area, fault } from './fault.ts';
import { makeWaitingLab, runtimeFolders } from './waiting-lab.ts';

/** A process in a PID namespace of its own, as in another container that shares the folders in memory. */
const elsewhere = ['unshare', '--pid', '--fork', '--mount-proc'];

area('Other labwalks', () => {
  fault(
    'A labwalk in another container that shares /dev/shm starts beside a living one',
    { promise: 'Both go on: neither takes the other for dead.', root: true },
    async () => {
      const { gate, file, workspace } = makeWaitingLab();
      const env = { XDG_RUNTIME_DIR: undefined };
      const here = startLabwalk(['run', file, '--workspace', workspace], { env });
      await waitUntil(() => fs.existsSync(path.join(workspace, 'done.txt')), 'the lab waits');
      const folders = runtimeFolders();
      const small = makeLab({ steps: `### Say\n\n${fence('sh run', 'echo hello')}${anyCheck}` });
      const there = await labwalk(['run', small.file, '--workspace', small.workspace], { env, before: elsewhere });
      expect(there.code, there.stdout + there.stderr).toBe(0);
      expect(runtimeFolders()).toEqual(folders);
      expect(folders).toHaveLength(1);
      fs.writeFileSync(gate, '');
      const ended = await here.ended;
      expect(ended.code, ended.stdout + ended.stderr).toBe(0);
      expect(fs.readFileSync(path.join(workspace, 'done.txt'), 'utf8')).toBe('first\nsecond\nthird\n');
    },
  );

  fault(
    'A labwalk in another container wants a workspace that is in use',
    { promise: 'It says who has the workspace, and does nothing.', root: true },
    async () => {
      const { gate, file, workspace } = makeWaitingLab();
      const here = startLabwalk(['run', file, '--workspace', workspace]);
      await waitUntil(() => fs.existsSync(path.join(workspace, 'done.txt')), 'the lab waits');
      const there = await labwalk(['run', file, '--workspace', workspace], { before: elsewhere });
      expect([there.code, there.stderr]).toEqual([
        3,
        expect.stringMatching(/Another labwalk \(pid \d+ in another container\) has the workspace/),
      ]);
      fs.writeFileSync(gate, '');
      expect((await here.ended).code).toBe(0);
    },
  );

  fault(
    'The container in which a labwalk had the workspace was killed',
    { promise: 'After fifteen seconds without a sign of life the next one takes the workspace, and clears up.', root: true },
    async () => {
      const { file, workspace } = makeWaitingLab();
      const killed = startLabwalk(['run', file, '--workspace', workspace], { before: elsewhere });
      await waitUntil(() => fs.existsSync(path.join(workspace, 'done.txt')), 'the lab waits');
      killed.kill('SIGKILL');
      await killed.ended;
      const small = makeLab({ steps: `### Say\n\n${fence('sh run', 'echo hello')}${anyCheck}` });
      const next = await labwalk(['run', small.file, '--workspace', workspace]);
      expect(next.code, next.stdout + next.stderr).toBe(0);
      expect(next.stderr).toContain('in another container');
    },
  );

  fault(
    'A labwalk was killed that had its folder where XDG_RUNTIME_DIR says, or elsewhere',
    { promise: 'The next start of any labwalk ends what it had started, and removes its folders.' },
    async () => {
      for (const [before, after] of [
        [undefined, makeFolder()],
        [makeFolder(), undefined],
        [makeFolder(), makeFolder()],
      ] as const) {
        const nap = makeNap();
        const lab = makeLab({ steps: `### Leave\n\n${fence('sh run', `setsid nohup ${nap} > /dev/null 2>&1 & sleep 600`)}${anyCheck}` });
        const killed = startLabwalk(['run', lab.file, '--workspace', lab.workspace], { env: { XDG_RUNTIME_DIR: before } });
        await waitUntil(() => isRunning(nap), 'the lab runs');
        process.kill(killed.pid, 'SIGKILL');
        await killed.ended;
        expect(isRunning(nap)).toBe(true);
        const small = makeLab({ steps: `### Say\n\n${fence('sh run', 'echo hello')}${anyCheck}` });
        // The places that systems have are always looked at; of those that only an environment names, the one of this labwalk.
        const env = { XDG_RUNTIME_DIR: before === undefined ? after : before };
        const next = await labwalk(['run', small.file, '--workspace', small.workspace], { env });
        expect(next.code, next.stdout + next.stderr).toBe(0);
        expect([isRunning(nap), runtimeFolders(), before === undefined ? [] : runtimeFolders(before)]).toEqual([false, [], []]);
      }
    },
  );
});
