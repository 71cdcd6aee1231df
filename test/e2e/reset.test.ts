/** `labwalk reset`: back, ahead, and back from that; and what of it a kill -9 leaves. */
import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { anyCheck, fence, labwalk, makeLab, readJournal, startLabwalk, waitUntil, type MadeLab } from './program.ts';

const file = (name: string, text: string) =>
  `${fence(`text file=${name}`, text)}${fence('yaml check', `- file: { path: ${name}, contains: ${text} }`)}`;

/** A folder and a terminal in it, made by commands; a file in two versions; and a last step that needs all of that. */
const trial = (more = '') =>
  makeLab({
    steps: [
      `### Make\n\n${fence('sh run', 'mkdir app\ncd app\nexport COLOUR=red')}${fence('yaml check', '- tree: { path: ., has: [app] }')}`,
      `### Write\n\n${file('app/note.txt', 'first')}`,
      '### Read\n\nOnly text.\n\n',
      `### Rewrite\n\n${file('app/note.txt', 'second')}`,
      `### Use\n\n${fence('sh run', 'echo "$COLOUR $(cat note.txt)" > used.txt')}${fence('yaml check', '- file: { path: app/used.txt, contains: red second }')}`,
      more,
    ].join(''),
    files: { 'solutions/write/app/note.txt': 'first\n', 'solutions/rewrite/app/note.txt': 'second\n' },
  });

const run = async (lab: MadeLab, ...args: string[]) => {
  const [command = '', ...more] = args;
  const ended = await labwalk([command, lab.file, ...more, '--workspace', lab.workspace]);
  return { ...ended, all: ended.stdout + ended.stderr };
};
const read = (lab: MadeLab, name: string) => fs.readFileSync(path.join(lab.workspace, name), 'utf8');
const names = (lab: MadeLab, folder = '.') => fs.readdirSync(path.join(lab.workspace, folder)).sort();

/** All files of the workspace with what they hold, those that labwalk keeps included. */
const contents = (lab: MadeLab): string[] =>
  fs
    .readdirSync(lab.workspace, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));

describe('labwalk reset', () => {
  test('goes back to before a step with the learner’s own files, and takes that back', async () => {
    const lab = trial();
    expect((await run(lab, 'run', '--through', 'write')).code).toBe(0);
    fs.writeFileSync(path.join(lab.workspace, 'app/mine.txt'), 'my own');
    fs.writeFileSync(path.join(lab.workspace, 'app/note.txt'), 'first, and more of mine\n');
    expect((await run(lab, 'check', 'write')).code).toBe(0);
    fs.writeFileSync(path.join(lab.workspace, 'app/note.txt'), 'broken');

    const back = await run(lab, 'reset', 'rewrite');
    expect(back.code, back.all).toBe(0);
    expect(back.stdout).toContain('as it was before "Rewrite"');
    expect([names(lab, 'app'), read(lab, 'app/note.txt')]).toEqual([['mine.txt', 'note.txt'], 'first, and more of mine\n']);

    const undone = await run(lab, 'reset', '--undo');
    expect(undone.code, undone.all).toBe(0);
    expect(read(lab, 'app/note.txt')).toBe('broken');
    const nothing = await run(lab, 'reset', '--undo');
    expect([nothing.code, nothing.stdout]).toEqual([1, expect.stringContaining('no reset') as string]);
  });

  test('goes back to the start of the lab, and the lab can be done again from there', async () => {
    const lab = trial();
    fs.mkdirSync(lab.workspace);
    fs.writeFileSync(path.join(lab.workspace, 'before.txt'), 'was here before');
    expect((await run(lab, 'run', '--through', 'use')).code).toBe(0);
    expect((await run(lab, 'reset')).code).toBe(0);
    expect(names(lab)).toEqual(['.labwalk', 'before.txt']);
    expect((await run(lab, 'run', '--through', 'use')).code).toBe(0);
    expect(contents(lab).filter((text) => text === 'red second\n').length).toBeGreaterThan(1);
  });

  test('goes ahead to a step with the services that the steps before it have left running', async () => {
    const serve = 'cd site && exec python3 -m http.server --bind localhost "$PORT"';
    const get = `node -e 'fetch("http://localhost:" + process.env.PORT + "/a.txt").then((a) => a.text()).then(console.log)'`;
    const lab = makeLab({
      front: 'variables: { PORT: { free-port: 8300 } }\n',
      steps: [
        `### Serve\n\n${fence('sh run', 'mkdir site\necho hello > site/a.txt')}${fence('sh service=web ready=http://localhost:$PORT/', serve)}${anyCheck}`,
        `### Ask\n\n${fence('sh run', `${get} > asked.txt`)}${fence('yaml check', '- log: { service: web, contains: a.txt }')}`,
        `### Look\n\n${fence('sh run', 'cat asked.txt')}${fence('yaml check', '- http: { url: "http://localhost:{{PORT}}/a.txt", body: "hello" }')}`,
      ].join(''),
    });
    const begun = await run(lab, 'run', '--through', 'serve');
    expect(begun.code, begun.all).toBe(0);
    const ahead = await run(lab, 'reset', 'look');
    expect(ahead.code, ahead.all).toBe(0);
    expect(read(lab, 'asked.txt').trim()).toBe('hello');
    expect((await run(lab, 'check', 'look')).code).toBe(0);
  });

  test('goes ahead to a step: what earlier ones make by commands is made, with the lab’s files', async () => {
    const lab = trial();
    const ahead = await run(lab, 'reset', 'use');
    expect(ahead.code, ahead.all).toBe(0);
    expect(ahead.stdout).toContain('"Make", "Write", "Rewrite": done with the lab\'s solutions');
    expect(read(lab, 'app/note.txt')).toBe('second\n');
    const outcomes = await labwalk(['check', lab.file, 'rewrite', '--workspace', lab.workspace]);
    expect(outcomes.code, outcomes.stdout).toBe(0);
    expect((await run(lab, 'reset', '--undo')).code).toBe(0);
    expect(names(lab)).toEqual(['.labwalk']);
  });

  test('begins with the lab’s files after the learner’s own steps where they ask for that', async () => {
    const lab = trial();
    expect((await run(lab, 'run', '--through', 'write')).code).toBe(0);
    fs.writeFileSync(path.join(lab.workspace, 'app/note.txt'), 'first in my way\n');
    expect((await run(lab, 'check', 'write')).code).toBe(0);
    const solved = await run(lab, 'reset', 'rewrite', '--solution');
    expect(solved.code, solved.all).toBe(0);
    expect(read(lab, 'app/note.txt')).toBe('first\n');
    expect(contents(lab)).toContain('first in my way\n');
  });

  test('says which step failed on the way ahead, and can be taken back', async () => {
    const lab = trial(`### Fail\n\n${fence('sh run', 'false')}${anyCheck}### Last\n\n${fence('sh run', 'true')}${anyCheck}`);
    const ahead = await run(lab, 'reset', 'last');
    expect(ahead.code).toBe(1);
    expect(ahead.stdout).toContain('did not get to "Last"');
    expect((await run(lab, 'reset', '--undo')).code).toBe(0);
    expect(names(lab)).toEqual(['.labwalk']);
  });

  test('names who has the workspace', async () => {
    const lab = makeLab({ steps: `### Wait\n\n${fence('sh run', 'touch here; until [ -e go ]; do sleep 0.05; done')}${anyCheck}` });
    const other = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
    await waitUntil(() => fs.existsSync(path.join(lab.workspace, 'here')), 'the other one has it');
    for (const args of [['reset'], ['reset', '--undo']]) {
      const refused = await run(lab, ...args);
      expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining(`pid ${other.pid}`) as string]);
    }
    fs.writeFileSync(path.join(lab.workspace, 'go'), '');
    expect((await other.ended).code).toBe(0);
  });

  test.each([
    [['reset', 'no-such-step'], 'no step "no-such-step"'],
    [['reset', 'write', '--undo'], '--undo takes back the last reset'],
  ])('refuses %j', async (args, why) => {
    const refused = await run(trial(), ...args);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(why) as string]);
  });
});

test('nothing of the learner is lost by a kill -9 at any moment of applying, going back and undoing', async () => {
  const lab = trial();
  expect((await run(lab, 'run', '--through', 'rewrite')).code).toBe(0);
  const mine = new Set<string>();
  const ways = [
    ['reset', 'rewrite'],
    ['reset', '--undo'],
    ['reset', 'write', '--solution'],
    ['reset'],
    ['reset', '--undo'],
    ['reset', 'use'],
  ];
  const kills: string[] = [];
  for (let round = 0; round < 12; round++) {
    const text = `mine in round ${round}`;
    mine.add(text);
    fs.mkdirSync(path.join(lab.workspace, 'app'), { recursive: true });
    for (const name of [`app/round-${round}.txt`, 'app/note.txt']) fs.writeFileSync(path.join(lab.workspace, name), text);
    const program = startLabwalk([...(ways[round % ways.length] ?? []).toSpliced(1, 0, lab.file), '--workspace', lab.workspace]);
    // Whichever moment it is: nothing is waited for.
    await Promise.race([pause(randomInt(1200)), program.ended]);
    program.kill('SIGKILL');
    await program.ended;
    kills.push(`${round}: ${readJournal(lab.workspace).at(-1)?.type ?? 'nothing'}`);
    const there = new Set(contents(lab));
    expect(
      [...mine].filter((one) => !there.has(one)),
      kills.join('\n'),
    ).toEqual([]);
  }
  const settled = await run(lab, 'reset', 'write');
  expect(settled.code, settled.all).toBe(0);
  const there = new Set(contents(lab));
  expect([...mine].filter((one) => !there.has(one))).toEqual([]);
});
