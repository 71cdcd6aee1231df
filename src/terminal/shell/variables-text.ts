import { quoteForShell } from './start-file.ts';

/**
 * Shell text that exports these variables, and unsets those that are null. Throws a TypeError for what can't be a variable.
 *
 * @example variablesText({ A: "it's", B: null }) // "export A='it'\\''s'\nunset -v B\n"
 */
export function variablesText(variables: Readonly<Record<string, string | null>>): string {
  let text = '';
  for (const [name, value] of Object.entries(variables)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new TypeError(`"${name}" can't be the name of a variable`);
    if (value?.includes('\0')) throw new TypeError(`the value of ${name} holds a NUL character, which no variable can`);
    text += value === null ? `unset -v ${name}\n` : `export ${name}=${quoteForShell(value)}\n`;
  }
  return text;
}
