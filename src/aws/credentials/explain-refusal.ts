import { UserError } from '../../errors.ts';
import { nothingFound } from './found-credentials.ts';
import { judgeRefusal } from './judge.ts';
import { readRefusal } from './refusal.ts';
import { tell } from './tell.ts';

/** An error of a call to AWS in a sentence or two: what is the matter, and AWS's code. */
export function explainRefusal(error: unknown): string {
  if (error instanceof UserError) return error.message;
  const refusal = readRefusal(error);
  const verdict = judgeRefusal(refusal);
  if (verdict.cause === 'unclear') return `AWS refused: ${refusal.message} (${refusal.code}).`;
  return `${tell(verdict, { env: {}, found: nothingFound, place: 'other' }).sentence} (${refusal.code})`;
}
