import { expect } from 'vitest';
import { fence, isRunning, labwalk, makeLab, makeNap, readJournal, startLabwalk, waitUntil } from '../e2e/program.ts';
import { area, fault } from './fault.ts';

/** A check whose pattern would take years on what is printed, and a service that must not outlive it. */
function makeEndlessLab() {
  const service = makeNap();
  const steps = `### Compare\n\n${fence('sh service=app', service)}${fence('sh run', 'echo "$(printf %060d)!"')}${fence(
    'yaml check',
    '- output: { matches: "^(0+)+$" }',
  )}`;
  return { service, ...makeLab({ steps }) };
}

area('Interrupts', () => {
  fault(
    'A pattern of a check never comes to an end',
    { promise: 'labwalk gives it up after a second, and says that it is a mistake of the lab, with its line. `lint` names it beforehand.' },
    async () => {
      const { service, file, workspace } = makeEndlessLab();
      const linted = await labwalk(['lint', file]);
      expect([linted.code, linted.stdout]).toEqual([2, expect.stringContaining('the pattern /^(0+)+$/ may take for ever')]);
      const ended = await labwalk(['run', file, '--workspace', workspace]);
      expect(ended.code, ended.stdout + ended.stderr).toBe(1);
      expect(ended.stdout).toMatch(/This is a mistake in the lab, not yours: lab\.md:\d+/);
      expect(isRunning(service)).toBe(false);
    },
  );

  fault(
    'Ctrl-C comes while such a pattern is compared',
    { promise: 'The run ends as ever: it cleans up, leaves nothing running, and exits with 130.' },
    async () => {
      const { service, file, workspace } = makeEndlessLab();
      const program = startLabwalk(['run', file, '--workspace', workspace]);
      const isComparing = () => program.stdout.includes('0!') && isRunning(service);
      await waitUntil(isComparing, 'the check is made');
      program.kill('SIGINT');
      const { code, stdout, stderr } = await program.ended;
      expect(code, stdout + stderr).toBe(130);
      expect(isRunning(service)).toBe(false);
      expect(readJournal(workspace).at(-1)).toMatchObject({ type: 'run-ended', outcome: 'interrupted' });
    },
  );
});
