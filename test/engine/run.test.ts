import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fence, only, openLab, outcomes } from '../support/run-lab.ts';

const passes = fence('yaml check', '- status: 0');

/** Answers everything with nothing, and logs what it was asked for. */
const SERVE_NOTHING = `node -e 'require("http").createServer((q, a) => { console.log("asked for " + q.url); a.end(); }).listen(process.env.PORT)'`;

describe('commands', () => {
  test('directory and variables carry on from step to step', async () => {
    const steps = `### One\n\n${fence('sh run', 'mkdir -p a/b\ncd a/b\nexport X="1 2"')}${passes}### Two\n\n${fence('sh run', 'echo "$X in $(basename "$PWD")"')}${fence('yaml check', '- output: { equals: "1 2 in b" }')}`;
    const { walk, events } = await openLab({ steps });
    expect(await walk()).toBe(0);
    expect(outcomes(events)).toEqual(['one passed', 'two passed']);
    expect(only(events, 'command-started').at(-1)?.directory).toBe('a/b');
    expect(only(events, 'terminal-state').at(-1)).toMatchObject({ directory: 'a/b', variables: { X: '1 2' } });
  });

  test('the first that fails ends the fence, and the status is told', async () => {
    const { walk, events } = await openLab({ steps: `### One\n\n${fence('sh run', 'echo a\n(exit 4)\necho never')}${passes}` });
    expect(await walk()).toBe(1);
    expect(only(events, 'command-ended').map(({ status }) => status)).toEqual([0, 4]);
    expect(only(events, 'action-ended')[0]).toMatchObject({ outcome: 'failed', message: '`(exit 4)` ended with status 4.' });
  });

  test('one that asks, with nobody there to answer, is ended and says so', async () => {
    const { walk, events } = await openLab({ steps: `### One\n\n${fence('sh run', 'read -p "Go on? [y/N] " go')}${passes}` });
    expect(await walk()).toBe(1);
    expect(only(events, 'command-ended')[0]?.ended).toBe('stopped');
    expect(only(events, 'action-ended')[0]?.message).toBe(
      '`read -p "Go on? [y/N] " go` asked "Go on? [y/N]" and waited for an answer. Nobody is here to give one, so it was ended. Give the answer in the command: by an option such as --yes, or by a pipe.',
    );
  });

  test('a tool that is not there is told in words', async () => {
    const { walk, events } = await openLab({ steps: `### One\n\n${fence('sh run', 'chalise --version')}${passes}` });
    await walk();
    expect(only(events, 'action-ended')[0]?.message).toContain('The shell did not find it. Is chalise installed');
  });

  test.each([
    ['fail', '(exit 4)', 0, undefined],
    ['4', '(exit 4)', 0, undefined],
    ['3', '(exit 4)', 1, '`(exit 4)` should have ended with status 3, but it ended with 4.'],
    ['fail', 'true', 1, '`true` should have failed here, but it worked.'],
    ['127', 'chalise deploy', 0, undefined],
    [
      'fail',
      'chalise deploy',
      1,
      '`chalise deploy` should have failed here by itself, but it ended with status 127. The shell did not find it. Is chalise installed, and is the virtual environment active?',
    ],
    ['fail expect-output=NoSuchEntity', 'echo An error occurred: NoSuchEntity; (exit 254)', 0, undefined],
    [
      'fail expect-output=NoSuchEntity',
      'echo no network; (exit 254)',
      1,
      expect.stringMatching(/^`echo no network; \(exit 254\)` failed, but not as it should\. Expected: .*NoSuchEntity.*no network/s),
    ],
  ])('expect=%s with %s', async (expected, command, code, message) => {
    const { walk, events } = await openLab({
      steps: `### One\n\n${fence(`sh run expect=${expected}`, command)}${fence('yaml check', '- file: { path: nothing, exists: false }')}`,
    });
    expect(await walk()).toBe(code);
    expect(only(events, 'action-ended')[0]?.message).toEqual(message);
  });

  test('a command of several lines is one command', async () => {
    const { walk, events } = await openLab({
      steps: `### One\n\n${fence('sh run', 'for i in 1 2; do\n  echo $i\ndone\ncat <<E\nx $LABWALK_WORKSPACE\nE')}${passes}`,
    });
    expect(await walk()).toBe(0);
    expect(only(events, 'command-started')).toHaveLength(2);
  });

  test('files beside the lab are at hand for commands', async () => {
    const { walk, workspace } = await openLab({
      steps: `### One\n\n${fence('sh run', 'cp -R "$LABWALK_LAB"/files/. .')}${passes}`,
      files: { 'files/app/hello.txt': 'hello' },
    });
    expect(await walk()).toBe(0);
    expect(fs.readFileSync(path.join(workspace.folder, 'app/hello.txt'), 'utf8')).toBe('hello');
  });

  test('one that never ends is ended with all that it started, and the lab goes on', async () => {
    const steps = `### One\n\n${fence('sh run timeout=1s', `trap '' INT TERM; sleep 4711 & setsid sleep 4711 & wait`)}${passes}### Two\n<!-- labwalk: after=zero -->\n\n${fence('sh run', 'echo on')}${passes}`;
    const { walk, events } = await openLab({ steps: `### Zero\n\n${fence('sh run', 'true')}${passes}${steps}` });
    expect(await walk()).toBe(1);
    expect(outcomes(events)).toEqual(['zero passed', 'one failed', 'two passed']);
    expect(only(events, 'action-ended')[1]?.message).toContain('was still running after 1.0 s and was ended');
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain('sleep 4711');
  });

  test('what is captured is a variable everywhere afterwards', async () => {
    const steps = `### One\n\n${fence('sh run capture=ID', 'echo "  n-42  "')}${passes}### Two\n\n${fence('sh run', 'echo "<$ID>"')}${fence('yaml check', '- output: { equals: "<{{ID}}>" }')}`;
    const { walk, events } = await openLab({ front: 'variables:\n  ID: captured\n', steps });
    expect(await walk()).toBe(0);
    expect(only(events, 'variable-set').at(-1)).toMatchObject({ name: 'ID', value: 'n-42' });
  });

  test('the whole output is in a file, its end in the event', async () => {
    const { walk, events, workspace } = await openLab({ steps: `### One\n\n${fence('sh run', 'seq 100000')}${passes}` });
    await walk();
    const ended = only(events, 'command-ended')[0]!;
    const log = fs.readFileSync(path.join(workspace.folder, ended.log), 'utf8');
    const [heading, ...lines] = log.split(/\r?\n/);
    expect([heading, lines.length]).toEqual(['--- one: seq 100000', 100_001]);
    expect(ended.size).toBe(lines.join('\r\n').length);
    expect(ended.tail.length).toBeLessThanOrEqual(4000);
    expect(ended.tail.endsWith('100000\n')).toBe(true);
  });

  test('a shell that a command ended is started again where it was', async () => {
    const steps = `### One\n\n${fence('sh run', 'mkdir x; cd x; export Y=1')}${fence('sh run expect=7', 'exit 7')}${fence('sh run', 'echo "$Y $(basename $PWD)"')}${fence('yaml check', '- output: { equals: "1 x" }')}`;
    const { walk, events } = await openLab({ steps });
    expect(await walk()).toBe(0);
    expect(only(events, 'terminal-restarted')).toHaveLength(1);
  });
});

describe('files', () => {
  const steps = `### Write\n\n${fence('text file=app/x.txt', 'new')}${fence('yaml check', '- file: { path: app/x.txt, contains: new }')}`;

  test('come from the solution', async () => {
    const { walk, workspace } = await openLab({ steps, files: { 'solutions/write/app/x.txt': 'new\n' } });
    expect(await walk()).toBe(0);
    expect(fs.readFileSync(path.join(workspace.folder, 'app/x.txt'), 'utf8')).toBe('new\n');
  });

  test("a learner's own file is kept before it is replaced", async () => {
    const { walk, workspace, events } = await openLab({
      steps,
      files: { 'solutions/write/app/x.txt': 'new\n', 'workspace/app/x.txt': 'mine\n' },
    });
    await walk();
    const { kept } = only(events, 'file-written')[0]!;
    expect(fs.readFileSync(path.join(workspace.folder, kept!), 'utf8')).toBe('mine\n');
  });

  test("a missing solution is the machine's fault, not the learner's", async () => {
    const { walk, events } = await openLab({ steps });
    expect(await walk()).toBe(3);
    expect(only(events, 'action-ended')[0]?.message).toContain('The solution of app/x.txt is missing');
  });

  test('a link that leads out of the workspace is not followed', async () => {
    const opened = await openLab({ steps, files: { 'solutions/write/app/x.txt': 'new\n', 'outside/x.txt': 'theirs\n' } });
    fs.symlinkSync(path.join(opened.lab.folder, 'outside'), path.join(opened.workspace.folder, 'app'));
    expect(await opened.walk()).toBe(1);
    expect(only(opened.events, 'action-ended')[0]?.message).toContain('a link that leads out');
    expect(fs.readFileSync(path.join(opened.lab.folder, 'outside/x.txt'), 'utf8')).toBe('theirs\n');
  });
});

describe('services', () => {
  const serve = 'python3 -m http.server $PORT --bind 127.0.0.1';
  const front = 'variables:\n  PORT: { free-port: 18200 }\n';

  test('start where the terminal is, with its variables; the same name again restarts; all end with the run', async () => {
    const steps = `### One\n\n${fence('sh run', 'mkdir www; cd www; echo one > a.txt')}${fence('sh service=web ready=http://localhost:$PORT/', serve)}${fence('yaml check', '- http: { url: "http://localhost:{{PORT}}/a.txt", body: one }\n- log: { service: web, contains: "GET /a.txt" }')}### Two\n\n${fence('sh run', 'mkdir ../w2; cd ../w2; echo two > a.txt')}${fence('sh service=web ready=http://localhost:$PORT/', serve)}${fence('yaml check', '- http: { url: "http://localhost:{{PORT}}/a.txt", body: two }')}`;
    const { walk, events } = await openLab({ front, steps });
    expect(await walk()).toBe(0);
    expect(only(events, 'service-started').map(({ directory }) => directory)).toEqual(['www', 'w2']);
    expect(only(events, 'service-ended').map(({ wanted }) => wanted)).toEqual([true, true]);
    const port = only(events, 'variable-set').find(({ name }) => name === 'PORT')!.value;
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  test('one with a mistake in a file of the learner’s says so at once, with line and caret, and is started all the same', async () => {
    const broken = `${fence('python file=app.py', "print('good')")}${fence('sh service=web ready=http://127.0.0.1:$PORT/', 'python3 app.py')}${fence('yaml check', '- file: app.py')}`;
    const fine = `${fence('yaml file=own.yaml', 'a: 1')}${fence('sh service=other', 'sleep 600')}${fence('yaml check', '- file: own.yaml')}`;
    const { run, events, workspace } = await openLab(
      {
        steps: `### One\n\n${broken}### Two\n\n${fine}`,
        front: 'variables:\n  PORT: { free-port: 18100 }\n',
        files: { 'solutions/one/app.py': "print('good')\n", 'solutions/two/own.yaml': 'a: 1\n' },
      },
      { driver: 'tui' },
    );
    fs.writeFileSync(path.join(workspace.folder, 'app.py'), 'x = 1\nprint((x)\n');
    fs.writeFileSync(path.join(workspace.folder, 'own.yaml'), 'a: 1\n');
    await run.start('one', { action: 1 });
    const told = only(events, 'notice');
    expect(told).toMatchObject([{ level: 'warning' }]);
    expect(told[0]?.text).toMatch(/^app\.py has a mistake, so web may not start: line 2, column 6: .*\n {4}print\(\(x\)\n {9}\^$/);
    expect(only(events, 'service-started')).toHaveLength(1);
    expect(only(events, 'action-ended').at(-1)?.message).toMatch(/^app\.py has a mistake: line 2, column 6/);
    // A service that does not read the file is ready all the same.
    await run.start('two', { action: 1 });
    expect(only(events, 'service-ready').map(({ service }) => service)).toEqual(['other']);
    await run.stop('passed');
  });

  test('one that stays although it cannot read the learner’s file is not waited for to the end', async () => {
    // It would have an hour: this ends because it says what is wrong, as one does that waits for the next save.
    const reloading = 'python3 app.py; echo waiting for the next save; sleep 3600';
    const steps = `${fence('python file=app.py', "print('good')")}${fence('sh service=web ready=http://127.0.0.1:$PORT/ timeout=1h', reloading)}${fence('yaml check', '- file: app.py')}`;
    const { run, events, workspace } = await openLab(
      { steps: `### One\n\n${steps}`, front, files: { 'solutions/one/app.py': "print('good')\n" } },
      { driver: 'tui' },
    );
    fs.writeFileSync(path.join(workspace.folder, 'app.py'), 'x = 1\nprint((x)\n');
    await run.start('one', { action: 1 });
    expect(only(events, 'action-ended').at(-1)?.message).toMatch(
      /^app\.py has a mistake: line 2, column 6.*The service web was not ready after .*waiting for the next save/s,
    );
    await run.stop('passed');
  });

  test('one that dies says so with its last lines', async () => {
    const { walk, events } = await openLab({
      front,
      steps: `### One\n\n${fence('sh service=web ready=http://localhost:$PORT/', 'echo no such module; exit 5')}${fence('yaml check', '- port: { port: "{{PORT}}" }')}`,
    });
    expect(await walk()).toBe(1);
    expect(only(events, 'action-ended')[0]?.message).toMatch(/status 5/);
    expect(only(events, 'service-ended')[0]).toMatchObject({
      wanted: false,
      status: 5,
      tail: expect.stringContaining('no such module') as string,
    });
  });
});

describe('checks', () => {
  test('each is done even when an earlier one failed, and a later step goes on', async () => {
    const steps = `### One\n\n${fence('sh run', 'echo a')}${fence('yaml check', '- output: { equals: b }\n- output: { equals: a }')}### Two\n\n${fence('sh run', 'echo c')}${passes}### Three\n<!-- labwalk: after=one -->\n\n${fence('sh run', 'echo d')}${passes}`;
    const { walk, events } = await openLab({ steps });
    expect(await walk()).toBe(1);
    expect(only(events, 'check-ended').map(({ outcome }) => outcome)).toEqual(['failed', 'passed', 'passed']);
    expect(outcomes(events)).toEqual(['one failed', 'two passed']);
  });

  test("the lab's own title and advice are told", async () => {
    const checks = '- output: { equals: b }\n  title: The greeting is right\n  try: Write b.';
    const { walk, events } = await openLab({ steps: `### One\n\n${fence('sh run', 'echo a')}${fence('yaml check', checks)}` });
    await walk();
    expect(only(events, 'check-ended')[0]).toMatchObject({ summary: 'The greeting is right', try: 'Write b.' });
  });

  test('the cause that a check has found comes before the advice of the lab', async () => {
    const steps = `### One\n\n${fence('sh service=web ready=http://localhost:$PORT/', SERVE_NOTHING)}${fence('yaml check', '- http: { url: "http://localhost:{{PORT}}/a", body: x }\n  try: From the lab.\n- http: { url: "http://localhost:{{PORT}}/a", type: text/html }\n  try: From the lab.')}`;
    const { walk, events } = await openLab({ front: 'variables:\n  PORT: { free-port: 18300 }\n', steps });
    await walk();
    expect(only(events, 'check-ended').map((ended) => ended.try)).toEqual([
      'From the lab.',
      'Set the header Content-Type of the response to text/html in your code.',
    ]);
  });

  test('an answer of a service that was started for the check counts at once; of one that ran before it is waited for', async () => {
    const checks = fence('yaml check', '- http: { url: "http://localhost:{{PORT}}/a", body: x }\n  within: 1s');
    const steps = `### One\n\n${fence('sh service=web ready=http://localhost:$PORT/', SERVE_NOTHING)}${checks}`;
    const { run, events } = await openLab({ front: 'variables:\n  PORT: { free-port: 18310 }\n', steps });
    await run.check('one');
    await run.check('one');
    await run.stop('failed');
    const [first, second] = only(events, 'check-ended');
    expect([first?.outcome, second?.outcome]).toEqual(['failed', 'failed']);
    const asked = only(events, 'output').filter(({ text }) => text.includes('asked for /a'));
    const times = asked.reduce((sum, { text }) => sum + text.split('asked for /a').length - 1, 0);
    expect(only(events, 'service-started')).toHaveLength(1);
    // once for the first check; the second was tried again until its time was over
    expect(times).toBeGreaterThan(2);
    const before = events
      .slice(0, events.indexOf(first!))
      .filter((event) => event.type === 'output' && event.text.includes('asked for /a'));
    expect(before.length).toBeLessThanOrEqual(1);
  });

  test('again: what looks at the state is done anew, what looked at an output is repeated', async () => {
    const steps = `### One\n\n${fence('sh run', 'echo a > a.txt\necho a')}${fence('yaml check', '- output: { equals: a }\n- file: { path: a.txt }')}`;
    const { run, workspace, events } = await openLab({ steps });
    expect((await run.check('one')).outcome).toBe('failed');
    await run.start('one');
    fs.rmSync(path.join(workspace.folder, 'a.txt'));
    expect((await run.check('one')).outcome).toBe('failed');
    await run.stop('failed');
    const seen = only(events, 'check-ended').map(({ name, outcome, repeated }) => `${name} ${outcome}${repeated ? ' repeated' : ''}`);
    expect(seen).toEqual(['output stale', 'file failed', 'output passed', 'file passed', 'output passed repeated', 'file failed']);
  });

  test('meant for an account are told in the sandbox, not done', async () => {
    const steps = `### One\n\n${fence('sh run when=aws', 'exit 9')}${fence('sh run', 'echo a')}${fence('yaml check', '- output: { equals: z }\n  when: aws\n- status: 0')}`;
    const { walk, events } = await openLab({ steps });
    expect(await walk()).toBe(0);
    expect(only(events, 'check-ended').map(({ outcome }) => outcome)).toEqual(['told', 'passed']);
  });
});

test('clean-up is done in reverse, only for steps that were started, also after a failure', async () => {
  const step = (name: string, body: string) =>
    `### ${name}\n\n${body}${passes}${fence('sh cleanup', `echo ${name} >> "$LABWALK_WORKSPACE/cleaned"`)}`;
  const { walk, workspace } = await openLab({
    steps: step('One', fence('sh run', 'true')) + step('Two', fence('sh run', 'false')) + step('Three', fence('sh run', 'true')),
  });
  expect(await walk()).toBe(1);
  expect(fs.readFileSync(path.join(workspace.folder, 'cleaned'), 'utf8')).toBe('Two\nOne\n');
});

test('an interrupt ends the command, cleans up and is told', async () => {
  const steps = `### One\n\n${fence('sh run', 'echo started; sleep 4712')}${passes}${fence('sh cleanup', 'touch "$LABWALK_WORKSPACE/cleaned"')}### Two\n\n${fence('sh run', 'true')}${passes}`;
  const opened = await openLab({ steps });
  const walked = opened.walk();
  const started = () => opened.events.some((event) => event.type === 'output' && event.text.includes('started'));
  while (!started()) await new Promise((resolve) => setImmediate(resolve));
  opened.signal.abort();
  expect(await walked).toBe(130);
  expect(outcomes(opened.events)).toEqual(['one interrupted']);
  expect(fs.existsSync(path.join(opened.workspace.folder, 'cleaned'))).toBe(true);
  expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain('sleep 4712');
});

test('a key that a command prints or a learner exports never leaves the run', async () => {
  const secret = 'canary-5f2c9d7e81';
  const steps = `### One\n\n${fence('sh run', `export AWS_SECRET_ACCESS_KEY=canary-''5f2c9d7e81`)}${fence('sh run', 'echo "key: $AWS_SECRET_ACCESS_KEY"; for c in c a n; do printf $c; done; echo ary-5f2c9d7e81')}${fence('yaml check', `- output: { equals: nothing }`)}`;
  const { walk, events, workspace } = await openLab({ steps });
  await walk();
  expect(JSON.stringify(events)).toContain('[secret]');
  expect(JSON.stringify(events)).not.toContain(secret);
  const output = fs
    .readdirSync(path.join(workspace.private, 'output'))
    .map((name) => fs.readFileSync(path.join(workspace.private, 'output', name), 'utf8'));
  expect(output.join('')).not.toContain(secret);
});
