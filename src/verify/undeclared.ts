/** What a step has made in AWS and does not declare with `creates`. Pure. */
import { matchesName } from '../text/name-pattern.ts';
import { expandText } from '../lab/facts/expand.ts';
import type { Creates } from '../lab/types.ts';
import type { Made } from './scratch-workspace.ts';

/** What is there after and was not before; each as often as it came. */
export function madeSince(before: readonly Made[], after: readonly Made[]): Made[] {
  const left = before.map(keyOf);
  return after.filter((one) => {
    const at = left.indexOf(keyOf(one));
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

const keyOf = ([kind, name]: Made) => `${kind}:${name}`;

/** Those that no declaration names. */
export function findUndeclared(made: readonly Made[], creates: readonly Creates[], variables: Readonly<Record<string, string>>): Made[] {
  const declared = creates.map(({ kind, name }) => ({ kind, name: expandText(name, variables) }));
  return made.filter(([kind, name]) => !declared.some((one) => one.kind === kind && matchesName(one.name, name)));
}
