/** What a command that the learner typed means for the step that they see. */
import type { EventBody } from '../../events/event.ts';
import { isForOtherMode } from '../../lab/facts/modes.ts';
import type { RunAction } from '../../lab/types.ts';
import { splitCommands } from '../../terminal/shell/split-commands.ts';
import { checkAttempted } from '../step/check-attempted.ts';
import { matchTyped, type TypedFence } from './match-typed.ts';
import { hasFailed, judgeEnding, judgeExpected } from '../step/judge-ending.ts';
import { capture } from '../step/run-commands.ts';
import { findSegment, takeOver } from '../step/start-segment.ts';
import { hasAction, isDone, isIdle, type ActionSegment } from '../step/step-records.ts';
import { checkSegment, type StepResult, type StepWork } from '../step/step-work.ts';
import type { TypedCommand } from '../terminals/typed-command.ts';

/** A learner who presses Ctrl-C has changed their mind. */
const BY_CTRL_C = 130;

/** What changes the shell it is typed in, and so does the lab's only in the main terminal: labwalk types the rest there. */
const changesShell = /^\s*(cd|pushd|popd|export|unset|source|\.|alias|deactivate)(\s|$)/;

/**
 * Takes a command for the one of the lab that it is or resembles: when the last of its fence is done, or fails, the action is. `unknown`:
 * it is like none.
 */
export async function takeTyped(work: StepWork, typed: TypedCommand): Promise<StepResult | 'taken' | 'unknown'> {
  const { record, context } = work;
  const fences = await fencesOf(work);
  const match = typed.text === null ? undefined : matchTyped(fences, typed.text);
  if (!match) return 'unknown';
  const segment = findSegment(work, match.action);
  // One that keeps running is taken when it is ready; this one has ended.
  if (segment.action.kind !== 'run') return 'taken';
  const { action } = segment;
  if (changesShell.test(typed.text ?? '') && typed.terminal !== context.terminals.main) return 'taken';
  const commands = fences.find((fence) => fence.action === match.action)?.commands ?? [];
  const outputs = new Map(record.typed.get(match.action)).set(match.command, typed.output);
  if (!hasFailed(typed) && outputs.size < commands.length) {
    record.typed.set(match.action, outputs);
    return 'taken';
  }
  const output = [...outputs].sort(([a], [b]) => a - b).map(([, text]) => text);
  const seen = { text: typed.text ?? '', status: typed.status, output: output.join('') };
  // Not cut short by other work: what the learner has typed counts.
  const message = await judgeEnding(action, { ...typed, text: seen.text, all: seen.output }, context);
  if (message !== undefined && typed.status === BY_CTRL_C) return 'taken';
  if (message === undefined) record.typed.set(match.action, outputs);
  return takeOver(work, segment, {
    seen,
    ...(message === undefined ? { then: (step, run) => keep(action, seen.output, step, run) } : { failure: { message } }),
  });
}

/**
 * For a command that is like none of the lab's: it has done the step's next fence where it printed what the checks below want to see and
 * everything else they look at is good, too. Nothing is told of checks that say no: the learner has not asked. A step that has failed is
 * checked again, since this may have been the cure.
 */
export async function tryTyped(work: StepWork, typed: TypedCommand): Promise<void> {
  const { record, context, signal } = work;
  if (signal.aborted) return;
  const next = record.segments.find((segment) => !isDone(segment, record, context.mode) && !isIdle(segment, context.mode));
  if (next && hasAction(next) && next.action.kind === 'run' && looksAtOutput(next, work)) {
    const { action } = next;
    const seen = { text: typed.text ?? '', status: typed.status, output: typed.output };
    const isAsWanted = (await judgeExpected(action, { ...typed, text: seen.text, all: typed.output }, context)) === undefined;
    if (isAsWanted && (await wouldPass(work, next, seen))) {
      await takeOver(work, next, { seen, then: (step, run) => keep(action, seen.output, step, run) });
      return;
    }
  }
  if (!signal.aborted && record.status === 'failed') await checkAttempted(work);
}

/** A service of the lab turned out to be what the learner typed: tells its action as done. */
export async function takeService(work: StepWork, service: string): Promise<void> {
  const { record, context } = work;
  const fences = record.segments.filter(hasAction).filter(({ action }) => action.kind === 'service' && action.name === service);
  const next = fences.filter((segment) => !isIdle(segment, context.mode)).find((segment) => !isDone(segment, record, context.mode));
  if (next) await takeOver(work, next, {});
}

const keep = async (action: RunAction, output: string, step: string, context: StepWork['context']) => {
  if (action.capture) await capture(action.capture, output, step, context);
};

/** The commands that a line can be: those of fences that are not done, and services. */
async function fencesOf({ record, context }: StepWork): Promise<TypedFence[]> {
  const fences: TypedFence[] = [];
  for (const segment of record.segments.filter(hasAction)) {
    const { action, number } = segment;
    if (isForOtherMode(action, context.mode)) continue;
    const counts = action.kind === 'service' || (action.kind === 'run' && !isDone(segment, record, context.mode));
    if (!counts) continue;
    const commands = await splitCommands(action.script, { bash: context.bash });
    fences.push({ action: number, commands: commands.map(({ text }) => text), done: new Set(record.typed.get(number)?.keys()) });
  }
  return fences;
}

/** Whether its checks look at what a command printed. Its status alone says nothing about which command it was. */
const looksAtOutput = ({ checks }: ActionSegment, { context }: StepWork): boolean =>
  checks.some(({ use }) => looksAt(use.check, context) === 'output' && use.check !== 'status' && !isForOtherMode(use, context.mode));

const looksAt = (check: string, { checks }: StepWork['context']) => checks.get(check)?.looksAt;

/** Makes the checks of a segment without telling anybody: first those of the output, which no waiting can change. */
async function wouldPass(work: StepWork, segment: ActionSegment, seen: NonNullable<TypedSeen>): Promise<boolean> {
  const { context, signal } = work;
  const told: EventBody[] = [];
  const verdicts = new Map(work.record.verdicts);
  const quiet: StepWork = {
    ...work,
    record: { ...work.record, verdicts, seen: new Map([[segment.number, seen]]) },
    context: { ...context, verdicts: new Map(context.verdicts), emit: (body) => void told.push(body) },
  };
  const isOutput = (check: string) => looksAt(check, context) === 'output';
  for (const wanted of [true, false]) {
    const checks = segment.checks.filter(({ use }) => isOutput(use.check) === wanted);
    for (const check of checks) {
      await checkSegment(quiet, { ...segment, checks: [check] });
      const ended = told.at(-1);
      if (signal.aborted || ended?.type !== 'check-ended' || ended.outcome === 'failed') return false;
    }
  }
  return true;
}

type TypedSeen = ReturnType<StepWork['record']['seen']['get']>;
