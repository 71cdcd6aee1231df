/** Splits a script into commands the way bash would read them. */
import { askBash, type BashOptions } from './bash-syntax.ts';

export interface ScriptCommand {
  /** One line or several, without the last line's end. */
  text: string;
  /** Line of the script in which it begins, from 1. */
  line: number;
}

/**
 * The commands of a script: the shortest runs of lines that are complete for bash. Blank lines and comments between them are left out. What is
 * still unfinished at the end is the last command. Throws when bash can't be started.
 *
 * @example await splitCommands('cd app\nfor f in *; do\n  echo $f\ndone') // lines 1 and 2: `cd app`, `for …done`
 */
export async function splitCommands(script: string, options: BashOptions = {}): Promise<ScriptCommand[]> {
  const lines = script.split(/\r?\n/);
  const commands: ScriptCommand[] = [];
  let at = 0;
  while (at < lines.length) {
    const text = lines[at] ?? '';
    if (/^\s*(#|$)/.test(text)) {
      at++;
      continue;
    }
    const end = isPlainLine(text) ? at + 1 : await findEnd(lines, at, options);
    commands.push({ text: lines.slice(at, end).join('\n').trimEnd(), line: at + 1 });
    at = end;
  }
  return commands;
}

/** Index of the line behind the command that begins here. */
async function findEnd(lines: readonly string[], from: number, options: BashOptions): Promise<number> {
  for (let end = from + 1; end < lines.length; end++) {
    if (surelyUnfinished(lines, from, end)) continue;
    const said = await askBash(`${lines.slice(from, end).join('\n')}\n`, options);
    if (said === '') return end;
    // Wrong rather than unfinished: more lines can't mend it.
    if (/syntax error near unexpected token `(?!newline)/.test(said)) return lines.length;
  }
  return lines.length;
}

/** Saves most questions for text over many lines: the line goes on, or a here-document's end has not come. */
function surelyUnfinished(lines: readonly string[], from: number, end: number): boolean {
  if (/(^|[^\\])(\\\\)*\\$/.test(lines[end - 1] ?? '')) return true;
  const first = /(?<!<)<<-?[ \t]*(['"]?)([A-Za-z_][A-Za-z0-9_]*)\1/.exec(lines[from] ?? '');
  if (!first) return false;
  // Within quotes or $(( )) it may be no here-document; then at worst bash is asked later, at the script's end.
  const word = first[2];
  return !lines.slice(from + 1, end).some((line) => line.trim() === word) && lines.slice(end).some((line) => line.trim() === word);
}

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
