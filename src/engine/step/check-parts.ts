/** Does the checks of a step and tells how each ended. */
import path from 'node:path';
import type { CheckContext, CommandSeen, Outcome } from '../../checks/check.ts';
import { failed, stopped } from '../../checks/failed.ts';
import { runWithin } from '../../checks/retry.ts';
import { findMistake } from '../../checks/syntax.ts';
import { expandInput, expandText } from '../../lab/facts/expand.ts';
import { isForOtherMode } from '../../lab/facts/modes.ts';
import { writtenUntil } from '../../lab/facts/step-files.ts';
import type { CheckUse, Place } from '../../lab/types.ts';
import { PatternError } from '../../patterns/pattern-error.ts';
import { mentions } from '../services/needed-services.ts';
import { explainOutage, findOutage, missingAfterOutage } from '../failures/outage.ts';
import type { RunContext } from '../run-context.ts';

export interface CheckRound {
  step: string;
  /** Number of the first check of the part: checks are counted over the step. */
  first: number;
  /** The fence above, where it ran in this round. */
  command?: CommandSeen;
  signal: AbortSignal;
  /** Those behind one that fails are left out. */
  untilFailed?: boolean;
  /** One that fails is not tried again: nothing is on its way that could change it. */
  once?: boolean;
  /** Addresses (`localhost:8080`) of services that were started for this round: what they answer is the newest code's answer. */
  fresh?: readonly string[];
}

/** `stale`: the check looks at an output, and no command has printed one. */
export type CheckOutcome = 'passed' | 'failed' | 'told' | 'stale' | 'interrupted';

export async function runChecks(uses: readonly CheckUse[], round: CheckRound, context: RunContext): Promise<CheckOutcome[]> {
  const verdicts: CheckOutcome[] = [];
  for (const [index, use] of uses.entries()) {
    if (round.signal.aborted) verdicts.push('interrupted');
    else verdicts.push(await runCheck(use, round.first + index, round, context));
    if (round.untilFailed && verdicts.at(-1) === 'failed') break;
  }
  return verdicts;
}

/** Does one check. `number` counts the step's checks from 0. */
export async function runCheck(
  use: CheckUse,
  number: number,
  round: Omit<CheckRound, 'first'>,
  context: RunContext,
): Promise<CheckOutcome> {
  const check = context.checks.get(use.check);
  if (!check) throw new Error(`the check "${use.check}" is unknown`); // the parser refuses it
  const input = expandInput(use.input, context.variables);
  const summary = use.title ? expandText(use.title, context.variables) : check.summary(input);
  const told = { type: 'check-ended', check: number, name: check.name, summary, place: use.place } as const;
  if (isForOtherMode(use, context.mode)) {
    context.emit({ ...told, outcome: 'told', ms: 0 }, round.step);
    return 'told';
  }
  if (check.looksAt === 'output' && !round.command) {
    const earlier = context.verdicts.get(`${round.step}/${number}`) ?? context.remembered.verdict(round.step, number);
    context.emit({ ...told, outcome: earlier ?? 'stale', ms: 0, ...(earlier ? { repeated: true } : {}) }, round.step);
    return earlier ?? 'stale';
  }
  if (check.asksServer) await settleServices(round.step, context, round.signal);
  const began = context.now();
  const make = async (): Promise<Outcome> => {
    const run = runWithin(check, input, await checkContext(round, context), {
      within: round.once ? 0 : (use.within ?? check.patience ?? 0),
      signal: round.signal,
      isFinal: ({ exchange }) => exchange?.response !== undefined && (round.fresh ?? []).some((address) => mentions(input, address)),
    });
    return run.catch((error: unknown) => {
      if (error instanceof PatternError) return blameLab(error, use.place, context);
      if (round.signal.aborted) return stopped(summary);
      throw error;
    });
  };
  let outcome = await make();
  if (!outcome.passed) outcome = (await judgeInOutage(outcome, began, make, round, context)) ?? outcome;
  if (round.signal.aborted) return 'interrupted';
  const ms = Math.round(context.now() - began);
  const exchange = outcome.exchange ? { exchange: outcome.exchange } : {};
  if (outcome.passed) context.emit({ ...told, outcome: 'passed', ms, ...exchange }, round.step);
  else {
    const { expected, actual } = outcome;
    context.emit({ ...told, outcome: 'failed', ms, expected, actual, try: adviceOf(use, outcome, context), ...exchange }, round.step);
  }
  const verdict = outcome.passed ? 'passed' : 'failed';
  if (check.looksAt === 'output') context.verdicts.set(`${round.step}/${number}`, verdict);
  return verdict;
}

/** A pattern that can't be compared is no mistake of the learner's. */
const blameLab = ({ pattern, why }: PatternError, { file, line }: Place, { lab }: RunContext): Outcome => ({
  ...failed(
    `a result from the pattern /${pattern}/`,
    `it ${why}`,
    `This is a mistake in the lab, not yours: ${path.relative(lab.folder, file)}:${line}. Tell its author.`,
  ),
  sure: true,
});

/**
 * Where the sandbox was out since the step was begun: makes the check once more, or says that there is nothing to check. A tool that asks again by
 * itself outlasts an outage, and its last change may be missing nevertheless.
 */
async function judgeInOutage(
  outcome: Extract<Outcome, { passed: false }>,
  began: number,
  make: () => Promise<Outcome>,
  round: Pick<CheckRound, 'signal'>,
  { cloud, attempt, now }: RunContext,
): Promise<Outcome | undefined> {
  const outage = await findOutage(cloud, now() - Math.min(attempt.began ?? began, began), round.signal);
  if (!outage || round.signal.aborted) return undefined;
  if (!outage.failure) {
    const again = await make();
    return again.passed || again.sure ? again : { ...again, try: missingAfterOutage, sure: true };
  }
  const { what, fix } = explainOutage(outage);
  return { ...outcome, actual: what, try: fix, sure: true };
}

/** A server that reloads itself is waited for once after each save. */
async function settleServices(step: string, context: RunContext, signal: AbortSignal): Promise<void> {
  const { services, saves } = context;
  const { at } = saves;
  if (at === undefined) return;
  let broken: Promise<boolean> | undefined;
  await services.settle(at, () => (broken ??= hasBrokenFile(step, context, signal)), signal);
  // A later save is waited for anew.
  if (!signal.aborted && saves.at === at) delete saves.at;
}

/** Whether a file that is written up to this step can't be read as its language. */
async function hasBrokenFile(step: string, { lab, workspace, terminal }: RunContext, signal: AbortSignal): Promise<boolean> {
  const place = { workspace: workspace.folder, directory: await terminal.directory(), env: await terminal.variables(), signal };
  const files = new Set(writtenUntil(lab, step).map(({ action }) => action.path));
  const found = await Promise.all([...files].map((file) => findMistake(file, place)));
  return found.some((mistake) => mistake !== undefined);
}

/** The lab's own advice comes first, since its author knows what goes wrong here; but not where the check has found the cause. */
function adviceOf(use: CheckUse, outcome: Extract<Outcome, { passed: false }>, context: RunContext): string {
  return use.try && !outcome.sure ? expandText(use.try, context.variables) : outcome.try;
}

async function checkContext(round: Omit<CheckRound, 'first'>, context: RunContext): Promise<CheckContext> {
  const { terminal, cloud, lab, workspace } = context;
  const env = await terminal.variables();
  return {
    workspace: workspace.folder,
    folder: lab.folder,
    directory: await terminal.directory(),
    env,
    variables: { ...context.variables },
    ...(round.command ? { command: round.command } : {}),
    service: (name) => context.services.seen(name),
    logs: () => context.services.names().map((name) => context.services.seen(name)?.log ?? ''),
    route: (url) => cloud.route(url),
    resources: cloud.resources(env),
    signal: round.signal,
  };
}
