/** Whole, well-shaped keys in a text: for those who take a block at once and ask nobody. Pure. */
import type { Keys } from '../../engine/context/cloud.ts';
import { checkId, checkRegion, checkSecret, checkToken } from './check-key-shape.ts';
import { parsePastedKeys, type PastedKeys } from './parse-pasted-keys.ts';

/** What is wrong with a block of keys, in a sentence that holds nothing of them; undefined where all is there. */
export function checkKeys({ id = '', secret = '', token = '', region = '' }: PastedKeys): string | undefined {
  if (areSwapped(id, secret)) return swapped;
  return checkId(id) ?? checkSecret(secret) ?? checkToken(token, id) ?? checkRegion(region);
}

/** The most usual of mistakes: each is where the other belongs. */
export const areSwapped = (id: string, secret: string): boolean => checkId(secret) === undefined && checkSecret(id) === undefined;

export const swapped = 'The two keys are swapped: the access key id is the one that begins with AKIA or ASIA.';

/** The keys in a text, or what is wrong with it. */
export function keysInText(text: string): { keys: Keys } | { problem: string } {
  const block = parsePastedKeys(text);
  if (!block) return { problem: 'There are no AWS keys in it.' };
  const problem = checkKeys(block);
  return problem === undefined ? { keys: keysOf(block) } : { problem };
}

export function keysOf({ id = '', secret = '', token = '', region = '', expires }: PastedKeys): Keys {
  const until = expires === undefined ? NaN : Date.parse(expires);
  return {
    accessKeyId: id,
    secretAccessKey: secret,
    ...(token === '' ? {} : { sessionToken: token }),
    ...(region === '' ? {} : { region }),
    ...(Number.isNaN(until) ? {} : { expires: new Date(until).toISOString() }),
  };
}
