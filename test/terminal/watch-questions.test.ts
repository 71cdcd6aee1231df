import { describe, expect, test } from 'vitest';
import { isQuestion } from '../../src/terminal/commands/watch-questions.ts';
import { open } from './support.ts';

test.each([
  'Ok to proceed? (y)',
  'Need to install. Proceed? [y/N]',
  'Overwrite (yes/no):',
  'Are you sure you want to continue connecting (yes/no/[fingerprint])?',
  'Password:',
  '[sudo] password for anna:',
  'Enter passphrase for key "/home/anna/.ssh/id_ed25519":',
  'Press any key to continue',
  'Press ENTER to go on',
  '? What is your name? ›',
  'Which region? <eu-west-1>',
])('%j asks', (line) => expect(isQuestion(line)).toBe(true));

test.each([
  '',
  'Waiting for the stack:',
  '45 %',
  'Uploading',
  'Creating deployment package.',
  '[ 12/30 ]',
  'GET /search?name=anna 200',
  'Passwords: 3 found',
])('%j does not', (line) => expect(isQuestion(line)).toBe(false));

const node = `node -e 'require("readline").createInterface({ input: process.stdin, output: process.stdout }).question("Proceed? (y) ", (a) => { console.log("got " + a); process.exit(); })'`;

describe.concurrent('a command', () => {
  test.for([
    ["the shell's own read", 'read -p "Name: " name; echo "got $name"', 'Name:'],
    ['Python', `python3 -c 'print("got", input("Region [eu-west-1]: "))'`, 'Region [eu-west-1]:'],
    ['a password that is not shown', `python3 -c 'import getpass; print("got", getpass.getpass("Secret: "))'`, 'Secret:'],
    ['Node, which waits for several things', node, 'Proceed? (y)'],
    ['a program that asks nothing in words', 'head -n 1 | sed "s/^/got /"', ''],
  ] as const)('that waits for an answer is told: %s', async ([, text, question], { onTestFinished, expect }) => {
    const terminal = await open({}, onTestFinished);
    const asked: string[] = [];
    const { output } = await terminal.run(text, {
      onAsk: (line) => {
        asked.push(line);
        terminal.input('it\r');
      },
    });
    expect([asked, output]).toEqual([[question], expect.stringContaining('got it')]);
  });

  test('that asks twice is told twice', async ({ onTestFinished, expect }) => {
    const terminal = await open({}, onTestFinished);
    const asked: string[] = [];
    const onAsk = (line: string) => {
      asked.push(line);
      terminal.input('x\r');
    };
    await terminal.run('read -p "One: " a; read -p "Two: " b', { onAsk });
    expect(asked).toEqual(['One:', 'Two:']);
  });

  // The silence itself is what is tested: longer than the one after which a question counts as one.
  test.for([
    ['waits for something else', 'printf "Waiting for the stack: "; sleep 8'],
    ['works, after something like a question', `printf "Really? "; timeout 8 python3 -c 'while True: pass'`],
    ['says nothing', 'sleep 8'],
  ] as const)('that %s is left alone', async ([, text], { onTestFinished, expect }) => {
    const terminal = await open({}, onTestFinished);
    const asked: string[] = [];
    await terminal.run(text, { onAsk: (line) => asked.push(line) });
    expect(asked).toEqual([]);
  });
});
