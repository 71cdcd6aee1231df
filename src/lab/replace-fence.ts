/** Puts another text into a fence of a Markdown file, and leaves all else as it is. Pure. */

/**
 * Undefined where no fence begins in that line, or where it does not hold what is expected.
 *
 * @param line of the fence's first line, from 1
 * @example replaceFence('```text output\n1\n```\n', 1, '1', '2') // '```text output\n2\n```\n'
 */
export function replaceFence(source: string, line: number, expected: string, text: string): string | undefined {
  const lineEnd = /^(?:[^\r\n]*\r\n)+[^\r\n]*$/.test(source) ? '\r\n' : '\n';
  const lines = source.split(lineEnd);
  const at = line - 1;
  const [, indent = '', marks = ''] = /^(\s*)(`{3,}|~{3,})/.exec(lines[at] ?? '') ?? [];
  if (marks === '') return undefined;
  const isEnd = (one: string) => one.trim().length >= marks.length && one.trim() === (marks[0] ?? '').repeat(one.trim().length);
  const end = lines.findIndex((one, place) => place > at && isEnd(one));
  if (end === -1) return undefined;
  const held = lines.slice(at + 1, end).map((one) => (one.startsWith(indent) ? one.slice(indent.length) : one.trimStart()));
  if (withoutEnd(held.join('\n')) !== withoutEnd(expected)) return undefined;
  const longer = longerMarks(marks, text);
  const first = (lines[at] ?? '').replace(marks, longer);
  const content = withoutEnd(text)
    .split('\n')
    .map((one) => (one === '' ? '' : indent + one));
  return [...lines.slice(0, at), first, ...content, (lines[end] ?? '').replace(marks, longer), ...lines.slice(end + 1)].join(lineEnd);
}

const withoutEnd = (text: string) => text.replace(/\n+$/, '');

/** A fence ends where its own marks stand at the beginning of a line. */
function longerMarks(marks: string, text: string): string {
  const mark = marks[0] ?? '`';
  const runs = text.split('\n').map((line) => /^\s*(`+|~+)/.exec(line)?.[1] ?? '');
  const longest = Math.max(0, ...runs.filter((run) => run.startsWith(mark)).map(({ length }) => length));
  return mark.repeat(Math.max(marks.length, longest >= marks.length ? longest + 1 : 0));
}
