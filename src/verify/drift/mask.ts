/** What differs from machine to machine and from day to day in what programs print, made equal. Pure. */

/** Kinds of what is masked: the same on both sides of a comparison. */
type Mask = readonly [kind: string, pattern: RegExp];

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const clock = String.raw`\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?[AP]M\b)?`;
const zone = String.raw`(?: ?(?:Z|UTC|GMT|[A-Z]{3,4}|[+-]\d\d:?\d\d)\b)?`;

/** In the order in which they are tried: what is longer stands first. */
const masks: readonly Mask[] = [
  ['time', new RegExp(String.raw`\b\d{4}-\d\d-\d\d(?:[T ]${clock}(?:${zone}))?`, 'g')],
  ['time', new RegExp(String.raw`\b${day},? \d{1,2}[ -]${month}[ -]\d{4} ${clock}${zone}`, 'g')],
  ['time', new RegExp(String.raw`\b${day} ${month} +\d{1,2} ${clock}${zone}(?: \d{4})?`, 'g')],
  ['time', new RegExp(String.raw`\b\d{1,2}/${month}/\d{4}[: ]${clock}(?: [+-]\d{4})?`, 'g')],
  ['time', new RegExp(String.raw`\b${month} +\d{1,2} (?:${clock}|\d{4})\b`, 'g')],
  ['time', new RegExp(String.raw`(?<![\d.:])${clock}(?![\d:])`, 'g')],
  ['id', /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi],
  ['id', /\b(?:A3T|AKIA|ASIA|AIDA|AROA|AGPA|AIPA|ANPA|ANVA|APKA)[A-Z0-9]{8,}\b/g],
  ['account', /\b\d{12}\b/g],
  // a host's first part: https://8be9f959.execute-api.eu-west-1.amazonaws.com
  ['id', /(?<=:\/\/)[a-z0-9]{8,}(?=\.[a-z-]+\.[a-z0-9-]+\.amazonaws\.com)/g],
  // small letters and digits mixed, at least two of those
  ['id', /(?<![\w-])(?=[a-z0-9]*[a-z])(?=(?:[a-z]*\d){2})[a-z0-9]{7,}(?![\w-])/g],
  ['id', /\b0x[0-9a-f]{6,}\b/gi],
  ['port', /(?<=\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::| port ))\d{2,5}\b/gi],
  ['port', /(?<=\[::1?\]:)\d{2,5}\b/g],
  ['port', /(?<=\bport:? )\d{2,5}\b/gi],
  ['pid', /(?<=\b(?:pid|process(?: id)?)[ :=]{1,2})\d+\b/gi],
  ['duration', /(?<![\w.])\d+(?:[.,]\d+)? ?(?:ms|µs|us|ns|s|secs?|seconds?|mins?|minutes?)\b/g],
  ['size', /(?<![\w.])\d+(?:[.,]\d+)? ?(?:[kKMG]i?B|B|bytes)\b/g],
  ['size', /(?<=\bcontent-length: ?)\d+/gi],
  ['version', /(?<![\d.])v?\d+\.\d+(?:\.\d+)?(?:\.?(?:a|b|rc|dev|post)\d+)*(?:[-+][\w.]+)*(?!\.?\d)/g],
  ['folder', /(?:\/private)?\/(?:tmp|var\/tmp|var\/folders\/\w+\/\w+\/T)\/[^\s/"':,;)\]]+/g],
  ['folder', /\/(?:home|Users)\/[^\s/"':,;)\]]+|\/root(?=\/)/g],
];

/** Stands for one of a learner's own values; no program prints it. */
export const valueSign = '\uE000';

export interface MaskOptions {
  /** Values that this learner has and another has not: `Lina`, `8081`. */
  values: readonly string[];
  /** Absolute paths of folders that are somewhere else the next time. */
  folders: readonly string[];
}

/** A line with what varies in it made equal; spaces at its end, and how many stand between columns, do not count. */
export const maskLine = (line: string, { folders }: Pick<MaskOptions, 'folders'>): string =>
  spaces(maskVarying(maskFolders(line, folders)));

/**
 * A line that came, masked, in each way in which it can be read: a number in it may be the learner's own, or a part of a time that has it by chance.
 */
export function readingsOf(line: string, { values, folders }: MaskOptions): string[] {
  const known = maskFolders(line, folders);
  const readings = [maskVarying(maskValues(known, values)), maskValues(maskVarying(known), values)];
  return [...new Set(readings.map(spaces))];
}

const maskFolders = (line: string, folders: readonly string[]): string =>
  folders.reduce((text, folder) => text.replaceAll(folder, '«folder»'), line.trimEnd());

const maskValues = (line: string, values: readonly string[]): string =>
  values.reduce((text, value) => text.replace(wholeWord(value), valueSign), line);

function maskVarying(line: string): string {
  const masked = masks.reduce((text, [kind, pattern]) => text.replace(pattern, `«${kind}»`), line);
  // a number in a column behind a time is a size
  return masked.replace(/(«time»\s+)\d+\b/g, '$1«size»');
}

/** Not in the middle of a word: a number of two digits is in many. */
const wholeWord = (value: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}_])${escape(value)}(?![\\p{L}\\p{N}_])`, 'gu');

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A column is as wide as its widest entry. Where nothing varies, one space is not two. */
function spaces(line: string): string {
  const varies = line.includes('«') || line.includes(valueSign);
  const indent = /^ *(?=«)/.test(line) ? '' : (/^\s*/.exec(line)?.[0] ?? '');
  const rest = line.trimStart().replace(/([-=_─])\1{3,}/g, '$1$1$1$1');
  return indent + rest.replace(/[ \t]{2,}/g, varies ? ' ' : '  ');
}
