/** The recipes for CI systems and for a class's machines: each is read as its engine reads it, and its commands are run with the engine's variables. */
import fs from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { matchesName } from '../../src/text/name-pattern.ts';
import { verifyReportSchema } from '../../src/verify/report/schema.ts';
import { toolchain } from '../support/toolchain.ts';
import { readPage, shellCommands } from '../docs/pages.ts';
import { makeFolder, makeLab, fence, root } from './program.ts';
import { openRunCommand, type SsmDocument } from './run-command.ts';

/** Where the engine would check out, and where its programs are. */
let folder: string;
let bin: string;
let env: Record<string, string>;
beforeEach(() => {
  folder = makeFolder();
  bin = path.join(folder, 'bin');
  fs.mkdirSync(bin);
  // the clone is this one: packages and build are there already, and what is linked is not put where others look
  const link = `cd '${root}' && PATH="$REAL_PATH" npm_config_prefix='${folder}' exec npm link --offline`;
  standIn('npm', `case "$*" in ci | 'run build') ;; link) ${link} ;; *) exit 1 ;; esac`);
  standIn('apt-get', `[ "$*" = update ] || [ "$*" = 'install --yes python3-venv' ]`);
  // only root may be another user
  standIn('runuser', `[ "$1 $2 $3" = '--login ec2-user --command' ] && exec bash -c "$4"`);
  const steps = [1, 2, 3].map(
    (n) =>
      `### Step ${n}\n\n${fence('sh run', `echo ${n} > ${n}.txt`)}${fence('yaml check', `- file: { path: ${n}.txt, contains: "${n}" }`)}`,
  );
  env = {
    ...(process.env as Record<string, string>),
    PATH: `${bin}:${process.env['PATH']}`,
    REAL_PATH: process.env['PATH'] ?? '',
    LABS: makeLab({ steps: steps.join('') }).file,
  };
});

function standIn(name: string, script: string): void {
  fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

const recipe = (name: string): unknown => parse(fs.readFileSync(path.join(root, 'recipes', name), 'utf8'));

async function run(script: string, variables: Record<string, string> = {}, code = 0): Promise<string> {
  const { exitCode, all } = await execa('bash', ['-eo', 'pipefail', '-c', script], {
    cwd: folder,
    env: { ...env, ...variables },
    extendEnv: false,
    reject: false,
    all: true,
  });
  expect(exitCode, `${script}\n${all}`).toBe(code);
  return all ?? '';
}

/** What the last job has made: the joined reports of a lab that is fine. */
function expectJoined(): void {
  const xml = fs.readFileSync(path.join(folder, 'labs.xml'), 'utf8');
  for (const step of ['step-1', 'step-2', 'step-3']) expect(xml).toContain(`classname="trial.${step}"`);
  expect(fs.readFileSync(path.join(folder, 'labs.html'), 'utf8')).toContain('passed');
}

/** The script as GitHub hands it to the shell. */
const fill = (script: string, values: Record<string, number>) =>
  script.replaceAll(/\$\{\{ (\S+) \}\}/g, (_, name: string) => String(values[name]));

test('GitHub Actions', async () => {
  const { on, jobs } = recipe('github-actions.yml') as {
    on: Record<string, unknown>;
    jobs: Record<
      string,
      {
        'runs-on': string;
        needs?: string;
        strategy?: { matrix: { shard: number[] } };
        steps: { uses?: string; run?: string; with?: Record<string, string> }[];
      }
    >;
  };
  expect(Object.keys(on)).toEqual(['workflow_dispatch', 'push', 'schedule']);
  expect(Object.keys(jobs)).toEqual(['verify', 'report']);
  expect(jobs['report']?.needs).toBe('verify');
  for (const { 'runs-on': machine, steps } of Object.values(jobs)) {
    expect(machine).toBe('ubuntu-latest');
    for (const step of steps) expect([step.uses, step.run].filter((one) => one !== undefined)).toHaveLength(1);
  }
  const summary = path.join(folder, 'summary.md');
  const shards = jobs['verify']?.strategy?.matrix.shard ?? [];
  expect(shards).toEqual([1, 2, 3]);
  for (const shard of shards)
    for (const { run: script } of jobs['verify']?.steps ?? [])
      if (script) await run(fill(script, { 'matrix.shard': shard, 'strategy.job-total': shards.length }), { GITHUB_STEP_SUMMARY: summary });
  expect(fs.readFileSync(summary, 'utf8')).toContain('trial');
  for (const { run: script } of jobs['report']?.steps ?? []) if (script) await run(script);
  expectJoined();

  // what a job leaves is what the next one fetches
  const uploads = jobs['verify']?.steps.filter(({ uses }) => uses?.startsWith('actions/upload-artifact@')) ?? [];
  const [kept] = uploads.map((step) => fill(step.with?.['path'] ?? '', { 'matrix.shard': 2 }));
  expect(fs.existsSync(path.join(folder, kept ?? ''))).toBe(true);
  const [fetched] = jobs['report']?.steps.filter(({ uses }) => uses?.startsWith('actions/download-artifact@')) ?? [];
  expect(matchesName(fetched?.with?.['pattern'] ?? '', fill(uploads[0]?.with?.['name'] ?? '', { 'matrix.shard': 2 }))).toBe(true);
  for (const file of (jobs['report']?.steps.at(-1)?.with?.['path'] ?? '').trim().split('\n'))
    expect(fs.existsSync(path.join(folder, file))).toBe(true);
});

test('GitLab CI', async () => {
  const { verify, report, ...rest } = recipe('gitlab-ci.yml') as Record<'verify' | 'report' | '.labwalk', Record<string, unknown>>;
  const scripts = (job: Record<string, unknown>) => [...(rest['.labwalk']['before_script'] as string[]), ...(job['script'] as string[])];
  expect([verify['extends'], report['extends'], report['needs']]).toEqual(['.labwalk', '.labwalk', ['verify']]);
  const total = verify['parallel'] as number;
  for (let index = 1; index <= total; index++)
    for (const script of scripts(verify)) await run(script, { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(total) });
  for (const script of scripts(report)) await run(script);
  expectJoined();
  expect((report['artifacts'] as { reports: { junit: string } }).reports.junit).toBe('labs.xml');
});

test('a part that fails is kept, and one that is missing is told', async () => {
  const { verify, report } = recipe('gitlab-ci.yml') as Record<'verify' | 'report', { script: string[]; artifacts: { when: string } }>;
  expect([verify.artifacts.when, report.artifacts.when]).toEqual(['always', 'always']);
  await run('npm link');
  const broken = makeLab({ steps: `### Step 1\n\n${fence('sh run', 'true')}${fence('yaml check', '- file: { path: 1.txt }')}` }).file;
  const [part = '', join = ''] = [...verify.script, ...report.script];
  await run(part, { LABS: broken, CI_NODE_INDEX: '1', CI_NODE_TOTAL: '1' }, 1);
  expect(await run(join, {}, 1)).toContain('failed');
  await run(part, { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '2' });
  expect(await run(join, {}, 3)).toContain('2 of 2');
});

describe('AWS Systems Manager Run Command', () => {
  const document = recipe('ssm-run-command.yml') as SsmDocument;

  test('the document has what Systems Manager wants, and no parameter becomes a part of its script', () => {
    expect(Object.keys(document)).toEqual(['schemaVersion', 'description', 'parameters', 'mainSteps']);
    expect(document.schemaVersion).toBe('2.2');
    const [step] = document.mainSteps;
    expect([document.mainSteps.length, step?.action]).toEqual([1, 'aws:runShellScript']);
    expect(Object.keys(step?.inputs ?? {})).toEqual(['timeoutSeconds', 'runCommand']);
    for (const [name, { type, allowedPattern, default: usual }] of Object.entries(document.parameters)) {
      expect([name, type]).toEqual([name, 'String']);
      expect(usual).toMatch(new RegExp(allowedPattern));
      for (const bad of ["x'; id; '", '$(id)', '`id`', 'a\nid']) expect(bad).not.toMatch(new RegExp(allowedPattern));
    }
    const used = [...(step?.inputs.runCommand.join('\n') ?? '').matchAll(/\{\{ (\w+) \}\}/g)].map(([, name]) => name);
    expect(used.sort()).toEqual(Object.keys(document.parameters).sort());
  });

  test('the commands of the page verify on each instance and join what was found', async () => {
    const instances = ['i-0aaaaaaaaaaaaaaaa', 'i-0bbbbbbbbbbbbbbbb'];
    await run('npm link');
    const engine = await openRunCommand({ instances, env });
    try {
      fs.symlinkSync(path.join(root, 'recipes'), path.join(folder, 'recipes'));
      const { bin: tools } = await toolchain();
      const commands = shellCommands(readPage('recipes/README.md')).map((line) => line.replace('Labs=chalice', `Labs=${env['LABS']}`));
      const printed = await run(commands.join('\n'), {
        ...{ PATH: `${bin}:${tools}:${process.env['PATH']}`, BUCKET: 'reports-of-a-class', HOME: folder },
        ...{ AWS_ENDPOINT_URL: engine.address, AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' },
        ...{ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'only-for-this-test' },
      });
      expect(engine.sent).toMatchObject([{ Targets: [{ Key: 'tag:class', Values: ['tuesday'] }], MaxErrors: '100%' }]);
      for (const instance of instances) expect(printed).toContain(`${instance}\tSuccess`);
      expect(printed).toMatch(/^Labs +2 passed$/m);
      expect(fs.readFileSync(path.join(folder, 'class.html'), 'utf8')).toContain('passed');
      const reports = instances.map((instance) => path.join(folder, 'reports', instance, 'awsrunShellScript/verify/stdout'));
      for (const file of reports) expect(verifyReportSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8'))).outcome).toBe('passed');
    } finally {
      await engine.close();
    }
  });
});
