/** What is the matter with the AWS credentials of an environment, and what to do. */
import type { CredentialsPlace, Diagnosis } from '../../events/diagnosis.ts';
import { askAws } from './ask-aws.ts';
import { conclude } from './conclude.ts';
import { findCredentials } from './find-credentials.ts';
import type { FoundCredentials } from './found-credentials.ts';
import { judgeAnswers, judgeFound } from './judge.ts';
import { detectPlace } from './place.ts';
import { withSignal } from './with-signal.ts';

export interface DiagnoseOptions {
  /** The toolchain's Python, which has botocore. */
  python: string;
  /** The whole environment of the terminal in question. */
  env: Readonly<Record<string, string>>;
  /** The terminal's directory. */
  directory?: string;
  /** Services that will be needed: `iam`, `lambda`, … */
  services: readonly string[];
  /** Where the person is; seen from the environment where not given. */
  place?: CredentialsPlace;
  /** Where AWS is asked, where the environment says nothing: the sandbox. */
  endpoint?: string;
  signal?: AbortSignal;
}

/** A diagnosis with the keys that it is about: only for labwalk's own calls to AWS, in memory. */
export interface Diagnosed {
  diagnosis: Diagnosis;
  found: FoundCredentials;
}

/** Looks for credentials as botocore does, and asks AWS with exactly those. Only reads. Where it is aborted, the cause is unclear. */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosed> {
  const { env, services, endpoint } = options;
  const found = await findCredentials(options);
  const place = options.place ?? detectPlace(env, found);
  const local = judgeFound(found);
  if (local || !found.keys || !found.region) return { diagnosis: conclude(local ?? { cause: 'none' }, { env, found, place }), found };
  const endpoints = endpoint ? withDefault(found.endpoints, endpoint) : found.endpoints;
  const asking = askAws({ keys: found.keys, region: found.region, services, endpoints });
  const answers = await withSignal(asking, options.signal).catch((error: unknown) => {
    if (options.signal?.aborted) return undefined;
    throw error;
  });
  if (!answers) return { diagnosis: conclude({ cause: 'unclear' }, { env, found, place }), found };
  return { diagnosis: conclude(judgeAnswers(found, answers), { env, found, place, answers }), found };
}

function withDefault(endpoints: FoundCredentials['endpoints'], endpoint: string): FoundCredentials['endpoints'] {
  const all = Object.fromEntries(['sts', 'iam', 'lambda', 'apigateway'].map((service) => [service, endpoint]));
  return { ...all, ...endpoints };
}
