import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Lab } from '../../src/lab/types.ts';
import { ownedSteps, ownersOf } from '../../src/verify/range.ts';

/** Labs of so many steps, each with some commands. */
const labsOf = (commands: readonly (readonly number[])[]): Lab[] =>
  commands.map((counts, lab) => ({
    name: `lab-${lab}`,
    steps: counts.map((count, step) => ({
      id: `step-${step}`,
      reading: count === 0,
      parts: Array.from({ length: count }, () => ({ kind: 'run' })),
    })),
  })) as unknown as Lab[];
const idsOf = (labs: readonly Lab[], index: number, of: number) =>
  ownedSteps(labs, { index, of }).flatMap((steps, lab) => steps.map(({ id }) => `${labs[lab]?.name}/${id}`));
const all = (labs: readonly Lab[]) => labs.flatMap(({ name, steps }) => steps.map(({ id }) => `${name}/${id}`));

test('all parts together have each step once, in order', () => {
  const counts = fc.array(fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 9 }), (commands, of) => {
      const labs = labsOf(commands);
      const parts = Array.from({ length: of }, (_, i) => idsOf(labs, i + 1, of));
      expect(parts.flat()).toEqual(all(labs));
    }),
  );
});

test('each of two labs goes to one of two parts; of one lab the first part has about two thirds', () => {
  const two = labsOf([
    [1, 1, 1, 1],
    [1, 1, 1, 1],
  ]);
  expect(ownedSteps(two, { index: 1, of: 2 }).map(({ length }) => length)).toEqual([4, 0]);
  expect(ownedSteps(two, { index: 2, of: 2 }).map(({ length }) => length)).toEqual([0, 4]);
  const one = labsOf([Array.from({ length: 12 }, () => 1)]);
  expect(ownedSteps(one, { index: 1, of: 2 })[0]).toHaveLength(8);
  expect(ownedSteps(one, { index: 2, of: 2 })[0]).toHaveLength(4);
});

test('who has steps of a lab shares its mutants', () => {
  const labs = labsOf([Array.from({ length: 12 }, () => 1), [1]]);
  const owners = [1, 2, 3].map((index) => ownersOf(labs, 0, { index, of: 3 }));
  const sharing = owners.filter(({ ours }) => ours >= 0);
  expect(sharing.map(({ ours }) => ours)).toEqual(sharing.map((_, place) => place));
  expect(new Set(owners.map(({ of }) => of))).toEqual(new Set([sharing.length]));
});
