import { findMatch } from '../../patterns/find-match.ts';
import { findSignature, flatten } from '../facts/find-signature.ts';
import type { Lab, Problem, Signature } from '../types.ts';

/** Examples prove that each pattern is found, and that no signature stands in the way of another. */
export async function lintSignatures({ signatures }: Pick<Lab, 'signatures'>): Promise<Problem[]> {
  const problems = await Promise.all(signatures.map((signature) => lintSignature(signature, signatures)));
  return problems.flat();
}

async function lintSignature(signature: Signature, all: readonly Signature[]): Promise<Problem[]> {
  const { id, patterns, examples, place } = signature;
  const wrong: Problem[] = [];
  for (const { text, place: at } of examples) {
    const found = (await findSignature(all, text, { failed: true }))?.signature;
    if (found === signature) continue;
    if (!found || !(await isOneFound(patterns, text))) {
      wrong.push({ ...at, what: `the signature ${id} does not fit its own example`, fix: 'Mend the pattern, or the example.' });
      continue;
    }
    wrong.push({
      ...at,
      what: `the earlier signature ${found.id} fits the example of ${id}`,
      why: `It is in ${found.place.file}:${found.place.line}.`,
      fix: 'Make that one narrower, or put this one above it.',
    });
  }
  const unproven: RegExp[] = [];
  for (const pattern of patterns) if (!(await isShown(pattern, examples))) unproven.push(pattern);
  // where nothing fits, that has been told
  if (unproven.length === patterns.length) return wrong;
  return [
    ...wrong,
    ...unproven.map(({ source }) => ({
      ...place,
      what: `no example of the signature ${id} shows "${source}"`,
      fix: 'Add what is printed then.',
    })),
  ];
}

/** One that takes too long counts as not found: `lintSlowPatterns` tells of it. */
const isFound = (pattern: RegExp, text: string): Promise<boolean> =>
  findMatch(pattern, flatten(text)).then(
    (found) => found !== undefined,
    () => false,
  );

async function isOneFound(patterns: readonly RegExp[], text: string): Promise<boolean> {
  for (const pattern of patterns) if (await isFound(pattern, text)) return true;
  return false;
}

async function isShown(pattern: RegExp, examples: Signature['examples']): Promise<boolean> {
  for (const { text } of examples) if (await isFound(pattern, text)) return true;
  return false;
}
