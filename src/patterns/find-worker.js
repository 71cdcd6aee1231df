/** A thread that searches, so that a pattern that never comes to an end can be ended. Built as a file of its own: scripts/build.mjs. */
import { parentPort } from 'node:worker_threads';
import { find } from './find.js';

parentPort?.on('message', (/** @type {import('./find.js').Search} */ search) => {
  try {
    parentPort?.postMessage({ found: find(search) });
  } catch (error) {
    parentPort?.postMessage({ why: /** @type {Error} */ (error).message });
  }
});
