/** A report against an earlier one: what broke, what was mended, what is new or gone, what got slower, which tools changed. Pure. */
import { formatDuration } from '../../text/duration.ts';
import { labName } from './names.ts';
import { isUnproven } from './troubles.ts';
import type { ReportFinding, VerifiedCheck, VerifiedLab, VerifiedStep, VerifyReport } from './schema.ts';

/** Something that is not as it was. */
export interface ReportChange {
  /** The lab as people call it. */
  lab: string;
  /** Id of the step, where it belongs to one. */
  step?: string;
  what: string;
  /** What came of it now, where that says more. */
  now?: string;
}

export interface Slower {
  lab: string;
  step: string;
  title: string;
  /** Milliseconds. */
  before: number;
  now: number;
}

export interface ToolChange {
  lab: string;
  tool: string;
  before?: string;
  now?: string;
}

export interface Comparison {
  earlier: Pick<VerifyReport, 'labwalk' | 'started' | 'outcome'>;
  broke: ReportChange[];
  mended: ReportChange[];
  added: ReportChange[];
  gone: ReportChange[];
  slower: Slower[];
  tools: ToolChange[];
}

/** Slower by this factor and by this many milliseconds is told; less is what machines do by themselves. */
const slowerFactor = 1.5;
const slowerMs = 2_000;

export function compareReports(earlier: VerifyReport, now: VerifyReport): Comparison {
  const { labwalk, started, outcome } = earlier;
  const comparison: Comparison = {
    ...{ earlier: { labwalk, started, outcome }, broke: [], mended: [], added: [], gone: [], slower: [], tools: [] },
  };
  const before = new Set(earlier.labs);
  // a part of the work lacks what the other parts have: that is neither new nor gone
  const [isNewTold, isGoneTold] = [!earlier.shard, !now.shard];
  for (const lab of now.labs) {
    const same = earlierOf(lab, earlier.labs, now.labs);
    if (same) {
      before.delete(same);
      compareLabs(same, lab, comparison, { isNewTold, isGoneTold });
    } else if (isNewTold) comparison.added.push({ lab: labName(lab), what: 'the lab' });
  }
  if (isGoneTold) for (const lab of before) comparison.gone.push({ lab: labName(lab), what: 'the lab' });
  return comparison;
}

/** The same lab of the same machine; where each report has the lab once, whatever the machine. */
function earlierOf(lab: VerifiedLab, earlier: readonly VerifiedLab[], now: readonly VerifiedLab[]): VerifiedLab | undefined {
  const named = earlier.filter((one) => one.lab === lab.lab);
  const isAlone = named.length === 1 && now.filter((one) => one.lab === lab.lab).length === 1;
  return isAlone ? named[0] : named.find(({ machine }) => machine === lab.machine);
}

function compareLabs(
  before: VerifiedLab,
  now: VerifiedLab,
  to: Comparison,
  { isNewTold, isGoneTold }: { isNewTold: boolean; isGoneTold: boolean },
): void {
  const lab = labName(now);
  const steps = new Map(before.steps.map((step) => [step.id, step]));
  for (const step of now.steps) {
    const same = steps.get(step.id);
    if (!same && isNewTold)
      to.added.push({ lab, step: step.id, what: `the step "${step.title}"${step.outcome === 'failed' ? ', and it fails' : ''}` });
    if (same) compareSteps(lab, same, step, to);
    steps.delete(step.id);
  }
  if (isGoneTold) for (const { id, title } of steps.values()) to.gone.push({ lab, step: id, what: `the step "${title}"` });
  compareMutants(lab, before, now, to, isNewTold);
  compareFindings({ lab }, before.findings, now.findings, to);
  const [wasLeft, isLeft] = [new Set(before.cleanup.left), new Set(now.cleanup.left)];
  for (const what of isLeft) if (!wasLeft.has(what)) to.broke.push({ lab, what: `still there after clean-up: ${what}` });
  for (const what of wasLeft) if (!isLeft.has(what)) to.mended.push({ lab, what: `no longer left after clean-up: ${what}` });
  for (const tool of new Set([...Object.keys(before.tools), ...Object.keys(now.tools)])) {
    const [was, is] = [before.tools[tool], now.tools[tool]];
    if (was !== is) to.tools.push({ lab, tool, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { now: is }) });
  }
}

function compareSteps(lab: string, before: VerifiedStep, now: VerifiedStep, to: Comparison): void {
  const at = { lab, step: now.id };
  const [broken, mended] = [to.broke.length, to.mended.length];
  const { pairs, added, gone } = pairChecks(before.checks, now.checks);
  for (const [was, is] of pairs) {
    const [wasGood, isGood] = [isGoodCheck(was), isGoodCheck(is)];
    if (wasGood && isGood === false)
      to.broke.push({ ...at, what: is.summary, now: isUnproven(is) ? 'nothing makes it fail any more' : (is.actual ?? 'it fails') });
    if (wasGood === false && isGood) to.mended.push({ ...at, what: is.summary });
  }
  for (const check of added)
    to.added.push({ ...at, what: `the check "${check.summary}"${isGoodCheck(check) === false ? ', and it fails' : ''}` });
  for (const check of gone) to.gone.push({ ...at, what: `the check "${check.summary}"` });
  compareFindings(at, before.findings, now.findings, to);
  const wasDone = isDone(before);
  if (wasDone && now.outcome === 'failed' && to.broke.length === broken)
    to.broke.push({ ...at, what: `the step "${now.title}"`, now: now.message ?? 'it fails' });
  if (wasDone && (now.outcome === 'skipped' || now.outcome === 'not-done'))
    to.gone.push({ ...at, what: `the step "${now.title}" was done, and is not now${now.message === undefined ? '' : `: ${now.message}`}` });
  if (before.outcome === 'failed' && isDone(now) && to.mended.length === mended) to.mended.push({ ...at, what: `the step "${now.title}"` });
  if (before.again?.outcome === 'passed' && now.again?.outcome === 'failed')
    to.broke.push({
      ...at,
      what: `the step "${now.title}", done again`,
      now: now.again.failed[0]?.summary ?? now.again.message ?? 'it fails',
    });
  if (before.again?.outcome === 'failed' && now.again?.outcome === 'passed')
    to.mended.push({ ...at, what: `the step "${now.title}", done again` });
  if (wasDone && isDone(now) && now.ms > before.ms * slowerFactor && now.ms - before.ms > slowerMs)
    to.slower.push({ ...at, title: now.title, before: before.ms, now: now.ms });
}

const isDone = ({ outcome }: VerifiedStep): boolean => outcome === 'passed' || outcome === 'read';

/** Undefined: nothing was found out. */
function isGoodCheck(check: VerifiedCheck): boolean | undefined {
  if (check.outcome === 'failed' || isUnproven(check)) return false;
  return check.outcome === 'passed' ? true : undefined;
}

/**
 * Which check is which: those that say the same; of the rest, those of one kind in their order, since a port or a made-up name in a
 * sentence is another one in each run.
 */
function pairChecks(before: readonly VerifiedCheck[], now: readonly VerifiedCheck[]) {
  const pairs: [VerifiedCheck, VerifiedCheck][] = [];
  let [gone, added] = [[...before], [...now]];
  for (const keyOf of [({ kind, summary }: VerifiedCheck) => `${kind} ${summary}`, ({ kind }: VerifiedCheck) => kind]) {
    const waiting = new Map<string, VerifiedCheck[]>();
    for (const check of gone) waiting.set(keyOf(check), [...(waiting.get(keyOf(check)) ?? []), check]);
    added = added.filter((check) => {
      const same = waiting.get(keyOf(check))?.shift();
      if (same) pairs.push([same, check]);
      return !same;
    });
    gone = [...waiting.values()].flat();
  }
  return { pairs, added, gone };
}

function compareMutants(lab: string, before: VerifiedLab, now: VerifiedLab, to: Comparison, isNewTold: boolean): void {
  const earlier = new Map(before.mutants.map((mutant) => [mutant.id, mutant]));
  for (const { id, checkpoint, outcome } of now.mutants) {
    const was = earlier.get(id)?.outcome;
    const at = { lab, step: checkpoint };
    const wasNoticed = was === 'killed' || was === 'equivalent';
    if (outcome === 'survived' && wasNoticed) to.broke.push({ ...at, what: `the change ${id}`, now: 'no check notices it any more' });
    if (outcome === 'survived' && was === undefined && isNewTold)
      to.added.push({ ...at, what: `the change ${id}, which no check notices` });
    if (was === 'survived' && (outcome === 'killed' || outcome === 'equivalent')) to.mended.push({ ...at, what: `the change ${id}` });
  }
}

function compareFindings(
  at: Pick<ReportChange, 'lab' | 'step'>,
  before: readonly ReportFinding[],
  now: readonly ReportFinding[],
  to: Comparison,
): void {
  const keyOf = ({ name, text }: ReportFinding) => `${name} ${text}`;
  const [was, is] = [new Set(before.map(keyOf)), new Set(now.map(keyOf))];
  for (const finding of now) if (!was.has(keyOf(finding))) to.broke.push({ ...at, what: finding.text });
  for (const finding of before) if (!is.has(keyOf(finding))) to.mended.push({ ...at, what: finding.text });
}

/** A part of a comparison as it is shown. */
export interface ComparedPart {
  title: string;
  tone: 'bad' | 'good' | 'mild' | 'plain';
  lines: { at: string; what: string; now?: string }[];
}

/** What there is to tell, the worst first; nothing where all is as it was. */
export function comparedParts({ broke, mended, added, gone, slower, tools }: Comparison): ComparedPart[] {
  const lineOf = ({ lab, step, what, now }: ReportChange) => ({
    at: step === undefined ? lab : `${lab}, ${step}`,
    what,
    ...(now === undefined ? {} : { now }),
  });
  const times = slower.map(({ lab, step, title, before, now }) => ({
    at: `${lab}, ${step}`,
    what: `${title}: ${formatDuration(now)} instead of ${formatDuration(before)}`,
  }));
  const versions = tools.map(({ lab, tool, before, now }) => ({ at: lab, what: `${tool}: ${before ?? 'none'}, now ${now ?? 'none'}` }));
  const parts: ComparedPart[] = [
    { title: 'Broke', tone: 'bad', lines: broke.map(lineOf) },
    { title: 'Mended', tone: 'good', lines: mended.map(lineOf) },
    { title: 'New', tone: 'plain', lines: added.map(lineOf) },
    { title: 'Gone', tone: 'mild', lines: gone.map(lineOf) },
    { title: 'Slower', tone: 'mild', lines: times },
    { title: 'Other tools', tone: 'plain', lines: versions },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** `the report of 2026-03-01 10:00 UTC (passed, labwalk 0.1.0)` */
export const earlierText = ({ earlier: { started, outcome, labwalk } }: Comparison): string =>
  `the report of ${started.slice(0, 16).replace('T', ' ')} UTC (${outcome}, labwalk ${labwalk})`;
