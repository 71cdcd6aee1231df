import { expect, test } from 'vitest';
import { readScriptLines } from '../../../src/tui/markdown/command-lines.ts';

/** `$` where a command begins, `.` where it goes on. */
const shape = (script: string) =>
  readScriptLines(script)
    .map(({ kind }) => ({ command: '$', continued: '.', comment: '#', blank: ' ' })[kind])
    .join('');

test.each([
  ['cd app\nls\n', '$$'],
  ['# first\n\nls # second "\nls', '# $$'],
  ["echo 'one\ntwo'\nls", '$.$'],
  ['echo "a \\" b\nc"\nls', '$.$'],
  ['a |\n  b &&\nc\nd', '$..$'],
  ['a \\\n  b\nc \\\\\nd', '$.$$'],
  ['if a; then\n  b\nfi\nc', '$..$'],
  ['for a in b; do if c; then d; fi; done\ne', '$$'],
  ['while a\ndo\n b\ndone\nc', '$...$'],
  ['f() {\n  a\n}\nf', '$..$'],
  ['(\n a\n)\nb', '$..$'],
  ["cat <<'EOF' > x\nif a\n'\nEOF\nb", '$...$'],
  ['cat <<-A <<B\n\tA\nB\nc', '$..$'],
  ['x=$(a\nb)\nc', '$.$'],
  ['aws x --query \'a[?b==`c`].{d: e}\'\nhttp x "y:=[1, 2]"', '$$'],
  ['echo $# ${#a} a#b\nls', '$$'],
])('%j', (script, expected) => {
  expect(shape(script)).toBe(expected);
});
