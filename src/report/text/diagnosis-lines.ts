/** A diagnosis of credentials as lines: what is the matter, what was seen, what to do, where to read on. Pure. */
import type { Diagnosis } from '../../events/diagnosis.ts';
import { showHidden } from '../../text/hidden.ts';
import { wrapText } from '../../text/width.ts';
import type { Look } from '../look.ts';

type Row = [word: 'seen' | 'try' | 'see', text: string];

/** All but the sentence, a row each. */
export function diagnosisRows({ evidence, fix, link }: Pick<Diagnosis, 'evidence' | 'fix' | 'link'>): Row[] {
  return [
    ...evidence.map((text): Row => ['seen', text]),
    ...fix.map((text): Row => ['try', text]),
    ...(link === undefined ? [] : [['see', link] satisfies Row]),
  ];
}

export interface DiagnosisStyle {
  indent: number;
  /** One column. */
  mark: string;
  /** Before the sentence. */
  lead?: string;
}

/** The sentence behind a mark, and a column for the words, each said once. */
export function diagnosisLines(diagnosis: Diagnosis, look: Look, { indent, mark, lead = '' }: DiagnosisStyle): string[] {
  const before = ' '.repeat(indent);
  const [first = '', ...more] = wrapText(lead + showHidden(diagnosis.sentence), look.columns - indent - 2);
  let last: string | undefined;
  const rows = diagnosisRows(diagnosis).flatMap(([word, text]) => {
    const [start = '', ...rest] = breakRow(word, text, look.columns - indent - 12);
    const shown = word === last ? '' : word;
    last = word;
    return [`${before}  ${look.dim(shown.padEnd(10))}${start}`, ...rest.map((line) => `${before}${' '.repeat(12)}${line}`)];
  });
  return [`${before}${mark} ${first}`, ...more.map((line) => `${before}  ${line}`), ...rows];
}

/** A command and a link stay whole, so that they can be copied. */
function breakRow(word: Row[0], text: string, columns: number): string[] {
  if (word === 'see') return [showHidden(text)];
  return showHidden(text)
    .split('\n')
    .flatMap((line) => (line.startsWith('  ') ? [line] : wrapText(line, columns)));
}

/** The same without a look, a row a line. */
export function diagnosisText(diagnosis: Diagnosis): string {
  return [diagnosis.sentence, ...diagnosisRows(diagnosis).map(([word, text]) => `${word}: ${showHidden(text)}`)].join('\n');
}
