/** The parts of a step that are fences, as lines for a terminal. */
import type { Action, Part, RunAction, ServiceAction, When } from '../../lab/types.ts';
import { fitText, textWidth } from '../../text/width.ts';
import type { StepTextStyle } from '../driver/step-text.ts';
import { cleanLine, expandTabs } from '../../styled/clean-text.ts';
import { showHidden } from '../../text/hidden.ts';
import { drawCode } from './code-block.ts';
import { readScriptLines } from './command-lines.ts';
import { plainOf, readRuns, widthOf, writeRuns } from '../../styled/styled-line.ts';
import type { Theme } from '../../styled/theme.ts';
import { valuesUsed } from './values.ts';
import { wrapCode, wrapStyled } from '../../styled/wrap-styled.ts';

export type FencePart = Exclude<Part, { kind: 'prose' | 'hint' | 'checks' | 'cleanup' }>;

export function drawFence(part: FencePart, style: StepTextStyle, theme: Theme): string[] {
  const columns = style.width;
  switch (part.kind) {
    case 'shown':
      return drawCode(part, columns, theme, theme.dim(theme.marks.shown));
    case 'output':
      return drawOutput(part.text, columns, theme);
    default:
      return drawAction(part, style, theme);
  }
}

function drawOutput(text: string, columns: number, theme: Theme): string[] {
  const printed = text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  return [`${theme.marks.output} output`, ...drawCode({ text: printed, language: '' }, columns, theme, theme.marks.shown)].map(theme.dim);
}

/** An action of the other mode is only told of: all of it is dim, and a note says where it is for. */
function drawAction(action: Action, style: StepTextStyle, theme: Theme): string[] {
  const lines = actionLines(action, style, theme);
  if (action.when === undefined || style.mode === undefined || action.when === style.mode) return lines;
  const note = wrapStyled(placeNote(action.when), style.width - 2).map((line) => `${theme.marks.action} ${line}`);
  return [...note, ...lines.map(plainOf)].map(theme.dim);
}

function placeNote(when: When): string {
  const where =
    when === 'sandbox' ? 'In the sandbox only.' : when === 'aws' ? 'In an AWS account only.' : 'For other credentials than you have here.';
  return `${where} Here there is nothing to do.`;
}

function actionLines(action: Action, style: StepTextStyle, theme: Theme): string[] {
  const columns = style.width;
  const bar = theme.action(theme.marks.action);
  const label = (text: string) => wrapStyled(text, columns - 2).map((line) => `${bar} ${line}`);
  switch (action.kind) {
    case 'run':
      return drawScript(action, bar, style, theme);
    case 'service':
      return [...label(`Start ${theme.bold(cleanLine(action.name))}`), ...drawScript(action, bar, style, theme)];
    case 'file':
      return [...label(`Write ${theme.bold(cleanLine(action.path))}`), ...drawCode(action, columns, theme, bar)];
    case 'credentials':
      return label(`${theme.bold('AWS credentials')} for ${listWords(action.for.map(cleanLine))} are needed from here on.`);
  }
}

/** Commands behind a prompt, each longer one over several lines; then what else there is to know, as comments. */
function drawScript(action: RunAction | ServiceAction, bar: string, { width, variables }: StepTextStyle, theme: Theme): string[] {
  const continued = theme.dim(`${theme.marks.continued} `);
  const lines = readScriptLines(showHidden(action.script)).flatMap(({ text, kind }) => {
    if (kind === 'blank') return [bar];
    const paint = kind === 'comment' ? theme.dim : theme.bold;
    const prompt = kind === 'command' ? theme.dim('$') : ' ';
    return wrapCode(readRuns(paint(expandTabs(text))), width - 4, continued)
      .map(writeRuns)
      .map((wrapped, i) => `${bar} ${i === 0 ? prompt : ' '} ${wrapped}`.trimEnd());
  });
  const values = valuesUsed(action.script, variables).map(({ name, value }) => `$${name} = ${value}`);
  const notes = [...packValues(values, width - 6, theme.marks.cut), ...notesOn(action)];
  const [first = '', ...others] = lines;
  const beside = theme.dim(`   # ${notes.join('')}`);
  if (notes.length === 1 && others.length === 0 && widthOf(first + beside) <= width) return [first + beside];
  return [...lines, ...drawNotes(notes, width, theme)];
}

/** As many values to a line as fit; a longer one is cut: the terminal knows all of it. */
function packValues(values: readonly string[], columns: number, ellipsis: string): string[] {
  const lines: string[] = [];
  for (const value of values) {
    const longer = `${lines.at(-1)}, ${value}`;
    if (lines.length > 0 && textWidth(longer) <= columns) lines[lines.length - 1] = longer;
    else lines.push(fitText(value, columns, ellipsis));
  }
  return lines;
}

function notesOn(action: RunAction | ServiceAction): string[] {
  if (action.kind === 'service') return [];
  const fails = action.expect !== undefined && action.expect !== 0;
  return [...(fails ? ['This is meant to fail.'] : []), ...(action.capture ? [`What it prints becomes $${action.capture}.`] : [])];
}

const drawNotes = (notes: readonly string[], width: number, theme: Theme): string[] =>
  notes.flatMap((note) => wrapStyled(note, width - 6).map((line, i) => theme.dim(`    ${i === 0 ? '#' : ' '} ${line}`)));

function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
