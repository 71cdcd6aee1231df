/** Finds the signature that fits what a command printed, and puts into its texts what the pattern has caught. */
import { findFirst } from '../../patterns/find-match.ts';
import type { PatternError } from '../../patterns/pattern-error.ts';
import { expandText } from './expand.ts';
import type { Signature } from '../types.ts';

/** Characters of an output that are looked through: tools tell their reason at the end. */
const mostSearched = 64 * 1024;
/** Characters of a caught text that are shown. */
const mostCaught = 120;

/**
 * An output as patterns see it: white space made single, and words that were broken at a hyphen joined again, since tools wrap their errors.
 *
 * @example flatten('when calling the CreateRole \n operation: myapp-\n dev') // 'when calling the CreateRole operation: myapp-dev'
 */
export const flatten = (output: string): string =>
  output
    .slice(-mostSearched)
    .replace(/(?<=\w-)\n\s*(?=\w)/g, '')
    .replace(/\s+/g, ' ');

export interface FoundSignature {
  signature: Signature;
  /** What its named groups have caught. */
  groups: Readonly<Record<string, string | undefined>>;
}

export interface FindSignatureOptions {
  /** The command ended with a status other than 0. */
  failed: boolean;
  /** Ends the search, which then rejects with its reason. */
  signal?: AbortSignal | undefined;
  /** Hears of a pattern that can't be compared; the search goes on with the next one. */
  onBadPattern?(signature: Signature, error: PatternError): void;
}

/** The first signature that fits. */
export async function findSignature(
  signatures: readonly Signature[],
  output: string,
  { failed, signal, onBadPattern }: FindSignatureOptions,
): Promise<FoundSignature | undefined> {
  const looked = failed ? signatures : signatures.filter(({ anyStatus }) => anyStatus);
  if (looked.length === 0) return undefined;
  const all = looked.flatMap((signature) => signature.patterns.map((pattern) => ({ signature, pattern })));
  const found = await findFirst(
    all.map(({ pattern }) => pattern),
    flatten(output),
    {
      signal,
      onBadPattern(number, error) {
        const signature = all[number]?.signature;
        if (signature) onBadPattern?.(signature, error);
      },
    },
  );
  const signature = found && all[found.pattern]?.signature;
  return signature && { signature, groups: found.groups };
}

/** A text of a signature with `{{group}}` and `{{NAME}}` replaced; a group that has caught nothing is an ellipsis. */
export function fillText(text: string, { groups }: Pick<FoundSignature, 'groups'>, variables: Readonly<Record<string, string>>): string {
  const filled = expandText(text, variables);
  return filled.replace(groupName, (whole, name: string) => (Object.hasOwn(groups, name) ? shorten(groups[name]?.trim() ?? '…') : whole));
}

/** Names of the groups of a pattern: `(?<port>\d+)`. The pattern itself is never compared: nothing matches first. */
export function groupsOf(pattern: RegExp): string[] {
  return Object.keys(new RegExp(`|${pattern.source}`).exec('')?.groups ?? {});
}

/** All names in double braces of a text, groups and variables. */
export const namesIn = (text: string): string[] => [...text.matchAll(/\{\{([A-Za-z_]\w*)\}\}/g)].map(([, name = '']) => name);

const groupName = /\{\{([a-z_]\w*)\}\}/g;

const shorten = (caught: string) => (caught.length > mostCaught ? `${caught.slice(0, mostCaught)}…` : caught);
