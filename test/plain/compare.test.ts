/** Files against the lab's version, line by line. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Learner } from '../../src/walk/walk-types.ts';
import { makeLab } from '../walk/open-walk.ts';
import { fence } from '../walk/support.ts';
import { talk } from './conversation.ts';

test('d says what differs, and takes one place after asking', async () => {
  const labs = 'A = 1\n1\n2\n3\nB = 2\n';
  const steps = `### Write\n\n${fence('python file=app/main.py', labs.trimEnd())}${fence('yaml check', '- file: { path: app/main.py, contains: B }')}`;
  const folder = makeLab(steps, { files: { 'solutions/write/app/main.py': labs } });
  const file = path.join(folder.workspace, 'app', 'main.py');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, labs.replace('1', '0').replace('B = 2', 'B = 0'));
  const person = talk({ open: (_name: string, learner: Learner) => folder.open(learner) });
  await person.hears(' > ');
  person.types('d');
  await person.hears('app/main.py  differs in 2 places');
  await person.hears('- A = 0');
  await person.hears(' > ');
  person.types('d take app/mian.py 1');
  await person.hears('Name one of these files: app/main.py.');
  await person.hears(' > ');
  person.types('d take app/main.py 9');
  await person.hears('y: Take this place. n: Keep mine > ');
  person.types('y');
  await person.hears('app/main.py has 2 places that differ, and no number 9.');
  await person.hears(' > ');
  person.types('d take app/main.py 2');
  await person.hears('y: Take this place.');
  person.types('y');
  await person.hears('This change in app/main.py now comes from the lab.');
  expect(fs.readFileSync(file, 'utf8')).toBe(labs.replace('1', '0'));
  person.types('q');
  expect(await person.ended).toBe(0);
});
