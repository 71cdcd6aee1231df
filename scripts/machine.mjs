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

const oldestNode = [20, 19];

/** @param {string} version */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = oldestNode;
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/**
 * All that is missing, at once: nobody likes to be told one thing after the other.
 * @param {{ env: Record<string, string | undefined>, node?: string, needsPython?: boolean }} options `node`: its version
 * @returns {Promise<{ missing: Missing[], python?: import('../toolchain/python.mjs').Python }>}
 */
export async function examineMachine({ env, node = process.versions.node, needsPython = true }) {
  /** @type {Missing[]} */
  const missing = [];
  if (!isNodeNewEnough(node)) {
    const newer = 'curl -fsSL https://rpm.nodesource.com/setup_22.x | sudo bash - && sudo dnf install nodejs';
    missing.push({
      what: `Node.js ${oldestNode.join('.')} or newer is missing: this is ${node}.`,
      debian: 'curl -fsSL https://deb.nodesource.com/setup_22.x | sudo bash - && sudo apt install nodejs',
      amazonLinux: newer,
      macos: 'brew install node@22',
    });
  }
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
