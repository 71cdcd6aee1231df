/**
 * Secrets that nobody has told labwalk of, known by where they stand: behind the name of an AWS key, in a header that signs a request, in a
 * presigned address. Only what stands in such a place is taken: hashes, paths, ARNs and request ids look much the same. Pure.
 */
import type { Span } from './forms.ts';

interface Shape {
  /** What stands before the secret; it is no part of it. */
  before: string;
  /** A character of the secret, as the inside of a pattern. */
  of: string;
  /** With fewer characters it is none. */
  least: number;
}

const colour = String.raw`\x1b\[[0-9;]*[mK]`;
/** Between a name and its value, as files, shells, JSON, Python and HTTP write it, coloured or not. */
const between = String.raw`(?:${colour}|["'“”\\ \t]){0,12}(?:\[[^\]\r\n]{0,40}\])?(?:${colour}|["' \t]){0,6}(?:=>|[:=])(?:${colour}|b(?=["'])|["'“”\\ \t]){0,12}`;
const secretName = String.raw`(?:secret[_ ]?access[_ ]?key|secret[_ ]?key|(?:session|security)[_ -]?token)`;
const variable = String.raw`aws_(?:secret_access_key|session_token|security_token)`;
const keyCharacter = String.raw`[A-Za-z0-9+/=]|%[0-9A-Fa-f]{0,2}|\\[/u]`;
const urlCharacter = String.raw`[^&\s"'<>\x1b]`;

const shapes: Shape[] = [
  { before: String.raw`${variable}=["']?`, of: keyCharacter, least: 1 },
  { before: String.raw`${variable}[ \t]{1,8}["']?`, of: keyCharacter, least: 16 },
  { before: secretName + between, of: keyCharacter, least: 16 },
  {
    before: String.raw`authorization${between}(?:AWS4-[A-Z0-9-]{1,20}|AWS|Bearer|Basic|Digest|Negotiate)[ \t]{1,4}`,
    of: String.raw`[^\r\n"'\x1b]`,
    least: 1,
  },
  { before: String.raw`x-amz-(?:signature|credential|security-token)(?:=|%3D)`, of: urlCharacter, least: 1 },
  { before: String.raw`[?&]signature=`, of: urlCharacter, least: 1 },
  { before: String.raw`\bsignature["']?[ \t]{0,4}[:=]\s{0,4}["']?`, of: '[0-9a-f]', least: 64 },
  // a table of keys: id, secret
  { before: String.raw`(?:AKIA|ASIA)[A-Z0-9]{16}[\s,;:|"']{1,6}`, of: '[A-Za-z0-9+/]', least: 40 },
  // how session tokens begin
  { before: String.raw`(?<![A-Za-z0-9+/])(?=IQoJ|FwoG|FQoG|AQoD)`, of: keyCharacter, least: 60 },
];

/** Without one of these words there is nothing to look for. */
const worthLooking = /secret|token|authorization|x-amz-|signature|AKIA|ASIA|IQoJ|FwoG|FQoG|AQoD/i;

const whole = shapes.map(({ before, of, least }) => new RegExp(`(${before})((?:${of}){${least},})`, 'gi'));
const begun = shapes
  .filter(({ least }) => least > 1)
  .map(({ before, of, least }) => new RegExp(`(${before})((?:${of}){1,${least - 1}})$`, 'i'));
const more = shapes.map(({ of }) => new RegExp(`(?:${of})*`, 'y'));
/** The four letters, cut. */
const begunToken = /(?<![A-Za-z0-9+/])(?:I|IQ|IQo|F|Fw|Fwo|FQ|FQo|A|AQ|AQo)$/;

/** The longest text before a secret that matters: a name, colours, blanks, quotes. */
export const longestBefore = 300;

/** A secret at the end of a text that may go on: takes what still belongs to it, and gives the length. */
export type GoesOn = (text: string) => number;

/** The places of such secrets. `goesOn`: it reaches to the end of the text. */
export function findShapes(text: string): (Span & { goesOn?: GoesOn })[] {
  if (!worthLooking.test(text)) return [];
  const found: (Span & { goesOn?: GoesOn })[] = [];
  whole.forEach((pattern, i) => {
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      const start = match.index + (match[1]?.length ?? 0);
      found.push({ start, end, ...(end === text.length ? { goesOn: (rest: string) => lengthOf(more[i], rest) } : {}) });
    }
  });
  return found;
}

/** Where at the end of a text something begins that may become such a secret; undefined where nothing does. */
export function shapeBegunAt(text: string): number | undefined {
  const end = text.slice(-longestBefore);
  const offset = text.length - end.length;
  const places = worthLooking.test(end)
    ? begun.flatMap((pattern) => {
        const match = pattern.exec(end);
        return match ? [match.index + (match[1]?.length ?? 0)] : [];
      })
    : [];
  const token = begunToken.exec(end);
  if (token) places.push(token.index);
  return places.length === 0 ? undefined : offset + Math.min(...places);
}

function lengthOf(pattern: RegExp | undefined, text: string): number {
  if (!pattern) return 0;
  pattern.lastIndex = 0;
  return pattern.exec(text)?.[0].length ?? 0;
}
