import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import type { Learner } from '../../src/walk/walk-types.ts';
import { makeLab, type LabFolder } from '../walk/open-walk.ts';
import { fence } from '../walk/support.ts';
import { talk } from './conversation.ts';

const steps = [
  '### Read\n\nOnly **text**, and a [link](https://example.org/).\n\n',
  `### Make\n\n${fence('sh run', 'mkdir app\ncd app')}${fence('yaml check', '- tree: { path: ., has: [app] }')}`,
  `<details><summary>Hint</summary>\n\nIt *is* easy.\n\n</details>\n\n`,
  `### Write\n\n${fence('text file=app/note.txt', 'good')}${fence('yaml check', '- file: { path: app/note.txt, contains: good }')}`,
  `### Ask\n\n${fence('sh run', 'read -p "Your $(echo name)? " NAME; echo "Hello $NAME"')}${fence('yaml check', '- output: { contains: Hello Ada }')}`,
].join('');

const lab = () => makeLab(steps, { files: { 'solutions/write/app/note.txt': 'good\n' } });
const opens = (folder: LabFolder) => ({ open: (_name: string, learner: Learner) => folder.open(learner) });

describe('a lab line by line', () => {
  test('is walked through by Enter and answers in words', async () => {
    const folder = lab();
    const person = talk(opens(folder));
    await person.hears('Step 1 of 4: Read.');
    await person.hears('Only text, and a link (https://example.org/).');
    await person.hears('Enter: go on to step 2, Make. t terminal, ? all, q quit > ');
    person.types('');
    await person.hears('To do: type these commands.\n    mkdir app\n    cd app');
    await person.hears('Enter: type "mkdir app" and 1 more line. h hint,');
    person.types('h');
    await person.hears('Hint 1 of 1:\nIt is easy.');
    await person.hears(' > ');
    person.types('');
    await person.hears('$ mkdir app\n$ cd app\npassed: ');
    await person.hears('Step 2 of 4 has passed.');
    await person.hears('Enter: go on to step 3, Write.');
    person.types('');
    await person.hears('Enter: open app/note.txt in your editor.');
    person.types('');
    await person.hears('There is no terminal here for an editor.');
    await person.hears(' > ');
    person.types('S');
    await person.hears("Take the lab's version of app/note.txt?");
    await person.hears('y: ');
    person.types('maybe');
    await person.hears('Please type y or n');
    person.types('y');
    await person.hears('Written: app/note.txt');
    await person.hears('Step 3 of 4 has passed.');
    await person.hears(' > ');
    person.types('');
    await person.hears('Enter: type "read -p');
    person.types('');
    await person.hears('Your name? ');
    person.types('Ada');
    await person.hears('Hello Ada');
    await person.hears('passed: ');
    await person.hears('Enter: see how it went.');
    person.types('');
    await person.hears('3 of 3 steps have passed.');
    await person.hears('Enter or q: quit.');
    person.types('');
    expect(await person.ended).toBe(0);
    // eslint-disable-next-line no-control-regex -- nothing may act on the terminal
    expect(person.text()).not.toMatch(/[\x00-\x08\x0b-\x1f]/);
  });

  test('takes all lines of a script that does not wait', async () => {
    const folder = lab();
    const person = talk(opens(folder));
    for (const line of ['', '', '', 'S', 'y', 'q']) person.types(line);
    person.leaves();
    expect(await person.ended).toBe(0);
    expect(person.text()).toContain('Step 2 of 4 has passed.');
    expect(person.text()).toContain('Step 3 of 4 has passed.');
  });

  test('does what the learner types into the terminal', async () => {
    const folder = lab();
    const person = talk(opens(folder));
    await person.hears(' > ');
    person.types('2');
    await person.hears('means nothing');
    person.types('l 2');
    await person.hears('Step 2 of 4: Make.');
    await person.hears(' > ');
    person.types('!mkdir app');
    await person.hears(' > ');
    person.types('t');
    await person.hears('terminal > ');
    person.types('cd app');
    await person.hears('passed: ');
    await person.hears('Step 2 of 4 has passed.');
    await person.hears('terminal > ');
    person.types('false');
    await person.hears('It ended with status 1.');
    await person.hears('terminal > ');
    person.types('.');
    await person.hears('Enter: go on to step 3');
    person.types('q');
    expect(await person.ended).toBe(0);
  });

  test('says of a failed check what was expected, what came and what to try, and checks again after a save', async () => {
    const folder = makeLab(
      `### Note\n\n${fence('text file=note.txt', 'good')}${fence('yaml check', '- file: { path: note.txt, contains: good }\n  try: Write it again.')}`,
    );
    const person = talk(opens(folder));
    await person.hears(' > ');
    const note = path.join(folder.workspace, 'note.txt');
    fs.writeFileSync(note, 'bad');
    await person.hears(/FAILED: .*\n {4}Expected: .*\n(.*\n)*? {4}Got: .*\n(.*\n)*? {4}Try: Write it again\.\n/);
    await person.hears("S takes the lab's file and s skips the\nstep.");
    await person.hears('Enter: open note.txt in your editor again.');
    fs.writeFileSync(note, 'good');
    await person.hears('Step 1 of 1 has passed.');
    await person.hears('Enter: see how it went.');
    person.leaves();
    expect(await person.ended).toBe(0);
  });

  test('ends what runs on Ctrl-C, and asks at the question whether to quit', async () => {
    const folder = makeLab(`### Wait\n\n${fence('sh run', 'echo started; sleep 600')}`);
    const person = talk(opens(folder));
    await person.hears(' > ');
    person.types('');
    await person.hears('started\n');
    person.ctrlC();
    await person.hears('Stopped. Press Enter to retry.');
    await person.hears(' > ');
    person.ctrlC();
    await person.hears('Quit labwalk?');
    await person.hears(' > ');
    person.types('n');
    await person.hears('again.');
    await person.hears(' > ');
    person.ctrlC();
    await person.hears('y: Quit');
    person.types('y');
    expect(await person.ended).toBe(0);
  });

  test('ends at once when the program is told to, also while something runs', async () => {
    const folder = makeLab(`### Wait\n\n${fence('sh run', 'echo started; sleep 600')}`);
    const person = talk(opens(folder));
    await person.hears(' > ');
    person.types('');
    await person.hears('started\n');
    person.terminate();
    await person.ended;
    expect(folder.events.at(-1)).toMatchObject({ type: 'run-ended', outcome: 'interrupted' });
  });
});

describe('the list of labs', () => {
  const labs = ['one', 'two'].map((name) => ({
    ...{ name, title: `Lab ${name}`, summary: `About ${name}.`, duration: 20 },
    steps: [
      { reading: false, outcome: name === 'one' ? 'passed' : null },
      { reading: false, outcome: null },
    ],
  }));

  test('says what there is and opens the one that is chosen', async () => {
    const folder = lab();
    const opened: string[] = [];
    const person = talk({
      labs,
      lab: '',
      open(name, learner) {
        opened.push(name);
        return folder.open(learner);
      },
    });
    await person.hears('1: Lab one, 20 minutes. 1 of 2 steps passed. About one.');
    await person.hears('2: Lab two, 20 minutes. Not begun. About two.');
    person.types('3');
    await person.hears('There is no lab "3" here.');
    person.types('2');
    await person.hears('Step 1 of 4');
    await person.hears(' > ');
    person.types('q');
    expect(await person.ended).toBe(0);
    expect(opened).toEqual(['two']);
  });

  test('comes again when a lab can not be opened, and says why', async () => {
    const person = talk({ labs, lab: '', open: () => Promise.reject(new UserError('Another labwalk has it.', { fix: 'End that one.' })) });
    await person.hears('quit > ');
    person.types('1');
    await person.hears('Another labwalk has it. End that one.');
    await person.hears('There are 2 labs.');
    person.leaves();
    expect(await person.ended).toBe(0);
  });

  test('is not shown for a lab that was named: then its error ends the program', async () => {
    const person = talk({ open: () => Promise.reject(new UserError('It is broken.', { exitCode: 2 })) });
    await person.hears('It is broken.');
    expect(await person.ended).toBe(2);
  });
});
