/**
 * What `labwalk verify` found, as plain JSON: the one thing that all its reports are made from, that `labwalk report merge` joins and that
 * `--against` compares. Its keys are promises: new ones may come, none goes or changes its meaning. Described in docs/verify-json.md.
 * docs/verify.schema.json is made from it: `npx tsx scripts/verify-schema.ts`.
 */
import * as z from 'zod';

const ms = z.number().int().nonnegative();
/** Files are relative to the lab's folder, so that reports of different machines can be joined and compared. */
const place = z.strictObject({ file: z.string(), line: z.number().int().positive(), column: z.number().int().positive() });

const command = z.strictObject({
  text: z.string(),
  /** `lab`, or the service's name. */
  terminal: z.string(),
  status: z.number().int().optional(),
  ended: z.enum(['done', 'timeout', 'stopped', 'shell', 'running']),
  ms: ms.optional(),
  /** The last of what it printed, as plain text without secrets. */
  output: z.string(),
});

/** A check's verdict in the walk, and what proves that it can fail. */
const check = z.strictObject({
  /** Counts the step's checks from 0, in the order of the document. */
  check: z.number().int().nonnegative(),
  /** `http`, `file`, … */
  kind: z.string(),
  summary: z.string(),
  outcome: z.enum(['passed', 'failed', 'told', 'not-done']),
  ms,
  place,
  expected: z.string().optional(),
  actual: z.string().optional(),
  try: z.string().optional(),
  /**
   * `red`: it failed before the step was done. `output`: it failed on another output. `mutant`: it failed on a changed solution.
   * `stays`: the lab says why it cannot. `none`: nothing has made it fail. Not there where it did not pass.
   */
  proof: z.strictObject({ by: z.enum(['red', 'output', 'mutant', 'stays', 'none']), detail: z.string().optional() }).optional(),
});

/** Lines of a comparison: what is in the lab's text (`-`), what came (`+`), both (` `). */
const diffLine = z.strictObject({ mark: z.enum([' ', '-', '+']), text: z.string() });

/** A `text output` fence that says something else than what came. */
const drift = z.strictObject({ place, command: z.string(), expected: z.string(), actual: z.string(), lines: z.array(diffLine) });

/** The step once more, from the state of everything as it was before it. */
const again = z.strictObject({
  outcome: z.enum(['passed', 'failed', 'not-done']),
  ms,
  message: z.string().optional(),
  /** The checks that failed. */
  failed: z.array(check.pick({ check: true, kind: true, summary: true, expected: true, actual: true, try: true, place: true })),
  commands: z.array(command),
});

/** A change to the solution, as a learner may make it by mistake. */
const mutant = z.strictObject({
  /** `method-swapped app.py:14`, unique in the lab. */
  id: z.string(),
  /** `route`, `method`, `status`, `header`, `literal`, `missing-line`, `swapped-name`, `indentation`, `syntax`, … */
  operator: z.string(),
  /** Id of the checkpoint whose solution was changed. */
  checkpoint: z.string(),
  /** Path in the workspace. */
  file: z.string(),
  line: z.number().int().positive(),
  before: z.string(),
  after: z.string(),
  /**
   * `survived`: every check passed. `equivalent`: so did it, and the lab says why that is right. `undecided`: something of it ran into its time limit,
   * which proves nothing.
   */
  outcome: z.enum(['killed', 'survived', 'equivalent', 'undecided', 'not-done']),
  /** What noticed it: a step, and a check of it or a command. */
  by: z.strictObject({ step: z.string(), check: z.number().int().nonnegative().optional(), summary: z.string() }).optional(),
  /** Why it is equivalent, undecided, or was not tried. */
  reason: z.string().optional(),
  ms,
});

/** Something wrong that is neither a check's nor a mutant's: `undeclared`, `left-over`, … */
const finding = z.strictObject({
  /**
   * `action-failed`, `depends-on-unlisted`, `left-process`, `left-resource`, `missing-cleanup`, `undeclared-resource`, `cannot-verify`, … Wording may change, names stay.
   */
  name: z.string(),
  text: z.string(),
  fix: z.string().optional(),
  place: place.optional(),
});

const step = z.strictObject({
  id: z.string(),
  /** Counts the lab's steps from 1: parts of a run are joined in this order. */
  number: z.number().int().positive().optional(),
  title: z.string(),
  task: z.string(),
  place,
  outcome: z.enum(['passed', 'failed', 'read', 'skipped', 'not-done']),
  /** When it began: ISO 8601 in UTC. */
  started: z.string().optional(),
  ms,
  message: z.string().optional(),
  commands: z.array(command),
  checks: z.array(check),
  findings: z.array(finding),
  drift: z.array(drift),
  again: again.optional(),
});

const lab = z.strictObject({
  lab: z.string(),
  /** Name of the machine, where several machines have verified it. */
  machine: z.string().optional(),
  title: z.string(),
  /** SHA-256 of the lab's text. */
  hash: z.string(),
  /** The lab's Markdown file, relative to the directory that labwalk was started in where it is under it. */
  file: z.string(),
  mode: z.enum(['sandbox', 'aws']),
  outcome: z.enum(['passed', 'failed', 'interrupted', 'error']),
  message: z.string().optional(),
  started: z.string(),
  ms,
  seed: z.string(),
  /** Versions of what the lab uses: `{ python3: '3.11.7', chalice: '1.34.0' }`. */
  tools: z.record(z.string(), z.string()),
  steps: z.array(step),
  mutants: z.array(mutant),
  /** What belongs to no step: clean-up, things left. */
  findings: z.array(finding),
  cleanup: z.strictObject({ done: z.boolean(), ms, commands: z.array(command), left: z.array(z.string()) }),
});

export const verifyReportSchema = z.strictObject({
  /** The version of this shape. */
  format: z.literal(1),
  kind: z.literal('verify'),
  labwalk: z.string(),
  outcome: z.enum(['passed', 'failed', 'interrupted', 'error']),
  /** What is wrong with the whole: a part of it that is missing. */
  message: z.string().optional(),
  started: z.string(),
  ms,
  /** Where it ran: more than one after `labwalk report merge`. */
  machines: z.array(z.strictObject({ name: z.string(), platform: z.string(), node: z.string(), cores: z.number().int().positive() })),
  /** Which part of the work this report has; not there where it is all of it. */
  shard: z.strictObject({ index: z.number().int().positive(), of: z.number().int().positive() }).optional(),
  labs: z.array(lab),
});

export type VerifyReport = z.infer<typeof verifyReportSchema>;
export type VerifiedMachine = VerifyReport['machines'][number];
export type VerifyOutcome = VerifyReport['outcome'];
export type VerifiedLab = z.infer<typeof lab>;
export type VerifiedStep = z.infer<typeof step>;
export type VerifiedCheck = z.infer<typeof check>;
export type VerifiedCommand = z.infer<typeof command>;
export type Proof = NonNullable<VerifiedCheck['proof']>;
export type Mutation = z.infer<typeof mutant>;
export type Drift = z.infer<typeof drift>;
export type ReportDiffLine = z.infer<typeof diffLine>;
export type ReportFinding = z.infer<typeof finding>;
export type Again = z.infer<typeof again>;
