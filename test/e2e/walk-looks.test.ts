/** Everyone's terminal: no colours, no Unicode, a light background; and the terminal as it was after a walk that ends in the middle. */
import { describe, expect, test } from 'vitest';
import { fence, isRunning, makeLab, makeNap, waitUntil, type MadeLab } from './program.ts';
import type { ScreenOptions, ScreenProgram } from './screen.ts';
import { openTrial, pressEnterAndWait, waitForLab } from './walk.ts';

/** One with everything that is drawn: text of all kinds, each kind of action, a check that fails, a hint. */
const makeColourfulLab = (): MadeLab =>
  makeLab({
    front: 'variables: { PORT: { free-port: 19500 } }\n',
    files: { 'solutions/write/app.py': "print('hi')\n" },
    steps: `### Read

#### Not a step

Some **bold** and *slanted* words, \`code\`, [a link](https://example.com/page), <https://example.com>.

> A quotation.

- one
- [x] two

| a | b |
| - | - |
| 1 | 2 |

\`\`\`json
{ "key": [1, true, null, "text"] }
\`\`\`

\`\`\`js
const answer = 42; // a comment
\`\`\`

### Serve

${fence('sh service=app ready=http://127.0.0.1:$PORT/', `node -e 'require("http").createServer((q, r) => { r.setHeader("Content-Type", "application/json"); r.end("{\\"a\\":[1]}") }).listen(process.env.PORT, "127.0.0.1")'`)}${fence('yaml check', "- http: { url: 'http://127.0.0.1:{{PORT}}/', json: { a: [2] } }")}<details><summary>Hint</summary>\n\nA \`hint\`.\n\n</details>

### Write

${fence('python file=app.py', "print('hi')")}${fence('yaml check', '- file: { path: app.py, contains: hi }')}`,
  });

/** Shows everything that there is to be seen, and leaves. */
async function seeAll(options: ScreenOptions & { args?: readonly string[] }): Promise<ScreenProgram> {
  const screen = await openTrial(makeColourfulLab(), { columns: 120, rows: 40, ...options });
  await screen.shows('Some bold and slanted words');
  await pressEnterAndWait(screen, 'starts app');
  await pressEnterAndWait(screen, /Press Enter to retry/);
  for (const [key, shown] of [
    ['x', 'HTTP/1.1 200 OK'],
    ['v', /app +runs/],
    ['h', 'That was the last hint'],
    ['l', /[╭+][─-] Steps/],
    ['?', 'does the next thing'],
    ['s', 'Skip "Serve"?'],
  ] as const) {
    screen.press(key);
    await screen.shows(shown);
    screen.press('escape');
    await waitForLab(screen);
  }
  screen.press('/');
  screen.type('ser');
  await screen.shows(/\/ser/);
  screen.press('escape');
  await waitForLab(screen);
  screen.press('s');
  await screen.shows('Skip "Serve"?');
  screen.press('y');
  await screen.shows('opens app.py');
  screen.press('S');
  await screen.shows("Take the lab's version");
  screen.press('y');
  await screen.shows('Passed.');
  await pressEnterAndWait(screen, /Finished.*: Trial/);
  return screen;
}

async function leave(screen: ScreenProgram): Promise<void> {
  screen.press('q');
  await screen.shows('Quit labwalk?');
  screen.press('y');
  expect((await screen.ended).code).toBe(0);
  await screen.expectRestored();
}

/** Numbers of all styles that were set: `31`, `1`. */
// eslint-disable-next-line no-control-regex -- colours are what it looks for
const styles = ({ raw }: ScreenProgram) => new Set([...raw.matchAll(/\x1b\[([\d;]*)m/g)].flatMap(([, numbers = '']) => numbers.split(';')));

test.each([
  ['NO_COLOR', [], { NO_COLOR: '1' }],
  ['--no-color', ['--no-color'], {}],
])('with %s nothing is coloured', async (_, args, env) => {
  const screen = await seeAll({ args, env });
  await leave(screen);
  expect([...styles(screen)].filter((number) => Number(number) !== 0)).toEqual([]);
});

test('with colours none is black or white, so that all can be read on any background', async () => {
  const screen = await seeAll({});
  await leave(screen);
  const used = styles(screen);
  expect([...used]).toEqual(expect.arrayContaining(['1', '2', '31', '32', '36']));
  const unreadable = ['30', '37', '38', '40', '47', '48', '90', '97', '100', '107'];
  expect(unreadable.filter((number) => used.has(number))).toEqual([]);
});

test('where the locale knows no Unicode all that labwalk draws is ASCII', async () => {
  const screen = await seeAll({ env: { LANG: 'C', LC_ALL: 'C' } });
  await leave(screen);

  expect(screen.raw.match(/.{0,30}[^\0-\x7f]+.{0,10}/g)).toBeNull();
});

describe('the terminal is as it was', () => {
  test('when labwalk is ended while a full-screen program of the learner has the pane', async () => {
    const screen = await openTrial(makeLab({ steps: `### Wait\n\n${fence('sh run', 'true')}${fence('yaml check', '- status: 0')}` }));
    screen.press('t');
    screen.type(`seq 300 | less\r`);
    await screen.until(() => screen.modes().applicationCursor, 'less has asked for its own arrow keys');
    screen.kill('SIGTERM');
    expect(await screen.ended).toEqual({ code: 130, signal: undefined });
    await screen.expectRestored();
    await screen.expectNothingLeft();
  });

  test('when Ctrl-C is pressed again and again while it ends what runs', async () => {
    const nap = makeNap();
    const screen = await openTrial(makeLab({ steps: `### Wait\n\n${fence('sh run', nap)}${fence('yaml check', '- status: 0')}` }));
    screen.press('enter');
    await waitUntil(() => isRunning(nap), 'the command runs');
    screen.press('q');
    await screen.shows(`This ends ${nap}.`);
    screen.press('y', 'ctrl-c', 'ctrl-c', 'ctrl-c');
    // The second one leaves at once, where it comes in time.
    expect([0, 130]).toContain((await screen.ended).code);
    await screen.expectRestored();
    await screen.expectNothingLeft();
    expect(isRunning(nap)).toBe(false);
  });

  test('when a question is open', async () => {
    const screen = await openTrial(makeLab({ steps: `### Wait\n\n${fence('sh run', 'true')}${fence('yaml check', '- status: 0')}` }));
    screen.press('s');
    await screen.shows('Skip "Wait"?');
    screen.kill('SIGHUP');
    expect((await screen.ended).code).toBe(130);
    await screen.expectRestored();
    await screen.expectNothingLeft();
  });
});
