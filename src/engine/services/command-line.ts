/** A process's command line, compared with what was typed: an interpreter may stand in front of the program, and the shell's quotes are gone. */
import path from 'node:path';

/**
 * Whether a process runs what this line of shell says.
 *
 * @example looksLikeScript(['/opt/bin/python3', '/opt/bin/chalice', 'local'], 'chalice local') // true
 */
export function looksLikeScript(line: readonly string[], script: string): boolean {
  const wanted = withoutQuotes(script);
  const text = withoutQuotes(line.join(' '));
  const before = text.at(-wanted.length - 1);
  return wanted !== '' && text.endsWith(wanted) && (before === undefined || before === ' ' || before === '/');
}

/**
 * The command line as a person would have typed it.
 *
 * @example tellCommandLine(['/opt/bin/python3', '/opt/bin/chalice', 'local']) // 'chalice local'
 */
export function tellCommandLine(line: readonly string[]): string {
  const [program = '', script, ...rest] = line;
  const interpreter = /^(python|node|ruby|perl|bash|sh)[\d.]*$/.test(path.basename(program));
  const words =
    interpreter && script !== undefined && path.isAbsolute(script)
      ? [path.basename(script), ...rest]
      : [path.basename(program), ...line.slice(1)];
  return words.join(' ');
}

const withoutQuotes = (text: string) =>
  text
    .replaceAll(/['"\\]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
