import type { Finding } from '../finding.ts';

const megabyte = 1024 * 1024;
/** Megabytes that the sandbox and a lab's own service take together. */
const wanted = 250;

/** @param bytes that this process may still get: the system's, or those of a container's limit */
export function judgeMemory(bytes: number): Finding {
  const megabytes = Math.floor(bytes / megabyte);
  const found = `${megabytes >= 10_240 ? `${Math.floor(megabytes / 1024)} GB` : `${megabytes} MB`} available`;
  const about = { id: 'memory', name: 'Memory', found };
  if (megabytes >= wanted) return { ...about, status: 'ok' };
  const why = `The sandbox and what a lab runs want ${wanted} MB; with less, the system may end programs without a word.`;
  return { ...about, status: 'warning', why, fix: 'Close other programs, or give the machine or the container more memory.' };
}
