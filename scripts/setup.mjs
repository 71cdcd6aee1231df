/**
 * Makes a checkout ready to run: Node packages, the bundle, the Python toolchain. `node scripts/setup.mjs`.
 * Node built-ins only. Does what is not done yet, and nothing when all is done; two at once wait for each other.
 */
import '../bin/check-node.cjs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { doTogether } from '../toolchain/do-together.mjs';
import { describeOwner, withLock } from '../toolchain/lock.mjs';
import { describeFailure } from '../toolchain/must-run.mjs';
import { npmCi } from '../toolchain/npm-ci.mjs';
import { endOrphans, markPrograms } from '../toolchain/orphans.mjs';
import { helpAgainst, isRefusal, whyRefused } from '../toolchain/refusal.mjs';
import { ToolchainError, ensureToolchain, openToolchain } from '../toolchain/toolchain.mjs';
import { describeMissing, examineMachine } from './machine.mjs';
import { showProgress } from './progress.mjs';
import { isInstalled, readStamps, stampBuild, stampFolders, stampPackages, writeStamps } from './stamps.mjs';

/** @typedef {Record<string, string | undefined>} Env */

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** npm hands Ctrl-C on to its script, which the terminal has told, too: within this time, two are one. In milliseconds. */
const msHandedOn = 200;

/** The set-up cannot go on; the message is for people. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
}

/**
 * @param {{ env: Env, stream: NodeJS.WriteStream, signal?: AbortSignal }} options `stream` gets the progress
 * @throws {SetupError}
 */
export async function setUp({ env, stream, signal }) {
  const hasProgram = isBuilt();
  if (hasProgram && openToolchain(env)) return;
  const { missing, python } = await examineMachine({ env, needsPython: openToolchain(env) === undefined });
  if (missing.length > 0) throw new SetupError(describeMissing(missing));

  const progress = showProgress(stream);
  const onWait = (/** @type {import('../toolchain/lock.mjs').LockOwner} */ owner) =>
    progress.say(`Another set-up (${describeOwner(owner)}) is at work; waiting for it`);
  const making = { env, onProgress: progress.say, ...(python ? { python } : {}) };
  const works = [
    async (/** @type {AbortSignal} */ stop) => {
      // A checkout that somebody else has set up may be read-only for this user.
      if (hasProgram) return;
      await withLock(path.join(root, '.labwalk', 'setup.lock'), () => installAndBuild(env, progress, stop), { onWait, signal: stop });
    },
    async (/** @type {AbortSignal} */ stop) => {
      if (!openToolchain(env)) await progress.during('Python toolchain', () => ensureToolchain({ ...making, signal: stop }));
    },
  ];
  await doTogether(works, signal).catch((error) => {
    throw asSetupError(error);
  });
  // The build goes on to its end, whatever comes: it takes seconds.
  signal?.throwIfAborted();
}

function isBuilt() {
  const stamps = readStamps(root);
  if (stamps.packages === undefined || stamps.packages !== stampPackages(root) || stamps.folders !== stampFolders(root)) return false;
  return stamps.build !== undefined && stamps.build === stampBuild(root);
}

/**
 * @param {Env} env
 * @param {import('./progress.mjs').Progress} progress
 * @param {AbortSignal} signal
 */
async function installAndBuild(env, progress, signal) {
  const stamps = readStamps(root);
  const packages = stampPackages(root);
  const folders = stampFolders(root);
  if (packages === undefined || stamps.packages !== packages || stamps.folders !== folders) {
    await endOrphans(root, () => progress.say('An interrupted set-up left npm at work; ending it first'));
    // Packages that were changed after npm had installed them may lack any file.
    const isDamaged = packages !== undefined && stamps.packages === packages && stamps.folders !== undefined;
    if (isDamaged || !isInstalled(root)) {
      await progress.during('Node packages', () => installPackages(markPrograms(env, root), progress.say, signal));
    }
    writeStamps(root, { packages: stampPackages(root), folders: stampFolders(root) });
  }
  const built = stampBuild(root);
  if (built === undefined || stamps.build !== built) {
    await progress.during('Program', buildProgram);
    writeStamps(root, { build: stampBuild(root) });
  }
}

async function buildProgram() {
  const { build } = await import('./build.mjs');
  try {
    await build(root);
  } catch (error) {
    if (isRefusal(error)) throw error;
    // esbuild has told what is wrong, with file and line.
    const isTold = error instanceof Error && 'errors' in error;
    throw new SetupError(`The program could not be built${isTold ? '.' : `: ${/** @type {Error} */ (error).message}`}\n`, { cause: error });
  }
}

/**
 * @param {Env} env
 * @param {(message: string) => void} onProgress
 * @param {AbortSignal} signal
 */
async function installPackages(env, onProgress, signal) {
  // npm names its own file to the scripts that it runs; what is on PATH may be another.
  const npm = env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, env.npm_execpath] : ['npm'];
  const options = ['--include=dev', '--prefer-offline', '--loglevel=error'];
  const ended = await npmCi(npm, options, { env, cwd: root, onProgress, signal });
  if (ended.status !== 0) throw describeFailure(`The Node packages could not be installed (npm ci, status ${ended.status})`, ended.errors);
}

/** @param {unknown} error */
function asSetupError(error) {
  if (error instanceof ToolchainError) return new SetupError(`${error.what}\n${error.fix}\n`);
  if (!isRefusal(error)) return error;
  const { path: file = root } = /** @type {NodeJS.ErrnoException} */ (error);
  const help = helpAgainst(error, file, root) ?? 'Clone labwalk into a folder that you can write to.';
  return new SetupError(`labwalk can't be set up: ${whyRefused(error)} (${file}).\n${help}\n`, { cause: error });
}

/**
 * Sets up on behalf of a script; does not come back where it cannot: exit 3, or 130 when interrupted.
 * @param {Env} [env]
 */
export async function setUpOrExit(env = process.env) {
  const aborter = new AbortController();
  let since = 0;
  const stop = () => {
    // A second one does not wait: the next set-up makes anew what is not whole.
    if (aborter.signal.aborted && performance.now() - since > msHandedOn) process.exit(130);
    since ||= performance.now();
    aborter.abort();
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, stop);
  try {
    await setUp({ env, stream: process.stderr, signal: aborter.signal });
  } catch (error) {
    if (aborter.signal.aborted) process.exit(130);
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(error.message);
    process.exit(3);
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setUpOrExit();
