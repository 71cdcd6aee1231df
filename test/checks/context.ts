import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ResourceError, type CheckContext, type CommandSeen, type Outcome } from '../../src/checks/check.ts';

/** A secret that no outcome may repeat. */
export const SECRET = 'wJalrXUtnFEMI-not-a-real-key-7MDENG';

/** A new folder with these files, removed when the test is over. */
export async function makeFolder(files: Record<string, string> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'labwalk-checks-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** A context on a folder that serves as workspace, lab folder and terminal's directory. */
export function makeContext(folder: string, changes: Partial<CheckContext> = {}): CheckContext {
  return {
    workspace: folder,
    folder,
    directory: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, AWS_SECRET_ACCESS_KEY: SECRET },
    variables: {},
    service: () => undefined,
    logs: () => [],
    route: (url) => ({
      protocol: url.protocol === 'https:' ? 'https:' : 'http:',
      host: url.hostname,
      port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
      hostHeader: url.host,
    }),
    resources: { kinds: ['role'], find: () => Promise.reject(new ResourceError('AWS did not answer.')) },
    signal: new AbortController().signal,
    ...changes,
  };
}

export const command = (output: string, status = 0): CommandSeen => ({ text: 'true', status, output });

/** The sentences of a failed outcome; fails the test when it has passed. */
export function sentences(outcome: Outcome): { expected: string; actual: string; try: string } {
  if (outcome.passed) throw new Error('the check has passed');
  return { expected: outcome.expected, actual: outcome.actual, try: outcome.try };
}

/** A port of 127.0.0.1 on which nothing listens. */
export async function closedPort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
