import type { MutantOperator } from '../../lab/facts/mutant-operators.ts';

/** A solution's file with one change that a learner may make by mistake. */
export interface Mutant {
  /** `missing-line myapp/app.py:9`; a further one of that operator and line has `#2` behind it. Unique in the lab, the same for the same files. */
  id: string;
  operator: MutantOperator;
  /** Id of the checkpoint whose file is changed. */
  checkpoint: string;
  /** Path in the workspace, with `/`. */
  file: string;
  /** The first line that differs, from 1. */
  line: number;
  /** The lines that differ, without indentation that they share; of many only the first and the last. */
  before: string;
  after: string;
  /** The whole file as it was, and as it is to be written. */
  source: string;
  text: string;
}

/** The whole text that an operator makes. */
export interface ChangedText {
  operator: MutantOperator;
  text: string;
}
