/** The lab's variables in its text: what they are now, beside what is typed. */
import { namesAfterDollar } from '../../lab/facts/expand.ts';
import { cleanLine } from '../../styled/clean-text.ts';

type Values = Readonly<Record<string, string>>;

/** The value of a variable, fit for a line of text; undefined where it has none. */
export function shownValue(name: string, variables: Values): string | undefined {
  if (!Object.hasOwn(variables, name)) return undefined;
  return cleanLine(variables[name] ?? '') || undefined;
}

/** The variables that a script uses, in its order, each once. */
export function valuesUsed(script: string, variables: Values): { name: string; value: string }[] {
  const names = new Set(namesAfterDollar(script).map(({ name }) => name));
  return [...names].flatMap((name) => {
    const value = shownValue(name, variables);
    return value === undefined ? [] : [{ name, value }];
  });
}

/** The name where a text is one variable and nothing else: `$PORT`, `${PORT}`. */
export const soleVariable = (text: string): string | undefined =>
  /^\$(?:([A-Z_][A-Z0-9_]*)|\{([A-Z_][A-Z0-9_]*)\})$/.exec(text)?.slice(1).find(Boolean);
