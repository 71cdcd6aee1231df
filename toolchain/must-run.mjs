/** Programs that must do their work: where one does not, a person is told why and what to do. */
import { runCommand } from './run-command.mjs';
import { ToolchainError } from './toolchain-error.mjs';

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ what: string, env: Record<string, string | undefined>, cwd?: string, signal?: AbortSignal, onLine?: (line: string) => void }} options
 *   `what` could not be done, for people
 * @returns {Promise<string>} what it wrote to stdout
 * @throws {ToolchainError}
 */
export async function mustRun(command, args, { what, ...options }) {
  const ended = await runCommand(command, args, options);
  if (ended.status === 0) return ended.output;
  const reason = hideLogins(ended.errors.trim().split('\n').slice(-6).join('\n'));
  throw new ToolchainError(`${what}:\n${reason}\n`, `${fixFor(ended.errors)} What was begun is removed.`);
}

/**
 * pip repeats the address of the index, which may hold a login.
 * @param {string} text
 */
export function hideLogins(text) {
  return text.replace(/(\w+:\/\/)[^\s/@]+@/g, '$1***@');
}

/** @type {[RegExp, string][]} The first that fits; pip's words, and npm's. */
const fixes = [
  [
    /ENOSPC|No space left|EDQUOT|quota exceeded/i,
    'Free some disk space, or set XDG_CACHE_HOME to a folder on a larger disk, then try again.',
  ],
  [/\b407\b|tunnel|ProxyError|Cannot connect to proxy/i, 'Look whether the proxy variables (https_proxy) are right, then try again.'],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|certificate/i,
    "Set NODE_EXTRA_CA_CERTS and PIP_CERT to the file with your network's certificate, then try again.",
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|name resolution|Failed to establish|timed out|from versions: none/i,
    'Look whether this machine reaches the network, and whether its proxy variables are right, then try again.',
  ],
];

/** @param {string} errors */
export function fixFor(errors) {
  return fixes.find(([pattern]) => pattern.test(errors))?.[1] ?? 'Check the network and the free disk space, then try again.';
}
