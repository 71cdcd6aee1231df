/** Characters that no program is typed with, but that copying from pages, chats and PDFs brings along. */
import { codePointOf } from '../../text/hidden.ts';
import { linesWith, nameLines, type Damage, type FindDamage } from './damage.ts';

interface Kind {
  /** Its characters, for a class of a regular expression. */
  characters: string;
  /** With its article: `a non-breaking space`. */
  name(character: string): string;
  /** What should stand there. */
  instead(character: string): string;
  /** For a learner, in place of the general sentence. */
  advice?: string;
}

const SPACES: Record<string, string> = {
  '\u00A0': 'a non-breaking space',
  '\u202F': 'a narrow non-breaking space',
  '\u2007': 'a figure space',
  '\u3000': 'a full-width space',
};
const NOTHINGS: Record<string, string> = {
  '\u200B': 'a zero-width space',
  '\u200C': 'a zero-width non-joiner',
  '\u200D': 'a zero-width joiner',
  '\u2060': 'a word joiner',
  '\uFEFF': 'a byte order mark',
  '\u00AD': 'a soft hyphen',
};
const DOTS = '\u2026';

const KINDS: readonly Kind[] = [
  {
    characters: '\\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000',
    name: (character) => `${SPACES[character] ?? 'a special space'} (${codePointOf(character)}), which only looks like a space`,
    instead: () => ' ',
    advice: 'Delete it and type a space.',
  },
  {
    characters: '\\u00AD\\u061C\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF',
    name: (character) => `${NOTHINGS[character] ?? 'a mark for the direction of text'} (${codePointOf(character)}), which can't be seen`,
    instead: () => '',
    advice: 'Delete it: type the line again if you cannot get hold of it.',
  },
  {
    characters: '\\u2018-\\u201F\\u2032\\u2033\\u00AB\\u00BB\\u2039\\u203A\\u00B4',
    name: (character) => `the typographic quote ${character} (${codePointOf(character)})`,
    instead: (character) => (/[“”„‟″«»]/.test(character) ? '"' : "'"),
  },
  { characters: '`', name: () => 'a backtick (`)', instead: () => "'" },
  {
    characters: '\\u2010-\\u2015\\u2212',
    name: (character) => `the dash ${character} (${codePointOf(character)})`,
    instead: () => '-',
  },
  {
    characters: '\\uFF01-\\uFF5E\\u3001\\u3002',
    name: (character) => `the full-width character ${character} (${codePointOf(character)})`,
    instead: (character) => ({ '、': ',', '。': '.' })[character] ?? String.fromCharCode(character.charCodeAt(0) - 0xfee0),
  },
  {
    characters: DOTS,
    name: () => `the sign … (${codePointOf(DOTS)}), which stands for something left out`,
    instead: () => '...',
    advice: 'Write what belongs there.',
  },
];

/** Damage by each kind of odd character, where the line of the mistake has some. */
export const findOddCharacters: readonly FindDamage[] = KINDS.map(
  ({ characters, name, instead, advice }): FindDamage =>
    (lines, { line }): Damage | undefined => {
      const odd = new RegExp(`[${characters}]`, 'g');
      const source = lines[line - 1] ?? '';
      const at = source.search(odd);
      if (at === -1) return undefined;
      const character = source[at]!;
      const others = linesWith(lines, (each) => each.search(odd) !== -1).filter((number) => number !== line);
      return {
        mistake: {
          line,
          column: at + 1,
          message: name(character),
          advise: (path) =>
            [
              `It probably came along when the text was copied into line ${line} of ${path}.`,
              advice ?? `Type ${instead(character)} in its place.`,
              ...(others.length > 0 ? [`There is the same in ${nameLines(others)}.`] : []),
            ].join(' '),
        },
        repaired: lines
          .with(
            line - 1,
            source.replace(odd, (each) => instead(each)),
          )
          .join('\n'),
      };
    },
);
