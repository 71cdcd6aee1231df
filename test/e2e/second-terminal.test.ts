/** `labwalk check` in a workspace, with and without another labwalk that has it. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonReportSchema } from '../../src/report/json/json-schema.ts';
import { anyCheck, fence, labwalk, makeLab, readJournal, startLabwalk, waitUntil, type MadeLab } from './program.ts';

const checks = fence('yaml check', '- file: { path: app/page.html, contains: hello }\n- status: 0');
const makePage = `### Page\n\n${fence('sh run', 'mkdir app; cd app; echo hello > page.html')}${checks}`;
const page = (lab: MadeLab) => path.join(lab.workspace, 'app/page.html');

describe('in a workspace that nobody has', () => {
  test('checks what is there now, of the step that was done last or of the one that is named', async () => {
    const lab = makeLab({
      steps: `${makePage}### Next\n\n${fence('sh run', 'echo next > next.txt')}${fence('yaml check', '- file: { path: app/next.txt }')}### Later\n\n${fence('sh run', 'touch later')}${anyCheck}`,
    });
    const through = await labwalk(['run', lab.file, '--workspace', lab.workspace, '--through', 'next']);
    expect(through.code, through.stdout).toBe(0);
    expect(fs.existsSync(path.join(lab.workspace, 'app/later'))).toBe(false);

    const last = await labwalk(['check', lab.file, '--workspace', lab.workspace]);
    expect([last.code, last.stdout]).toEqual([0, expect.stringContaining('app/next.txt') as string]);
    expect(last.stdout).not.toContain('page.html');

    const named = await labwalk(['check', lab.file, 'page', '--workspace', lab.workspace]);
    expect(named.code, named.stdout).toBe(0);

    fs.writeFileSync(page(lab), 'bye\n');
    const failed = await labwalk(['check', lab.file, 'page', '--workspace', lab.workspace]);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/✗ [^\n]*app\/page\.html/);
    expect(failed.stdout).toMatch(/expected/);
    expect(failed.stdout).toMatch(/try/);
    expect(fs.readFileSync(page(lab), 'utf8')).toBe('bye\n');
  });

  test('says that a step was not done yet', async () => {
    const lab = makeLab({ steps: makePage });
    const { code, stdout } = await labwalk(['check', lab.file, 'page', '--workspace', lab.workspace]);
    expect(code, stdout).toBe(1);
    expect(stdout).toContain('app/page.html');
  });

  test('starts the services that the checks need, and ends them', async () => {
    const lab = makeLab({
      front: 'variables:\n  PORT: { free-port: 18400 }\n',
      steps: `${makePage}### Serve\n\n${fence('sh service=web ready=http://localhost:$PORT/', 'python3 -m http.server $PORT --bind 127.0.0.1')}${fence('yaml check', '- http: { url: "http://localhost:{{PORT}}/page.html", contains: hello }')}`,
    });
    expect((await labwalk(['run', lab.file, '--workspace', lab.workspace, '--through', 'serve'])).code).toBe(0);
    const { code, stdout } = await labwalk(['check', lab.file, 'serve', '--workspace', lab.workspace, '--json']);
    expect(code, stdout).toBe(0);
    const [checked] = jsonReportSchema.parse(JSON.parse(stdout)).labs;
    await expect(fetch(`http://127.0.0.1:${checked!.variables['PORT']}/`)).rejects.toThrow();
  });
});

describe('while another labwalk has the workspace', () => {
  /** A run that waits in its second step until a file is there. */
  async function openElsewhere() {
    const lab = makeLab({ steps: `${makePage}### Wait\n\n${fence('sh run', 'until [ -e go ]; do sleep 0.05; done')}${anyCheck}` });
    const owner = startLabwalk(['run', lab.file, '--workspace', lab.workspace]);
    await owner.shows('until [ -e go ]');
    const letGo = async () => {
      fs.writeFileSync(path.join(lab.workspace, 'app/go'), '');
      return owner.ended;
    };
    return { lab, owner, letGo };
  }

  test('it does the checks that are asked for, in the middle of a command, and goes on undisturbed', async () => {
    const { lab, owner, letGo } = await openElsewhere();
    const ask = (...more: string[]) => labwalk(['check', lab.file, 'page', '--workspace', lab.workspace, ...more]);

    const good = await ask();
    expect(good.code, good.stdout + good.stderr).toBe(0);
    expect(good.stdout).toMatch(/✓ [^\n]*app\/page\.html/);
    expect(good.stdout).toContain(lab.workspace);

    fs.writeFileSync(page(lab), 'bye\n');
    const bad = await ask('--json');
    expect(bad.code, bad.stdout + bad.stderr).toBe(1);
    const report = jsonReportSchema.parse(JSON.parse(bad.stdout));
    expect(report.labs[0]).toMatchObject({ lab: 'trial', outcome: 'failed', workspace: lab.workspace, driver: 'check' });
    expect(report.labs[0]!.steps.map(({ id, outcome }) => [id, outcome])).toEqual([['page', 'failed']]);
    expect(report.labs[0]!.steps[0]!.checks.map(({ outcome, repeated }) => [outcome, repeated])).toEqual([
      ['failed', undefined],
      ['passed', true],
    ]);

    const unnamed = await labwalk(['check', lab.file, '--workspace', lab.workspace]);
    expect(unnamed.code, unnamed.stdout + unnamed.stderr).toBe(1);
    const done = await letGo();
    expect(done.code, done.stdout).toBe(0);
    expect(done.stdout).not.toContain('✗');
    expect(owner.stderr).toBe('');
    expect(readJournal(lab.workspace).filter(({ type }) => type === 'run-started')).toHaveLength(1);
  });

  test('every other command says who has it and ends with 3', async () => {
    const { lab, owner, letGo } = await openElsewhere();
    for (const command of ['run', 'clean']) {
      const { code, stdout, stderr } = await labwalk([command, lab.file, '--workspace', lab.workspace]);
      expect([code, stdout, stderr]).toEqual([
        3,
        '',
        `Another labwalk (pid ${owner.pid}) has the workspace ${lab.workspace}.\nEnd that one, or choose another folder with --workspace DIR.\n`,
      ]);
    }
    expect((await letGo()).code).toBe(0);
  });

  test('two at once get their answers; one that is ended meanwhile disturbs nobody', async () => {
    const { lab, letGo } = await openElsewhere();
    const leaving = startLabwalk(['check', lab.file, 'page', '--workspace', lab.workspace]);
    await waitUntil(() => leaving.stdout !== '', 'the first answer comes');
    leaving.kill('SIGKILL');
    const answers = await Promise.all([1, 2].map(() => labwalk(['check', lab.file, 'page', '--workspace', lab.workspace])));
    expect(answers.map(({ code }) => code)).toEqual([0, 0]);
    expect((await letGo()).code).toBe(0);
  });
});

test('after a lab was changed a check goes by the new text', async () => {
  const lab = makeLab({ steps: makePage });
  expect((await labwalk(['run', lab.file, '--workspace', lab.workspace, '--through', 'page'])).code).toBe(0);
  fs.writeFileSync(lab.file, fs.readFileSync(lab.file, 'utf8').replace('contains: hello', 'contains: goodbye'));
  const { code, stdout } = await labwalk(['check', lab.file, 'page', '--workspace', lab.workspace]);
  expect([code, stdout]).toEqual([1, expect.stringContaining('goodbye') as string]);
});
