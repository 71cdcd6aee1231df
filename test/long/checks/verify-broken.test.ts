/** Labs that are broken on purpose: each mistake is found by name, in one process, in parts, and in jobs. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { verifyReportSchema, type VerifyReport } from '../../../src/verify/report/schema.ts';
import { root, startLabwalk, makeFolder } from '../../e2e/program.ts';

const folder = path.join(root, 'test/labs/broken');
const labs = fs.readdirSync(folder).sort();
const files = labs.map((name) => path.join(folder, name, 'lab.md'));

const read = (text: string): VerifyReport => verifyReportSchema.parse(JSON.parse(text));
const verify = async (...args: string[]) => {
  const { code, stdout, stderr } = await startLabwalk(['verify', ...files, '--json', '--seed', 'broken', ...args]).ended;
  return { code, stderr, report: read(stdout) };
};

/** What was found, by lab: names of findings, what nothing has made fail, what failed when it was done again, what has drifted. */
const found = ({ labs: all }: VerifyReport) =>
  Object.fromEntries(
    all.map(({ lab, steps, findings }) => [
      lab,
      [
        ...findings.map(({ name }) => name),
        ...steps.flatMap(({ id, findings: own, checks, again, drift }) => [
          ...own.map(({ name }) => `${id}: ${name}`),
          ...checks.filter(({ proof }) => proof?.by === 'none').map(({ summary }) => `${id}: cannot fail: ${summary}`),
          ...(again?.outcome === 'failed' ? [`${id}: again`] : []),
          ...drift.map(() => `${id}: drift`),
        ]),
      ],
    ]),
  );

/** A report without what differs from run to run: times, machines' facts, ids that tools make up. */
const lasting = ({ labs: all, outcome }: VerifyReport) => ({
  outcome,
  labs: all.map(({ lab, outcome: end, hash, seed, steps, findings, cleanup: { done, left } }) => ({
    ...{ lab, end, hash, seed, findings, done, left },
    steps: steps.map(({ id, number, outcome: ended, checks, findings: own, again }) => ({
      ...{ id, number, ended, own, again: again?.outcome },
      checks: checks.map(({ summary, outcome: verdict, proof }) => ({ summary, verdict, proof })),
      failed: again?.failed.map(({ summary }) => summary),
    })),
  })),
});

test('each mistake is found by name; parts that are joined, and jobs, say the same', async () => {
  const whole = await verify();
  expect(whole.code, whole.stderr).toBe(1);
  expect(found(whole.report)).toEqual({
    'check-cannot-fail': ['write: cannot fail: the workspace lacks other.txt', 'write: cannot fail: the output does not contain "error"'],
    'drifted-output': ['print: drift'],
    'left-over-service': ['start: left-process'],
    'missing-cleanup': ['make: missing-cleanup'],
    'only-in-one-terminal': ['use: again'],
    'undeclared-resource': ['left-resource', 'make: undeclared-resource', 'make: left-resource'],
    'unlisted-dependency': ['three: depends-on-unlisted'],
  });
  expect(whole.report.labs.map(({ outcome }) => outcome)).toEqual(labs.map((lab) => (lab === 'drifted-output' ? 'passed' : 'failed')));

  const parts = makeFolder();
  for (const part of ['1', '2']) {
    const { report } = await verify('--shard', `${part}/2`);
    expect(report.shard).toEqual({ index: Number(part), of: 2 });
    expect(report.labs.length).toBeLessThan(labs.length);
    fs.writeFileSync(path.join(parts, `${part}.json`), JSON.stringify(report));
  }
  const merged = await startLabwalk(['report', 'merge', '2.json', '1.json', '--json'], { cwd: parts }).ended;
  expect(merged.code, merged.stderr).toBe(1);
  expect(lasting(read(merged.stdout))).toEqual(lasting(whole.report));

  const jobs = await verify('--jobs', '2');
  expect(jobs.code, jobs.stderr).toBe(1);
  expect(lasting(jobs.report)).toEqual(lasting(whole.report));
});

test('what verify leaves: nothing; and wrong words are told', async () => {
  const tmp = makeFolder();
  const { code } = await startLabwalk(['verify', files[0]!, '--json'], { env: { TMPDIR: tmp } }).ended;
  expect(code).toBe(1);
  expect(fs.readdirSync(tmp).filter((name) => name.startsWith('labwalk-verify'))).toEqual([]);
  for (const [args, says] of [
    [['--shard', '3/2'], '--shard 3/2'],
    [['--jobs', 'many'], '--jobs many'],
    [['--jobs', '2', '--shard', '1/2'], 'exclude each other'],
    [['--jobs', '2', '--aws'], 'in the sandbox only'],
    [['--against', 'nothing.json'], 'nothing.json'],
  ] as const) {
    const ended = await startLabwalk(['verify', files[0]!, ...args], { cwd: tmp }).ended;
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining(says)]);
  }
});
