import { Worker } from 'node:worker_threads';
import type { Found, Search } from './find.js';
import { cutOff } from './run-briefly.ts';

/** `why`: there is no result, and for what reason. */
export type SearchAnswer = { found?: Found; why?: string };

/** One thread for all searches, made at the first and kept: to start one takes 50 ms and more. It does not keep the program running. */
let thread: Promise<Worker> | undefined;
/** The search before: on a full machine, a hundred threads would only be in each other's way. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Searches in a thread, after the searches that were asked for before, and ends it after so many milliseconds. Rejects with the signal's reason.
 */
export async function searchAside(search: Search, ms: number, signal?: AbortSignal): Promise<SearchAnswer | typeof cutOff> {
  const work = last.then(() => (signal?.aborted ? cutOff : searchNow(search, ms, signal)));
  last = work.catch(() => undefined);
  const answer = await Promise.race([work, whenAborted(signal)]);
  signal?.throwIfAborted();
  return answer;
}

async function searchNow(search: Search, ms: number, signal: AbortSignal | undefined): Promise<SearchAnswer | typeof cutOff> {
  let worker: Worker;
  try {
    worker = await (thread ??= startThread());
  } catch (error) {
    thread = undefined;
    // A machine that has no thread left, say.
    return { why: (error as Error).message };
  }
  worker.ref();
  const answer = await answerOf(worker, search, ms, signal);
  worker.unref();
  if (answer === cutOff) {
    thread = undefined;
    await worker.terminate();
  }
  return answer;
}

/** Resolves when it is up: its time has not begun before. */
function startThread(): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./find-worker.js', import.meta.url), { name: 'labwalk patterns', execArgv: [], env: {} });
    worker.once('online', () => resolve(worker));
    // It stays: one that is being ended may still have its say.
    worker.on('error', reject);
  });
}

/** Does not wait for searches that came before. */
const whenAborted = (signal: AbortSignal | undefined): Promise<typeof cutOff> =>
  new Promise((resolve) => signal?.addEventListener('abort', () => resolve(cutOff), { once: true }));

/** `cutOff` also where the signal comes. */
function answerOf(worker: Worker, search: Search, ms: number, signal: AbortSignal | undefined): Promise<SearchAnswer | typeof cutOff> {
  return new Promise((resolve) => {
    const giveUp = () => end(cutOff);
    const end = (answer: SearchAnswer | typeof cutOff) => {
      clearTimeout(timer);
      worker.off('message', end).off('exit', giveUp);
      signal?.removeEventListener('abort', giveUp);
      resolve(answer);
    };
    const timer = setTimeout(giveUp, ms);
    worker.on('message', end).on('exit', giveUp);
    signal?.addEventListener('abort', giveUp);
    worker.postMessage(search);
  });
}
