import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { anyCheck, fence, isRunning, labwalk, makeFolder, makeLab, makeNap, readJournal, startLabwalk, waitUntil } from '../e2e/program.ts';
import { area, fault } from './fault.ts';
import { makeWaitingLab, runtimeFolders } from './waiting-lab.ts';

/** Runs these commands as a step, then one that shows that all is as ever. */
async function runThen(commands: string, options: Parameters<typeof labwalk>[1] = {}, attributes = '') {
  const steps = `### Do it\n\n${fence(`sh run ${attributes}`.trim(), commands)}${anyCheck}### Go on\n\n${fence('sh run', 'echo "all is $((40 + 2))"; stty -a | grep -ow icanon')}${fence('yaml check', '- output: { contains: all is 42 }\n- output: { contains: icanon }')}`;
  const lab = makeLab({ steps });
  const ended = await labwalk(['run', lab.file, '--workspace', lab.workspace], options);
  return { ...lab, ...ended, all: ended.stdout + ended.stderr };
}

area('The terminal', () => {
  fault(
    "Somebody removes the terminal's private folder while a command runs",
    { promise: 'The command ends as ever, the next one is done, and none is done twice.' },
    async () => {
      const { gate, file, workspace } = makeWaitingLab();
      const program = startLabwalk(['run', file, '--workspace', workspace], { env: { XDG_RUNTIME_DIR: undefined } });
      await waitUntil(() => fs.existsSync(path.join(workspace, 'done.txt')), 'the lab waits');
      for (const name of runtimeFolders()) fs.rmSync(path.join('/dev/shm', name), { recursive: true });
      fs.writeFileSync(gate, '');
      const ended = await program.ended;
      expect(ended.code, ended.stdout + ended.stderr).toBe(0);
      expect(fs.readFileSync(path.join(workspace, 'done.txt'), 'utf8')).toBe('first\nsecond\nthird\n');
      expect(readJournal(workspace).filter(({ type }) => type === 'command-ended')).toHaveLength(4);
    },
  );

  fault(
    "Somebody puts other files in the place of the terminal's pipes",
    { promise: 'They are made anew; the command ends as ever, and none is done twice.' },
    async () => {
      const { gate, file, workspace } = makeWaitingLab();
      const program = startLabwalk(['run', file, '--workspace', workspace], { env: { XDG_RUNTIME_DIR: undefined } });
      await waitUntil(() => fs.existsSync(path.join(workspace, 'done.txt')), 'the lab waits');
      const folders = runtimeFolders().map((name) => path.join('/dev/shm', name));
      const pipes = folders
        .flatMap((folder) => fs.readdirSync(folder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFIFO());
      expect(pipes.length).toBeGreaterThan(0);
      for (const { parentPath, name } of pipes) {
        fs.rmSync(path.join(parentPath, name));
        fs.writeFileSync(path.join(parentPath, name), 'not a pipe');
      }
      fs.writeFileSync(gate, '');
      const ended = await program.ended;
      expect(ended.code, ended.stdout + ended.stderr).toBe(0);
      expect(fs.readFileSync(path.join(workspace, 'done.txt'), 'utf8')).toBe('first\nsecond\nthird\n');
    },
  );

  fault(
    'A command takes all file descriptors away from the shell',
    { promise: 'A new shell takes over where the old one was.' },
    async () => {
      const steps = `### Limit\n\n${fence('sh run', 'mkdir -p in/here && cd in/here\nulimit -n 3')}### Go on\n\n${fence(
        'sh run',
        'echo done > here.txt',
      )}${fence('yaml check', '- file: { path: in/here/here.txt, contains: done }')}`;
      const lab = makeLab({ steps });
      const ended = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
      expect(ended.code, ended.stdout + ended.stderr).toBe(0);
    },
  );

  fault(
    'The shell of the terminal is killed while a command runs',
    { promise: 'labwalk says that the command ended the terminal, with its status; a new shell goes on with the clean-up.' },
    async () => {
      const steps = `### Kill\n\n${fence('sh run', 'kill -9 $$; sleep 1')}${anyCheck}${fence('sh cleanup', 'touch "$LABWALK_WORKSPACE/cleaned"')}`;
      const lab = makeLab({ steps });
      const ended = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
      expect([ended.code, ended.stdout]).toEqual([1, expect.stringContaining('137')]);
      expect(fs.existsSync(path.join(lab.workspace, 'cleaned'))).toBe(true);
    },
  );

  fault(
    'The shell of the terminal is stopped (SIGSTOP)',
    { promise: 'The command ends at its time limit, with all that it started; the clean-up is done.', slow: true },
    async () => {
      const nap = makeNap();
      const steps = `### Stop\n\n${fence('sh run timeout=2s', `setsid ${nap} & kill -STOP $$`)}${anyCheck}${fence('sh cleanup', 'touch "$LABWALK_WORKSPACE/cleaned"')}`;
      const lab = makeLab({ steps });
      const ended = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
      expect(ended.code, ended.stdout + ended.stderr).toBe(1);
      expect([isRunning(nap), fs.existsSync(path.join(lab.workspace, 'cleaned'))]).toEqual([false, true]);
    },
  );

  fault(
    'A command leaves the terminal without echo, in raw mode, on the other screen and with a broken style',
    { promise: 'The next command finds the terminal as it was.' },
    async () => {
      const { code, all } = await runThen(String.raw`stty raw -echo; printf '\e[?1049h\e[?25l\e[31m\e(0'`);
      expect(code, all).toBe(0);
    },
  );

  fault(
    'A command changes the shell: traps, options, prompt, IFS, aliases of what labwalk needs, a folder that is gone',
    { promise: 'The next commands are done, and their ends are known.' },
    async () => {
      const bad = [
        "trap '' INT TERM HUP CHLD; trap 'echo trapped' DEBUG EXIT",
        'set -e; set -u; set -o noclobber; shopt -s failglob',
        'PROMPT_COMMAND=; PS1=; PS2=; PS0=; IFS=x',
        'alias echo=false; alias printf=false; printf() { false; }; builtin() { false; }; cd() { false; }',
        'mkdir away; command cd away || builtin cd away; rmdir ../away',
      ];
      for (const line of bad) {
        const lab = makeLab({
          steps: `### Do it\n\n${fence('sh run', line)}### Go on\n\n${fence('sh run', 'command echo "all is $((40 + 2))"')}${fence('yaml check', '- output: { contains: all is 42 }')}`,
        });
        const ended = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
        expect(ended.stdout + ended.stderr, line).toContain('all is 42');
        expect([0, 1], line).toContain(ended.code);
      }
    },
  );

  fault(
    'The start-up files of the person end the shell, print keys or wait for an answer',
    { promise: 'A lab is not touched by them.' },
    async () => {
      const home = makeFolder();
      for (const name of ['.bashrc', '.bash_profile', '.profile', '.inputrc', '.bash_logout'])
        fs.writeFileSync(
          path.join(home, name),
          name === '.inputrc' ? '"e": kill-whole-line\nset editing-mode vi\n' : 'echo greetings; read -r answer; exit 3\n',
        );
      const { code, all } = await runThen('echo hello', {
        env: { HOME: home, BASH_ENV: path.join(home, '.bashrc'), ENV: path.join(home, '.bashrc') },
      });
      expect(code, all).toBe(0);
      expect(all).not.toContain('greetings');
    },
  );

  fault('A command prints thirty megabytes in one line', { promise: 'labwalk keeps its beginning and its end, and goes on.' }, async () => {
    const { code, all } = await runThen("head -c 30000000 /dev/zero | tr '\\0' x; echo");
    expect(code, all.slice(-2000)).toBe(0);
    expect(all.length).toBeLessThan(1_000_000);
  });

  fault(
    'Thirty programs are left in the background, some of which print on and on',
    { promise: 'Ends of commands are known all the same; with the lab all of them end.' },
    async () => {
      const nap = makeNap();
      const { code, all } = await runThen(
        `for i in $(seq 15); do (while :; do echo noise $i; sleep 0.2; done) & (trap '' HUP TERM; ${nap}) & done`,
      );
      expect(code, all.slice(-3000)).toBe(0);
      expect(isRunning(nap)).toBe(false);
    },
  );
});
