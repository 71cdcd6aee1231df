import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frontMatter, parse, step } from './small-labs.ts';

/** Pieces that mean something in a lab, put together at random: nearer to real mistakes than random letters. */
const piece = fc.constantFrom(
  ...'\n|\r\n|\t|   |    |# |## |### |#### |Step|설치|🚀|```|````|~~~|sh run|yaml check|yaml credentials|text output|python file=a.py|service=app ready=|timeout=5s|expect=|"|\'|=|- |> |1. |'.split(
    '|',
  ),
  ...'http: {url: x}|status: 0|- status: {|{{PORT}}|{{|}}|$PORT|<!-- labwalk: |id=x|include=a.md#a|-->|<!--|<details>|<summary>Hint</summary>|</details>|---|title: x|&a|*a|? |: |!!x|[|]|{|}|,|\0|\uFEFF'.split(
    '|',
  ),
);
const pieces = fc.array(piece, { maxLength: 60 }).map((list) => list.join(''));
const text = fc.oneof(
  pieces,
  pieces.map(step),
  pieces.map((body) => `${frontMatter}${body}`),
  pieces.map((facts) => `---\n${facts}\n---\n# T\n`),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

test('no text makes the parser throw, and every problem is at a place inside of its file', () => {
  fc.assert(
    fc.property(text, pieces, (lab, included) => {
      const { problems, lab: parsed } = parse(lab, { 'a.md': `## A\n${included}` });
      expect(parsed === undefined).toBe(problems.length > 0);
      for (const problem of problems) {
        const lines = (problem.file.endsWith('a.md') ? `## A\n${included}` : lab).replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
        const line = lines[problem.line - 1];
        expect(line, `line ${problem.line}`).toBeDefined();
        expect(problem.column).toBeGreaterThanOrEqual(1);
        expect(problem.column, `column of line ${problem.line}`).toBeLessThanOrEqual((line ?? '').length + 1);
      }
    }),
    { numRuns: 2000 },
  );
});
