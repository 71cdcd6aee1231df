import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyHunks } from '../../src/diff/take-labs.ts';
import { diffTexts } from '../../src/diff/compare-texts.ts';
import { joinText, splitText } from '../../src/diff/text-lines.ts';

/** Texts that have much in common, so that there is more than one place that differs. */
const line = fc.oneof(
  fc.constantFrom('', 'a', 'b', '  return x', 'def f():', 'import json', '# 한글 🙂', 'tab\there', 'bare\rreturn'),
  fc.string({ maxLength: 6, unit: 'grapheme' }).map((text) => text.replaceAll('\n', ' ')),
);
const textOf = (end: fc.Arbitrary<string>, length: number) =>
  fc.tuple(fc.array(fc.tuple(line, end), { maxLength: length }), line).map(([lines, last]) => lines.flat().join('') + last);
const anyEnd = fc.constantFrom('\n', '\r\n');
/** A text and another that was made of it by changing some lines. */
const edited = fc
  .tuple(
    fc.array(line, { minLength: 1, maxLength: 60 }),
    fc.array(fc.tuple(fc.nat(60), fc.nat(2), fc.array(line, { maxLength: 3 })), { maxLength: 6 }),
  )
  .map(([lines, edits]) => {
    const other = [...lines];
    for (const [at, gone, come] of edits) other.splice(at, gone, ...come);
    return { yours: lines.join('\n') + '\n', labs: other.join('\n') + '\n' };
  });
const texts = fc.oneof(
  edited,
  edited.map(({ yours, labs }) => ({ yours: yours.replaceAll('\n', '\r\n'), labs })),
  fc.record({ yours: textOf(anyEnd, 12), labs: textOf(anyEnd, 12) }),
);

describe('applying a diff', () => {
  test('of all places at once gives the lab’s text, byte for byte', () => {
    fc.assert(
      fc.property(texts, (both) => {
        const { hunks } = diffTexts(both);
        if (hunks.length > 0) expect(applyHunks(both, hunks)).toBe(both.labs);
      }),
      { numRuns: 500 },
    );
  });

  test('place by place, in any order, gives the lab’s text, byte for byte', () => {
    fc.assert(
      fc.property(texts, fc.infiniteStream(fc.nat(1000)), (both, picks) => {
        let yours = both.yours;
        for (let { hunks } = diffTexts(both); hunks.length > 0; { hunks } = diffTexts({ ...both, yours })) {
          const before = hunks.length;
          const picked = hunks[(picks.next().value ?? 0) % before];
          if (picked) yours = applyHunks({ ...both, yours }, [picked]);
          expect(diffTexts({ ...both, yours }).hunks.length).toBeLessThan(before);
        }
        // Without a place that differs there is nothing to apply, be it that lines end in another way.
        if (diffTexts(both).hunks.length > 0) expect(yours).toBe(both.labs);
      }),
      { numRuns: 500 },
    );
  });

  test('of some places leaves the others as they are', () => {
    const both = { yours: 'a\n1\n2\n3\n4\n5\n6\n7\n8\nb\n', labs: 'A\n1\n2\n3\n4\n5\n6\n7\n8\nB\n' };
    const { hunks } = diffTexts(both);
    expect(hunks).toHaveLength(2);
    expect(applyHunks(both, hunks.slice(1))).toBe('a\n1\n2\n3\n4\n5\n6\n7\n8\nB\n');
    expect(applyHunks(both, [])).toBe(both.yours);
  });

  test('keeps the learner’s line ends until nothing else differs', () => {
    const labs = 'A\n1\n2\n3\n4\n5\n6\n7\n8\nB\n';
    const yours = 'a\r\n1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\nb\r\n';
    const [first] = diffTexts({ yours, labs }).hunks;
    const half = applyHunks({ yours, labs }, first ? [first] : []);
    expect(half).toBe(yours.replace('a', 'A'));
    expect(applyHunks({ yours: half, labs }, diffTexts({ yours: half, labs }).hunks)).toBe(labs);
  });
});

test('a text is put together of its lines byte for byte', () => {
  fc.assert(
    fc.property(textOf(anyEnd, 10), (text) => {
      expect(joinText(splitText(text))).toBe(text);
    }),
  );
});
