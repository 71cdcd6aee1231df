import { checksOf } from '../facts/check-scripts.ts';
import { expandText, namesInBraces } from '../facts/expand.ts';
import type { CheckUse, Lab, Part, Place, Problem } from '../types.ts';

/** Patterns on which a check, a fence, a service's start or the search for a signature would hang, as some text of a learner's may show. */
export async function lintSlowPatterns(lab: Lab): Promise<Problem[]> {
  const used = patternsOf(lab);
  if (used.length === 0) return [];
  // It takes time to load, and only authors need it.
  const { findSlowText } = await import('../../patterns/find-slow-text.ts');
  return used.flatMap(({ pattern, place }) => {
    const text = findSlowText(pattern);
    if (text === undefined) return [];
    return [
      {
        ...place,
        what: `the pattern /${pattern.source}/ may take for ever: on a text of ${text.length} characters, ${JSON.stringify(text.slice(0, 20))}…, it took more than half a second`,
        why: 'It repeats something that can match in several ways, and tries all of them where the text does not match.',
        fix: 'Write it so that each text can match in one way only: ^a+$ rather than ^(a+)+$.',
      },
    ];
  });
}

interface Used {
  pattern: RegExp;
  place: Place;
}

function patternsOf({ steps, signatures }: Lab): Used[] {
  const fences = steps.flatMap(({ parts }) => parts.flatMap(ofFence));
  return [
    ...checksOf(steps).flatMap((use) => sourcesIn(use).flatMap((source) => toUsed(source, use.place, 'm'))),
    ...fences,
    ...signatures.flatMap(({ patterns, place }) => patterns.map((pattern) => ({ pattern, place }))),
  ];
}

function ofFence(part: Part): Used[] {
  if (part.kind === 'service' && part.ready?.kind === 'log') return toUsed(part.ready.matches, part.place);
  if (part.kind === 'run' && part.expectOutput?.kind === 'pattern') return toUsed(part.expectOutput.source, part.place, 'm');
  return [];
}

/** The checks that look at a text have their patterns in `matches` and `not.matches`. */
function sourcesIn({ input }: CheckUse): string[] {
  const { matches, not } = input as { matches?: unknown; not?: { matches?: unknown } };
  return [matches, not?.matches].flat().filter((source) => typeof source === 'string');
}

/** Variables in it have some plain value. Nothing where it is no regular expression: then the check says so. */
function toUsed(source: string, place: Place, flags = ''): Used[] {
  const values = Object.fromEntries(namesInBraces(source).map(({ name }) => [name, 'x']));
  try {
    return [{ pattern: new RegExp(expandText(source, values), flags), place }];
  } catch {
    return [];
  }
}
