import type * as z from 'zod';
import { nearest } from '../../text/nearest.ts';
import type { ReportProblem } from '../problems.ts';
import type { Place, Variable } from '../types.ts';

/** What the lab room must know of a check. */
export interface CheckSchema {
  name: string;
  schema: z.ZodType;
  looksAt: 'output' | 'state';
  /** What is checked, in a sentence without full stop. */
  summary?(input: unknown): string;
}

/** A step's id named somewhere, to be looked up when all steps are known. */
export interface IdUse {
  kind: 'after' | 'from';
  id: string;
  place: Place;
}

export interface DeclaredVariables {
  names: readonly string[];
  find(name: string): Variable | undefined;
}

/** What is handed down while a lab's parts are read. */
export interface ReadingContext {
  report: ReportProblem;
  variables: DeclaredVariables;
  checks: ReadonlyMap<string, CheckSchema>;
  /** Checkpoints named by files; filled while reading. */
  uses: IdUse[];
}

/** What to say about the use of a variable, when it is not declared. */
export function undeclared(name: string, { names, find }: DeclaredVariables): { mistake: string; fix: string } | undefined {
  if (find(name)) return undefined;
  const near = nearest(name, names);
  return {
    mistake: `the variable ${name} is not declared`,
    fix: near ? `Did you mean ${near}?` : `Declare it in the front matter, under variables: ${name}: ….`,
  };
}
