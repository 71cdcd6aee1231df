/** Slips in app.py: said with what was expected and what to try; mended in an editor and from outside; checked again at the save. */
import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  enterThrough,
  enterUntil,
  goOn,
  journalOf,
  lab,
  openFlagship,
  positionOf,
  solution,
  untilNew,
  variableOf,
} from './flagship-walk.ts';
import { actionLine } from '../../e2e/walk.ts';

const vi = (process.env['PATH'] ?? '').split(path.delimiter).find((folder) => isProgram(path.join(folder, 'vi')));

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

test.skipIf(vi === undefined)('a missing bracket mended in vi, a wrong greeting mended from outside', async () => {
  const flagship = await openFlagship({ columns: 80, rows: 24, editor: 'vi -u NONE -N', installed: true });
  const { screen, workspace } = flagship;
  const app = path.join(workspace, 'myapp/app.py');
  const answer = readFileSync(solution, 'utf8');
  for (const { id } of lab.steps.slice(
    0,
    lab.steps.findIndex((step) => step.id === 'add-routes'),
  ))
    await enterThrough(screen, id);

  // The editor has the terminal's place and the keyboard.
  screen.press('enter');
  await screen.shows("app = Chalice(app_name='myapp')");
  await screen.shows('Ctrl-] comes back');
  screen.type(`:%d\r:0r ${solution}\r:%s/'myapp')/'myapp'/\r`);
  await screen.shows(/app_name='myapp'$/m);
  await untilNew(screen, () => screen.type(':wq\r'));
  await screen.hides('Ctrl-] comes back');
  expect(readFileSync(app, 'utf8').trimEnd()).toBe(answer.replace("'myapp')", "'myapp'").trimEnd());

  await screen.shows('⏎ types: python -m py_compile app.py');
  await untilNew(screen, () => screen.press('enter'));
  await screen.shows("SyntaxError: '(' was never closed");
  await screen.shows('✗ Python can read app.py');
  await screen.shows('✗ myapp/app.py is Python without syntax errors');
  await screen.shows("! Python cannot read app.py, line 6: '(' was never closed");
  await screen.shows('try      Mend that line, or the end of the one above it, and save.');
  await screen.shows('`python -m py_compile app.py` ended with status 1. Press Enter to retry; h');
  await screen.shows('⏎ types again: python -m py_compile app.py');
  await screen.shows(positionOf('add-routes'));
  screen.press('x');
  await screen.shows("got      line 6, column 14: '(' was never closed");
  await screen.shows('try      Look at line 6 of myapp/app.py and the one above it.');
  screen.press('escape');
  await screen.hides('line 6, column 14');

  // vi opens at the line that the check names.
  screen.press('e');
  await screen.shows('Ctrl-] comes back');
  await screen.shows(/app_name='myapp'$/m);
  screen.type('A)\x1b:%s/Your name is/Your nane is/\r:wq\r');
  await screen.hides('Ctrl-] comes back');
  await screen.shows('✓ myapp/app.py is Python without syntax errors');
  await screen.shows('✗ Python can read app.py (as it was before)');
  expect(readFileSync(app, 'utf8').trimEnd()).toBe(answer.replace('Your name is', 'Your nane is').trimEnd());
  await enterUntil(screen, 'Passed.');
  await screen.shows('4 of 4 passed');

  // Now a letter is wrong: Python does not mind, the greeting does.
  await goOn(screen, 'add-routes');
  await enterThrough(screen, 'run-again');
  await untilNew(screen, () => screen.press('enter'));
  const who = variableOf(flagship, 'WHO');
  await screen.shows('✗ HTTPie shows your greeting');
  await screen.shows('✗ The greeting is exactly the one of the lab');
  await screen.shows(`expected "<h1> Your name is ${who}.</h1>"`);
  await screen.shows(/try +Compare app\.py with the text/);
  await screen.shows('2 checks failed. Press Enter to retry; h shows a hint and s skips the step.');
  screen.press('x');
  await screen.shows(`got      body "<h1> Your nane is ${who}.</h1>"`);
  screen.press('escape');
  await screen.hides('got      body');

  // Saved as an IDE does: the running app takes it, and the step is checked again by itself.
  writeFileSync(app, answer);
  await screen.shows('✓ The greeting is exactly the one of the lab');
  await screen.shows('✓ The log shows the method and the name');
  await screen.shows('✗ HTTPie shows your greeting (as it was before)');
  await screen.until((lines) => actionLine(lines).includes('⏎ types again: http localhost:$PORT/users/$WHO'), 'Enter asks again');

  // Chalice takes its time until it has settled after a save: it starts anew for what Python has compiled, too.
  const restarts = () => journalOf(flagship).filter(({ type }) => type === 'service-ready').length;
  const before = restarts();
  screen.press('v');
  await screen.shows('╭─ Services');
  screen.press('r');
  await screen.until(() => restarts() > before, 'the app runs anew');
  await screen.shows(/● app {2}runs for/);
  screen.press('v');
  await screen.shows('⏎ types again: http localhost:$PORT/users/$WHO');
  await untilNew(screen, () => screen.press('enter'));
  await screen.shows(`<h1> Your name is ${who}.</h1>`);
  await screen.shows('✓ HTTPie shows your greeting');
  await enterUntil(screen, 'Passed.');
  await screen.shows('6 of 6 passed');
});
