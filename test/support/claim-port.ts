import { onTestFinished } from 'vitest';
import { claimFreePort } from '../../src/process/port-claims.ts';

/** A port of this test's own until its end: no other test and no labwalk chooses it. */
export async function claimPort(from = 20_000): Promise<number> {
  const { port, release } = await claimFreePort(from);
  onTestFinished(release);
  return port;
}

/** For what outlives a test: a port that nobody else chooses until this process has ended. */
export const keepPort = async (from: number): Promise<number> => (await claimFreePort(from)).port;
