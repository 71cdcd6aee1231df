/** Changes to files that are no Python: line by line, for any language, and with the rules of JSON and YAML for those. Pure. */
import { findJsonError } from '../../checks/syntax/json-error.ts';
import { findYamlError } from '../../checks/syntax/syntax-yaml.ts';
import { sameYaml } from '../../diff/meaning-yaml.ts';
import { joinText, splitText, type TextLine } from '../../diff/text-lines.ts';
import type { ChangedText } from './mutant.ts';

type Language = 'json' | 'yaml' | 'text';

/** Each change as the whole text. Those to JSON and YAML can be read, but for slips in the syntax; where YAML reads the same, nothing has changed. */
export function changeText(file: string, text: string): ChangedText[] {
  const language = languageOf(file);
  const lines = splitText(text);
  const worth = lines.map((_, i) => i).filter((i) => isWorthChanging(lines[i]?.text ?? '', language));
  const changes = [
    ...worth.flatMap((i) => slips(lines[i]?.text ?? '').map((line) => changed('literal', withLine(lines, i, line)))),
    ...worth.map((i) => changed('missing-line', withoutLine(lines, i, language))),
    ...worth.flatMap((i, at) => swappedValues(lines, i, worth[at + 1])),
    ...(language === 'yaml' ? worth.flatMap((i) => indented(lines, i)) : []),
  ].filter((change) => canBeRead(change.text, language) && !(language === 'yaml' && sameYaml({ yours: change.text, labs: text })));
  return [...changes, ...syntaxSlips(lines, worth, language).filter((change) => !canBeRead(change.text, language))];
}

const changed = (operator: ChangedText['operator'], lines: readonly TextLine[]): ChangedText => ({ operator, text: joinText(lines) });

function languageOf(file: string): Language {
  if (/\.json$/i.test(file)) return 'json';
  return /\.ya?ml$/i.test(file) ? 'yaml' : 'text';
}

function canBeRead(text: string, language: Language): boolean {
  const bare = text.replace(/^\uFEFF/, '');
  if (language === 'json') return findJsonError(bare) === undefined;
  return language !== 'yaml' || findYamlError(bare) === undefined;
}

/** Comments, brackets and blank lines are nobody's mistake. */
function isWorthChanging(line: string, language: Language): boolean {
  const text = line.trim();
  if (!/[\p{L}\p{N}]/u.test(text)) return false;
  return language === 'json' || !/^(?:#|\/\/|\/\*|\*|<!--|--|;)/.test(text) || text.startsWith('#!');
}

/** A letter missing in the key and in the value, a number that is one more, the other truth. */
function slips(line: string): string[] {
  const value = valueSpan(line);
  const key = value ? longestWord(line.slice(0, value.start), 0) : undefined;
  const rest = value ? { text: line.slice(value.start, value.end), start: value.start } : { text: line, start: 0 };
  const word = longestWord(rest.text, rest.start);
  const truth = /\b(?:true|false|True|False)\b/.exec(rest.text);
  const number = /(?<![\w.])\d+(?![\w])/.exec(rest.text);
  const replace = (start: number, length: number, by: string) => line.slice(0, start) + by + line.slice(start + length);
  return [
    ...(key ? [replace(key.middle, 1, '')] : []),
    ...(truth ? [replace(rest.start + truth.index, truth[0].length, truths[truth[0] as keyof typeof truths])] : []),
    ...(word && !truth ? [replace(word.middle, 1, '')] : []),
    ...(number ? [replace(rest.start + number.index, number[0].length, String(BigInt(number[0]) + 1n))] : []),
  ];
}

const truths = { true: 'false', false: 'true', True: 'False', False: 'True' } as const;

/** What stands behind `key:` or `key =`, without a comma at the end. */
function valueSpan(line: string): { start: number; end: number } | undefined {
  const head = /^\s*(?:- +)*(?:"(?:[^"\\]|\\.)*"|[\w.-]+)\s*(?::(?=\s|$)|=(?!=))\s*/.exec(line);
  if (!head) return undefined;
  const end = line.trimEnd().replace(/,$/, '').length;
  return head[0].length < end ? { start: head[0].length, end } : undefined;
}

function longestWord(text: string, offset: number): { middle: number } | undefined {
  const words = [...text.matchAll(/(?<!\\)\b[A-Za-z]{3,}/g)].toSorted((a, b) => b[0].length - a[0].length);
  const [word] = words;
  return word && { middle: offset + word.index + Math.floor(word[0].length / 2) };
}

const withLine = (lines: readonly TextLine[], i: number, text: string): TextLine[] =>
  lines.map((line, at) => (at === i ? { ...line, text } : line));

/** In JSON the comma above goes with the last of several. */
function withoutLine(lines: readonly TextLine[], i: number, language: Language): TextLine[] {
  const rest = lines.filter((_, at) => at !== i);
  const above = lines[i - 1];
  const isLast = language === 'json' && !/,\s*$/.test(lines[i]?.text ?? '') && /,\s*$/.test(above?.text ?? '');
  return isLast && above ? withLine(rest, i - 1, above.text.replace(/,(\s*)$/, '$1')) : rest;
}

/** The values of two keys, one below the other. */
function swappedValues(lines: readonly TextLine[], i: number, next: number | undefined): ChangedText[] {
  if (next !== i + 1) return [];
  const [upper, lower] = [lines[i]?.text ?? '', lines[next]?.text ?? ''];
  const [a, b] = [valueSpan(upper), valueSpan(lower)];
  if (!a || !b || indentOf(upper) !== indentOf(lower)) return [];
  const put = (line: string, span: { start: number; end: number }, value: string) =>
    line.slice(0, span.start) + value + line.slice(span.end);
  const first = withLine(lines, i, put(upper, a, lower.slice(b.start, b.end)));
  return [changed('swapped-value', withLine(first, next, put(lower, b, upper.slice(a.start, a.end))))];
}

const indentOf = (line: string): number => /^[ \t]*/.exec(line)?.[0].length ?? 0;

/** A line that stands too far in, or too far out. */
function indented(lines: readonly TextLine[], i: number): ChangedText[] {
  const line = lines[i]?.text ?? '';
  const further = changed('indentation', withLine(lines, i, `  ${line}`));
  return line.startsWith('  ') ? [changed('indentation', withLine(lines, i, line.slice(2))), further] : [further];
}

/** One of each kind: a comma, a quote, a bracket, a colon that is missing. */
function syntaxSlips(lines: readonly TextLine[], worth: readonly number[], language: Language): ChangedText[] {
  const signs = language === 'json' ? [/,$/, /"(?=,?$)/, /:/] : language === 'yaml' ? [/:(?=\s|$)/, /["'](?=\s*$)/] : [];
  return signs.flatMap((sign) => {
    const i = worth.find((at) => sign.test(lines[at]?.text ?? ''));
    return i === undefined ? [] : [changed('syntax', withLine(lines, i, (lines[i]?.text ?? '').replace(sign, '')))];
  });
}
