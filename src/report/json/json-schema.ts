/** The shape of the `json` report. Its keys are promises: new ones may come, none goes or changes its meaning. Described in docs/json.md. */
import * as z from 'zod';
import { causes } from '../../events/diagnosis.ts';

const ms = z.number().int().nonnegative();
const place = z.strictObject({ file: z.string(), line: z.number().int().positive(), column: z.number().int().positive() });
const headers = z.array(z.tuple([z.string(), z.string()]));
const runOutcome = z.enum(['passed', 'failed', 'interrupted', 'error']);

const exchange = z.strictObject({
  request: z.strictObject({ method: z.string(), url: z.string(), headers, body: z.string().optional() }),
  response: z
    .strictObject({
      status: z.number().int(),
      reason: z.string(),
      version: z.string(),
      headers,
      body: z.string(),
      truncated: z.boolean(),
      ms,
    })
    .optional(),
  error: z.string().optional(),
});

const action = z.strictObject({
  kind: z.enum(['run', 'service', 'file', 'credentials', 'cleanup']),
  summary: z.string(),
  outcome: z.enum(['done', 'failed', 'told', 'interrupted']),
  ms: ms.optional(),
  message: z.string().optional(),
  place,
});

const diagnosis = z.strictObject({
  cause: z.enum(causes),
  sentence: z.string(),
  evidence: z.array(z.string()),
  fix: z.array(z.string()),
  place: z.enum(['cloud9', 'cloudshell', 'sso', 'sandbox', 'other']).optional(),
  link: z.string().optional(),
  source: z.string().optional(),
  profile: z.string().optional(),
  region: z.string().optional(),
  account: z.string().optional(),
  arn: z.string().optional(),
  expires: z.string().optional(),
  permission: z.string().optional(),
  clockSeconds: z.number().optional(),
});

const explained = z.strictObject({
  signature: z.string(),
  what: z.string(),
  fix: z.string(),
  link: z.string().optional(),
  credentials: diagnosis.optional(),
});

const command = z.strictObject({
  text: z.string(),
  terminal: z.string(),
  byHand: z.boolean(),
  status: z.number().int().optional(),
  ended: z.enum(['done', 'timeout', 'stopped', 'shell', 'running']),
  ms: ms.optional(),
  size: z.number().int().nonnegative().optional(),
  tail: z.string().optional(),
  log: z.string().optional(),
  explained: explained.optional(),
});

const check = z.strictObject({
  name: z.string(),
  summary: z.string(),
  outcome: z.enum(['passed', 'failed', 'told', 'stale']),
  ms,
  place,
  expected: z.string().optional(),
  actual: z.string().optional(),
  try: z.string().optional(),
  repeated: z.boolean().optional(),
  exchange: exchange.optional(),
});

const step = z.strictObject({
  id: z.string(),
  title: z.string(),
  task: z.string(),
  outcome: z.enum(['passed', 'failed', 'read', 'skipped', 'interrupted', 'pending']),
  ms: ms.optional(),
  message: z.string().optional(),
  hints: z.number().int().positive().optional(),
  actions: z.array(action),
  commands: z.array(command),
  checks: z.array(check),
  files: z.array(z.strictObject({ path: z.string(), checkpoint: z.string(), kept: z.string().optional() })),
});

const service = z.strictObject({
  name: z.string(),
  step: z.string().optional(),
  text: z.string(),
  byHand: z.boolean().optional(),
  state: z.enum(['starting', 'ready', 'ended']),
  readyBy: z.string().optional(),
  readyMs: ms.optional(),
  status: z.number().int().optional(),
  wanted: z.boolean().optional(),
  ms: ms.optional(),
  tail: z.string().optional(),
  log: z.string().optional(),
  explained: explained.optional(),
});

const lab = z.strictObject({
  lab: z.string(),
  title: z.string(),
  driver: z.enum(['headless', 'tui', 'check', 'clean']),
  mode: z.enum(['sandbox', 'aws']),
  outcome: runOutcome,
  message: z.string().optional(),
  started: z.string(),
  ms: ms.optional(),
  seed: z.string(),
  hash: z.string(),
  workspace: z.string(),
  steps: z.array(step),
  services: z.array(service),
  variables: z.record(z.string(), z.string()),
  credentials: z.strictObject({ account: z.string(), arn: z.string(), region: z.string(), expires: z.string().optional() }).optional(),
  diagnoses: z.array(diagnosis.extend({ step: z.string().optional() })).optional(),
  resources: z.array(
    z.strictObject({
      kind: z.string(),
      name: z.string(),
      state: z.enum(['planned', 'present', 'gone', 'unknown']),
      step: z.string().optional(),
    }),
  ),
  cleanup: z.strictObject({
    done: z.boolean(),
    ms: ms.optional(),
    left: z.array(z.string()),
    actions: z.array(action),
    commands: z.array(command),
  }),
  notices: z.array(z.strictObject({ level: z.enum(['info', 'warning', 'error']), text: z.string(), step: z.string().optional() })),
  counts: z.strictObject({
    steps: z.strictObject({
      passed: z.number(),
      failed: z.number(),
      skipped: z.number(),
      read: z.number(),
      interrupted: z.number(),
      pending: z.number(),
    }),
    checks: z.strictObject({ passed: z.number(), failed: z.number() }),
  }),
});

export const jsonReportSchema = z.strictObject({ labwalk: z.string(), outcome: runOutcome, labs: z.array(lab) });

export type JsonReport = z.infer<typeof jsonReportSchema>;
export type JsonLab = z.infer<typeof lab>;
export type JsonStep = z.infer<typeof step>;
export type JsonAction = z.infer<typeof action>;
export type JsonCommand = z.infer<typeof command>;
export type JsonExplained = z.infer<typeof explained>;
