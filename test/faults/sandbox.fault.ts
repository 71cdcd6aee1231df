import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { isAlive } from '../../src/process/processes.ts';
import { openToolchain } from '../../toolchain/toolchain.mjs';
import {
  anyCheck,
  fence,
  isRunning,
  labwalk,
  makeLab,
  makeNap,
  readJournal,
  startLabwalk,
  waitUntil,
  type LabText,
} from '../e2e/program.ts';
import { openTrial, passByEnter, pressEnterAndWait } from '../e2e/walk.ts';
import { area, fault } from './fault.ts';
import {
  createRole,
  emulator,
  emulatorOf,
  front,
  functionLab,
  inSandbox,
  makeGate,
  placeOf,
  roleStep,
  startWaitingRun,
  strikeOnce,
} from './sandbox-lab.ts';

const stopped = 'The AWS sandbox stopped';
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');

/** A step at which something happens to the sandbox while a command asks it something; what was made before must be there afterwards. */
const struckStep = (strike: string) =>
  `### Ask\n\n${fence('sh run', strikeOnce(strike))}${fence('yaml check', '- aws: { role: trial-role }')}`;

/** A walk through some steps in the sandbox, at the first of them. */
async function walk(text: LabText) {
  const lab = makeLab(text);
  return { ...lab, screen: await openTrial(lab, { args: inSandbox, columns: 120, rows: 50 }) };
}

/** Goes through a walk in which the sandbox is struck: the step fails for that and for nothing else, and passes when it is done again. */
async function walkThrough(strike: string, why: string): Promise<void> {
  const { screen, workspace } = await walk({ steps: roleStep('trial-role') + struckStep(strike), front });
  await passByEnter(screen);
  const [place, pid] = [placeOf(workspace), emulatorOf(workspace)];
  await pressEnterAndWait(screen, 'step 2 of 2');
  await pressEnterAndWait(screen, `${stopped} while this command ran.`);
  const reason = expect.stringContaining(`${stopped}: its process ${why}`) as string;
  expect(readJournal(workspace)).toContainEqual(expect.objectContaining({ type: 'notice', text: reason }));
  await passByEnter(screen);
  expect([placeOf(workspace), emulatorOf(workspace) === pid]).toEqual([place, false]);
  screen.kill('SIGTERM');
  await screen.ended;
  await screen.expectNothingLeft();
}

/** Runs a lab in the sandbox to its end. */
async function run(text: LabText, args: readonly string[] = []) {
  const lab = makeLab(text);
  const ended = await labwalk(['run', lab.file, ...inSandbox, '--workspace', lab.workspace, ...args], { most: 120_000 });
  return { ...lab, ...ended, said: oneLine(ended.stdout + ended.stderr) };
}

/** Asks the sandbox of a workspace without a key. */
async function ask(workspace: string, method: string, address: string, host?: string): Promise<{ status: number; text: string }> {
  const { port } = placeOf(workspace);
  const request = http.request({ port, method, path: address, headers: host === undefined ? {} : { host } }).end();
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  let text = '';
  for await (const piece of response.setEncoding('utf8')) text += piece as string;
  return { status: response.statusCode ?? 0, text };
}

/** Takes a port as soon as it is free, and keeps it. */
function takePort(port: number): { taken: Promise<void>; giveBack(): Promise<unknown> } {
  const squatter = net.createServer();
  const taken = new Promise<void>((resolve) => {
    const take = () => squatter.listen(port, '127.0.0.1');
    squatter.on('error', () => setImmediate(take));
    squatter.on('listening', resolve);
    take();
  });
  onTestFinished(() => void squatter.close());
  return { taken, giveBack: () => new Promise((resolve) => squatter.close(resolve)) };
}

const again = 'labwalk says so and blames no keys, starts it again with its state, and Enter does the step again.';

area('The AWS sandbox stops', () => {
  fault('Its process is killed while a command asks it something', { promise: again }, () =>
    walkThrough(`kill -9 ${emulator}`, 'was killed (SIGKILL)'),
  );

  fault('Its process is stopped (SIGSTOP) while a command asks it something', { promise: again }, () =>
    walkThrough(`kill -STOP ${emulator}`, 'no longer answered (it was stopped by a signal)'),
  );

  fault('Its event loop waits for ever, while all its other threads go on', { promise: again, root: true }, () => {
    const script = path.join(import.meta.dirname, 'freeze-thread.py');
    return walkThrough(
      `grep -m 1 stopped < <(exec python3 ${script} ${emulator})`,
      'no longer answered (its main loop does nothing any more)',
    );
  });

  fault(
    'Its process is killed while the learner reads',
    { promise: 'labwalk says so at once, without a key being pressed, and the next step goes on with what was made.' },
    async () => {
      const use = `### Use it\n\n${fence('sh run', 'aws iam get-role --role-name trial-role --query Role.RoleName')}${fence('yaml check', '- aws: { role: trial-role }')}`;
      const { screen, workspace } = await walk({ steps: roleStep('trial-role') + use, front });
      await passByEnter(screen);
      process.kill(emulatorOf(workspace), 'SIGKILL');
      await screen.shows(`${stopped}: its process was killed`);
      await pressEnterAndWait(screen, 'step 2 of 2');
      await passByEnter(screen);
    },
  );

  fault(
    'Its process is killed in the middle of a deployment',
    { promise: 'Enter does the step again, and then all of it is there: nothing is there twice, nothing is missing.' },
    async () => {
      const names = Array.from({ length: 6 }, (_, i) => `trial-${i}`);
      const deploy = `for name in ${names.join(' ')}; do
  aws iam get-role --role-name $name --query Role.RoleName 2>/dev/null || ${createRole('$name')}
  [ $name != trial-2 ] || [ -e struck ] || { touch struck; kill -9 ${emulator}; }
done`;
      const checks = names.map((name) => `- aws: { role: ${name} }`).join('\n');
      const creates = `<!-- labwalk: creates="${names.map((name) => `role:${name}`).join(' ')}" -->`;
      const { screen } = await walk({ steps: `### Deploy\n${creates}\n\n${fence('sh run', deploy)}${fence('yaml check', checks)}`, front });
      await pressEnterAndWait(screen, new RegExp(`Passed\\.|${stopped} while this`));
      // The AWS CLI may have outlasted it by asking again; what it had made a moment before may be lost then.
      if (screen.text().join('\n').includes(stopped)) await passByEnter(screen);
    },
  );

  fault(
    'Its process is killed again and again, at each of six commands',
    { promise: 'labwalk gives up after five times in a minute, says so, and tries once more on Enter.', slow: true },
    async () => {
      const lock = '"$LABWALK_WORKSPACE/.labwalk/sandbox/state/.lock"';
      const killSixTimes = `for time in 1 2 3 4 5 6; do
  pid=$(cat ${lock}); kill -9 $pid; [ $time != 6 ] || break
  until [ "$(cat ${lock})" != $pid ] && curl -sS -o answer "$AWS_ENDPOINT_URL" 2> why; do :; done
done`;
      const { screen } = await walk({ steps: `### Ask\n\n${fence('sh run', strikeOnce(killSixTimes))}${anyCheck}`, front });
      await pressEnterAndWait(screen, 'The AWS sandbox has stopped. It stopped 6 times');
      await passByEnter(screen);
    },
  );

  fault(
    'Another program takes its port while it is started again',
    { promise: 'labwalk says which port it lacks; when it is free again, Enter goes on.' },
    async () => {
      const { screen, workspace } = await walk({ steps: roleStep('trial-role') + struckStep('true'), front });
      await passByEnter(screen);
      await pressEnterAndWait(screen, 'step 2 of 2');
      const { port } = placeOf(workspace);
      const squatter = takePort(port);
      process.kill(emulatorOf(workspace), 'SIGKILL');
      await squatter.taken;
      await screen.until((lines) => oneLine(lines.join(' ')).includes(`port ${port} cannot be had again`), 'it names the port');
      await squatter.giveBack();
      await passByEnter(screen);
    },
  );

  fault(
    'Its process is killed while an unattended run cleans up',
    { promise: 'The clean-up goes on with the one that was started again, and leaves nothing.' },
    async () => {
      const steps = `${roleStep('trial-role')}${fence('sh cleanup', `kill -9 ${emulator}; curl -sS -o answer "$AWS_ENDPOINT_URL"`)}`;
      const { said } = await run({ steps, front });
      expect(said).toContain(stopped);
      expect(said).toContain('role trial-role: gone');
      expect(said).not.toContain('Still there');
    },
  );

  fault(
    'It has frozen, and Ctrl-C is pressed in an unattended run',
    { promise: 'The run ends with its clean-up and exit code 130; nobody presses twice.' },
    async () => {
      const { program, workspace } = await startWaitingRun();
      process.kill(emulatorOf(workspace), 'SIGSTOP');
      program.kill('SIGINT');
      const { code, stdout } = await program.ended;
      expect([code, stdout]).toEqual([130, expect.stringContaining('role trial-role: gone')]);
    },
  );

  fault(
    'A function takes 30 seconds, while others ask the sandbox nothing and everything',
    { promise: 'That is no outage: the sandbox goes on, and the function gives its answer.', slow: true },
    async () => {
      const { code, said } = await run(functionLab('time.sleep(30)'));
      expect([code, said]).toEqual([0, expect.not.stringContaining(stopped)]);
    },
  );

  fault(
    'labwalk itself is stopped for longer than the sandbox may be silent (Ctrl-Z, a closed laptop)',
    { promise: 'Its own sleep counts for nothing: the sandbox is not taken for dead.' },
    async () => {
      const { program, workspace, gate } = await startWaitingRun();
      const pid = emulatorOf(workspace);
      process.kill(program.pid, 'SIGSTOP');
      // The length is the fault: it is longer than any silence that is forgiven.
      await sleep(5000);
      process.kill(program.pid, 'SIGCONT');
      gate.open();
      const { code, stdout } = await program.ended;
      expect([code, emulatorOf(workspace), stdout]).toEqual([0, pid, expect.not.stringContaining(stopped)]);
    },
  );
});

area('The AWS sandbox starts', () => {
  /** Deploys a role, does something to what the sandbox has kept, and looks for the role. */
  async function comeBack(change: (folder: string) => void) {
    const { file, workspace, code, said } = await run({ steps: roleStep('trial-role'), front }, ['--through', 'make-a-role']);
    expect(code, said).toBe(0);
    const place = placeOf(workspace);
    change(path.join(workspace, '.labwalk/sandbox'));
    const ended = await labwalk(['check', file, 'make-a-role', '--workspace', workspace]);
    return { ...ended, said: oneLine(ended.stdout + ended.stderr), place, workspace };
  }

  fault(
    'The file that names its account was damaged',
    { promise: 'The account is the one of what was deployed: all of it is found again.' },
    async () => {
      const { code, said, place, workspace } = await comeBack((folder) => fs.truncateSync(path.join(folder, 'sandbox.json'), 20));
      expect(code, said).toBe(0);
      expect(placeOf(workspace).account).toBe(place.account);
    },
  );

  fault(
    'A file of its state was cut off, as a power failure leaves it',
    { promise: 'labwalk says which, puts it aside, and starts the sandbox with the rest.' },
    async () => {
      const { code, said, workspace } = await comeBack((folder) => {
        const file = path.join(folder, 'state/sts.json');
        fs.writeFileSync(file, '{"cut');
      });
      expect(code, said).toBe(0);
      expect(said).toContain('What the sandbox had kept of sts could not be read');
      const aside = path.join(workspace, '.labwalk/sandbox/state/damaged');
      expect(fs.readdirSync(aside).map((name) => fs.readFileSync(path.join(aside, name), 'utf8'))).toEqual(['{"cut']);
    },
  );

  fault(
    'Another program has the port that it had the last time',
    { promise: 'It takes another port, and what was deployed is there.' },
    async () => {
      let port = 0;
      const { code, said, workspace } = await comeBack((folder) => {
        ({ port } = placeOf(path.join(folder, '../..')));
        void takePort(port).taken;
      });
      expect(code, said).toBe(0);
      expect(placeOf(workspace).port).not.toBe(port);
    },
  );

  fault(
    'A file of its program is damaged, so that it cannot start',
    { promise: 'labwalk says so in a sentence with the reason, makes nothing, and ends with exit code 3.', root: true },
    async () => {
      const { python } = openToolchain(process.env) ?? { python: '' };
      const library = path.join(path.dirname(python), '../lib');
      const file = path.join(library, fs.readdirSync(library).join(), 'site-packages/ministack/app.py');
      const lab = makeLab({ steps: roleStep('trial-role'), front });
      const damaged = path.join(path.dirname(lab.file), 'app.py');
      fs.writeFileSync(damaged, 'def half(');
      const before = ['unshare', '-m', 'bash', '-c', `mount --bind ${damaged} ${file} && exec "$@"`, '-'];
      const { code, stdout, stderr } = await labwalk(['run', lab.file, ...inSandbox, '--workspace', lab.workspace], { before });
      expect([code, oneLine(stdout + stderr)]).toEqual([3, expect.stringMatching(/sandbox .*(did not start|cannot be started|ended)/i)]);
      expect(stdout + stderr).not.toContain('    at ');
    },
  );

  fault(
    'Two labs are done at the same time in two workspaces',
    { promise: 'Each has a sandbox, an account and addresses of its own; neither sees what the other makes.' },
    async () => {
      const list = 'aws iam list-roles --query "Roles[].RoleName" --output text';
      const one = await startWaitingRun({ after: list });
      const two = await startWaitingRun({ before: `${createRole('only-here')}`, after: 'aws iam delete-role --role-name only-here' });
      expect(placeOf(one.workspace).account).not.toBe(placeOf(two.workspace).account);
      expect(placeOf(one.workspace).port).not.toBe(placeOf(two.workspace).port);
      one.gate.open();
      const ended = await one.program.ended;
      expect([ended.code, ended.stdout]).toEqual([0, expect.not.stringContaining('only-here')]);
      two.gate.open();
      const other = await two.program.ended;
      expect(other.code, other.stdout).toBe(0);
    },
  );
});

area('Who may ask the AWS sandbox', () => {
  const list = 'aws s3 ls';

  fault(
    'Another program on this machine makes and lists buckets without a key',
    { promise: 'It is refused as AWS refuses it, and nothing is made.' },
    async () => {
      const { workspace, gate, program } = await startWaitingRun({
        before: 'aws s3 mb s3://trial-private',
        after: `${list}\naws s3 rb s3://trial-private`,
      });
      const asked = [
        await ask(workspace, 'GET', '/'),
        await ask(workspace, 'PUT', '/from-nobody'),
        await ask(workspace, 'GET', '/trial-private'),
      ];
      expect(asked.map(({ status }) => status)).toEqual([403, 403, 403]);
      expect(asked[0]?.text).not.toContain('trial-private');
      gate.open();
      const { code, stdout } = await program.ended;
      expect([code, stdout]).toEqual([0, expect.not.stringContaining('from-nobody')]);
      expect(stdout).toContain('trial-private');
    },
  );

  fault(
    "A page in the learner's browser has its own name lead to the sandbox",
    { promise: 'A request by a foreign name is refused, whatever it asks for; those of cloud IDEs are heard.' },
    async () => {
      const { workspace, gate, program } = await startWaitingRun();
      for (const host of ['rebound.example', '127.0.0.1.rebound.example', 'app.github.dev.rebound.example'])
        for (const address of ['/', '/_aws/execute-api/abcdef12/dev/'])
          expect(await ask(workspace, 'GET', address, host)).toEqual({
            status: 403,
            text: expect.stringContaining(`${host} is not an address`) as string,
          });
      for (const host of ['localhost', 'quiet-cloud-8080.app.github.dev', '8080-quiet-cloud.ws-eu1.gitpod.io'])
        expect((await ask(workspace, 'GET', '/', host)).text).toContain('<Code>');
      gate.open();
      expect((await program.ended).code).toBe(0);
    },
  );

  fault(
    "Another user of this machine goes through the sandbox's proxy",
    { promise: "Without the token, which only the lab's terminal has, it answers with 407." },
    async () => {
      const { proxy, gate, program } = await startWaitingRun();
      const { hostname, port, username, password } = new URL(proxy);
      const through = async (login?: string) => {
        const headers = login === undefined ? {} : { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` };
        const request = http.request({ hostname, port, method: 'CONNECT', path: 'sts.amazonaws.com:443', headers }).end();
        const answer = once(request, 'connect').catch(() => once(request, 'response'));
        const [response] = (await answer) as [http.IncomingMessage];
        request.destroy();
        return response.statusCode;
      };
      const own = `${username}:${password}`;
      expect([await through(), await through('labwalk:guess'), await through(own)]).toEqual([407, 407, 200]);
      gate.open();
      const { code, stdout } = await program.ended;
      expect([code, stdout]).toEqual([0, expect.not.stringContaining(password)]);
    },
  );
});

area('Programs that a lab has started', () => {
  const daemons: [what: string, start: (nap: string) => string][] = [
    ['a session of its own and a cleared environment', (nap) => `env -i setsid ${nap} &`],
    ['no parents and a cleared environment', (nap) => `( env -i setsid bash -c "${nap} & disown" & )`],
    [
      'a new copy of itself whenever it is asked to end',
      (nap) => `env -i setsid bash -c 'trap "setsid bash -c \\"trap : TERM; ${nap}; ${nap}\\" & exit" TERM; ${nap}' &`,
    ],
  ];

  for (const [what, start] of daemons) {
    fault(
      `A command leaves a program behind that has ${what}`,
      { promise: 'It ends with labwalk; after a kill -9, when the next one starts.' },
      async () => {
        const nap = makeNap();
        const isThere = `until pgrep -fx '${nap}' > /dev/null; do :; done`;
        const text = (more: string) => ({ steps: `### Leave\n\n${fence('sh run', `${start(nap)}\n${isThere}\n${more}`)}${anyCheck}` });
        const lab = makeLab(text('true'));
        const { code, stdout } = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
        expect([code, isRunning(nap)], stdout).toEqual([0, false]);

        const gate = makeGate();
        const waiting = makeLab(text(gate.command));
        const killed = startLabwalk(['run', waiting.file, '--workspace', waiting.workspace]);
        await gate.reached();
        process.kill(killed.pid, 'SIGKILL');
        await killed.ended;
        expect(isRunning(nap)).toBe(true);
        const small = makeLab({ steps: `### Say\n\n${fence('sh run', 'echo hello')}${anyCheck}` });
        expect((await labwalk(['run', small.file, '--workspace', small.workspace])).code).toBe(0);
        expect(isRunning(nap)).toBe(false);
      },
    );
  }

  fault(
    'A function leaves a program running, with no parents and a cleared environment',
    { promise: 'It ends with the sandbox: at the end, when the sandbox is killed, and when labwalk is killed.', slow: true },
    async () => {
      const nap = makeNap();
      const body = `os.system("( env -i setsid ${nap} </dev/null >/dev/null 2>&1 & )")`;
      const { code, said } = await run(functionLab(body, `### See\n\n${fence('sh run', `pgrep -fx '${nap}'`)}${anyCheck}`));
      expect([code, isRunning(nap)], said).toEqual([0, false]);

      for (const victim of ['sandbox', 'labwalk'] as const) {
        const gate = makeGate();
        const lab = makeLab(functionLab(body, `### Wait\n\n${fence('sh run', gate.command)}${anyCheck}`));
        const program = startLabwalk(['run', lab.file, ...inSandbox, '--workspace', lab.workspace]);
        await gate.reached();
        const pid = emulatorOf(lab.workspace);
        expect(isRunning(nap)).toBe(true);
        process.kill(victim === 'sandbox' ? pid : program.pid, 'SIGKILL');
        await waitUntil(() => !isAlive(pid) && !isRunning(nap), `it ends with the ${victim}`);
        gate.open();
        await program.ended;
      }
    },
  );
});
