/** Which steps of which labs a shard has: a run of neighbours each, so that a shard need not do what comes after its own. Pure. */
import type { Lab, Step } from '../lab/types.ts';

export interface Shard {
  /** Counts from 1. */
  index: number;
  of: number;
}

/**
 * The steps that the shard owns, by lab, in order. All shards together own each step once.
 *
 * Steps are weighed by what they do; who has later ones must do the earlier ones, too, so the cuts are such that each shard has about the same
 * to do: the first of two has two thirds of a single lab, since it does each of its steps twice, and the last one does all of them once.
 */
export function ownedSteps(labs: readonly Lab[], { index, of }: Shard): Step[][] {
  const costs = labs.map((lab) => lab.steps.map(costOf));
  const cuts = findCuts(costs, of);
  let place = 0;
  return labs.map((lab) => lab.steps.filter(() => shardOf(cuts, place++) === index));
}

const shardOf = (cuts: readonly number[], place: number): number => cuts.findIndex((cut) => place < cut) + 1;

/** What a step costs, in some unit: commands and services are nearly all of it. */
function costOf({ parts, reading }: Step): number {
  if (reading) return 0;
  return parts.reduce((sum, part) => sum + (part.kind === 'run' ? 1 + (part.timeout ?? 0) / 60_000 : part.kind === 'service' ? 1 : 0), 0.5);
}

/** Places, over all steps of all labs, at which a shard's steps end: for the least work that the busiest one can have. */
function findCuts(costs: readonly (readonly number[])[], shards: number): number[] {
  const total = costs.flat().reduce((sum, cost) => sum + cost, 0);
  let [low, high] = [0, 2 * total + 1];
  // the smallest budget with which that many shards are enough
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2;
    if (cutBy(costs, middle).length <= shards) high = middle;
    else low = middle;
  }
  const cuts = cutBy(costs, high);
  const end = costs.flat().length;
  return Array.from({ length: shards }, (_, i) => cuts[i] ?? end);
}

/** Cuts as soon as a shard has used up its budget: what its lab's earlier steps cost, and its own ones twice. */
function cutBy(costs: readonly (readonly number[])[], budget: number): number[] {
  const cuts: number[] = [];
  let [used, place] = [0, 0];
  for (const lab of costs) {
    let before = 0;
    for (const cost of lab) {
      if (used > 0 && used + 2 * cost > budget) {
        cuts.push(place);
        used = before;
      }
      used += 2 * cost;
      before += cost;
      place++;
    }
  }
  return [...cuts, place];
}

/** How many shards have steps of a lab, and which of them, from 0, this one is: they share its mutants. */
export function ownersOf(labs: readonly Lab[], place: number, { index, of }: Shard): { ours: number; of: number } {
  const owners = Array.from({ length: of }, (_, i) => i + 1).filter(
    (one) => (ownedSteps(labs, { index: one, of })[place]?.length ?? 0) > 0,
  );
  return { ours: owners.indexOf(index), of: owners.length };
}
