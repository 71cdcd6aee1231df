/** What was done in a lab, put together for somebody who reads it afterwards: what the HTML report, and an export, are made from. */
import { listItems } from '../progress/list.ts';
import type { CheckState, CommandState, State, StepState } from '../progress/state.ts';
import { formatDuration } from '../text/duration.ts';
import { showHidden } from '../text/hidden.ts';
import { plainText } from '../text/plain-text.ts';

export interface LabRecord {
  state: State;
  /** Milliseconds that labwalk was open, over all runs; else those of the run count. */
  openMs?: number;
  /** The learner's files as they are now. */
  files: readonly RecordedFile[];
}

export interface RecordedFile {
  /** Path in the workspace. */
  path: string;
  /** Its text, or why it is not shown. */
  content: { text: string } | { left: string };
  /** How it stands to the lab's solution, where that has one. */
  solution?: 'same' | 'different';
  /** Unified, against the solution. */
  diff?: string;
}

/** Characters of a command's output that are shown. */
const mostOutput = 4_000;

/** Steps of which there is something to tell. */
export const stepsDone = (state: State): StepState[] => listItems(state.steps).filter(({ status }) => status !== 'pending');

/** Commands that are told: the lab's terminal's, whoever typed them, and services'. */
export const commandsOf = ({ commands }: StepState): CommandState[] => commands.filter(({ text }) => text.trim() !== '');

/** `status 1`, `stopped`; nothing where all went well or nothing is known. */
export function endOf({ end }: CommandState): string | undefined {
  if (!end) return undefined;
  if (end.ended === 'timeout') return 'ended: it took too long';
  if (end.ended === 'stopped') return 'stopped';
  return end.status === 0 ? undefined : `status ${end.status}`;
}

/** The last of its output; what is left out is said. */
export function outputOf({ end }: CommandState): string {
  const text = showHidden(plainText(end?.tail ?? '')).replace(/^\n+|\n+$/g, '');
  if (!end || end.size <= mostOutput) return text;
  // its first line may be half a line
  const lines = text.includes('\n') ? text.slice(text.indexOf('\n') + 1) : text;
  return `… (the whole output is in ${end.log})\n${lines}`;
}

/** Why a step did not go well, each reason once. */
export function messagesOf({ status, message, actions }: StepState): string[] {
  const failed = actions.filter((action) => action.status === 'failed').map((action) => action.message);
  const all = [...failed, status === 'passed' || status === 'read' ? undefined : message];
  return [...new Set(all.filter((text) => text !== undefined && text !== ''))] as string[];
}

/** What a failed check says, in order. */
export const reasonsOf = ({ expected, actual, try: advice }: CheckState): [string, string][] =>
  [
    ['expected', expected],
    ['got', actual],
    ['try', advice],
  ].filter((reason): reason is [string, string] => reason[1] !== undefined && reason[1] !== '');

/** `2 of 3 checks passed`; nothing where a step has none. */
export function checksText({ checks }: StepState): string {
  const judged = checks.filter(({ outcome }) => outcome === 'passed' || outcome === 'failed');
  const passed = judged.filter(({ outcome }) => outcome === 'passed').length;
  return judged.length === 0 ? '' : `${passed} of ${judged.length}`;
}

/** `1 hint`, `the solution of myapp/app.py was taken`. */
export function helpTaken({ hints, files }: StepState): string[] {
  const taken = [...new Set(files.map(({ path }) => path))];
  return [...(hints > 0 ? [hints === 1 ? '1 hint read' : `${hints} hints read`] : []), ...taken.map((path) => `solution taken: ${path}`)];
}

export const outcomeOf = ({ status }: Pick<StepState, 'status'>): string => (status === 'running' ? 'interrupted' : status);

export const timeText = (ms: number | undefined): string => (ms === undefined ? '' : formatDuration(ms));

/** The facts above the steps. */
export function recordFacts({ state, openMs }: LabRecord): [string, string | undefined][] {
  const { steps, checks } = state.counts;
  const doing = listItems(state.steps).filter(({ reading }) => !reading).length;
  const hints = listItems(state.steps).reduce((sum, step) => sum + step.hints, 0);
  const taken = listItems(state.steps).reduce((sum, step) => sum + step.files.length, 0);
  return [
    ['Begun', state.startedAt === '' ? undefined : `${state.startedAt.slice(0, 16).replace('T', ' ')} UTC`],
    ['Time', timeText(openMs ?? state.ms) || undefined],
    ['Steps', `${steps.passed} of ${doing} passed${steps.failed > 0 ? `, ${steps.failed} failed` : ''}`],
    ['Checks', `${checks.passed} passed${checks.failed > 0 ? `, ${checks.failed} failed` : ''}`],
    ['Hints', hints > 0 ? `${hints} read` : undefined],
    ['Solutions', taken > 0 && state.driver !== 'headless' ? `${taken} taken` : undefined],
    ['Where', state.mode === 'sandbox' ? 'in the AWS sandbox' : 'in an AWS account'],
    ['Lab', `${state.lab}, ${state.hash.slice(0, 12)}`],
    ['labwalk', state.labwalk],
  ];
}
