import type { Finding } from '../finding.ts';

/** The machine's examination is about the sandbox; an account's keys have an examination of their own. */
export function judgeCredentials(aws: boolean): Finding {
  const about = { id: 'credentials', name: 'AWS credentials', status: 'ok' } as const;
  if (!aws) return { ...about, found: 'none are needed' };
  return { ...about, found: 'none are needed in the sandbox; `labwalk doctor --aws` looks at yours' };
}
