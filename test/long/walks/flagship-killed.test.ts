/** kill -9 in the middle of the flagship, with an app deployed and a service running: the next start goes on where the learner was. */
import { expect, test } from 'vitest';
import {
  atStep,
  enterThrough,
  enterUntil,
  lab,
  openFlagship,
  passedSteps,
  positionOf,
  solution,
  startFlagship,
  untilNew,
  variableOf,
} from './flagship-walk.ts';

test('after kill -9 it is at the same step, what passed has passed, and the deployed app answers again', async () => {
  const size = { columns: 120, rows: 40, editor: `cp ${solution}` };
  const first = await openFlagship({ ...size, installed: true });
  const before = lab.steps.slice(
    0,
    lab.steps.findIndex(({ id }) => id === 'call-api'),
  );
  for (const { id } of before) await enterThrough(first.screen, id);
  await enterUntil(first.screen, 'types: http $API_URL');
  await first.screen.shows('1 of 9 passed');
  first.screen.kill('SIGKILL');
  expect((await first.screen.ended).code).toBeUndefined();
  await first.screen.expectNothingLeft();
  const passed = before.filter(({ reading }) => !reading).map(({ id }) => id);
  expect(passedSteps(first)).toEqual(passed);

  const { workspace, config } = first;
  const { screen } = startFlagship({ ...size, workspace, config });
  await screen.shows(new RegExp(`${passed.length} of 17 steps`));
  screen.press('enter');
  await atStep(screen, 'call-api');
  expect(screen.raw).not.toContain('Where should the labs run?');
  await screen.shows(`${passed.length} of 17 passed`);
  for (const id of ['credentials', 'deploy']) await screen.shows(`✓ ${lab.steps.find((step) => step.id === id)!.title}`);
  await screen.shows(`▸ ! ${lab.steps.find(({ id }) => id === 'call-api')!.title}`);
  await screen.shows('1 of 9 passed');
  await screen.shows('✓ Chalice knows the address');
  await screen.shows('⏎ starts app, as when you left');
  await screen.shows(/\(\.venv\) myapp \$ *$/m);

  await untilNew(screen, () => screen.press('enter'));
  await screen.shows(new RegExp(`app ● ${variableOf({ workspace }, 'PORT')} +sandbox +${positionOf('call-api')}`));
  // The address is the old one, in the shell and in the sandbox.
  await screen.shows('⏎ types: http $API_URL … and 1 more');
  await untilNew(screen, () => screen.press('enter'));
  await screen.shows(`<h1> Your name is ${variableOf({ workspace }, 'WHO')}.</h1>`);
  await screen.shows('✓ The deployed app answers');
  await enterThrough(screen, 'call-api');
  await enterThrough(screen, 'new-files');
  // The keys are there again, too.
  await enterUntil(screen, 'types: API_ID');
  await screen.shows('✓ Lambda has the function');
  expect(passedSteps(first)).toEqual([...passed, 'call-api', 'new-files']);

  screen.press('q');
  await screen.shows('Quit labwalk?');
  screen.press('y');
  expect(await screen.ended).toEqual({ code: 0, signal: undefined });
  await screen.expectRestored();
  await screen.expectNothingLeft();
});
