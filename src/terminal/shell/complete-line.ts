/**
 * A quick answer for most lines of a script: is this line surely a complete command? Pure; it says no whenever it is not sure,
 * and then bash itself is asked.
 */

/** Unquoted characters without any meaning to the shell's grammar, a variable, or text in quotes without substitutions. */
const piece = String.raw`(?:[A-Za-z0-9_\-./:=,@%+~^?*]|\$[A-Za-z_][A-Za-z0-9_]*|\$\{[A-Za-z_][A-Za-z0-9_]*\}|\$[?$#0-9]|'[^']*'|"(?:[^"\\$${'`'}!]|\$[A-Za-z_?0-9]|\$\{[A-Za-z_][A-Za-z0-9_]*\})*")`;
const word = String.raw`(?:${piece}+|\[|\])`;
const redirect = String.raw`(?:[0-9]?>{1,2}[ \t]*${word}|<[ \t]*${word}|[0-9]?>&[0-9])`;
const command = String.raw`${word}(?:[ \t]+(?:${word}|${redirect}))*`;
const line = new RegExp(String.raw`^[ \t]*${command}(?:[ \t]*(?:&&|\|\||\||;)[ \t]*${command})*[ \t]*[;&]?[ \t]*$`);

const reserved = new Set('if then else elif fi for while until do done case esac in select function time coproc'.split(' '));

/** @example isPlainLine('cd myapp && ls') // true; isPlainLine('for f in *') // false: not sure */
export function isPlainLine(text: string): boolean {
  if (!line.test(text)) return false;
  const words = text.trim().split(/[\s;|&]+/);
  return !words.some((found) => reserved.has(found));
}
