/** A program that somebody may have written in a lab, and what is to be said of it. */
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../../e2e/program.ts';

export interface Program {
  /** What is special about it. */
  name: string;
  step: string;
  /** Its files, by their paths in the project; the project's others stay as the lab has left them. */
  files: Record<string, string | Buffer>;
}

export interface WrongProgram extends Program {
  /** The first check that fails, by its title. */
  fails: string;
  /** What came, where the sentence needs it to be understood. */
  actual?: string | RegExp;
  /** What the learner is told to try: a text is the whole of it. */
  says: string | RegExp;
}

/** A file of the repository's solution for a step. */
export const readSolution = (lab: string, step: string, file: string) =>
  fs.readFileSync(path.join(root, 'solutions', lab, step, file), 'utf8');

/** A text with one part changed, which must be there. */
export function change(text: string, part: string, other: string): string {
  if (!text.includes(part)) throw new Error(`the text has no ${part}`);
  return text.replaceAll(part, other);
}
