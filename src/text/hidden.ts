/**
 * Characters that a reader does not see but a terminal, a browser or a shell acts on. A lab, like any text from elsewhere, could hide a command
 * behind them: an escape sequence erases what stands before it, a direction mark turns the order of letters around
 * (https://trojansource.codes), a character without width makes one name look like another. labwalk shows each by its number: `\u{202e}`.
 *
 * Real text stays whole: the joiners of emoji and of the scripts that need them, variation selectors behind the character that they are for, and
 * the letters of every script, also of those that are written from right to left.
 */

/** Emoji of several parts: 👩‍💻 is joined, 🏴󠁧󠁢󠁥󠁮󠁧󠁿 is a flag with the letters of its country behind it. */
const joiner = String.raw`(?<=\p{Extended_Pictographic}[\u{fe0f}\u{1f3fb}-\u{1f3ff}]?)\u{200d}(?=\p{Extended_Pictographic})`;
const flag = String.raw`(?<=\u{1f3f4})[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f}`;

/** Scripts in which a joiner, or a non-joiner, decides how a letter is written (RFC 5892, appendix A). */
const joining = ['Arab', 'Syrc', 'Mand', 'Mong', 'Nkoo', 'Phag', 'Rohg', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda'];
const alsoJoining = ['Mlym', 'Sinh', 'Tibt', 'Mymr', 'Khmr', 'Bali', 'Java', 'Cham', 'Lepc', 'Limb'];
const joined = String.raw`(?<=[${[...joining, ...alsoJoining].map((name) => `\\p{scx=${name}}`).join('')}])[\u{200c}\u{200d}]`;

/** Scripts without spaces between words, where a break is marked by a space without width. */
const broken = String.raw`(?<=[\p{scx=Thai}\p{scx=Laoo}\p{scx=Mymr}\p{scx=Khmr}])\u{200b}`;

/** What changes how the visible character before it is drawn. Behind a letter of ASCII it changes nothing, so there it hides something. */
const selectors = String.raw`\u{34f}\u{17b4}\u{17b5}\u{180b}-\u{180d}\u{180f}\u{fe00}-\u{fe0f}\u{1d173}-\u{1d17a}\u{e0100}-\u{e01ef}`;
const selected = String.raw`(?<=[^\x00-\x7f\p{C}\p{Z}${selectors}])[${selectors}]|(?<=[#*0-9])\u{fe0f}(?=\u{20e3})`;

/** Half a syllable of older Korean: the filler stands for the letter that is not there. */
const filled = String.raw`(?<=[\u{1100}-\u{115e}\u{a960}-\u{a97c}])\u{1160}|\u{115f}(?=[\u{1161}-\u{11a7}])`;

/** Marks that are drawn, around the number or the word that follows, and signs that arrange hieroglyphs. */
const drawn = String.raw`[\u{600}-\u{605}\u{6dd}\u{70f}\u{890}\u{891}\u{8e2}\u{110bd}\u{110cd}\u{13430}-\u{1343f}]`;

/** Controls but tab and line end, format characters, separators of lines, and everything else that no font draws. */
const invisible = String.raw`(?![\t\n])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]`;

const pattern = `${[joiner, flag, joined, broken, selected, filled, drawn].join('|')}|(${invisible})`;
const pieces = new RegExp(pattern, 'gu');
const piecesAndColours = new RegExp(String.raw`\x1b\[[\d;:]*m|${pattern}`, 'gu');

/** Latin text with its punctuation, arrows, boxes, CJK and Hangul: nothing in it is hidden, and most text is of this kind. */
const unusual = /[^\t\n\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2bff\u3000-\u3163\u3165-\ud7ff\uf900-\ufaff]/;
const isSurelyVisible = (text: string) => !unusual.test(text);

/** `\u{202e}` */
const numberOf = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/**
 * The text with every hidden character shown by its number. Tabs and line ends stay; a line end of Windows becomes `\n`.
 *
 * @example showHidden('echo \x1b[8mrm -r ~\x1b[0m') // 'echo \\u{1b}[8mrm -r ~\\u{1b}[0m'
 */
export function showHidden(text: string): string {
  return isSurelyVisible(text) ? text : showEach(text, pieces);
}

/** The same for a name, a path or a title, which has no line ends and tabs: these show, too. */
export const showHiddenInName = (text: string): string => showHidden(text).replace(/[\t\n]/g, numberOf);

/** The same as `showHidden` where labwalk has added colours of its own: these stay. Not for text of others. */
export function showHiddenKeepingColours(text: string): string {
  return isSurelyVisible(text) ? text : showEach(text, piecesAndColours);
}

const showEach = (text: string, what: RegExp) =>
  text.replaceAll('\r\n', '\n').replace(what, (whole, hidden: string | undefined) => (hidden === undefined ? whole : numberOf(hidden)));

/** The text without what is hidden: for the cells of a terminal's screen, which have no room for a number. */
export const leaveOutHidden = (text: string): string =>
  isSurelyVisible(text) ? text : text.replace(pieces, (whole, hidden: string | undefined) => (hidden === undefined ? whole : ''));

/** JSON text in which hidden characters are escaped: the same value for a program, and nothing that acts on a terminal. */
export const escapeHiddenInJson = (json: string): string =>
  isSurelyVisible(json)
    ? json
    : json.replace(pieces, (whole, hidden: string | undefined) => (hidden === undefined ? whole : escapeUnits(hidden)));

const escapeUnits = (character: string) =>
  character.split('').reduce((all, unit) => `${all}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`, '');

/** A hidden character in a text. */
export interface Hidden {
  /** Its offset. */
  index: number;
  /** `U+202E (right-to-left override)` */
  name: string;
}

/** All hidden characters of a text, in order. */
export function findHidden(text: string): Hidden[] {
  if (isSurelyVisible(text)) return [];
  return [...text.matchAll(pieces)].flatMap((found) => (found[1] === undefined ? [] : [{ index: found.index, name: nameOf(found[1]) }]));
}

/** `U+202E` */
export const codePointOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const number = codePointOf(character);
  const name = names[code] ?? (/\p{Cc}/u.test(character) ? 'control character' : undefined);
  return name === undefined ? number : `${number} (${name})`;
}

/** Those that are met in texts, by accident or on purpose. Names as in the Unicode Character Database. */
const names: Readonly<Record<number, string>> = {
  0x00: 'null',
  0x07: 'bell',
  0x08: 'backspace',
  0x0d: 'carriage return',
  0x1b: 'escape',
  0x7f: 'delete',
  0xad: 'soft hyphen',
  0x61c: 'Arabic letter mark',
  0x200b: 'zero width space',
  0x200c: 'zero width non-joiner',
  0x200d: 'zero width joiner',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x2028: 'line separator',
  0x2029: 'paragraph separator',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'pop directional formatting',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x2060: 'word joiner',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'first strong isolate',
  0x2069: 'pop directional isolate',
  0x3164: 'Hangul filler',
  0xfeff: 'byte order mark',
};
