/** What commands mean that the learner types into the lab's terminal. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { only, openLab, fence, type LabFiles, type LabRun } from '../support/run-lab.ts';
import { eventually, processesWith, uniqueSleep } from '../terminal/support.ts';

const output = (text: string) => fence('yaml check', `- output: ${text}`);
const file = (name: string) => fence('yaml check', `- file: { path: ${name} }`);

interface TypingLab extends LabRun {
  /** Types a line and waits for its command to end. */
  type(line: string, terminal?: string): Promise<void>;
  /** Actions, checks and steps since it was asked last, in words; waits for the last of them. */
  until(last: string): Promise<string[]>;
  /** What was told since then, at once. */
  told(): string[];
}

async function openTypingLab(files: LabFiles, step: string | null = 'one'): Promise<TypingLab> {
  const opened = await openLab(files, { driver: 'tui' });
  const { run, events } = opened;
  run.follow(step ?? undefined);
  await run.terminals.ready();
  let from = events.length;
  const told = () =>
    events.slice(from).flatMap((event) => {
      if (event.type === 'step-started') return [event.continued ? 'continued' : 'started'];
      if (event.type === 'action-ended') return [`action ${event.action} ${event.outcome}`];
      if (event.type === 'check-ended') return [`check ${event.check} ${event.outcome}${event.repeated ? ' again' : ''}`];
      if (event.type === 'step-ended') return [`ended ${event.outcome}`];
      return [];
    });
  return {
    ...opened,
    told,
    async type(line, terminal = run.terminals.main) {
      const before = only(events, 'command-ended').length;
      run.terminals.input(terminal, `${line}\r`);
      await eventually(() => only(events, 'command-ended').length > before);
    },
    async until(last) {
      await eventually(() => told().at(-1) === last);
      const all = told();
      from = events.length;
      return all;
    },
  };
}

/** Waits for all work on typed commands that was begun: a check of another labwalk comes after it. */
const settled = ({ run }: LabRun, step = 'one') => run.check(step, { listen: () => {} });

describe('a command of the lab, typed by hand,', () => {
  test('does the action as Enter would, with its checks', async () => {
    const steps = `### One\n\n${fence('sh run', 'echo a')}${output('a')}${fence('sh run', 'echo b')}${output('b')}`;
    const lab = await openTypingLab({ steps });
    await lab.type('echo  a');
    expect(await lab.until('check 0 passed')).toEqual(['continued', 'action 0 done', 'check 0 passed']);
    await lab.type('echo b');
    expect(await lab.until('ended passed')).toEqual(['action 1 done', 'check 1 passed', 'ended passed']);
    expect(only(lab.events, 'action-started').map(({ summary }) => summary)).toEqual(['echo a', 'echo b']);
    expect(only(lab.events, 'command-started').every(({ byHand }) => byHand)).toBe(true);
    await lab.run.stop('passed');
  });

  test('need not be the very same', async () => {
    const steps = `### One\n\n${fence('sh run', 'echo "user $WHO"')}${output('user Ada')}`;
    const lab = await openTypingLab({ front: 'variables:\n  WHO: Ada\n', steps });
    await lab.type('echo user Ada');
    expect(await lab.until('ended passed')).toEqual(['continued', 'action 0 done', 'check 0 passed', 'ended passed']);
    await lab.run.stop('passed');
  });

  test("with a slip in it gets the checks' advice, and can be typed again", async () => {
    const steps = `### One\n\n${fence('sh run', 'echo "user Ada"')}${output('user Ada')}`;
    const lab = await openTypingLab({ steps });
    await lab.type('echo user Eda');
    expect(await lab.until('ended failed')).toEqual(['continued', 'action 0 done', 'check 0 failed', 'ended failed']);
    await lab.type('echo user Ada');
    expect(await lab.until('ended passed')).toEqual(['continued', 'action 0 done', 'check 0 passed', 'ended passed']);
    await lab.run.stop('passed');
  });

  test('that ends badly fails the action; one that Ctrl-C ended does nothing', async () => {
    const steps = `### One\n\n${fence('sh run', 'sleep 0')}${output('{ equals: "" }')}`;
    const lab = await openTypingLab({ steps });
    const before = only(lab.events, 'command-ended').length;
    const sleep = uniqueSleep();
    lab.run.terminals.input('lab', `${sleep}\r`);
    // Until the program is there, the keyboard is still the shell's, and Ctrl-C could go by it.
    await eventually(() => processesWith(sleep).length === 1);
    lab.run.terminals.input('lab', '\x03');
    await eventually(() => only(lab.events, 'command-ended').length > before);
    await settled(lab);
    expect(lab.told()).toEqual([]);
    await lab.type('sleep x');
    expect((await lab.until('ended failed')).slice(0, 2)).toEqual(['continued', 'action 0 failed']);
    expect(only(lab.events, 'step-ended').at(-1)?.message).toBe('`sleep x` ended with status 1.');
    await lab.run.stop('failed');
  });

  test('that should fail is done by failing', async () => {
    const lab = await openTypingLab({ steps: `### One\n\n${fence('sh run expect=fail', 'cat nothing')}${output('No such file')}` });
    await lab.type('cat nothing');
    expect(await lab.until('ended passed')).toEqual(['continued', 'action 0 done', 'check 0 passed', 'ended passed']);
    await lab.run.stop('passed');
  });

  test('of a longer fence is one of its parts, in any order; Enter does the others', async () => {
    const steps = `### One\n\n${fence('sh run', 'mkdir a\ncd a\nexport X=1\npwd')}${output('/a')}`;
    const lab = await openTypingLab({ steps });
    for (const line of ['export X=1', 'mkdir a', 'cd a/']) await lab.type(line);
    await settled(lab);
    expect(lab.told()).toEqual([]);
    await lab.type('pwd');
    expect(await lab.until('ended passed')).toEqual(['continued', 'action 0 done', 'check 0 passed', 'ended passed']);
    await lab.run.stop('passed');

    const other = await openTypingLab({ steps });
    await other.type('mkdir a');
    await settled(other);
    expect((await other.run.start('one', { action: 0 })).outcome).toBe('passed');
    expect(only(other.events, 'command-started').map(({ text }) => text)).toEqual(['', 'cd a', 'export X=1', 'pwd']);
    await other.run.stop('passed');
  });

  test('counts in a further terminal too, but for what changes only the shell there', async () => {
    const steps = `### One\n\n${fence('sh run', 'mkdir a\ncd a\npwd')}${output('/a')}`;
    const lab = await openTypingLab({ steps });
    const further = await lab.run.terminals.open();
    for (const line of ['mkdir a', 'cd a']) await lab.type(line, further);
    await settled(lab);
    expect((await lab.run.start('one', { action: 0 })).outcome).toBe('passed');
    expect(only(lab.events, 'command-started').map(({ terminal, text }) => `${terminal} ${text}`)).toEqual([
      ...[`${further} `, `${further} `],
      ...['lab cd a', 'lab pwd'],
    ]);
    await lab.run.stop('passed');
  });

  test('is the rest of a fence that Enter could not end', async () => {
    const steps = `### One\n\n${fence('sh run', 'echo a\ncat x')}${output('{ contains: [a, new] }')}`;
    const lab = await openTypingLab({ steps });
    await lab.run.start('one', { action: 0 });
    await lab.until('ended failed');
    fs.writeFileSync(path.join(lab.workspace.folder, 'x'), 'new\n');
    await lab.type('cat x');
    expect(await lab.until('ended passed')).toEqual(['continued', 'action 0 done', 'check 0 passed', 'ended passed']);
    await lab.run.stop('passed');
  });

  test('fills the variable that its output is kept in', async () => {
    const steps = `### One\n\n${fence('sh run capture=ID', 'printf "%s" n-42')}${fence('sh run', 'echo "<$ID>"')}${output('"<{{ID}}>"')}`;
    const lab = await openTypingLab({ front: 'variables:\n  ID: captured\n', steps });
    await lab.type('printf n-42');
    await lab.until('action 0 done');
    await lab.type('echo "<$ID>"');
    await lab.until('ended passed');
    expect(only(lab.events, 'variable-set')).toMatchObject([{ name: 'ID', value: 'n-42' }]);
    await lab.run.stop('passed');
  });

  test('has what it creates in the ledger while it runs', async () => {
    const waits = 'until grep -q planned "$LABWALK_WORKSPACE/.labwalk/ledger.json"; do sleep 0.02; done; echo made';
    const lab = await openTypingLab({
      steps: `### One\n<!-- labwalk: creates="role:x" -->\n\n${fence('sh run', waits)}${output('made')}`,
    });
    await lab.type(waits);
    await lab.until('ended passed');
    expect(only(lab.events, 'resource-seen')).toHaveLength(1);
    await lab.run.stop('passed');
  });
});

describe("a command that is like none of the lab's", () => {
  test('does the fence when its output is what the checks want, and is told of only then', async () => {
    const steps = `### One\n\n${fence('sh run', 'cat x')}${output('hello')}`;
    const lab = await openTypingLab({ steps });
    await lab.type('echo nothing');
    await settled(lab);
    expect(lab.told()).toEqual([]);
    await lab.type('echo hello');
    expect(await lab.until('ended passed')).toEqual(['continued', 'action 0 done', 'check 0 passed', 'ended passed']);
    await lab.run.stop('passed');
  });

  test('does nothing where its status alone would do', async () => {
    const steps = `### One\n\n${fence('sh run', 'touch x')}${fence('yaml check', '- status: 0\n- file: { path: x }')}`;
    const lab = await openTypingLab({ steps });
    fs.writeFileSync(path.join(lab.workspace.folder, 'x'), '');
    await lab.type('ls');
    await settled(lab);
    expect(lab.told()).toEqual([]);
    await lab.run.stop('passed');
  });

  test('may be the cure of a step that failed', async () => {
    const steps = `### One\n\n${fence('sh run', 'true')}${file('x')}`;
    const lab = await openTypingLab({ steps });
    await lab.run.start('one', { action: 0 });
    await lab.until('ended failed');
    await lab.type('echo > x');
    expect(await lab.until('ended passed')).toEqual(['continued', 'check 0 passed', 'ended passed']);
    await lab.run.stop('passed');
  });

  test('holds no action up, however long its checks would wait', async () => {
    const checks = fence('yaml check', '- output: hello\n- file: { path: x }\n  within: 1h');
    const lab = await openTypingLab({
      steps: `### One\n\n${fence('sh run', 'cat y; touch x')}${checks}`,
      files: { 'workspace/y': 'hello\n' },
    });
    await lab.type('echo hello');
    expect((await lab.run.start('one', { action: 0 })).outcome).toBe('passed');
    expect(lab.told()).toEqual(['started', 'action 0 done', 'check 0 passed', 'check 1 passed', 'ended passed']);
    await lab.run.stop('passed');
  });

  test("kept out of the history is nobody's business", async () => {
    const lab = await openTypingLab({ steps: `### One\n\n${fence('sh run', 'echo a')}${output('a')}` });
    await lab.type('HISTCONTROL=ignorespace');
    await lab.type(' echo a');
    await settled(lab);
    expect(lab.told()).toEqual([]);
    await lab.run.stop('passed');
  });
});

test('a command typed while no step or a reading one is followed does nothing', async () => {
  const steps = `### Read\n\nJust text.\n\n### One\n\n${fence('sh run', 'echo a')}${output('a')}`;
  for (const step of [null, 'read']) {
    const lab = await openTypingLab({ steps }, step);
    await lab.type('echo a');
    await settled(lab);
    expect(lab.told()).toEqual([]);
    await lab.run.stop('passed');
  }
});

test("a service typed by hand is the step's service once it is ready", async () => {
  const front = 'variables:\n  PORT: { free-port: 18600 }\n';
  const serve = fence('sh service=web ready=http://localhost:$PORT/', 'python3 -m http.server $PORT --bind 127.0.0.1');
  const steps = `### One\n\n${serve}${fence('yaml check', '- http: { url: "http://localhost:{{PORT}}/x", body: hello }\n- log: { service: web, contains: "GET /x" }')}`;
  const lab = await openTypingLab({ front, steps, files: { 'workspace/x': 'hello' } });
  lab.run.terminals.input('lab', 'python3 -m http.server $PORT --bind 127.0.0.1\r');
  expect(await lab.until('ended passed')).toEqual(['continued', 'action 0 done', 'check 0 passed', 'check 1 passed', 'ended passed']);
  await lab.run.stop('passed');
});

test('a service that an earlier step has is nothing of this one', async () => {
  const front = 'variables:\n  PORT: { free-port: 18700 }\n';
  const serve = fence('sh service=web ready=http://localhost:$PORT/', 'python3 -m http.server $PORT --bind 127.0.0.1');
  const steps = `### Zero\n\n${serve}${fence('yaml check', '- port: { port: "{{PORT}}" }')}### One\n\n${fence('sh run', 'echo a')}${output('a')}`;
  const lab = await openTypingLab({ front, steps });
  lab.run.terminals.input('lab', 'python3 -m http.server $PORT --bind 127.0.0.1\r');
  await eventually(() => lab.run.terminals.main !== 'lab');
  await settled(lab);
  expect(lab.told()).toEqual([]);
  await lab.type('echo a');
  expect(await lab.until('ended passed')).toEqual(['continued', 'action 0 done', 'check 0 passed', 'ended passed']);
  await lab.run.stop('passed');
});

test('a service that could not start by hand does nothing', async () => {
  const serve = fence('sh service=web ready=port:1', 'sleep nothing');
  const lab = await openTypingLab({ steps: `### One\n\n${serve}${fence('yaml check', '- port: { port: 1 }')}` });
  await lab.type('sleep nothing');
  await settled(lab);
  expect(lab.told()).toEqual([]);
  await lab.run.stop('failed');
});
