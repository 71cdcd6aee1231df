/** The recipes for CI systems and for a class's machines: each is read as its engine reads it, and its commands are run with the engine's variables. */
import fs from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { verifyReportSchema } from '../../src/verify/report/schema.ts';
import { makeFolder, makeLab, fence, root } from './program.ts';

/** Where the engine would check out, and where its programs are. */
let folder: string;
let bin: string;
let env: Record<string, string>;
beforeEach(() => {
  folder = makeFolder();
  bin = path.join(folder, 'bin');
  fs.mkdirSync(bin);
  standIn('labwalk', `exec '${process.execPath}' '${path.join(root, 'bin/labwalk.js')}' "$@"`);
  // labwalk is there already; nobody else's account and users are needed
  standIn('npm', '[ "$*" = "install --global labwalk@0.1" ]');
  standIn('sudo', 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"');
  standIn('chown', 'true');
  standIn('aws', `[ "$1 $2" = 's3 cp' ] && mkdir -p '${folder}/bucket' && cp "$3" '${folder}/bucket/'"$(basename "$4")"`);
  const steps = [1, 2, 3].map(
    (n) =>
      `### Step ${n}\n\n${fence('sh run', `echo ${n} > ${n}.txt`)}${fence('yaml check', `- file: { path: ${n}.txt, contains: "${n}" }`)}`,
  );
  env = {
    ...(process.env as Record<string, string>),
    PATH: `${bin}:${process.env['PATH']}`,
    LABS: makeLab({ steps: steps.join('') }).file,
  };
});

function standIn(name: string, script: string): void {
  fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

const recipe = (name: string): unknown => parse(fs.readFileSync(path.join(root, 'recipes', name), 'utf8'));

async function run(script: string, variables: Record<string, string> = {}): Promise<string> {
  const { exitCode, all } = await execa('bash', ['-eo', 'pipefail', '-c', script], {
    cwd: folder,
    env: { ...env, ...variables },
    extendEnv: false,
    reject: false,
    all: true,
  });
  expect(exitCode, `${script}\n${all}`).toBe(0);
  return all ?? '';
}

/** What the last job has made: the joined reports of a lab that is fine. */
function expectJoined(): void {
  const xml = fs.readFileSync(path.join(folder, 'labs.xml'), 'utf8');
  for (const step of ['step-1', 'step-2', 'step-3']) expect(xml).toContain(`classname="trial.${step}"`);
  expect(fs.readFileSync(path.join(folder, 'labs.html'), 'utf8')).toContain('passed');
}

test('GitHub Actions', async () => {
  const { on, jobs } = recipe('github-actions.yml') as {
    on: Record<string, unknown>;
    jobs: Record<
      string,
      { 'runs-on': string; needs?: string; strategy?: { matrix: { shard: number[] } }; steps: { uses?: string; run?: string }[] }
    >;
  };
  expect(Object.keys(on)).toEqual(['workflow_dispatch', 'push', 'schedule']);
  expect(Object.keys(jobs)).toEqual(['verify', 'report']);
  for (const { 'runs-on': machine, steps } of Object.values(jobs)) {
    expect(machine).toBe('ubuntu-latest');
    for (const step of steps) expect([step.uses, step.run].filter((one) => one !== undefined)).toHaveLength(1);
  }
  const summary = path.join(folder, 'summary.md');
  const shards = jobs['verify']?.strategy?.matrix.shard ?? [];
  expect(shards).toHaveLength(3);
  for (const shard of shards)
    for (const { run: script } of jobs['verify']?.steps ?? [])
      if (script) await run(script.replaceAll('${{ matrix.shard }}', String(shard)), { GITHUB_STEP_SUMMARY: summary });
  expect(fs.readFileSync(summary, 'utf8')).toContain('trial');
  for (const { run: script } of jobs['report']?.steps ?? []) if (script) await run(script);
  expectJoined();
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

test('AWS Systems Manager Run Command', async () => {
  const document = recipe('ssm-run-command.yml') as {
    schemaVersion: string;
    parameters: Record<string, { type: string; default: string; allowedPattern: string }>;
    mainSteps: { name: string; action: string; inputs: { timeoutSeconds: string; runCommand: string[] } }[];
  };
  expect(document.schemaVersion).toBe('2.2');
  const [step] = document.mainSteps;
  expect([document.mainSteps.length, step?.action]).toEqual([1, 'aws:runShellScript']);
  const values: Record<string, string> = { Labs: env['LABS'] ?? '', User: 'ana', Bucket: 'my-bucket' };
  for (const [name, { type, allowedPattern, default: usual }] of Object.entries(document.parameters)) {
    expect([name, type]).toEqual([name, 'String']);
    for (const value of [usual, values[name] ?? '']) expect(value).toMatch(new RegExp(allowedPattern));
    // what is put into the script must not become part of it
    for (const bad of ["x'; id; '", '$(id)', '`id`']) expect(bad).not.toMatch(new RegExp(allowedPattern));
  }
  const filled = (text: string) => text.replaceAll(/\{\{ (\w+) \}\}/g, (_, name: string) => values[name] ?? '');
  for (const command of step?.inputs.runCommand ?? []) await run(filled(command));
  const [file, ...others] = fs.readdirSync(path.join(folder, 'bucket'));
  expect(others).toEqual([]);
  const { labs, outcome } = verifyReportSchema.parse(JSON.parse(fs.readFileSync(path.join(folder, 'bucket', file ?? ''), 'utf8')));
  expect([outcome, labs.map(({ lab }) => lab)]).toEqual(['passed', ['trial']]);

  fs.copyFileSync(path.join(folder, 'bucket', file ?? ''), path.join(folder, 'bucket/other.json'));
  const joined = await run('labwalk report merge bucket/*.json --report text --report html=class.html');
  expect(joined).toContain('trial');
});
