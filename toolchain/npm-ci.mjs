/** `npm ci`, also where npm's cache is damaged. Node built-ins only. */
import { runCommand } from './run-command.mjs';

/**
 * How npm says that a file of its cache is not what it was, or is gone: npm removes what is damaged, and then misses it.
 * https://docs.npmjs.com/cli/commands/npm-cache
 */
const damagedCache = /EINTEGRITY|ENOENT[^]*_cacache/;

/**
 * Installs what the lock file in `cwd` names. Where npm's cache is damaged, lets npm repair it and tries again.
 *
 * @param {string[]} npm the command, and arguments that start it
 * @param {string[]} options of `npm ci`
 * @param {object} how
 * @param {Record<string, string | undefined>} how.env
 * @param {string} how.cwd
 * @param {(message: string) => void} how.onProgress
 * @param {(line: string) => void} [how.onLine]
 * @param {AbortSignal} [how.signal]
 * @returns {Promise<import('./run-command.mjs').Ended>}
 */
export async function npmCi([command = 'npm', ...first], options, { onProgress, onLine, ...how }) {
  const install = () => runCommand(command, [...first, 'ci', ...options], { ...how, ...(onLine ? { onLine } : {}) });
  const ended = await install();
  if (ended.status === 0 || !damagedCache.test(ended.errors)) return ended;
  onProgress("npm's cache is damaged. Repairing it (npm cache verify), then installing again");
  await runCommand(command, [...first, 'cache', 'verify'], how);
  return install();
}
