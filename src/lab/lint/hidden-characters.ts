/** Characters of a lab that its readers would not see. A learner agrees to what they read, so an author should know of them. */
import { findHidden } from '../../text/hidden.ts';
import { lineText, makeSource, placeAt, type Source } from '../read/source.ts';
import type { Lab, Part, Place, Problem } from '../types.ts';

type Read = (path: string) => string;

/** The first one of each line of all files that the lab is made of; then those that YAML escapes have made, and spaces that bash does not know. */
export function lintHidden(lab: Lab, read: Read): Problem[] {
  return [...filesOf(lab).flatMap((file) => lintFile(file, read)), ...lintEscaped(lab), ...lintSpaces(lab, read)];
}

/** Every file that some part of the lab stands in. */
function filesOf({ file, tasks, steps, signatures, equivalent }: Lab): string[] {
  const places = [...tasks, ...steps, ...steps.flatMap(({ parts }) => parts), ...signatures, ...equivalent].map(({ place }) => place.file);
  return [...new Set([file, ...places])];
}

function lintFile(file: string, read: Read): Problem[] {
  const source = sourceOf(file, read);
  const lines = new Set<number>();
  return findHidden(source.text).flatMap(({ index, name }) => {
    const place = placeAt(source, index);
    if (lines.has(place.line)) return [];
    lines.add(place.line);
    return [problem(place, name)];
  });
}

/** Empty where the file is gone by now. */
function sourceOf(file: string, read: Read): Source {
  try {
    return makeSource(file, read(file));
  } catch {
    return makeSource(file, '');
  }
}

const problem = (place: Place, name: string): Problem => ({
  ...place,
  what: `a hidden character: ${name}`,
  why: 'Readers would not see what it does, so labwalk shows its number instead.',
  fix: "Take it out. Where a command should print it, let it write an escape: printf '\\u202e'.",
});

/** `title: "\e[31mred"` has none in the file, and one in what is shown. */
function lintEscaped({ file, title, summary, cost, variables, steps, signatures }: Lab): Problem[] {
  const top = { file, line: 1, column: 1 };
  const texts: [Place, string | undefined][] = [
    ...[title, summary, cost].map((text): [Place, string | undefined] => [top, text]),
    ...variables.map((variable): [Place, string | undefined] => [variable.place, variable.kind === 'value' ? variable.value : undefined]),
    ...signatures.flatMap(({ place, what, fix }): [Place, string][] => [
      [place, what],
      [place, fix],
    ]),
    ...steps.flatMap(({ parts }) => parts.flatMap(checkTexts)),
  ];
  return texts.flatMap(([place, text]) => {
    const [first] = findHidden(text ?? '');
    return first ? [problem(place, first.name)] : [];
  });
}

const checkTexts = (part: Part): [Place, string | undefined][] =>
  part.kind === 'checks'
    ? part.checks.flatMap(({ place, title, try: advice }): [Place, string | undefined][] => [
        [place, title],
        [place, advice],
      ])
    : [];

/** Spaces that look like one, as word processors and web pages have them; bash takes them for letters. */
const otherSpace = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;

function lintSpaces({ steps }: Lab, read: Read): Problem[] {
  return steps.flatMap(({ parts }) =>
    parts.flatMap((part) => {
      if (part.kind !== 'run' && part.kind !== 'service' && part.kind !== 'cleanup') return [];
      const source = sourceOf(part.place.file, read);
      return part.script.split('\n').flatMap((line, i) => {
        if (!otherSpace.test(line)) return [];
        const column = lineText(source, part.place.line + i).search(otherSpace) + 1;
        const place = { file: part.place.file, line: part.place.line + i + 1, column: Math.max(column, 1) };
        return [{ ...place, what: 'this command has a space that bash takes for a letter', fix: 'Type the space again.' }];
      });
    }),
  );
}
