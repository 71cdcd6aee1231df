import { createHash } from 'node:crypto';
import type { Variable } from '../../lab/types.ts';

export interface VariableSources {
  seed: string;
  /** Values of an earlier run in the same workspace: kept, so that a learner who comes back finds their own. */
  previous: Readonly<Record<string, string>>;
  /** Claims the first free port of this machine at or after the given one. */
  claimPort(from: number): Promise<number>;
}

/** A value for each declared variable that has one from the start; captured ones only where an earlier run knows them. */
export async function prepareVariables(declared: readonly Variable[], sources: VariableSources): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const variable of declared) {
    const value = await valueOf(variable, sources);
    if (value !== undefined) values[variable.name] = value;
  }
  return values;
}

async function valueOf(variable: Variable, { seed, previous, claimPort }: VariableSources): Promise<string | undefined> {
  const known = previous[variable.name];
  switch (variable.kind) {
    case 'value':
      return variable.value;
    case 'captured':
      return known;
    case 'random':
      return known ?? randomValue(variable.shape, `${seed}/${variable.name}`);
    case 'free-port':
      // the port of last time may be taken today
      return String(await claimPort(known === undefined ? variable.port : Number(known)));
  }
}

/** Values that are made up for each workspace, so that an answer can't be known beforehand. The same seed gives the same values. */
type Shape = 'name' | 'word' | 'number' | 'id';

const names =
  'Ada Alan Amina Anna Arjun Astrid Bruno Carla Chloe Dalia Diego Elena Emil Farah Felix Grace Hana Hugo Ines Ivan Jonas Julia Kai Karim Lena Leo Lina Luca Maria Mateo Maya Milan Mina Nadia Noah Nora Olga Omar Oscar Paula Pedro Priya Rosa Ruben Samir Sara Sofia Theo Uma Vera Yara Yusuf Zoe'.split(
    ' ',
  );
const words =
  'acorn amber anchor autumn bamboo basil beacon birch breeze canyon cedar cherry cloud clover copper coral cotton daisy dawn delta ember falcon fern forest garden ginger harbor hazel heron honey indigo island ivory jasmine juniper lagoon lantern laurel lemon lilac linen maple marble meadow mint moss olive opal orchid pebble pepper pine plum poppy quartz raven river robin saffron sage shell silver spruce stone summer thistle tulip velvet violet walnut willow winter'.split(
    ' ',
  );

/**
 * @example randomValue('name', 'seed/WHO') // 'Nora'
 */
function randomValue(shape: Shape, seed: string): string {
  const digest = createHash('sha256').update(seed).digest();
  const number = digest.readUInt32BE(0);
  switch (shape) {
    case 'name':
      return pick(names, number);
    case 'word':
      return pick(words, number);
    case 'number':
      return String(10 + (number % 90));
    case 'id':
      return digest.toString('hex', 4, 8);
  }
}

const pick = (list: string[], number: number) => list[number % list.length] as string;
