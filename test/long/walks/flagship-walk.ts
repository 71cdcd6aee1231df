/** Walks the flagship on the screen: what its walks share. The lab is read as the program reads it, so that the tests follow its text. */
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { readLab } from '../../../src/session/labs/load-lab.ts';
import { usualScenario } from '../../../src/lab/facts/scenarios.ts';
import { settleWhen } from '../../../src/lab/facts/settle-when.ts';
import type { Action, Step } from '../../../src/lab/types.ts';
import { actionsFor } from '../../../src/walk/next.ts';
import { extentOf } from '../../../src/walk/summary.ts';
import { startInstalled } from '../../e2e/installed.ts';
import { labwalk, makeFolder, readJournal, root } from '../../e2e/program.ts';
import { startOnScreen, type ScreenOptions, type ScreenProgram } from '../../e2e/screen.ts';
import { actionLine, waitIdle } from '../../e2e/walk.ts';

/** As the sandbox does it. */
export const lab = settleWhen(readLab(path.join(root, 'labs/chalice/lab.md')).lab!, 'sandbox', usualScenario);

export const solution = path.join(root, 'solutions/chalice/add-routes/myapp/app.py');

/** Milliseconds that a command of the lab may take on a busy machine: one fetches packages, others deploy. */
const longest = 120_000;

export interface Flagship {
  screen: ScreenProgram;
  workspace: string;
  /** The learner's configuration: the next start knows what this one was told. */
  config: string;
}

export type FlagshipOptions = Pick<ScreenOptions, 'columns' | 'rows'> & { editor?: string; keysFile?: string } & Partial<
    Pick<Flagship, 'workspace' | 'config'>
  >;

/**
 * Starts `labwalk` as somebody who has never used it does, and opens the lab from the list, in the sandbox.
 *
 * @param options.installed the virtual environment is there: the commands that make it are quick
 */
export async function openFlagship({ installed = false, ...options }: FlagshipOptions & { installed?: boolean } = {}): Promise<Flagship> {
  const workspace = path.join(makeFolder(), 'w');
  if (installed) await startInstalled(workspace);
  const flagship = startFlagship({ workspace, ...options });
  const { screen } = flagship;
  await screen.shows(lab.title);
  await screen.shows(`${extentOf(lab).steps} steps, not begun`);
  screen.press('enter');
  await screen.shows('Where should the labs run?');
  await screen.shows(/❯ 1 {2}In the sandbox on this machine/);
  screen.press('enter');
  await atStep(screen, lab.steps[0]!.id);
  return flagship;
}

export function startFlagship({ editor, keysFile, workspace, config, ...size }: FlagshipOptions): Flagship {
  const all = { workspace: workspace ?? path.join(makeFolder(), 'w'), config: config ?? makeConfig() };
  const env = { XDG_CONFIG_HOME: all.config, ...(editor !== undefined && { EDITOR: editor }) };
  const keys = keysFile === undefined ? [] : ['--credentials-file', keysFile];
  return { screen: startOnScreen(['--workspace', all.workspace, ...keys], { ...size, env }), ...all };
}

/** A folder for settings that several starts share. pip's stay: on some machines only they say where packages come from. */
function makeConfig(): string {
  const folder = makeFolder();
  const pip = path.join(process.env['XDG_CONFIG_HOME'] ?? path.join(process.env['HOME'] ?? '', '.config'), 'pip');
  if (fs.existsSync(pip)) fs.symlinkSync(pip, path.join(folder, 'pip'));
  return folder;
}

/** labwalk waits for the learner: it says what Enter does. */
export const isWaiting = (lines: readonly string[]): boolean => actionLine(lines).includes('⏎');

export const stepOf = (id: string): Step => lab.steps.find((step) => step.id === id)!;

/** `step 5 of 19` */
export const positionOf = (id: string): string => `step ${lab.steps.indexOf(stepOf(id)) + 1} of ${lab.steps.length}`;

/** Resolves when the step is on the screen and waits for the learner. */
export const atStep = (screen: ScreenProgram, id: string): Promise<void> =>
  screen.until((lines) => lines[0]!.includes(positionOf(id)) && isWaiting(lines), `${positionOf(id)} waits for the learner`, longest);

/** Does something, and waits until the action line says something new and nothing is being done. */
export async function untilNew(screen: ScreenProgram, act: () => void | Promise<void>): Promise<void> {
  const before = actionLine(screen.text());
  await act();
  await screen.until((lines) => isWaiting(lines) && actionLine(lines) !== before, `something else than "${before}" is said`, longest);
}

/** Presses Enter until the action line has the text; each time labwalk waits for the learner. Questions for keys are answered with Enter. */
export async function enterUntil(screen: ScreenProgram, wanted: string): Promise<void> {
  for (let times = 0; !actionLine(screen.text()).includes(wanted); times++) {
    const line = actionLine(screen.text());
    if (times === 100 || line.includes('shows how it went')) throw new Error(`never came to "${wanted}"\n${screen.text().join('\n')}`);
    await untilNew(screen, () => pressEnter(screen));
  }
}

/** Enter, and where it makes labwalk ask for keys, Enter once more: it takes the sandbox's. */
export async function pressEnter(screen: ScreenProgram): Promise<void> {
  const asksForKeys = actionLine(screen.text()).includes('asks for AWS keys');
  screen.press('enter');
  if (!asksForKeys) return;
  await seeQuestionForKeys(screen);
  screen.press('enter');
}

/** A block of keys is pasted where labwalk asks for them; they are good. */
export async function pasteKeys(screen: ScreenProgram, block: string): Promise<void> {
  await screen.shows('asks for AWS keys');
  screen.press('enter');
  await seeQuestionForKeys(screen);
  screen.paste(block);
  await screen.shows('All is filled in. Enter tries the keys.');
  screen.press('enter');
  await screen.until((lines) => isWaiting(lines) && !actionLine(lines).includes('asks for AWS keys'), 'the keys are taken', longest);
}

async function seeQuestionForKeys(screen: ScreenProgram): Promise<void> {
  await screen.shows(/Access key id +▏?the sandbox's own/);
  await screen.shows("Enter takes the sandbox's own keys.");
  await screen.shows('Secret key');
}

/** Enter to the end of the step, and on to the one below it. */
export async function enterThrough(screen: ScreenProgram, id: string): Promise<void> {
  await atStep(screen, id);
  await enterUntil(screen, 'goes on to:');
  await goOn(screen, id);
}

/** From a step that is done to the one below it. */
export async function goOn(screen: ScreenProgram, id: string): Promise<void> {
  await screen.shows('⏎ goes on to:');
  screen.press('enter');
  await atStep(screen, lab.steps[lab.steps.indexOf(stepOf(id)) + 1]!.id);
}

/** What a learner does in the sandbox for a step, in order. */
export const actionsOf = (id: string): Action[] => actionsFor(stepOf(id), 'sandbox').map(({ action }) => action);

type Entry = ReturnType<typeof readJournal>[number] & Record<string, unknown>;

export const journalOf = ({ workspace }: Pick<Flagship, 'workspace'>): Entry[] => readJournal(workspace) as Entry[];

/** The value that the lab gave a variable, as the program's first event or a later one tells it. */
export function variableOf(flagship: Pick<Flagship, 'workspace'>, name: string): string {
  const values = journalOf(flagship).flatMap((event) => (event.type === 'variable-set' && event['name'] === name ? [event['value']] : []));
  return String(values.at(-1));
}

/** Ids of the steps that passed, each once, in the order in which they did. */
export const passedSteps = (flagship: Pick<Flagship, 'workspace'>): string[] => [
  ...new Set(journalOf(flagship).flatMap(({ type, outcome, step }) => (type === 'step-ended' && outcome === 'passed' ? [step!] : []))),
];

const toPass = lab.steps.filter(({ reading }) => !reading).map(({ id }) => id);

/** From the last step: the end with its figures, the clean-up, and out. Nothing is left anywhere. */
export async function leaveAtTheEnd(flagship: Flagship): Promise<void> {
  const { screen, workspace } = flagship;
  const { steps, checks } = extentOf(lab);
  await screen.shows('⏎ shows how it went');
  screen.press('enter');
  await screen.shows(`You have done it: ${lab.title}`);
  // In whole minutes without seconds.
  await screen.shows(/time +\d+ (min|s)/);
  await screen.shows(new RegExp(`steps +${steps} of ${steps} passed`));
  await screen.shows(new RegExp(`checks +${checks} of ${checks} passed`));
  await screen.shows(/hints +none needed/);
  await screen.shows('Nothing is deployed in the sandbox.');
  screen.press('C');
  await screen.shows('Cleaned up: nothing is left in the sandbox.');
  await waitIdle(screen);
  screen.press('q');
  expect(await screen.ended).toEqual({ code: 0, signal: undefined });
  await screen.expectRestored();
  await screen.expectNothingLeft();

  expect(passedSteps(flagship)).toEqual(toPass);
  expect(journalOf(flagship).at(-1)).toMatchObject({ type: 'run-ended', outcome: 'passed' });
  const asked = await labwalk(['check', 'chalice', 'delete', '--workspace', workspace]);
  expect(asked.code, asked.stdout + asked.stderr).toBe(0);
  for (const kind of ['role', 'function', 'api']) expect(asked.stdout).toMatch(new RegExp(`${kind} myapp(-dev)? is gone from AWS`));
}
