/** AWS keys on the screen, in the real sandbox: they are pasted, refused with a reason, taken; and never seen or written anywhere. */
import { expect, test } from 'vitest';
import { fence, makeLab } from './program.ts';
import { filesWith, openTrial, passByEnter, pressEnterAndWait, waitIdle } from './walk.ts';

const secret = 'tOpSecretKeyThatNobodyShallEverSee/1234+';
const token = `FwoGZXIvYXdzEBYaD${'SessionTokenOfAnotherAccount'.repeat(8)}==`;

const steps = `### Have keys

${fence('yaml credentials', 'for: [iam]')}${fence('sh run', 'aws sts get-caller-identity')}${fence('yaml check', '- output: Account')}`;

test('pasted keys are hidden and refused with a reason; Enter takes those of the sandbox; no secret is left anywhere', async () => {
  const lab = makeLab({ steps });
  const screen = await openTrial(lab, { args: ['--sandbox'] });
  await screen.shows('asks for AWS keys (for iam)');
  screen.press('enter');
  await screen.shows("Enter takes the sandbox's own keys.");

  screen.paste(
    [
      'export AWS_ACCESS_KEY_ID="ASIAQ3EGSOMEBODYELSE"',
      `export AWS_SECRET_ACCESS_KEY="${secret}"`,
      `export AWS_SESSION_TOKEN="${token}"`,
      'export AWS_DEFAULT_REGION=us-east-1',
      '',
    ].join('\n'),
  );
  await screen.shows(/Secret key +•+/);
  await screen.shows(/Session token +•+/);
  await screen.shows('All is filled in. Enter tries the keys.');
  await screen.shows('us-east-1');
  screen.press('enter');
  await screen.shows('AWS does not know these keys: they are mistyped, deleted or switched');
  // what to do stands there, too
  await screen.shows('Copy all of the keys again from where you got them');
  await screen.shows(/Secret key *│/);
  // While it asks, Enter does nothing else.
  expect(screen.text().join('\n')).not.toContain('⏎');

  // Who wants to think about it first is asked again later.
  screen.press('escape');
  await screen.shows('Enter asks for them again.');
  screen.press('enter');
  await screen.shows("the sandbox's own");
  await pressEnterAndWait(screen, 'types: aws sts');
  await passByEnter(screen);
  await screen.shows('✓');
  screen.press('q');
  await screen.ended;

  for (const hidden of [secret, token]) {
    expect(screen.raw).not.toContain(hidden);
    expect(filesWith(hidden, lab.workspace, screen.folder)).toEqual([]);
  }
  expect(filesWith('get-caller-identity', lab.workspace)).not.toEqual([]);
  await screen.expectRestored();
  await screen.expectNothingLeft();
});

test('typed keys are hidden from the first letter on, and a mistake is told before anything is tried', async () => {
  const lab = makeLab({ steps: `### Have keys\n\n${fence('yaml credentials', 'for: [iam]')}${fence('yaml check', '- file: any')}` });
  const screen = await openTrial(lab, { args: ['--sandbox'], columns: 40, rows: 15 });
  screen.press('enter');
  await screen.shows('Access key id');
  // The two keys in the wrong fields: the most usual of mistakes.
  screen.type(secret);
  screen.press('tab');
  screen.type('AKIAQ3EGSOMEBODYELSE');
  await screen.shows('That looks like an access key id.');
  screen.press('enter');
  await screen.shows('The two keys are swapped');
  await screen.shows('Esc not now');
  screen.press('escape');
  await screen.hides('Access key id');
  await waitIdle(screen);
  screen.press('q');
  await screen.ended;
  expect(screen.raw).not.toContain(secret.slice(0, 6));
  expect(filesWith(secret, lab.workspace, screen.folder)).toEqual([]);
});
