/**
 * Keys that were given in a session, as salted hashes in a file of the workspace: a later export, which has never seen them, hides them all the
 * same. The keys themselves are in no file.
 */
import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import fs from 'node:fs';
import { UserError } from '../errors.ts';
import { writeWholeFile } from '../files/write-whole.ts';
import { kindsIn, tokensLike, type TokenShape } from './key-candidates.ts';
import { isRandom } from './values.ts';

/** Of version 1 of the file. Node's own default: one hash takes some 40 ms of a processor and 16 MB. */
const cost = { N: 2 ** 14, r: 8, p: 1 } as const;
const hashBytes = 32;
/** The newest count: who gives a new key each hour for a week does not look for the first ones. */
const mostKeys = 100;
/** So many hashes are computed for one export: five seconds on two processors. */
const mostHashes = 200;

interface KeyHash extends TokenShape {
  /** One byte that is quick to compute, so that of 256 texts of this shape only one has to be hashed slowly. */
  check: number;
  /** base64. */
  hash: string;
}

interface Content {
  version: 1;
  /** base64; one for each workspace. */
  salt: string;
  keys: KeyHash[];
}

export interface KeyMemory {
  /** Takes what has become known; only what no one can guess is kept. Never throws. */
  remember(secrets: Iterable<string>): void;
  /** Waits until all is written. */
  close(): Promise<void>;
}

/**
 * Whether a secret may be kept as a hash: whoever gets the file must not find it by trying. Keys that a machine has made have 100 bits and more;
 * a password that a person has chosen may be the next one that is tried.
 */
export function isUnguessable(secret: string): boolean {
  if (secret.length < 20) return false;
  // AWS's secret keys, session tokens
  return /^[A-Za-z0-9+/]{40}$/.test(secret) || (secret.length >= 100 && !/\s/.test(secret)) || isRandom(secret);
}

/**
 * Keeps keys in this file. A folder that can't be written to is no reason to stop: then a later export knows fewer keys.
 * @param except keys that nobody gave: the sandbox's own
 */
export function openKeyMemory(file: string, except: Iterable<string> = []): KeyMemory {
  const seen = new Set(except);
  let work: Promise<void> = Promise.resolve();

  const add = async (secret: string) => {
    // one that is damaged stays as it is: an export tells of it
    const content = readOrRefuse(file) ?? { version: 1, salt: randomBytes(16).toString('base64'), keys: [] };
    const salt = Buffer.from(content.salt, 'base64');
    const hash = (await hashOf(secret, salt)).toString('base64');
    if (content.keys.some((key) => key.hash === hash)) return;
    const key = { length: secret.length, kinds: kindsIn(secret), check: checkOf(secret, salt), hash };
    writeWholeFile(file, `${JSON.stringify({ ...content, keys: [...content.keys, key].slice(-mostKeys) })}\n`, { mode: 0o600 });
  };

  return {
    remember(secrets) {
      for (const secret of secrets) {
        if (seen.has(secret) || !isUnguessable(secret)) continue;
        seen.add(secret);
        work = work.then(() => add(secret)).catch(() => {});
      }
    },
    close: () => work,
  };
}

/** What of the texts is a key that was given. Throws a UserError where the file can't be read: an export must not show what it should have known. */
export async function findGivenKeys(file: string, texts: readonly string[]): Promise<string[]> {
  const content = readOrRefuse(file);
  if (!content || content.keys.length === 0) return [];
  const salt = Buffer.from(content.salt, 'base64');
  const candidates = [...tokensLike(content.keys, texts)].filter((token) => {
    const kinds = kindsIn(token);
    const like = content.keys.filter((key) => key.length === token.length && key.kinds === kinds);
    if (like.length === 0) return false;
    const check = checkOf(token, salt);
    return like.some((key) => key.check === check);
  });
  // More look like one than can be tried: then all of them are hidden, rather than one too few.
  if (candidates.length > mostHashes) return candidates;
  const hashes = content.keys.map((key) => Buffer.from(key.hash, 'base64'));
  const found = await Promise.all(
    candidates.map(async (token) => {
      const hash = await hashOf(token, salt);
      return hashes.some((known) => known.length === hash.length && timingSafeEqual(known, hash)) ? [token] : [];
    }),
  );
  return found.flat();
}

const hashOf = (text: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(text, salt, hashBytes, cost, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    }),
  );

const checkOf = (text: string, salt: Buffer): number => createHmac('sha256', salt).update(text).digest()[0] ?? 0;

/** Undefined where there is no file. */
function readOrRefuse(file: string): Content | undefined {
  const refuse = (why: string, cause?: unknown) =>
    new UserError(
      `The keys that were given here are kept as hashes in ${file}, and it can't be read: ${why}. An export could show one of them.`,
      {
        fix: `Make it readable. Or delete it, and look through the export for keys yourself.`,
        cause,
      },
    );
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw refuse((error as Error).message, error);
  }
  const content = understood(text);
  if (!content) throw refuse('it was changed, or a later labwalk wrote it');
  return content;
}

function understood(text: string): Content | undefined {
  try {
    const content = JSON.parse(text) as Partial<Content>;
    const isGood = content.version === 1 && typeof content.salt === 'string' && Array.isArray(content.keys);
    return isGood ? (content as Content) : undefined;
  } catch {
    return undefined;
  }
}
