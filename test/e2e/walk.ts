/** Walks through a lab on the screen as a person does: what several tests of walks share. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { startOnScreen, type ScreenOptions, type ScreenProgram } from './screen.ts';
import type { MadeLab } from './program.ts';

/** Opens a lab of a test's own. It comes from elsewhere, so that its commands must be agreed to the first time. */
export async function openTrial(lab: MadeLab, options: ScreenOptions & { args?: readonly string[] } = {}): Promise<ScreenProgram> {
  const { args = [], ...others } = options;
  const screen = startOnScreen(['start', lab.file, '--workspace', lab.workspace, ...args], others);
  await screen.shows('This lab did not come with labwalk');
  screen.press('enter');
  await screen.shows(/step \d+ of \d+/);
  await waitIdle(screen);
  return screen;
}

/** Pictures of the spinner, in Unicode and in ASCII, at the start of the action line. */
const spinner = /^ [⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏|/\\-] .* (\d+ s|\d+:\d\d)$/;

/** The line above the help line: what Enter does, or what was just said, or what is being done. */
export const actionLine = (lines: readonly string[]): string => (lines.at(-2) ?? '').trimEnd();

/** Something is being done. */
export const isDoing = (lines: readonly string[]): boolean => spinner.test(actionLine(lines));

/** Resolves when nothing is being done: the next key counts. */
export const waitIdle = (screen: ScreenProgram): Promise<void> => screen.until((lines) => !isDoing(lines), 'nothing is being done');

/** Presses Enter, and waits until nothing is being done any more and the screen shows what must come of it. */
export async function pressEnterAndWait(screen: ScreenProgram, expected: string | RegExp): Promise<void> {
  screen.press('enter');
  await screen.shows(expected);
  await waitIdle(screen);
}

/** Enter does the last thing of a step, and the step passes. */
export const passByEnter = (screen: ScreenProgram): Promise<void> => pressEnterAndWait(screen, /Passed\./);

/** Paths of the files below some folders that hold a text. */
export function filesWith(text: string, ...folders: readonly string[]): string[] {
  const files = folders.flatMap((folder) => fs.readdirSync(folder, { recursive: true, withFileTypes: true }));
  if (files.length === 0) throw new Error('there is no file to look into');
  return files
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => fs.readFileSync(file).includes(text));
}

/** Resolves when no window and no question is open any more: the keys of the lab count. */
export const waitForLab = (screen: ScreenProgram): Promise<void> =>
  screen.until((lines) => (lines.at(-1) ?? '').startsWith(' Enter go '), 'the lab has the keys');

/** The full-screen programs that tests type into the lab's terminal. */
export const hasVim = spawnSync('bash', ['-c', 'vi --version | grep -q VIM && command -v less']).status === 0;
