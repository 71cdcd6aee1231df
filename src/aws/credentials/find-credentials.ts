/** Credentials and region as the learner's tools will find them: botocore itself looks. */
import os from 'node:os';
import * as z from 'zod';
import { runProgram } from '../../checks/run-program.ts';
import { shippedFile } from '../../files/shipped-file.ts';
import { nothingFound } from './found-credentials.ts';
import type { FoundCredentials } from './found-credentials.ts';

export interface FindCredentialsOptions {
  /** A Python that has botocore: the toolchain's. */
  python: string;
  /** The whole environment that is looked at. */
  env: Readonly<Record<string, string>>;
  /** Where commands would run, for relative paths in the environment; a folder without meaning where not given. */
  directory?: string;
  signal?: AbortSignal;
}

/** Roles, helper programs and the machine's metadata service are asked over the network or start programs. */
const msToFind = 30_000;

const text = z
  .string()
  .nullish()
  .transform((value) => value || undefined);
const schema = z.object({
  keys: z.object({ id: z.string(), secret: z.string(), token: text }).optional(),
  source: text,
  profile: text,
  profiles: z.array(z.string()).default([]),
  sso: z.boolean().default(false),
  region: text,
  expires: text,
  endpoints: z.record(z.string(), z.string()).default({}),
  cloud9_file: z.boolean().default(false),
  problem: z.object({ kind: z.string(), message: z.string(), code: text, operation: text }).optional(),
});

/**
 * Looks with exactly this environment. The keys come back over a pipe. In a process group without a terminal, so that nothing can ask the
 * person for a password meanwhile. Never throws for what it finds; an abort is a problem of kind `Aborted`.
 */
export async function findCredentials({ python, env, directory = os.tmpdir(), signal }: FindCredentialsOptions): Promise<FoundCredentials> {
  const { ended, stdout, stderr, message } = await runProgram(python, {
    // -I: no PYTHONPATH and no packages of the person's: the toolchain's botocore is the one that answers
    args: ['-I', shippedFile('sandbox', 'resolve_credentials.py')],
    directory,
    env: { ...env },
    signal: signal ?? new AbortController().signal,
    timeout: msToFind,
  });
  if (ended === 'timeout') return nothing('Timeout', `It took longer than ${msToFind / 1000} seconds to look for credentials.`);
  if (ended === 'stopped') return nothing('Aborted', 'The look for credentials was stopped.');
  const answer = schema.safeParse(parse(stdout));
  if (!answer.success) return nothing('NotStarted', message ?? (lastLine(stderr) || 'Python said nothing.'));
  const { keys, source, profile, profiles, sso, region, expires, endpoints, cloud9_file: cloud9File, problem } = answer.data;
  return {
    ...(keys ? { keys: asKeys(keys, expires) } : {}),
    ...(source ? { source } : {}),
    ...(profile ? { profile } : {}),
    ...(region ? { region } : {}),
    ...(problem ? { problem: asProblem(problem) } : {}),
    profiles,
    sso,
    endpoints,
    cloud9File,
  };
}

const nothing = (kind: string, message: string): FoundCredentials => ({
  ...nothingFound,
  problem: { kind, message },
});

const asKeys = ({ id, secret, token }: { id: string; secret: string; token?: string | undefined }, expires: string | undefined) => ({
  accessKeyId: id,
  secretAccessKey: secret,
  ...(token ? { sessionToken: token } : {}),
  ...(expires ? { expires: new Date(expires).toISOString() } : {}),
});

const asProblem = ({ kind, message, code, operation }: NonNullable<z.infer<typeof schema>['problem']>) => ({
  kind,
  message,
  ...(code ? { code } : {}),
  ...(operation ? { operation } : {}),
});

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const lastLine = (lines: string) => lines.trim().split('\n').at(-1) ?? '';
