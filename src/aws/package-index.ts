import { execa } from 'execa';
import * as z from 'zod';

/** The package index by pip's own configuration. */
export interface PackageIndex {
  /** `host:port` of every index and link page; no user, no password. */
  hosts: string[];
  /** Address of the main index; no user, no password. Not there where pip was told to use none, or cannot say. */
  index?: string;
  /** The certificates that this configuration names. */
  certificates?: string;
}

const schema = z.object({ hosts: z.array(z.string()), index: z.string().nullish(), certificates: z.string().nullable() });

/** Asks pip of this Python which index it would use for this person. Where pip cannot say (a broken file), it is none. */
export async function readPackageIndex(
  python: string,
  script: string,
  env: Record<string, string>,
  signal?: AbortSignal,
): Promise<PackageIndex> {
  const { stdout, failed } = await execa(python, ['-s', script], {
    env,
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    ...(signal ? { cancelSignal: signal } : {}),
  });
  if (failed) return { hosts: [] };
  const answer = schema.parse(JSON.parse(stdout));
  return {
    hosts: answer.hosts,
    ...(answer.index ? { index: answer.index } : {}),
    ...(answer.certificates ? { certificates: answer.certificates } : {}),
  };
}
