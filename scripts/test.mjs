/**
 * `npm test`: the set-up, then all tests but the long ones, and beside them the checks of the text (types, lint, rooms, format). The last
 * line tells how many passed and failed; a check counts as one test. Arguments go to vitest, and there are no checks then:
 * `npm test -- test/lab`.
 *
 * `npm run test:long`: the long tests, or the parts of them that are named: `npm run test:long -- labs account`. A part is a folder of
 * test/long.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { runCommand } from '../toolchain/run-command.mjs';
import { root, setUpOrExit } from './setup.mjs';

/** @typedef {{ passed: number, failed: number }} Count */

/** What `npm run check` does, without the tests. */
const checks = [
  { title: 'types', command: ['tsc', '--noEmit'] },
  { title: 'lint', command: ['eslint', '.'] },
  { title: 'rooms', command: ['depcruise', '--config', '.dependency-cruiser.js', '--output-type', 'err', 'src'] },
  { title: 'format', command: ['prettier', '--check', '.'] },
];

const env = { ...process.env, PATH: `${path.join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}` };
const given = process.argv.slice(2);
const isLong = given[0] === '--long';
const chosen = isLong ? longFolders(given.slice(1)) : given;
const projects = isLong ? ['long'] : chosen.length > 0 ? [] : ['unit', 'real', 'e2e'];
/** Aborted when the tests are interrupted: then the checks end, too. */
const stopping = new AbortController();

await setUpOrExit();
// One run of all kinds: no core is idle while the last file of a kind is at work.
const counts = await Promise.all([runTests(), ...(chosen.length > 0 ? [] : [runChecks()])]);

const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.exitCode = failed === 0 ? 0 : 1;
process.stdout.write(`${passed} passed, ${failed} failed\n`);

/**
 * The folders of these parts; of all where none is named.
 * @param {string[]} parts
 */
function longFolders(parts) {
  const all = readdirSync(path.join(root, 'test/long'));
  const unknown = parts.find((part) => !all.includes(part));
  if (unknown !== undefined) {
    process.stderr.write(`There is no part ${unknown}. There are: ${all.join(', ')}.\n`);
    process.exit(2);
  }
  return (parts.length > 0 ? parts : all).map((part) => `test/long/${part}/`);
}

/**
 * One at a time: the tests have as many processes as there are cores.
 * @returns {Promise<Count>}
 */
async function runChecks() {
  const count = { passed: 0, failed: 0 };
  for (const { title, command } of checks) {
    const options = { env, cwd: root, signal: stopping.signal };
    const ended = await runCommand(command[0] ?? '', command.slice(1), options).catch((error) => {
      if (!stopping.signal.aborted) throw error;
    });
    if (!ended) return { ...count, failed: count.failed + 1 };
    const { status, output, errors } = ended;
    process.stdout.write(status === 0 ? `${title}: ok\n` : `${title}: failed\n${output}${errors}\n`);
    count[status === 0 ? 'passed' : 'failed']++;
  }
  return count;
}

/** @returns {Promise<Count>} */
async function runTests() {
  const folder = mkdtempSync(path.join(tmpdir(), 'labwalk-test-'));
  const file = path.join(folder, 'results.json');
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const args = ['run', '--passWithNoTests', ...reports, ...projects.flatMap((name) => ['--project', name]), ...chosen];
  try {
    const status = await runShown('vitest', args);
    return readCount(file, status);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A file that does not load, or an error outside of any test, fails the run without a failed test: it counts as one.
 * @param {string} file
 * @param {number} status
 * @returns {Count}
 */
function readCount(file, status) {
  /** @type {{ numPassedTests: number, numFailedTests: number }} */
  let results = { numPassedTests: 0, numFailedTests: 0 };
  try {
    results = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // No test was found, or vitest did not come so far.
  }
  const failed = results.numFailedTests;
  return { passed: results.numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed };
}

/**
 * Runs a program on this terminal; signals to this process are passed on.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function runShown(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      child.kill(signal);
      stopping.abort();
    };
    for (const signal of signals) process.on(signal, pass);
    const finish = (/** @type {number} */ status) => {
      for (const signal of signals) process.off(signal, pass);
      resolve(status);
    };
    child.on('error', () => finish(127));
    child.on('close', (code) => finish(code ?? 1));
  });
}
