/** The flagship with Enter alone: what somebody sees who does nothing but go on, from the first start to the clean-up. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesWithAny, formsOfKey, markedBlock, writeMarkedKeys } from '../../e2e/canary.ts';
import {
  atStep,
  enterThrough,
  enterUntil,
  goOn,
  leaveAtTheEnd,
  openFlagship,
  pasteKeys,
  solution,
  untilNew,
  variableOf,
} from './flagship-walk.ts';

test.each([
  { columns: 80, rows: 24, keys: "the sandbox's own keys" },
  { columns: 120, rows: 40, keys: 'a pasted block of keys' },
])('from the first start to the clean-up at $columns × $rows, with $keys', async ({ keys, ...size }) => {
  const pasted = keys.includes('pasted');
  // An editor in which the learner writes what the lab says.
  const keysFile = pasted ? { keysFile: writeMarkedKeys() } : {};
  const flagship = await openFlagship({ ...size, editor: `cp ${solution}`, installed: true, ...keysFile });
  const { screen, workspace } = flagship;
  await screen.shows('You will write a web API of forty lines');
  await enterThrough(screen, 'frameworks');

  // in 24 rows it makes room for the first command at once
  if (size.rows > 24) await screen.shows('Chalice is a Python package, and so is HTTPie');
  await screen.shows(/▸ ▌ \$ python3 -m venv \.venv/);
  await screen.shows('· Chalice 1.34 or newer is on PATH');
  await screen.shows('⏎ types: python3 -m venv .venv … and 2 more');
  await untilNew(screen, () => screen.press('enter'));
  await screen.shows(/\(\.venv\) w \$ *$/m);
  await enterUntil(screen, 'Passed.');
  await screen.shows(/✓ ▌ \$ chalice --version/);
  await screen.shows(/^.*chalice 1\.\d+\.\d+, python 3\./m);
  await screen.shows('✓ Chalice 1.34 or newer is on PATH');
  await screen.shows('✓ HTTPie 3 is on PATH');
  await screen.shows('3 of 3 passed');
  await goOn(screen, 'install');

  await enterThrough(screen, 'new-project');
  await screen.shows('myapp $');
  await enterThrough(screen, 'tour');

  await enterUntil(screen, 'starts app: chalice local --port $PORT');
  await untilNew(screen, () => screen.press('enter'));
  const port = variableOf(flagship, 'PORT');
  await screen.shows(new RegExp(`app ● ${port} +sandbox +step 5 of 19`));
  await screen.shows(`Serving on http://127.0.0.1:${port}`);
  await enterUntil(screen, 'Passed.');
  await screen.shows('"hello": "world"');
  await screen.shows('✓ HTTPie got the greeting');
  await screen.shows(`✓ GET http://localhost:${port}/ answers 200`);
  await screen.shows("✓ The app's terminal shows the request");
  await goOn(screen, 'run-locally');
  await enterThrough(screen, 'debug-mode');

  await screen.shows('⏎ opens myapp/app.py in your editor');
  await enterUntil(screen, 'Passed.');
  expect(fs.readFileSync(path.join(workspace, 'myapp/app.py'), 'utf8')).toBe(fs.readFileSync(solution, 'utf8'));
  await screen.shows('4 of 4 passed');
  await goOn(screen, 'add-routes');
  await enterThrough(screen, 'run-again');

  const who = variableOf(flagship, 'WHO');
  await screen.shows(`$WHO = ${who}`);
  await untilNew(screen, () => screen.press('enter'));
  await screen.shows('Content-Type: text/html; charset=utf-8');
  await screen.shows(`<h1> Your name is ${who}.</h1>`);
  await screen.shows('✓ HTTPie shows your greeting');
  await enterThrough(screen, 'test-get');
  await enterThrough(screen, 'test-post');

  await enterUntil(screen, 'Passed.');
  await screen.shows('(InvalidClientTokenId)');
  await screen.shows('2 of 2 passed');
  await screen.shows('IAM refused CreateRole');
  await goOn(screen, 'deploy-refused');
  if (pasted) await pasteKeys(screen, markedBlock.replaceAll('\n', '\r\n'));
  await enterThrough(screen, 'credentials');

  await enterUntil(screen, 'Passed.');
  await screen.shows('Resources deployed:');
  await screen.shows(/Rest API URL: https:\/\/\w+\.execute-api\./);
  await screen.shows('✓ role myapp-dev exists in AWS');
  await goOn(screen, 'deploy');
  await enterUntil(screen, 'echo ');
  await screen.shows('x-amzn-requestid:');
  await screen.shows(`<h1> Your name is ${who}.</h1>`);
  await screen.shows('✓ The deployed app answers');
  await enterThrough(screen, 'call-api');

  await enterThrough(screen, 'new-files');
  await enterThrough(screen, 'consoles');
  await enterUntil(screen, 'Passed.');
  await screen.shows('✓ The log has your requests');
  await goOn(screen, 'logs');
  await enterUntil(screen, 'Passed.');
  await screen.shows('8 passed');
  await goOn(screen, 'delete');
  await atStep(screen, 'learnt');
  await leaveAtTheEnd(flagship);
  if (!pasted) return;
  expect(filesWithAny(formsOfKey(), workspace, screen.folder, flagship.config)).toEqual([]);
  for (const form of formsOfKey()) expect(screen.raw).not.toContain(form);
});
