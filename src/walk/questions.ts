/** What a walk asks and says, in words. */
import path from 'node:path';
import type { Lab, Mode, Step } from '../lab/types.ts';
import type { State } from '../progress/state.ts';
import { quoteWord } from './editor.ts';
import type { Question } from './walk-types.ts';

export const askToSkip = (step: Step): Question => ({
  title: `Skip "${step.title}"?`,
  lines: ['The step stays as it is, and later steps may need what it makes. You can come back to it at any time.'],
  yes: 'Skip the step',
  no: 'Keep on',
});

/** @param existing those of the files that are there already */
export function askToTakeSolution(files: readonly string[], existing: readonly string[]): Question {
  const one = files.length === 1;
  const kept =
    existing.length === 0
      ? []
      : [`What you have written is kept: labwalk copies ${list(existing)} to .labwalk/kept in your workspace first.`];
  return {
    title: `Take the lab's version of ${list(files)}?`,
    lines: [...kept, `The lab's ${one ? 'file is' : 'files are'} put in place, and the step is checked.`],
    yes: `Take the lab's version`,
    no: 'Keep on writing',
  };
}

export const askToTakePlace = (file: string): Question => ({
  title: `Take this place of ${file} from the lab?`,
  lines: ['What you have written is kept: labwalk copies your file to .labwalk/kept in your workspace first.', "You won't be asked again."],
  yes: 'Take this place',
  no: 'Keep mine',
});

/** What can be done about a step that has failed. The letters are the same in every driver. */
export function offersFor({ hints, file }: { hints: boolean; file: boolean }): string {
  const offers = [hints ? 'h shows a hint' : '', file ? "S takes the lab's file" : '', 's skips the step'].filter((offer) => offer !== '');
  return `Press Enter to retry; ${list(offers)}.`;
}

export const said = {
  stopped: 'Stopped. Press Enter to retry.',
  passed: 'Passed.',
  unchanged: (file: string) => `${file} is as it was. e opens it again, S takes the lab's version, c checks it as it is.`,
  elsewhere: (file: string) => `${file} is open in your editor. Save it there; it is checked when you do.`,
  noKeys: 'This step needs keys before it can go on. Enter asks for them again.',
  notAgreed: 'Nothing will be created in your AWS account until you agree. Press Enter to be asked again.',
  stillThere: (what: readonly string[], mode: Mode) => `Still deployed ${whereIn(mode)}: ${what.join(', ')}.`,
  keysExpire: (expires: string, isPast: boolean) =>
    `The AWS keys ${isPast ? 'have expired' : 'expire'} at ${expires.slice(11, 16)} UTC. Give new ones first, so that the command does not break off in the middle.`,
  noFile: 'There is no file to write in this step.',
  noSolution: "This step asks for no file, so there is no version of the lab's to take.",
  noDifference: (file: string) => `There is nothing of the lab's to take for ${file}.`,
  nothingToRedo: 'There is nothing to do again in this step.',
  nothingToCheck: 'There is nothing to check in this step.',
  kept: (file: string, copy: string) => `The lab's ${file} is in place. Yours is kept as ${copy}.`,
  stillDeployed: (left: readonly string[]) => `Still there: ${list(left)}. Nothing was changed; try again, or leave it deployed.`,
  tookPlace: (file: string, copy: string | undefined) =>
    `This change in ${file} now comes from the lab.${copy === undefined ? '' : ` Your file is kept as ${copy}.`}`,
  died: (service: string, status: number, line: string) =>
    `${service} has ended by itself with status ${status}${line === '' ? '.' : `: ${line}`}`,
  blind: (reason: string) => `Saved files can't be noticed here (${reason}). Press c to check after you save.`,
} as const;

export const countOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
/** Where a lab is done, in words. */
export const whereIn = (mode: Mode): string => (mode === 'sandbox' ? 'in the sandbox' : 'in your AWS account');

/** What becomes of what is deployed when labwalk ends. A line each; none where nothing is deployed. */
export function staysDeployed(deployed: readonly string[], { mode, workspace }: Pick<State, 'mode' | 'workspace'>, lab: Lab): string[] {
  if (deployed.length === 0) return [];
  // a lab beside which there are its solutions did not come with labwalk, and goes by its path
  const word = lab.solutions === path.join(lab.folder, 'solutions') ? quoteWord(lab.file) : lab.name;
  return [
    `Still deployed ${whereIn(mode)}: ${deployed.join(', ')}.`,
    `It stays there${mode === 'aws' ? ', and may cost something,' : ''} until you delete it:`,
    `labwalk clean ${word} --workspace ${quoteWord(workspace)}`,
  ];
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
