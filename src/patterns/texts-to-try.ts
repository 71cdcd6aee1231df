/** Texts on which a regular expression may backtrack without end: what it repeats, many times, and then something that spoils the match. */
import { RegExpParser, type AST } from '@eslint-community/regexpp';

/** How often a repetition is repeated. Whatever is exponential then never ends, and the square or the cube of it is still a moment. */
const repeats = 200;
/** So many different texts are made of one part of a pattern: one for each of its branches, say. */
const variants = 12;
/** At the end: nothing, what hardly any pattern wants, another line. */
const spoilers = ['', '\0', '\n'];
/** Characters to try for `\w`, `.` or `[^x]`, beside those that the pattern names. */
const usual = ['a', 'A', '0', ' ', '_', '-', '.', '/', '"', '\t', 'é'];
/** One that repeats fewer times than this is no repetition here. */
const few = 10;

/**
 * @param source a valid regular expression
 * @returns nothing for a pattern that repeats nothing
 */
export function textsToTry(source: string): string[] {
  const pattern = parse(source);
  if (!pattern) return [];
  const sample = createSampler(charactersOf(source));
  const texts = new Set<string>();
  for (const { before, quantifier } of repetitionsIn(pattern.alternatives, [])) {
    const start = before.map((element) => sample(element, 0)).join('');
    for (let variant = 0; variant < variants; variant++) {
      const repeated = sample(quantifier.element, variant).repeat(repeats);
      for (const end of spoilers) texts.add(start + repeated + end);
    }
  }
  return [...texts];
}

/** Undefined where the parser does not know what this Node knows. */
function parse(source: string): AST.Pattern | undefined {
  try {
    return new RegExpParser().parsePattern(source);
  } catch {
    return undefined;
  }
}

interface Repetition {
  /** What must match before it. */
  before: readonly AST.Element[];
  quantifier: AST.Quantifier;
}

function* repetitionsIn(alternatives: readonly AST.Alternative[], before: readonly AST.Element[]): Generator<Repetition> {
  for (const { elements } of alternatives) {
    for (const [i, element] of elements.entries()) {
      const here = [...before, ...elements.slice(0, i)];
      if (element.type === 'Quantifier' && element.max >= few) yield { before: here, quantifier: element };
      const inner = element.type === 'Quantifier' ? element.element : element;
      if ('alternatives' in inner) yield* repetitionsIn(inner.alternatives, here);
    }
  }
}

/** The characters that stand in a pattern for themselves, and the usual ones. */
const charactersOf = (source: string): string[] => [...new Set([...source.replace(/\\[a-zA-Z]/g, ''), ...usual])];

/** Makes texts that a part of a pattern matches, as far as that is easy; other variants are other texts. */
function createSampler(characters: readonly string[]): (element: AST.Element, variant: number) => string {
  const fitting = new Map<string, string[]>();
  const fittingSet = (raw: string): string[] => {
    const known = fitting.get(raw);
    if (known) return known;
    const set = new RegExp(`^(?:${raw})$`);
    const found = characters.filter((character) => set.test(character));
    fitting.set(raw, found);
    return found;
  };
  const sample = (element: AST.Element, variant: number): string => {
    switch (element.type) {
      case 'Character':
        return String.fromCodePoint(element.value);
      case 'CharacterSet':
      case 'CharacterClass':
        return pick(fittingSet(element.raw), variant) ?? '';
      case 'Group':
      case 'CapturingGroup':
        return (pick(element.alternatives, variant)?.elements ?? []).map((inner) => sample(inner, variant)).join('');
      case 'Quantifier': {
        const times = Math.min(variant % 2 === 0 ? Math.max(element.min, 1) : element.min, few);
        return sample(element.element, variant).repeat(times);
      }
      // assertions take no characters, and what a backreference repeats is repeated already
      default:
        return '';
    }
  };
  return sample;
}

const pick = <T>(list: readonly T[], variant: number): T | undefined => list[variant % list.length];
