import type { Variable } from '../../lab/types.ts';
import { randomValue } from './random-values.ts';

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
