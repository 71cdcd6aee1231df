/** Reports of parts of one run, or of several machines, as one. Pure. */
import { UsageError } from '../../errors.ts';
import { labName } from './names.ts';
import type { Mutation, Proof, VerifiedCheck, VerifiedLab, VerifiedStep, VerifyReport } from './schema.ts';
import { hasError, worstOutcome } from './troubles.ts';

/**
 * Shards of one run become the report that one run would have made; a missing one is an error of the whole. Reports of machines that
 * did all have each lab once for each machine, which is then named. Throws UsageError where reports do not belong together.
 */
export function mergeReports(reports: readonly VerifyReport[]): VerifyReport {
  const [first, second] = reports;
  if (!first) throw new UsageError('There is no report to merge.');
  const shards = reports.filter(({ shard }) => shard);
  if (!second) return shards.length === 0 ? first : mergeShards(shards);
  const whole = reports.filter(({ shard }) => !shard);
  return shards.length === 0
    ? mergeMachines(whole)
    : whole.length === 0
      ? mergeShards(shards)
      : mergeMachines([mergeShards(shards), ...whole]);
}

function mergeMachines(reports: readonly VerifyReport[]): VerifyReport {
  const taken = new Set<string>();
  const named = reports.map((report) => nameMachines(report, taken));
  return {
    ...joinFacts(reports),
    machines: named.flatMap(({ machines }) => machines),
    labs: named.flatMap(({ labs }) => labs),
  };
}

/** A class's machines may all have the same host name: then the second is `NAME (2)`. */
function nameMachines({ machines, labs }: VerifyReport, taken: Set<string>): Pick<VerifyReport, 'machines' | 'labs'> {
  const names = new Map<string, string>();
  for (const { name } of machines) {
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${name} (${count})`;
    taken.add(free);
    names.set(name, free);
  }
  const nameOf = (name: string) => names.get(name) ?? name;
  const all = [...names.values()].join('+');
  return {
    machines: machines.map((machine) => ({ ...machine, name: nameOf(machine.name) })),
    labs: labs.map((lab) => ({ ...lab, machine: lab.machine === undefined ? all : nameOf(lab.machine) })),
  };
}

/** Of reports one beside the other: all together took as long as the longest. */
function joinFacts(reports: readonly VerifyReport[]): Omit<VerifyReport, 'machines' | 'labs'> {
  const messages = [...new Set(reports.map(({ message }) => message).filter((message) => message !== undefined))];
  return {
    ...{ format: 1, kind: 'verify', labwalk: reports[0]?.labwalk ?? '' },
    outcome: worstOutcome(reports.map(({ outcome }) => outcome)),
    ...(messages.length === 0 ? {} : { message: messages.join(' ') }),
    started: reports.map(({ started }) => started).sort()[0] ?? '',
    ms: Math.max(...reports.map(({ ms }) => ms)),
  };
}

function mergeShards(reports: readonly VerifyReport[]): VerifyReport {
  const sorted = [...reports].sort((a, b) => (a.shard?.index ?? 0) - (b.shard?.index ?? 0));
  const { missing, of } = missingShards(sorted);
  const labs = joinLabs(sorted.flatMap((report) => report.labs));
  const texts = new Map<string, Set<string>>();
  for (const { lab, hash } of labs) texts.set(lab, new Set([...(texts.get(lab) ?? []), hash]));
  const differing = [...texts].filter(([, hashes]) => hashes.size > 1).map(([lab]) => lab);
  const facts = joinFacts(sorted);
  const wrong = [
    facts.message,
    ...missing.map((index) => `Part ${index} of ${of} is missing.`),
    ...differing.map((lab) => `The parts have not verified the same text of the lab ${lab}.`),
  ].filter((text) => text !== undefined);
  const outcome = worstOutcome([...labs.map((lab) => lab.outcome), ...outcomesBesideLabs(sorted)]);
  return {
    ...facts,
    outcome: wrong.length > 0 ? 'error' : outcome,
    ...(wrong.length > 0 ? { message: wrong.join(' ') } : {}),
    machines: uniqueBy(
      sorted.flatMap(({ machines }) => machines),
      JSON.stringify,
    ),
    labs,
  };
}

/** What a report says of itself that none of its labs says. */
const outcomesBesideLabs = (reports: readonly VerifyReport[]) =>
  reports.filter(({ outcome, labs }) => labs.length > 0 && labs.every((lab) => lab.outcome !== outcome)).map(({ outcome }) => outcome);

function missingShards(sorted: readonly VerifyReport[]): { missing: number[]; of: number } {
  const of = sorted[0]?.shard?.of ?? 1;
  const indexes = sorted.map(({ shard }) => shard?.index ?? 0);
  const other = sorted.find(({ shard }) => shard?.of !== of)?.shard;
  if (other)
    throw new UsageError(
      `One report is a part of ${of}, another a part of ${other.of}.`,
      'Merge the parts of one run only: --shard 1/N to --shard N/N.',
    );
  const twice = indexes.find((index, place) => indexes.indexOf(index) !== place);
  if (twice !== undefined)
    throw new UsageError(
      `Two reports are part ${twice} of ${of}.`,
      'Give each part once. For several machines, merge the parts of each first.',
    );
  return { missing: Array.from({ length: of }, (_, place) => place + 1).filter((index) => !indexes.includes(index)), of };
}

function joinLabs(labs: readonly VerifiedLab[]): VerifiedLab[] {
  const groups = new Map<string, VerifiedLab[]>();
  for (const lab of labs) {
    const key = `${labName(lab)} ${lab.hash}`;
    groups.set(key, [...(groups.get(key) ?? []), lab]);
  }
  return [...groups.values()].map(joinLab);
}

function joinLab(parts: readonly VerifiedLab[]): VerifiedLab {
  const [first] = parts;
  if (!first || parts.length === 1) return parts[0] as VerifiedLab;
  const messages = [...new Set(parts.map(({ message }) => message).filter((message) => message !== undefined))];
  const mutants = [
    ...groupBy(
      parts.flatMap((lab) => lab.mutants),
      ({ id }) => id,
    ).values(),
  ].map((same) => pick(same, mutantRank));
  const joined: VerifiedLab = {
    ...first,
    ...(messages.length === 0 ? {} : { message: messages.join(' ') }),
    started: parts.map(({ started }) => started).sort()[0] ?? first.started,
    ms: sumOf(parts, ({ ms }) => ms),
    tools: Object.assign({}, ...parts.map(({ tools }) => tools)) as Record<string, string>,
    steps: withProofs(joinSteps(parts.map(({ steps }) => steps)), mutants),
    mutants,
    findings: uniqueBy(
      parts.flatMap(({ findings }) => findings),
      JSON.stringify,
    ),
    cleanup: {
      done: parts.every(({ cleanup }) => cleanup.done),
      ms: sumOf(parts, ({ cleanup }) => cleanup.ms),
      commands: uniqueBy(
        parts.flatMap(({ cleanup }) => cleanup.commands),
        ({ terminal, text }) => `${terminal} ${text}`,
      ),
      left: [...new Set(parts.flatMap(({ cleanup }) => cleanup.left))],
    },
  };
  return { ...joined, outcome: joinedOutcome(joined, parts) };
}

/** A check that nothing made fail in its own part may be proven by a mutant of another part, so that the whole passes. */
function joinedOutcome(joined: VerifiedLab, parts: readonly VerifiedLab[]): VerifiedLab['outcome'] {
  if (hasError(joined)) return worstOutcome(['failed', ...parts.map(({ outcome }) => outcome)]);
  const unexplained = parts.filter((part) => part.outcome !== 'failed' || !hasError(part));
  return worstOutcome(['passed', ...unexplained.map(({ outcome }) => outcome)]);
}

/** In the lab's order: by the steps' numbers, else by their lines where all stand in one file, else as they come. */
function joinSteps(lists: readonly (readonly VerifiedStep[])[]): VerifiedStep[] {
  const steps = [...groupBy(lists.flat(), ({ id }) => id).values()].map(joinStep);
  if (steps.every(({ number }) => number !== undefined)) return steps.sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  return new Set(steps.map(({ place }) => place.file)).size === 1 ? steps.sort((a, b) => a.place.line - b.place.line) : steps;
}

/** Of a step that several parts have done, the worst counts; what only one has found out is taken from that one. */
function joinStep(same: readonly VerifiedStep[]): VerifiedStep {
  const best = pick(same, stepRank);
  if (same.length === 1) return best;
  const again = same.map((step) => step.again).filter((one) => one !== undefined);
  const checks = groupBy(
    same.flatMap((step) => step.checks),
    ({ check }) => check,
  );
  return {
    ...best,
    checks: [...checks.values()].map((one) => pick(one, checkRank)).sort((a, b) => a.check - b.check),
    findings: uniqueBy(
      same.flatMap(({ findings }) => findings),
      JSON.stringify,
    ),
    drift: uniqueBy(
      same.flatMap(({ drift }) => drift),
      JSON.stringify,
    ),
    ...(again.length === 0 ? {} : { again: pick(again, ({ outcome }) => ['failed', 'passed', 'not-done'].indexOf(outcome)) }),
  };
}

const stepRank = ({ outcome }: VerifiedStep) => ['failed', 'passed', 'read', 'skipped', 'not-done'].indexOf(outcome);
const mutantRank = ({ outcome }: Mutation) => ['survived', 'killed', 'equivalent', 'undecided', 'not-done'].indexOf(outcome);
const proofRank = (by: Proof['by'] | undefined) => ['red', 'output', 'mutant', 'stays', 'none', undefined].indexOf(by);
const checkRank = ({ outcome, proof }: VerifiedCheck) =>
  ['failed', 'passed', 'told', 'not-done'].indexOf(outcome) * 10 + proofRank(proof?.by);

function withProofs(steps: readonly VerifiedStep[], mutants: readonly Mutation[]): VerifiedStep[] {
  const noticed = new Map<string, string>();
  for (const { id, outcome, by } of mutants) {
    const key = `${by?.step}/${by?.check}`;
    if (outcome === 'killed' && by?.check !== undefined && !noticed.has(key)) noticed.set(key, id);
  }
  return steps.map((step) => ({
    ...step,
    checks: step.checks.map((check) => {
      const mutant = noticed.get(`${step.id}/${check.check}`);
      return mutant === undefined || check.proof?.by !== 'none' ? check : { ...check, proof: { by: 'mutant' as const, detail: mutant } };
    }),
  }));
}

/** The one with the lowest rank, the first of several. There is at least one. */
function pick<T>(same: readonly T[], rankOf: (one: T) => number): T {
  return same.reduce((best, one) => (rankOf(one) < rankOf(best) ? one : best));
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

const uniqueBy = <T>(items: readonly T[], keyOf: (item: T) => string): T[] =>
  [...groupBy(items, keyOf).values()].map(([first]) => first as T);

const sumOf = <T>(items: readonly T[], numberOf: (item: T) => number): number => items.reduce((sum, item) => sum + numberOf(item), 0);
