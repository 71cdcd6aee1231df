/** What this machine must have before anything can be installed, and how to get it on each system. */
import { describeMissingPython, findPython } from '../toolchain/python.mjs';
import { findOnPath } from '../toolchain/run-command.mjs';

/**
 * @typedef {object} Missing
 * @property {string} what
 * @property {string} debian
 * @property {string} amazonLinux
 * @property {string} macos
 */

/**
 * All that is missing, at once: nobody likes to be told one thing after the other.
 * @param {{ env: Record<string, string | undefined>, needsPython?: boolean }} options
 * @returns {Promise<{ missing: Missing[], python?: import('../toolchain/python.mjs').Python }>}
 */
export async function examineMachine({ env, needsPython = true }) {
  /** @type {Missing[]} */
  const missing = [];
  if (!env.npm_execpath && findOnPath('npm', env).length === 0) {
    missing.push({
      what: 'npm is missing: it is not on PATH.',
      debian: 'sudo apt install npm',
      amazonLinux: 'sudo dnf install nodejs-npm',
      macos: 'brew install node',
    });
  }
  if (findOnPath('bash', env).length === 0) {
    missing.push({
      what: "bash is missing: it is not on PATH, and the labs' terminal is one.",
      debian: 'sudo apt install bash',
      amazonLinux: 'sudo dnf install bash',
      macos: 'brew install bash',
    });
  }
  const search = needsPython ? await findPython(env) : undefined;
  const noPython = search && describeMissingPython(search);
  if (noPython) missing.push(noPython);
  return search?.found ? { missing, python: search.found } : { missing };
}

/** @param {Missing[]} missing */
export function describeMissing(missing) {
  const parts = missing.map(
    ({ what, debian, amazonLinux, macos }) =>
      `${what}\n  Debian, Ubuntu:    ${debian}\n  Amazon Linux 2023: ${amazonLinux}\n  macOS:             ${macos}\n`,
  );
  return `${parts.join('\n')}\nThen run the same command again.\n`;
}
