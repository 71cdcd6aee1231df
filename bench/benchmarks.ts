import path from 'node:path';
import { checksByName } from '../src/checks/index.ts';
import { parseLab } from '../src/lab/parse-lab.ts';
import { toVerifyHtml } from '../src/verify/report/html.ts';
import { toVerifyJunit } from '../src/verify/report/junit.ts';
import { bigReport } from '../test/support/verify-reports.ts';
import { measureAlbumPage } from './album.ts';
import { compareJobs, compareVerifyWithScripts, compareWithScript } from './chalice.ts';
import { compareCheckWithHand } from './check.ts';
import { floodLab, trivialLab, writeLab } from './labs.ts';
import { measureSetUp, measureSetUpAgain } from './set-up.ts';
import {
  measureEcho,
  measureFirstFrame,
  measureKeys,
  measureLongText,
  measureManySteps,
  measureMemory,
  measureProcessor,
  measureStepText,
} from './walk.ts';
import { compare, median, peakMemory, round, time, type Program } from './measure.ts';

export interface Place {
  /** labwalk's own folder. */
  root: string;
  /** An empty folder for this run. */
  folder: string;
}

export interface Benchmark {
  name: string;
  about: string;
  /** The figure must not be greater. */
  limit: number;
  measure(place: Place): Promise<{ figure: number; details: unknown }>;
}

const node = (...args: string[]): Program => ({ file: process.execPath, args });
const labwalk = (root: string, ...args: string[]): Program => node(path.join(root, 'bin/labwalk.js'), ...args);

/** A program against `node -e 0`. */
async function againstNode(program: Program) {
  const details = await compare(
    () => time(program),
    () => time(node('-e', '0')),
    15,
  );
  return { figure: details.ratio, details };
}

function parseMs(steps: number): number {
  const text = trivialLab(steps);
  const began = performance.now();
  const { problems } = parseLab('/bench/lab.md', { read: () => text, checks: checksByName });
  if (problems.length > 0) throw new Error(problems[0]?.what);
  return performance.now() - began;
}

/** Milliseconds for both, and the characters that they have. */
function reportMs(checks: number): { ms: number; characters: number } {
  const report = bigReport(checks);
  const began = performance.now();
  const characters = toVerifyJunit(report).length + toVerifyHtml(report).length;
  return { ms: performance.now() - began, characters };
}

export const benchmarks: readonly Benchmark[] = [
  {
    name: 'version',
    about: '`labwalk --version`, × `node -e 0`',
    limit: 1.2,
    measure: ({ root }) => againstNode(labwalk(root, '--version')),
  },
  { name: 'list', about: '`labwalk list`, × `node -e 0`', limit: 2, measure: ({ root }) => againstNode(labwalk(root, 'list')) },
  {
    name: 'steps',
    about: '`labwalk run` on 1,000 trivial steps with a check each, × a bash loop with `bash -c` for each',
    limit: 1,
    async measure({ root, folder }) {
      const file = writeLab(folder, 'steps', trivialLab(1000));
      const loop = 'for ((i = 0; i < 1000; i++)); do [ "$(bash -c "echo step $i")" = "step $i" ] || exit 1; done';
      const details = await compare(
        () => time(labwalk(root, 'run', file)),
        () => time({ file: 'bash', args: ['-c', loop] }),
        5,
      );
      return { figure: details.ratio, details };
    },
  },
  {
    name: 'parse',
    about: 'a lab of 10,000 steps parses: seconds',
    limit: 1,
    measure() {
      parseMs(1000);
      const small = median([parseMs(5000), parseMs(5000), parseMs(5000)]);
      const large = median([parseMs(10_000), parseMs(10_000), parseMs(10_000)]);
      return Promise.resolve({
        figure: round(large / 1000),
        details: { ms5000: Math.round(small), ms10000: Math.round(large), growth: round(large / small) },
      });
    },
  },
  {
    name: 'reports',
    about: 'JUnit and HTML of a verification with 5,000 checks: seconds',
    limit: 2,
    measure() {
      const first = reportMs(5_000);
      const [small, large] = [2_500, 5_000].map((checks) => median([1, 2, 3].map(() => reportMs(checks).ms)));
      return Promise.resolve({
        // the first, before anything is warm: so it is in the program
        figure: round(first.ms / 1000),
        details: {
          firstMs: Math.round(first.ms),
          ms2500: Math.round(small ?? 0),
          ms5000: Math.round(large ?? 0),
          characters: first.characters,
        },
      });
    },
  },
  {
    name: 'flood',
    about: 'peak memory of `labwalk run` with a command of 1,000,000 lines, × one of 10,000 lines',
    limit: 1.5,
    async measure({ root, folder }) {
      const peak = (lines: number) => peakMemory(labwalk(root, 'run', writeLab(folder, `flood-${lines}`, floodLab(lines))));
      // when the collector comes is a matter of chance
      const peaks = async (lines: number) => median([await peak(lines), await peak(lines), await peak(lines)]);
      const [few, many] = [await peaks(10_000), await peaks(1_000_000)];
      return { figure: round(many / few), details: { mb10000: few, mb1000000: many } };
    },
  },
  {
    name: 'first-frame',
    about: 'the first frame of a lab on a terminal, × `node -e 0`',
    limit: 2.7,
    measure: measureFirstFrame,
  },
  { name: 'step-text', about: "a step's text on a terminal, × `node -e 0`", limit: 4.5, measure: measureStepText },
  {
    name: 'keys-120x40',
    about: 'key to changed screen at 120 × 40, while a service logs 5,000 lines a second: 95 % are below, ms',
    limit: 50,
    measure: (place) => measureKeys(place, { columns: 120, rows: 40 }),
  },
  {
    name: 'keys-80x24',
    about: 'the same at 80 × 24',
    limit: 40,
    measure: (place) => measureKeys(place, { columns: 80, rows: 24 }),
  },
  { name: 'processor', about: 'share of a core, while a service logs 5,000 lines a second', limit: 0.6, measure: measureProcessor },
  {
    name: 'echo',
    about: "key to its echo in the lab's terminal, beside that service: 95 % are below, ms",
    limit: 40,
    measure: measureEcho,
  },
  { name: 'walk-memory', about: 'resident memory of the walk after 1,000,000 lines, MB', limit: 200, measure: measureMemory },
  { name: 'long-text', about: 'key to changed screen with a step of 5,000 lines, × one of 400', limit: 1.5, measure: measureLongText },
  { name: 'many-steps', about: 'key to changed screen in a lab of 1,000 steps, × one of 2', limit: 1.5, measure: measureManySteps },
  { name: 'set-up', about: 'the whole set-up with empty caches, × (1.5 × `npm ci` + 6 s)', limit: 1, measure: measureSetUp },
  { name: 'set-up-again', about: 'the set-up when nothing has changed: seconds', limit: 0.2, measure: measureSetUpAgain },
  {
    name: 'check',
    about:
      '`labwalk check chalice STEP` on an app.py that was just changed, × starting `chalice local`, the requests and ending it by hand',
    limit: 1.2,
    measure: compareCheckWithHand,
  },
  {
    name: 'chalice',
    about: '`labwalk run chalice`, × the same commands and requests in one bash script against the same sandbox',
    limit: 1.15,
    measure: compareWithScript('chalice'),
  },
  {
    name: 'cloudalbum',
    about: '`labwalk run cloudalbum`, × the same commands and requests in one bash script against the same sandbox',
    limit: 1.15,
    measure: compareWithScript('cloudalbum'),
  },
  { name: 'album-page', about: "a warm page of the album in the sandbox: the median's milliseconds", limit: 50, measure: measureAlbumPage },
  {
    name: 'verify',
    about: '`labwalk verify chalice`, × two plain runs of its commands and requests in a bash script',
    limit: 1.3,
    measure: compareVerifyWithScripts,
  },
  {
    name: 'verify-jobs',
    about: '`labwalk verify chalice zappa --jobs 2`, × one job',
    limit: 0.9,
    measure: compareJobs,
  },
];
