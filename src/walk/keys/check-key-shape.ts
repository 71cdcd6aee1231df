/** What AWS keys look like, so that a slip is told before anybody is asked. Nothing here ever puts a key into its words. */

/** Lengths of an access key id that the IAM API allows; all that are given out today have 20. */
const idShape = /^(?:AKIA|ASIA)[A-Z0-9]{12,124}$/;
const secretShape = /^[A-Za-z0-9+/]{40}$/;
/** AWS promises no length; all that are given out have some hundreds of characters. */
const shortestToken = 100;
/** `eu-west-1`, `us-gov-west-1`, `eusc-de-east-1` */
const regionShape = /^[a-z]{2,4}(?:-[a-z]+){1,3}-\d$/;

export const looksLikeId = (text: string): boolean => idShape.test(text);

export const looksLikeSecret = (text: string): boolean => secretShape.test(text) && !looksLikeId(text);

export const looksLikeRegion = (text: string): boolean => regionShape.test(text);

/** Keys that begin like this are temporary: a session token belongs to them. */
export const isTemporary = (id: string): boolean => id.startsWith('ASIA');

/** What is wrong with an access key id, in a sentence or two. `typing`: it may still become longer. */
export function checkId(text: string, typing = false): string | undefined {
  if (text === '') return typing ? undefined : 'The access key id is missing.';
  if (looksLikeSecret(text)) return 'That looks like the secret access key. The access key id comes first: 20 capital letters and digits.';
  const beginning = text.slice(0, 4);
  const canBegin = ['AKIA', 'ASIA'].some((known) => known.startsWith(beginning));
  if (!canBegin) {
    return ['AKIA', 'ASIA'].some((known) => known.startsWith(beginning.toUpperCase()))
      ? 'An access key id has capital letters and digits only.'
      : 'An access key id begins with AKIA, or with ASIA where the keys are temporary.';
  }
  if (/[^A-Z0-9]/.test(text)) return 'An access key id has capital letters and digits only.';
  if (text.length > 128) return 'An access key id has at most 128 characters; this one is longer.';
  if (!typing && text.length < 16) return `An access key id has at least 16 characters; this one has ${text.length}.`;
  return undefined;
}

/** What is wrong with a secret access key. */
export function checkSecret(text: string, typing = false): string | undefined {
  if (text === '') return typing ? undefined : 'The secret access key is missing.';
  if (looksLikeId(text)) return 'That looks like an access key id. The secret access key is the longer one: 40 characters.';
  if (/[^A-Za-z0-9+/]/.test(text)) return 'A secret access key has letters, digits, + and / only.';
  if (text.length > 40) return `A secret access key has 40 characters; this one has ${text.length}.`;
  if (!typing && text.length < 40) return `A secret access key has 40 characters; this one has ${text.length}. Was all of it copied?`;
  return undefined;
}

/** What is wrong with a session token. `id` says whether one is needed. */
export function checkToken(text: string, id: string, typing = false): string | undefined {
  if (text === '')
    return typing || !isTemporary(id) ? undefined : 'Keys that begin with ASIA are temporary: their session token is needed, too.';
  if (looksLikeId(text) || looksLikeSecret(text)) return 'That looks like one of the two keys. A session token is much longer.';
  if (/\s/.test(text)) return 'The session token has a line break or a blank in it. Copy it again, in one piece.';
  if (/[^\x21-\x7e]/.test(text)) return 'A session token has no such characters. Was it copied from a picture or a document?';
  if (!typing && text.length < shortestToken)
    return `A session token is longer; this one has ${text.length} characters. Was all of it copied?`;
  return undefined;
}

/** What is wrong with a region. Empty: the one that is set already counts. */
export function checkRegion(text: string, typing = false): string | undefined {
  if (text === '' || regionShape.test(text)) return undefined;
  if (looksLikeId(text) || looksLikeSecret(text)) return 'That looks like a key. A region looks like eu-west-1; it may stay empty.';
  if (typing && isBeginningOfRegion(text)) return undefined;
  return 'A region looks like eu-west-1 or ap-southeast-1; it may stay empty.';
}

/** It can be shown while it is typed: the beginning of a region, and of nothing that is secret for more than four letters. */
export const isBeginningOfRegion = (text: string): boolean =>
  /^[a-z]{0,4}$|^[a-z]{2,4}(?:-[a-z]{0,12}){1,3}$|^[a-z]{2,4}(?:-[a-z]{1,12}){1,3}-\d?$/.test(text);

/** It can be shown while it is typed: surely an id, and nothing that could be a secret. */
export const isShownId = (text: string): boolean => /^(?:AKIA|ASIA)[A-Z0-9]{0,24}$/.test(text);
