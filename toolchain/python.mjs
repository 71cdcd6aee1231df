/** Looks for a Python that will do. Node built-ins only. */
import { findOnPath, runCommand } from './run-command.mjs';

/**
 * @typedef {object} Python
 * @property {string} command Where it was found: `/usr/bin/python3`.
 * @property {string} executable The interpreter itself, behind shims and virtual environments.
 * @property {string} version `3.11.7`
 * @property {string} pip The pip that it puts into new virtual environments: a wheel, which Python can run as it is.
 *
 * @typedef {object} Refused
 * @property {string} command
 * @property {'broken' | 'old' | 'no-venv'} why `no-venv`: new enough, but `python3 -m venv` would fail.
 * @property {string} [version]
 *
 * @typedef {object} PythonSearch
 * @property {Python} [found]
 * @property {Refused[]} refused What was found before it and will not do.
 */

/** Chalice 1.34 needs it. */
export const oldestPython = '3.10';

/** `python3` first: it is the learner's own. Amazon Linux 2023's is 3.9, with newer ones beside it. */
const names = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];

const msToAnswer = 20_000;

/**
 * Valid in Python 2, too, so that an old `python` answers instead of failing. The pip wheel is in the standard library's
 * folder, or where a distribution keeps wheels (Debian has them in a package of its own).
 */
const probe = `
import json, sys
answer = {"version": ".".join(str(n) for n in sys.version_info[:3]), "new": sys.version_info >= (3, 10)}
try:
    import ensurepip, glob, os, ssl, sysconfig, venv
    folders = [os.path.join(os.path.dirname(ensurepip.__file__), "_bundled"), sysconfig.get_config_var("WHEEL_PKG_DIR"), "/usr/share/python-wheels"]
    answer["pip"] = [w for f in folders if f for w in sorted(glob.glob(os.path.join(f, "pip-*.whl")))][0]
    answer["executable"] = sys._base_executable
except Exception:
    pass
print(json.dumps(answer))
`;

/**
 * Finds a Python of at least 3.10 that can make virtual environments. Each candidate is started, for a name on PATH
 * may be a version manager's shim with nothing behind it.
 *
 * @param {Record<string, string | undefined>} env
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<PythonSearch>}
 */
export async function findPython(env, { signal } = {}) {
  /** @type {Refused[]} */
  const refused = [];
  for (const command of names.flatMap((name) => findOnPath(name, env))) {
    const seen = await askPython(command, env, signal);
    if (!('why' in seen)) return { found: seen, refused };
    refused.push(seen);
  }
  return { refused };
}

/**
 * @param {string} command
 * @param {Record<string, string | undefined>} env
 * @param {AbortSignal} [signal]
 * @returns {Promise<Python | Refused>}
 */
export async function askPython(command, env, signal) {
  const ended = await runCommand(command, ['-c', probe], { env: cleanPythonEnv(env), timeout: msToAnswer, signal });
  /** @type {{ version: string, new: boolean, executable?: string, pip?: string }} */
  let answer;
  try {
    if (ended.status !== 0) return { command, why: 'broken' };
    answer = JSON.parse(ended.output);
  } catch {
    return { command, why: 'broken' };
  }
  const { version, executable, pip } = answer;
  if (!answer.new) return { command, why: 'old', version };
  return executable && pip ? { command, executable, version, pip } : { command, why: 'no-venv', version };
}

/**
 * The environment without what would send a Python to other libraries or to another folder than it is told.
 * @param {Record<string, string | undefined>} env
 * @returns {Record<string, string | undefined>}
 */
export function cleanPythonEnv(env) {
  const {
    PYTHONPATH,
    PYTHONHOME,
    PYTHONSTARTUP,
    VIRTUAL_ENV,
    __PYVENV_LAUNCHER__,
    PIP_TARGET,
    PIP_PREFIX,
    PIP_ROOT,
    PIP_REQUIREMENT,
    ...rest
  } = env;
  return { ...rest, PIP_USER: '0', PIP_REQUIRE_VIRTUALENV: '0', PIP_NO_INPUT: '1', PIP_DISABLE_PIP_VERSION_CHECK: '1' };
}

/**
 * What to install where no Python will do, in words for each system.
 * @param {PythonSearch} search
 * @returns {{ what: string, debian: string, amazonLinux: string, macos: string } | undefined} undefined where one was found
 */
export function describeMissingPython({ found, refused }) {
  if (found) return undefined;
  const bare = refused.find((one) => one.why === 'no-venv');
  if (bare) {
    const minor = bare.version?.split('.').slice(0, 2).join('.') ?? '3';
    return {
      what: `Python ${bare.version} (${bare.command}) cannot make virtual environments: a part of its standard library is missing.`,
      debian: `sudo apt install python${minor}-venv`,
      amazonLinux: 'sudo dnf install python3.11 python3.11-pip',
      macos: 'brew install python@3.13',
    };
  }
  return {
    what: `Python ${oldestPython} or newer is missing${describeRefused(refused)}.`,
    debian: 'sudo apt install python3 python3-venv',
    amazonLinux: 'sudo dnf install python3.11 python3.11-pip',
    macos: 'brew install python@3.13',
  };
}

/** @param {Refused[]} refused */
function describeRefused(refused) {
  const old = refused.find((one) => one.why === 'old');
  if (old) return `: ${old.command} is ${old.version}`;
  const broken = refused[0];
  return broken ? `: ${broken.command} does not start` : '';
}
