/** Facts about a step in comments: `<!-- labwalk: id=deploy creates="role:myapp-dev" after=build stays="…" -->`. */
import { nearest } from '../../text/nearest.ts';
import type { FactsBlock } from '../read/block.ts';
import { namesInBraces, variableName } from './expand.ts';
import { didYouMean, type ReportProblem } from '../problems.ts';
import { slug } from '../read/slug.ts';
import { placeAt } from '../read/source.ts';
import type { Creates, Place } from '../types.ts';

export interface StepFacts {
  id?: string;
  /** Place of the id's value. */
  idPlace?: Place;
  after: { id: string; place: Place }[];
  creates: (Creates & { place: Place })[];
  stays?: string;
  /** Places of facts that only a step can have, by key. */
  stepOnly: { key: string; place: Place }[];
}

/** Keys of a labwalk comment, for the documentation. */
export const factKeys = {
  id: "The step's or task's id, where the heading's slug won't do.",
  after: 'Ids of earlier steps, parted by commas, that must have passed before.',
  creates: 'What the step makes in AWS: `kind:name`, parted by spaces; `*` in a name stands for anything.',
  stays: "Why the step's checks are true before the step is done, where they are.",
  include:
    'Brings in a heading of another file, with everything below it: `FILE#ID`. Words like `URL=…` beside it are put in the place of `{{URL}}` there.',
} as const;

export function readFacts(blocks: readonly FactsBlock[], report: ReportProblem): StepFacts {
  const facts: StepFacts = { after: [], creates: [], stepOnly: [] };
  const seen = new Set<string>();
  for (const block of blocks) {
    if (block.words.length === 0)
      report(placeAt(block.source, block.start), 'this labwalk comment says nothing', { fix: 'Write it as <!-- labwalk: id=my-step -->.' });
    for (const word of block.words) {
      const place = placeAt(block.source, word.start);
      const valuePlace = placeAt(block.source, word.valueStart);
      if (!Object.hasOwn(factKeys, word.key)) {
        const keys = Object.keys(factKeys);
        report(place, `unknown key "${word.key}" in a labwalk comment`, { fix: didYouMean(nearest(word.key, keys), keys, 'It knows') });
      } else if (word.open) report(valuePlace, 'a quote is never closed');
      else if (!word.value) report(place, `${word.key} needs a value`, { fix: `Write it like ${word.key}="…".` });
      else if (seen.has(word.key)) report(place, `${word.key} is given twice for this heading`);
      else {
        seen.add(word.key);
        readFact(facts, word.key as keyof typeof factKeys, word.value, { key: place, value: valuePlace }, report);
      }
    }
  }
  return facts;
}

function readFact(
  facts: StepFacts,
  key: keyof typeof factKeys,
  value: string,
  place: { key: Place; value: Place },
  report: ReportProblem,
): void {
  if (key !== 'id' && key !== 'include') facts.stepOnly.push({ key, place: place.key });
  switch (key) {
    case 'id':
      if (slug(value) !== value)
        report(place.value, `"${value}" can't be an id`, {
          fix: slug(value) ? `Write it as ${slug(value)}.` : 'Use small letters, digits, - and _.',
        });
      facts.id = value;
      facts.idPlace = place.value;
      return;
    case 'after':
      for (const id of value.split(/[\s,]+/).filter(Boolean)) facts.after.push({ id, place: place.value });
      return;
    case 'creates':
      for (const text of value.split(/[\s,]+/).filter(Boolean)) {
        const [, kind, name] = /^([a-z][a-z0-9-]*):(\S+)$/.exec(text) ?? [];
        if (kind && name) facts.creates.push({ kind, name, place: place.value });
        else report(place.value, `"${text}" is no kind and name`, { fix: 'Write it like role:myapp-dev.' });
      }
      return;
    case 'stays':
      facts.stays = value;
      return;
    case 'include':
      report(place.key, 'include stands alone in its comment', {
        fix: 'Put the other facts into a comment of their own. Values for the included text have names in capitals: URL=….',
      });
  }
}

/** Names of variables in what the step creates. */
export const namesInCreates = (facts: StepFacts): { name: string; place: Place }[] =>
  facts.creates.flatMap(({ name: pattern, place }) => namesInBraces(pattern).map(({ name }) => ({ name, place })));

/** True for a comment that is an include: `FILE#ID`, and values for the text that it brings in. */
export const isInclude = ({ words: [first, ...values] }: FactsBlock): boolean =>
  first?.key === 'include' &&
  Boolean(first.value) &&
  values.every(({ key, value, open }) => variableName.test(key) && value !== undefined && !open);
