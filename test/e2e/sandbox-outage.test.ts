/** The sandbox dies, or freezes, while a lab is done: it is said as what it is, started again, and Enter does the step again. */
import { expect, test } from 'vitest';
import { anyCheck, fence, isRunning, makeLab, makeNap, readJournal, startLabwalk, labwalk, waitUntil } from './program.ts';
import { openTrial, passByEnter, pressEnterAndWait } from './walk.ts';

const policy =
  '\'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}\'';
const createRole = (name: string) => `aws iam create-role --role-name ${name} --assume-role-policy-document ${policy}`;
const makeRole = `### Make a role\n<!-- labwalk: creates="role:trial-role" -->\n\n${fence('yaml credentials', 'for: [iam]')}${fence('sh run', createRole('trial-role'))}${fence('yaml check', '- aws: { role: trial-role }')}`;

/** The emulator's pid, which it keeps beside its state. */
const emulator = '$(cat "$LABWALK_WORKSPACE/.labwalk/sandbox/state/.lock")';
/** Kills the sandbox and asks it something at once; where it has been done before, only asks. */
const killOnce = `if [ ! -e killed ]; then touch killed; kill -9 "${emulator}"; fi\ncurl -sS -o answer "$AWS_ENDPOINT_URL" || false`;
const die = `### Die\n\n${fence('sh run', killOnce)}`;

test('an unattended run says that the sandbox stopped, blames no keys, and cleans up', async () => {
  // A change of the last half second may be missing (the message says so), so the kill waits until this one is on the disk.
  const saved = 'until grep -qs trial-late "$LABWALK_WORKSPACE/.labwalk/sandbox/state/iam.json"; do :; done';
  const dieAtOnce = `### Die\n<!-- labwalk: creates="role:trial-late" -->\n\n${fence('sh run', `${createRole('trial-late')}\n${saved}\n${killOnce}`)}${fence('yaml check', '- aws: { role: trial-late }')}`;
  const lab = makeLab({ steps: makeRole + dieAtOnce });
  const { code, stdout } = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
  expect(code, stdout).toBe(3);
  expect(stdout).toContain('! The AWS sandbox stopped: its process was killed (SIGKILL)');
  expect(stdout).toContain('! The AWS sandbox stopped while this command ran.');
  expect(stdout.replace(/\s+/g, ' ')).toContain('failed because the AWS sandbox stopped while it ran.');
  // What was saved before is there again.
  expect(stdout).toContain('Checks  2 passed');
  expect(stdout).toContain('role trial-role: gone');
  expect(stdout).toContain('role trial-late: gone');
  const told = readJournal(lab.workspace) as { type: string; signature?: string; cause?: string }[];
  expect(told.filter(({ type }) => type === 'failure-explained').map(({ signature }) => signature)).toEqual(['sandbox-stopped']);
  expect(told.filter(({ type, cause }) => type === 'credentials-diagnosed' && cause !== 'fine')).toEqual([]);
});

test('where a tool has outlasted it, a check that fails says so, and not that the step was done wrong', async () => {
  const state = '"$LABWALK_WORKSPACE/.labwalk/sandbox/state"';
  const outlast = `${createRole('trial-lost')}
kill -9 "${emulator}"; rm ${state}/iam.json
until curl -sS -o answer "$AWS_ENDPOINT_URL" 2> why; do :; done`;
  const lab = makeLab({
    steps: `### Lose it\n<!-- labwalk: creates="role:trial-lost" -->\n\n${fence('yaml credentials', 'for: [iam]')}${fence('sh run', outlast)}${fence('yaml check', '- aws: { role: trial-lost }\n  try: Read the text again.')}`,
  });
  const { code, stdout } = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
  expect(code, stdout).toBe(1);
  expect(stdout.replace(/\s+/g, ' ')).toContain('The AWS sandbox stopped while this step was done, and labwalk started it again');
  expect(stdout).not.toContain('Read the text again.');
});

test('in a walk, Enter does the step again', async () => {
  const lab = makeLab({ steps: die + anyCheck, front: 'requires: [aws]\n' });
  const screen = await openTrial(lab, { args: ['--sandbox'], columns: 120, rows: 50 });
  await pressEnterAndWait(screen, 'The AWS sandbox stopped while this command ran.');
  await passByEnter(screen);
  screen.press('q');
  await screen.ended;
  await screen.expectNothingLeft();
});

test('Ctrl-C ends a run whose sandbox has frozen, with its clean-up', async () => {
  const nap = makeNap();
  const freeze = `### Freeze\n\n${fence('sh run', `kill -STOP "${emulator}"\n${nap}`)}${anyCheck}`;
  const lab = makeLab({ steps: makeRole + freeze });
  const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
  await waitUntil(() => isRunning(nap), 'the sandbox is stopped');
  program.kill('SIGINT');
  const { code, stdout } = await program.ended;
  expect(code, stdout).toBe(130);
  expect(stdout).toContain('role trial-role: gone');
  expect(stdout.replace(/\s+/g, ' ')).toContain('its process no longer answered (it was stopped by a signal), and labwalk ended it.');
});
