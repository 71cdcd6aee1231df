/** Runs a lab, given as text, through the engine and the headless driver: real bash, real files, no AWS. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { checksByName } from '../../src/checks/index.ts';
import type { Cloud } from '../../src/engine/context/cloud.ts';
import { remember } from '../../src/session/remember.ts';
import { createNoCloud } from '../../src/engine/context/no-cloud.ts';
import { createRun, type Run, type RunOptions } from '../../src/engine/run.ts';
import type { Remembered } from '../../src/engine/run-context.ts';
import { prepareVariables } from '../../src/engine/context/variables.ts';
import type { Event } from '../../src/events/event.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { parseLab } from '../../src/lab/parse-lab.ts';
import { formatProblem } from '../../src/lab/problems.ts';
import type { Lab } from '../../src/lab/types.ts';
import { keepPort } from './claim-port.ts';
import { makeWorkspace, type Workspace } from '../../src/workspace/workspace.ts';

export interface LabFiles {
  /** What stands below the front matter. */
  steps: string;
  /** More front matter. */
  front?: string;
  /** Files beside the lab, and solutions as `solutions/CHECKPOINT/PATH`. */
  files?: Record<string, string>;
}

export interface LabRun {
  lab: Lab;
  workspace: Workspace;
  events: Event[];
  run: Run;
  signal: AbortController;
  /** Every step, then clean-up unless `keep`. */
  walk(options?: { keep?: boolean }): Promise<number>;
  /** Another run in the same workspace, which knows what the events so far say. The one before must have been stopped. */
  comeBack(): Run;
}

/** Writes a lab and its files into a folder of their own, and reads it. Its workspace is made. */
export function writeLab({ steps, front = '', files = {} }: LabFiles): { lab: Lab; workspace: Workspace } {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-lab-')));
  const file = path.join(folder, 'lab.md');
  fs.writeFileSync(file, `---\ntitle: Test\nsummary: For a test.\nduration: 1m\n${front}---\n\n# Test\n\n## Task\n\n${steps}`);
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  const { lab, problems } = parseLab(file, { read: (name) => fs.readFileSync(name, 'utf8'), checks: checksByName });
  if (!lab) throw new Error(problems.map((problem) => formatProblem(problem, folder)).join('\n'));
  return { lab, workspace: makeWorkspace(path.join(folder, 'workspace')) };
}

/** What a lab's terminals start with in tests: nothing of the person's but their PATH. */
export const plainEnv = ({ home }: Workspace) => ({ PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'C.UTF-8' });

export async function openLab(
  files: LabFiles,
  more: {
    cloud?: (env: Record<string, string>) => Cloud;
    driver?: RunOptions['driver'];
    /** Hears what is to be done at the end; the test that opens it, where not given. */
    finished?: (end: () => Promise<void>) => void;
  } = {},
): Promise<LabRun> {
  const { lab, workspace } = writeLab(files);
  const env = plainEnv(workspace);
  const cloud = more.cloud?.(env) ?? createNoCloud(env);
  const events: Event[] = [];
  const signal = new AbortController();
  const variables = await prepareVariables(lab.variables, { seed: 'test', previous: {}, claimPort: keepPort });
  const { finished = onTestFinished } = more;
  const start = (driver: RunOptions['driver'], remembered?: Remembered) => {
    const run = createRun({
      lab,
      workspace,
      cloud,
      checks: checksByName,
      variables,
      seed: 'test',
      driver,
      steps: lab.steps,
      ...(remembered ? { remembered } : {}),
      listen: (event) => events.push(event),
      now: Date.now,
      version: 'test',
    });
    // A test that fails leaves nothing to the next ones: they share the process.
    finished(() => run.stop('interrupted'));
    return run;
  };
  const run = start(more.driver ?? 'headless');
  const comeBack = () => start(more.driver ?? 'headless', remember(events, lab));
  const emit = () => {};
  const walk = ({ keep = false } = {}) =>
    runHeadless({ run, steps: lab.steps, keep, signal: signal.signal, hardSignal: new AbortController().signal, emit });
  return { lab, workspace, events, run, signal, walk, comeBack };
}

export const only = <Type extends Event['type']>(events: readonly Event[], type: Type) =>
  events.filter((event): event is Extract<Event, { type: Type }> => event.type === type);

export const outcomes = (events: readonly Event[]) => only(events, 'step-ended').map(({ step, outcome }) => `${step} ${outcome}`);

/** A fence of three backticks, so that tests can be written as template strings. */
export const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n\n`;
