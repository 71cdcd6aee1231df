/** Programs that must do their work: where one does not, a person learns why and what to do. */
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
  throw describeFailure(what, ended.errors);
}

/**
 * A program's failure, for people: why, as far as its last words tell, these words, and what to do.
 *
 * @param {string} what could not be done
 * @param {string} errors what the program wrote
 */
export function describeFailure(what, errors) {
  const { why, fix } = causes.find(({ pattern }) => pattern.test(errors)) ?? unknown;
  return new ToolchainError(`${what}:${why ? ` ${why}.` : ''}\n${hideLogins(lastWords(errors))}\n`, fix);
}

/**
 * The last lines. Each of pip's tries says the same before them.
 * @param {string} errors
 */
function lastWords(errors) {
  const lines = errors.trim().split('\n');
  const telling = lines.filter((line) => !/^WARNING: Retrying /.test(line));
  return (telling.length > 0 ? telling : lines).slice(-6).join('\n');
}

/**
 * pip repeats the address of the index, which may hold a login.
 * @param {string} text
 */
export function hideLogins(text) {
  return text.replace(/(\w+:\/\/)[^\s/@]+@/g, '$1***@');
}

export const diskFull = {
  pattern: /ENOSPC|No space left|EDQUOT|quota exceeded/i,
  why: 'the disk is full',
  fix: 'Free some disk space, or set XDG_CACHE_HOME to a folder on a larger disk, then try again.',
};

/**
 * In the words of pip and npm; the first that fits.
 * @type {{ pattern: RegExp, why: string, fix: string }[]}
 */
const causes = [
  diskFull,
  {
    pattern: /EINTEGRITY|ENOENT[^]*_cacache/,
    why: "a package is not the one that its lock file names, or npm's cache is damaged",
    fix: "Empty npm's cache, then try again:\nnpm cache clean --force\nIf that does not help, the registry, or a proxy on the way, gives out other packages.",
  },
  {
    pattern: /DO NOT MATCH THE HASHES/,
    why: "a package is not the one that its lock file names, or pip's cache is damaged",
    fix: "Empty pip's cache, then try again:\npython3 -m pip cache purge\nIf that does not help, the package index, or a proxy on the way, gives out other packages.",
  },
  {
    pattern: /\b407\b|tunnel|ProxyError|Cannot connect to proxy/i,
    why: 'the proxy refused, or is not there',
    fix: 'Look whether the proxy variables (https_proxy) are right, then try again.',
  },
  {
    pattern: /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|certificate/i,
    why: 'this machine does not know the certificate of the package registry',
    fix: "Set NODE_EXTRA_CA_CERTS and PIP_CERT to the file with your network's certificate, then try again.",
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|name resolution|Failed to establish|timed out|from versions: none/i,
    why: 'this machine does not reach the package registry',
    fix: 'Look whether this machine reaches the network, and whether its proxy variables are right, then try again.',
  },
];

const unknown = { why: '', fix: 'Check the network and the free disk space, then try again.' };
