/** kill -9, against which no program can do anything: the next labwalk in the workspace puts things right. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { anyCheck, fence, isRunning, labwalk, makeLab, makeNap, readJournal, startLabwalk, waitUntil, type MadeLab } from './program.ts';

const cleanup = fence('sh cleanup', 'touch "$LABWALK_WORKSPACE/cleaned"');

/** Starts a lab that sits in a long command with a service and something in a session of its own, and kills labwalk. */
async function killDuringCommand(): Promise<{ lab: MadeLab; service: string; inFront: string; aside: string }> {
  const [service, inFront, aside] = [makeNap(), makeNap(), makeNap()];
  const steps = `### Before\n\n${fence('sh run', 'echo mine > mine.txt')}${fence('yaml check', '- file: { path: mine.txt, contains: mine }')}${cleanup}### Serve\n\n${fence('sh service=app', service)}### Wait\n\n${fence('sh run', `setsid ${aside} & ${inFront}`)}${anyCheck}`;
  const lab = makeLab({ steps });
  const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
  await waitUntil(() => [service, inFront, aside].every(isRunning), 'all of the lab runs');
  process.kill(program.pid, 'SIGKILL');
  await program.ended;
  return { lab, service, inFront, aside };
}

test('what ran in its terminals ends at once; the rest, at the next start; the journal can be read and nothing is lost', async () => {
  const { lab, service, inFront, aside } = await killDuringCommand();
  await waitUntil(() => !isRunning(inFront) && !isRunning(service), 'the terminals are gone');
  expect(readJournal(lab.workspace).map(({ type, step }) => `${type} ${step ?? ''}`)).toContain('step-ended before');
  const lock = JSON.parse(fs.readFileSync(path.join(lab.workspace, '.labwalk/lock'), 'utf8')) as { socket: string };

  const checked = await labwalk(['check', lab.file, 'before', '--workspace', lab.workspace]);
  expect(checked.code, checked.stdout + checked.stderr).toBe(0);
  expect(isRunning(aside)).toBe(false);
  expect(fs.existsSync(lock.socket)).toBe(false);
  expect(fs.readFileSync(path.join(lab.workspace, 'mine.txt'), 'utf8')).toBe('mine\n');
});

test('the lab can be done again in the same workspace', async () => {
  const { lab, service, inFront, aside } = await killDuringCommand();
  // a line that it was killed in
  fs.appendFileSync(path.join(lab.workspace, '.labwalk/journal.ndjson'), '{"type":"step-en');
  fs.writeFileSync(lab.file, fs.readFileSync(lab.file, 'utf8').replaceAll(inFront, 'true'));

  const again = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
  expect(again.code, again.stdout + again.stderr).toBe(0);
  expect([service, inFront, aside].filter(isRunning)).toEqual([]);
  expect(fs.existsSync(path.join(lab.workspace, 'cleaned'))).toBe(true);
});

test('labwalk clean does the clean-up that was not reached', async () => {
  const { lab, service, inFront, aside } = await killDuringCommand();
  const cleaned = await labwalk(['clean', lab.file, '--workspace', lab.workspace]);
  expect(cleaned.code, cleaned.stdout + cleaned.stderr).toBe(0);
  expect([service, inFront, aside].filter(isRunning)).toEqual([]);
  expect(fs.readdirSync(lab.workspace).sort()).toEqual(['.labwalk', 'cleaned', 'mine.txt']);
});
