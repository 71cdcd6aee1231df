/** Finds the signature that fits what a command printed, and puts into its texts what the pattern has caught. Pure. */
import { expandText } from './expand.ts';
import type { Signature } from './types.ts';

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

export interface Found {
  signature: Signature;
  /** What its named groups have caught. */
  groups: Readonly<Record<string, string>>;
}

/** The first signature that fits. `failed`: the command ended with a status other than 0. */
export function findSignature(signatures: readonly Signature[], output: string, { failed }: { failed: boolean }): Found | undefined {
  const looked = failed ? signatures : signatures.filter(({ anyStatus }) => anyStatus);
  if (looked.length === 0) return undefined;
  const flat = flatten(output);
  for (const signature of looked) {
    for (const pattern of signature.patterns) {
      const found = pattern.exec(flat);
      if (found) return { signature, groups: found.groups ?? {} };
    }
  }
  return undefined;
}

/** A text of a signature with `{{group}}` and `{{NAME}}` replaced; a group that has caught nothing is an ellipsis. */
export function fillText(text: string, { groups }: Pick<Found, 'groups'>, variables: Readonly<Record<string, string>>): string {
  const filled = expandText(text, variables);
  return filled.replace(groupName, (whole, name: string) => (Object.hasOwn(groups, name) ? shorten(groups[name]?.trim() ?? '…') : whole));
}

/** Names of the groups of a pattern: `(?<port>\d+)`. */
export function groupsOf(pattern: RegExp): string[] {
  return Object.keys(new RegExp(`${pattern.source}|`).exec('')?.groups ?? {});
}

/** All names in double braces of a text, groups and variables. */
export const namesIn = (text: string): string[] => [...text.matchAll(/\{\{([A-Za-z_]\w*)\}\}/g)].map(([, name = '']) => name);

const groupName = /\{\{([a-z_]\w*)\}\}/g;

const shorten = (caught: string) => (caught.length > mostCaught ? `${caught.slice(0, mostCaught)}…` : caught);
