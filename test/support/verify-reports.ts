/** Made-up reports of `labwalk verify`: one with everything wrong in it, one of any size, and a run taken apart into its shards. */
import type {
  ReportDiffLine,
  Mutation,
  Proof,
  VerifiedCheck,
  VerifiedLab,
  VerifiedStep,
  VerifyReport,
} from '../../src/verify/report/schema.ts';

export const machine = { name: 'desk-4', platform: 'linux x64', node: '20.20.2', cores: 2 };

export function makeReport(labs: readonly VerifiedLab[], more: Partial<VerifyReport> = {}): VerifyReport {
  const outcome = labs.every((lab) => lab.outcome === 'passed') ? 'passed' : 'failed';
  return {
    ...{ format: 1, kind: 'verify', labwalk: '0.1.0', outcome, started: '2026-03-01T09:00:00.000Z', ms: 61_500 },
    ...{ machines: [machine], labs: [...labs], ...more },
  };
}

export function makeLab(steps: readonly VerifiedStep[], more: Partial<VerifiedLab> = {}): VerifiedLab {
  return {
    ...{
      lab: 'hello',
      title: 'Hello from a function',
      hash: '9f2c4a1be07d5c33',
      file: 'labs/hello/lab.md',
      mode: 'sandbox',
      outcome: 'passed',
    },
    ...{ started: '2026-03-01T09:00:00.000Z', ms: 60_000, seed: 'ada', tools: { python3: '3.11.7', chalice: '1.34.0' } },
    ...{ steps: [...steps], mutants: [], findings: [], cleanup: { done: true, ms: 900, commands: [], left: [] }, ...more },
  };
}

export function makeStep(number: number, more: Partial<VerifiedStep> = {}): VerifiedStep {
  return {
    ...{ id: `step-${number}`, number, title: `Step ${number}`, task: 'build', outcome: 'passed' },
    ...{ place: placeAt(number * 20), started: '2026-03-01T09:00:05.000Z', ms: 1_200 },
    ...{ commands: [], checks: [], findings: [], drift: [], ...more },
  };
}

export function makeCheck(check: number, more: Partial<VerifiedCheck> = {}): VerifiedCheck {
  return {
    ...{
      check,
      kind: 'http',
      summary: `GET http://localhost:8000/${check} answers 200`,
      outcome: 'passed',
      ms: 31,
      place: placeAt(check + 5),
    },
    ...{ proof: { by: 'red', detail: 'before the step: no answer' }, ...more },
  };
}

export function makeMutant(line: number, more: Partial<Mutation> = {}): Mutation {
  const { outcome = 'killed' } = more;
  return {
    ...{ id: `method-swapped app.py:${line}`, operator: 'method', checkpoint: 'step-1', file: 'myapp/app.py', line },
    ...{ before: "@app.route('/', methods=['GET'])", after: "@app.route('/', methods=['POST'])", outcome, ms: 2_100 },
    ...(outcome === 'killed' ? { by: { step: 'step-1', check: 0, summary: 'GET http://localhost:8000/0 answers 200' } } : {}),
    ...more,
  };
}

const placeAt = (line: number) => ({ file: 'lab.md', line, column: 3 });

const command = (text: string, output: string, status = 0) => ({
  text,
  terminal: 'lab',
  status,
  ended: 'done' as const,
  ms: 1_400,
  output,
});

const failed: Partial<VerifiedCheck> = {
  ...{ outcome: 'failed', expected: 'body <h1> Your name is Ada.</h1>', actual: 'body <h1> Your nane is Ada.</h1>\nwith a second line' },
  try: 'Compare the text in index() with the one in the step.',
};
const withoutProof = ({ proof: _proof, ...check }: VerifiedCheck): VerifiedCheck => check;

const driftLines: ReportDiffLine[] = [
  { mark: ' ', text: 'Creating deployment package.' },
  { mark: '-', text: 'Creating IAM role: myapp-dev' },
  { mark: '+', text: 'Creating IAM role: myapp-dev-role' },
];

/** Two labs: in the first, everything that can be wrong is; the second is good. */
export function everythingWrong(): VerifyReport {
  const steps = [
    makeStep(1, { id: 'read-me', title: 'What you will build', outcome: 'read', ms: 0 }),
    makeStep(2, {
      ...{ id: 'run-locally', title: 'Run it on this machine', outcome: 'failed', message: 'A check failed.', ms: 12_400 },
      commands: [
        command('chalice local --port $PORT', 'Serving on http://127.0.0.1:8000\n'),
        command('http localhost:8000/', 'HTTP/1.1 500\n', 1),
      ],
      checks: [
        withoutProof(makeCheck(0, failed)),
        makeCheck(1, { kind: 'log', summary: 'the log of app has GET', proof: { by: 'none' } }),
        makeCheck(2, { kind: 'output', proof: { by: 'output', detail: 'it fails where the output is empty' } }),
        makeCheck(3, { kind: 'file', proof: { by: 'mutant', detail: 'method-swapped app.py:3' } }),
        makeCheck(4, { kind: 'tool', proof: { by: 'stays', detail: 'Python was there before.' } }),
        withoutProof(makeCheck(5, { kind: 'aws', outcome: 'told' })),
      ],
      drift: [
        {
          ...{ place: placeAt(47), command: 'chalice deploy', lines: driftLines },
          ...{ expected: 'Creating IAM role: myapp-dev\n', actual: 'Creating IAM role: myapp-dev-role\n' },
        },
      ],
      again: {
        ...{ outcome: 'failed', ms: 8_000, message: 'It needs what the first time left.' },
        failed: [{ check: 0, kind: 'http', summary: 'GET / answers 200', expected: '200', actual: '409', place: placeAt(45) }],
        commands: [command('chalice local --port $PORT', 'Address already in use\n', 1)],
      },
    }),
    makeStep(3, {
      ...{ id: 'deploy', title: 'Deploy it', outcome: 'failed', message: '`chalice deploy` ended with status 2.', ms: 4_000 },
      commands: [{ text: 'chalice deploy', terminal: 'lab', ended: 'timeout', ms: 60_000, output: 'Creating deployment package.\n' }],
      findings: [
        { name: 'action-failed', text: '`chalice deploy` ended with status 2.', place: placeAt(62) },
        {
          name: 'undeclared-resource',
          text: 'It makes the role myapp-dev and does not say so.',
          fix: 'Declare it with creates="role:myapp-dev".',
        },
      ],
    }),
    makeStep(4, { id: 'call-it', title: 'Call it', outcome: 'skipped', message: 'It builds on "Deploy it", which did not pass.', ms: 0 }),
    makeStep(5, { id: 'say-why', title: 'A step that says only why', outcome: 'failed', message: 'The shell ended.', ms: 300 }),
    makeStep(6, {
      id: 'not-done',
      title: 'Not reached',
      outcome: 'not-done',
      ms: 0,
      checks: [withoutProof(makeCheck(0, { outcome: 'not-done' }))],
    }),
  ];
  const mutants = [
    makeMutant(3, { checkpoint: 'run-locally', by: { step: 'run-locally', check: 3, summary: 'myapp/app.py has the route' } }),
    makeMutant(14, {
      outcome: 'survived',
      checkpoint: 'run-locally',
      before: "    return {'hello': 'world'}",
      after: "    return {'hello': ''}",
      operator: 'literal',
    }),
    makeMutant(15, { outcome: 'equivalent', reason: 'Nobody reads the log level here.', checkpoint: 'deploy' }),
    makeMutant(16, { outcome: 'not-done', reason: 'Interrupted before its turn.', checkpoint: 'deploy' }),
  ];
  const wrong = makeLab(steps, {
    ...{
      outcome: 'failed',
      mutants,
      findings: [{ name: 'left-process', text: 'After clean-up a process still runs: sleep 1000', fix: 'End it in a cleanup fence.' }],
    },
    cleanup: { done: true, ms: 2_000, commands: [command('chalice delete', 'Deleting function: myapp-dev\n')], left: ['role myapp-dev'] },
  });
  const good = makeLab([makeStep(1, { checks: [makeCheck(0)], again: { outcome: 'passed', ms: 900, failed: [], commands: [] } })], {
    ...{ lab: 'tiny', title: 'A tiny lab', file: 'labs/tiny/lab.md', hash: 'aa00bb11cc22dd33', ms: 1_500, mutants: [makeMutant(1)] },
  });
  return makeReport([wrong, good]);
}

/** A good run of one lab with so many checks in all, ten a step, each step with commands and done again, and a mutant for every tenth check. */
export function bigReport(checks: number, labs = 5): VerifyReport {
  const proofs: Proof['by'][] = ['red', 'red', 'output', 'mutant', 'stays'];
  const steps = Math.ceil(checks / labs / 10);
  const all = Array.from({ length: labs }, (_, lab) =>
    makeLab(
      Array.from({ length: steps }, (_, step) =>
        makeStep(step + 1, {
          ms: 500 + ((step * 37) % 4_000),
          commands: [command(`echo step ${step}`, `step ${step}\n`.repeat(20)), command('http localhost:8000/', '{"hello": "world"}\n')],
          checks: Array.from({ length: 10 }, (_, check) =>
            makeCheck(check, { proof: { by: proofs[check % 5] ?? 'red', detail: 'before the step: no answer' } }),
          ),
          again: { outcome: 'passed', ms: 400, failed: [], commands: [] },
        }),
      ),
      { lab: `lab-${lab}`, hash: `${lab}`.repeat(16), mutants: Array.from({ length: steps }, (_, line) => makeMutant(line + 1)) },
    ),
  );
  return makeReport(all);
}

/** What `--shard 1/of` to `--shard of/of` find of the same labs: steps and mutants dealt out in turns. */
export function splitInShards(report: VerifyReport, of: number): VerifyReport[] {
  return Array.from({ length: of }, (_, index) => ({
    ...report,
    shard: { index: index + 1, of },
    labs: report.labs.map((lab) => ({
      ...lab,
      ms: index === 0 ? lab.ms : 0,
      steps: lab.steps.filter((_, place) => place % of === index),
      mutants: lab.mutants.filter((_, place) => Math.floor((place * of) / lab.mutants.length) === index),
      findings: index === 0 ? lab.findings : [],
      cleanup: index === 0 ? lab.cleanup : { ...lab.cleanup, ms: 0, commands: [] },
    })),
  }));
}
