/** All that is found out about one lab: a walk, each step again, mutants where they are wanted or where nothing else has made a check fail. */
import path from 'node:path';
import { checksByName } from '../checks/index.ts';
import type { Lab, Step } from '../lab/types.ts';
import { listItems } from '../progress/list.ts';
import type { State } from '../progress/state.ts';
import { doAgain, doAlone, doFirstAgain, placeOf, stepBefore, type DoneAgain } from './do-again.ts';
import { doubtOutputs } from './doubt-outputs.ts';
import type { ScratchWorkspace } from './scratch-workspace.ts';
import type { Outputs } from './outputs.ts';
import { findEquivalents, type Equivalents } from './mutants/equivalent.ts';
import type { Mutant } from './mutants/mutant.ts';
import type { Drift, ReportFinding, Mutation, VerifiedLab, VerifiedStep } from './report/schema.ts';
import { hasError, isUnproven } from './report/troubles.ts';
import { relativePlace, toCleanup, toStep, withAgain } from './to-report.ts';
import { inTurns, tryMutant, type Tried } from './try-mutants.ts';
import { walkLab, type WalkedLab } from './walk-lab.ts';

export interface VerifyOptions {
  lab: Lab;
  /** How the lab's file is named in the report. */
  file: string;
  scratch: ScratchWorkspace;
  /** Steps that are looked at closely; all of the lab's where it is not shared with others. */
  owned: readonly Step[];
  /** All of the lab's mutants, made when they are wanted. */
  mutants(): Promise<readonly Mutant[]>;
  /** Which of them are tried; where not given, as few as it takes to see each check fail. */
  mutate?: { isOurs(place: number): boolean };
  drift(step: Step, outputs: Outputs, variables: Readonly<Record<string, string>>): readonly Drift[];
  /** Versions of what the lab requires; those of tools that it checks come to them. */
  tools: Readonly<Record<string, string>>;
  /** An empty folder for what is made on the way. */
  folder: string;
  signal: AbortSignal;
  hardSignal: AbortSignal;
  tell(news: News): void;
}

/** What a person who waits wants to know. */
export type News =
  /** Begins to do something, which is told when it is done. */
  | { type: 'begin'; lab: string; what: string }
  | { type: 'step'; lab: string; step: Step; state: State }
  | { type: 'again'; lab: string; step: Step; done: DoneAgain }
  /** `isSearch`: it was tried only to see checks fail that nothing else has made fail. */
  | { type: 'mutant'; lab: string; tried: Mutation; place: number; of: number; isSearch: boolean };

/** Never throws for what is wrong with the lab. Throws UserError where this machine lacks something. */
export async function verifyLab(options: VerifyOptions): Promise<VerifiedLab> {
  const { lab, file, scratch, owned, signal, hardSignal, tell } = options;
  const began = Date.now();
  const mutants = options.mutate ? await options.mutants() : undefined;
  const equivalents = findEquivalents(lab, mutants ?? []);
  const ours = mutants?.filter((_, place) => options.mutate?.isOurs(place));
  const doubting = doubtOutputs(checksByName);
  const ended = new AbortController();
  const [walked, firstAgain] = await both(
    walkLab({
      ...{ lab, scratch, doubting, signal, hardSignal },
      steps: neededSteps(lab, owned, ours ?? []),
      owned: new Set(owned.map(({ id }) => id)),
      onStepBegun: ({ id }) => tell({ type: 'begin', lab: lab.name, what: id }),
      onStepEnded: (step, state) => tell({ type: 'step', lab: lab.name, step, state }),
    }),
    doFirst(options, ended.signal),
    () => ended.abort(),
  );
  const once = owned.map((step) => {
    const drift = options.drift(step, walked.outputs, walked.state.variables);
    return toStep({ lab, step, walked, triesMutants: scratch.restores, drift });
  });
  // before the steps are done again: an environment that is made anew takes long to put back
  const tried = await tryAll(options, { walked, steps: once, ours, reasons: equivalents.reasons });
  const again = scratch.restores ? await doAllAgain(options, walked, firstAgain) : new Map<string, DoneAgain>();
  const steps = once.map((step) => {
    const done = again.get(step.id);
    return done ? withAgain(step, done, lab) : step;
  });
  const { state } = walked;
  const mutations = tried.map(({ mutation }) => mutation);
  const found = {
    steps: withMutants(steps, tried),
    // without --mutate they were only a means
    mutants: options.mutate ? mutations : [],
    findings: [...(walked.findings.get('') ?? []), ...(mutants ? wrongEntries(lab, mutations, equivalents) : [])],
    cleanup: toCleanup(state),
  };
  const facts = {
    ...{ lab: lab.name, title: lab.title, hash: lab.hash, file, mode: scratch.mode },
    ...{ started: new Date(began).toISOString(), ms: Date.now() - began, seed: state.seed },
    tools: { ...options.tools, ...doubting.tools },
    ...found,
  };
  const good: VerifiedLab = { ...facts, outcome: 'passed' };
  return { ...good, outcome: signal.aborted ? 'interrupted' : hasError(good) ? 'failed' : 'passed' };
}

/** Through the last step that is looked at, and the last before a checkpoint that is changed. */
function neededSteps(lab: Lab, owned: readonly Step[], mutants: readonly Mutant[]): Step[] {
  const last = Math.max(
    -1,
    ...[...owned.map(({ id }) => id), ...mutants.map(({ checkpoint }) => checkpoint)].map((id) => placeOf(lab, id)),
  );
  return lab.steps.slice(0, last + 1);
}

/** The lab's first step once more, beside the walk; nothing where that is not looked at. */
async function doFirst({ lab, scratch, owned, signal, hardSignal }: VerifyOptions, ended: AbortSignal): Promise<FirstAgain | undefined> {
  const step = lab.steps.find(({ reading }) => !reading);
  if (!scratch.restores || !step || !owned.some(({ id }) => id === step.id)) return undefined;
  const signals = { signal: AbortSignal.any([signal, ended]), hardSignal: AbortSignal.any([hardSignal, ended]) };
  return { step: step.id, done: await doFirstAgain({ lab, scratch, step, ...signals }) };
}

interface FirstAgain {
  step: string;
  done: DoneAgain;
}

/** What both come to. Where one fails, `end` is called, and the other one is waited for. */
async function both<A, B>(left: Promise<A>, right: Promise<B>, end: () => void): Promise<[A, B]> {
  for (const one of [left, right]) one.catch(end);
  await Promise.allSettled([left, right]);
  return Promise.all([left, right]);
}

/** The last one first: from one to the next little changes in the workspace. */
async function doAllAgain(options: VerifyOptions, walked: WalkedLab, earlier: FirstAgain | undefined): Promise<Map<string, DoneAgain>> {
  const { lab, scratch, owned, signal, hardSignal, tell } = options;
  const done = new Map<string, DoneAgain>();
  const { first } = walked;
  for (const step of owned.filter(({ reading }) => !reading).reverse()) {
    if (signal.aborted) break;
    if (!scratch.has(step.id)) continue;
    tell({ type: 'begin', lab: lab.name, what: `${step.id}, again` });
    const services = walked.services.get(stepBefore(lab, step)) ?? [];
    const result = earlier?.step === step.id ? earlier.done : await doAgain({ lab, scratch, step, services, first, signal, hardSignal });
    if (result.outcome === 'passed') result.findings.push(...(await doAlone({ lab, scratch, step, signal, hardSignal })));
    done.set(step.id, result);
    tell({ type: 'again', lab: lab.name, step, done: result });
  }
  return done;
}

async function tryAll(
  options: VerifyOptions,
  {
    walked,
    steps,
    ours,
    reasons,
  }: { walked: WalkedLab; steps: readonly VerifiedStep[]; ours: readonly Mutant[] | undefined; reasons: Equivalents['reasons'] },
): Promise<Tried[]> {
  const { lab, scratch, signal, folder, tell } = options;
  if (!scratch.restores || signal.aborted) return [];
  const unprovenSteps = steps.filter(({ checks }) => checks.some(isUnproven));
  const unproven = new Map<string, string>(
    unprovenSteps.flatMap(({ id, checks }) => checks.filter(isUnproven).map(({ check, kind }) => [`${id}/${check}`, kind] as const)),
  );
  if (!ours && unproven.size === 0) return [];
  const last = ours ? lab.steps.at(-1)?.id : unprovenSteps.at(-1)?.id;
  if (last === undefined) return [];
  // What is changed behind the last step that is looked at is seen by none.
  const isSeen = ({ checkpoint }: Mutant) => placeOf(lab, checkpoint) <= placeOf(lab, last);
  // a check of the syntax wants a slip of the syntax
  const mutants = ours ?? inTurns((await options.mutants()).filter(isSeen), [...unproven.values()]);
  const measured = measuredTimes(walked.state);
  const tried: Tried[] = [];
  for (const [place, mutant] of mutants.entries()) {
    if (signal.aborted) break;
    if (!ours && unproven.size === 0) break;
    tell({ type: 'begin', lab: lab.name, what: `mutant ${place + 1} of ${mutants.length}: ${mutant.id}` });
    const { mutation, noticed } = await tryMutant(mutant, {
      ...{ lab, scratch, signal, measured },
      ...{ folder: path.join(folder, 'changed'), through: last },
      ...(ours ? {} : { wanted: new Set(unproven.keys()) }),
    });
    const one = { mutation: withEquivalence(mutation, reasons.get(mutant.id)), noticed };
    for (const key of noticed) unproven.delete(key);
    tried.push(one);
    tell({ type: 'mutant', lab: lab.name, tried: one.mutation, place: place + 1, of: mutants.length, isSearch: !ours });
  }
  return tried;
}

const measuredTimes = ({ steps }: State): Map<string, number> =>
  new Map(
    listItems(steps).flatMap(({ id, actions }) =>
      actions.flatMap(({ action, ms }) => (ms === undefined ? [] : [[`${id}/${action}`, ms] as const])),
    ),
  );

const withEquivalence = (mutation: Mutation, reason: string | undefined): Mutation =>
  reason === undefined || mutation.outcome !== 'survived' ? mutation : { ...mutation, outcome: 'equivalent', reason };

/** Entries of the lab that name no mutant; and those whose mutant is noticed all the same. */
function wrongEntries(lab: Lab, mutations: readonly Mutation[], { reasons, problems }: Equivalents): ReportFinding[] {
  const noticed = mutations.filter(({ id, outcome }) => outcome === 'killed' && reasons.has(id));
  return [
    ...problems.map(({ what, why, fix, ...place }): ReportFinding => ({
      name: 'wrong-equivalent',
      text: `${what}.${why === undefined ? '' : ` ${why}`}`,
      ...(fix === undefined ? {} : { fix }),
      place: relativePlace(place, lab),
    })),
    ...noticed.map(({ id, by }): ReportFinding => ({
      name: 'wrong-equivalent',
      text: `The lab names the mutant ${id} as equivalent, but it is noticed${by ? ` in ${by.step}: ${by.summary}` : ''}.`,
      fix: 'Remove the entry from equivalent.',
    })),
  ];
}

/** What a mutant has made fail is proven. */
function withMutants(steps: readonly VerifiedStep[], tried: readonly Tried[]): VerifiedStep[] {
  const by = new Map<string, string>();
  for (const { mutation, noticed } of tried) for (const key of noticed) if (!by.has(key)) by.set(key, mutation.id);
  return steps.map((step) => ({
    ...step,
    checks: step.checks.map((check) => {
      const mutant = by.get(`${step.id}/${check.check}`);
      if (mutant === undefined || check.proof?.by !== 'none') return check;
      return { ...check, proof: { by: 'mutant', detail: mutant } };
    }),
  }));
}
