import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { anyCheck, fence, isRunning, labwalk, makeFolder, makeLab, makeNap, waitUntil, type LabText } from '../e2e/program.ts';
import { claimPort } from '../support/claim-port.ts';
import { area, fault } from './fault.ts';

const runLab = async (text: LabText) => {
  const lab = makeLab(text);
  return { ...lab, ...(await labwalk(['run', lab.file, '--workspace', lab.workspace])) };
};

/** The rest of a step whose service matters. */
const checked = fence('sh run', 'true') + anyCheck;

/** A web server of Python's on a port. */
const serve = (port: number | string) => `exec python3 -u -m http.server ${port} --bind 127.0.0.1`;

/** Another program of this machine that answers there. */
async function answerAt(port: number): Promise<number> {
  const other = spawn('python3', ['-u', '-m', 'http.server', String(port), '--bind', '127.0.0.1'], { cwd: makeFolder(), stdio: 'pipe' });
  onTestFinished(() => void other.kill('SIGKILL'));
  let said = '';
  other.stdout.on('data', (text: Buffer) => (said += text.toString()));
  await waitUntil(() => said.includes('Serving'), 'the other program listens');
  return other.pid!;
}

area('Services', () => {
  fault(
    'Another program has the port of a service',
    { promise: 'labwalk names the program, and never takes its answers for those of the service.' },
    async () => {
      const port = await claimPort();
      const pid = await answerAt(port);
      const { code, stdout } = await runLab({
        steps: `### Serve\n\n${fence(`sh service=web ready=http://127.0.0.1:${port}/`, serve(port))}${checked}`,
      });
      expect([code, stdout]).toEqual([1, expect.stringMatching(new RegExp(`Port ${port} is in use by \\S+ \\(pid ${pid}\\)`))]);
    },
  );

  fault(
    'Another program takes the port while the service starts, and answers in its place',
    { promise: 'The service does not count as ready; labwalk names the program that answers.' },
    async () => {
      const port = await claimPort();
      const pids = path.join(makeFolder(), 'pid');
      // Out of the family of the terminal: as any other program of the machine.
      const thief = `python3 -u -m http.server ${port} --bind 127.0.0.1 > /dev/null 2>&1 & echo $! > ${pids}; sleep 600`;
      const gate = path.join(makeFolder(), 'gate');
      const other = spawn('bash', ['-c', `until [ -e ${gate} ]; do sleep 0.05; done; ${thief}`], { detached: true, stdio: 'ignore' });
      onTestFinished(() => void process.kill(-other.pid!, 'SIGKILL'));
      const { code, stdout } = await runLab({
        steps: `### Serve\n\n${fence(`sh service=web ready=http://127.0.0.1:${port}/ timeout=60s`, `touch ${gate}; sleep 600`)}${checked}`,
      });
      const pid = fs.readFileSync(pids, 'utf8').trim();
      expect([code, stdout]).toEqual([1, expect.stringMatching(new RegExp(`${port}[^]*\\(pid ${pid}\\)`))]);
    },
  );

  fault(
    'A service ends before it is ready',
    { promise: 'labwalk says its status and its last lines at once, and goes to the clean-up.' },
    async () => {
      const port = await claimPort();
      const { code, stdout, workspace } = await runLab({
        steps: `### Serve\n\n${fence(`sh service=web ready=http://127.0.0.1:${port}/`, 'echo no configuration; exit 7')}${checked}${fence('sh cleanup', 'touch "$LABWALK_WORKSPACE/cleaned"')}`,
      });
      expect([code, stdout]).toEqual([1, expect.stringContaining('ended with status 7')]);
      expect(stdout).toContain('no configuration');
      expect(fs.existsSync(path.join(workspace, 'cleaned'))).toBe(true);
    },
  );

  fault(
    'A service never gets ready',
    { promise: 'After its time it is ended, and labwalk says what it was asked and what it has printed.' },
    async () => {
      const [port, nap] = [await claimPort(), makeNap()];
      const { code, stdout } = await runLab({
        steps: `### Serve\n\n${fence(`sh service=web ready=http://127.0.0.1:${port}/ timeout=2s`, `echo still loading; ${nap}`)}${checked}`,
      });
      expect([code, stdout]).toEqual([1, expect.stringContaining(String(port))]);
      expect(stdout).toContain('still loading');
      expect(isRunning(nap)).toBe(false);
    },
  );

  fault(
    'A service starts its server in the background and ignores what asks it to end',
    { promise: "It counts as ready by its descendant's answer, and all of it is ended with the lab.", slow: true },
    async () => {
      const [port, nap] = [await claimPort(), makeNap()];
      const stubborn = `trap '' TERM INT HUP\n(python3 -u -m http.server ${port} --bind 127.0.0.1 > /dev/null 2>&1 &)\nsetsid ${nap} &\nwhile :; do sleep 1; done`;
      const { code, stdout } = await runLab({
        steps: `### Serve\n\n${fence(`sh service=web ready=http://127.0.0.1:${port}/`, stubborn)}${fence('sh run', `python3 -c "import urllib.request as u; print(u.urlopen('http://127.0.0.1:${port}/').status)"`)}${fence('yaml check', '- output: { contains: "200" }')}`,
      });
      expect(code, stdout).toBe(0);
      expect(isRunning(nap)).toBe(false);
      await answerAt(port);
    },
  );

  fault(
    'A service prints fifty megabytes',
    { promise: 'It goes on answering; labwalk keeps the beginning and the end of what it prints.' },
    async () => {
      const port = await claimPort();
      const loud = `(yes 'all is well and nothing is the matter' | head -c 50000000) & ${serve(port)}`;
      const { code, stdout } = await runLab({
        steps: `### Serve\n\n${fence(`sh service=web ready=http://127.0.0.1:${port}/`, loud)}${fence('sh run', `python3 -c "import urllib.request as u; print(u.urlopen('http://127.0.0.1:${port}/').status)"`)}${fence('yaml check', '- output: { contains: "200" }')}`,
      });
      expect(code, stdout.slice(-2000)).toBe(0);
      expect(stdout.length).toBeLessThan(1_000_000);
    },
  );
});
