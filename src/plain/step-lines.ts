/** A step's text as plain lines: what is to be read, and what is to be done in the same order. Pure. */
import { expandText, namesAfterDollar } from '../lab/facts/expand.ts';
import { isAction } from '../lab/facts/segments.ts';
import type { Action, Lab, Mode, Part, Step, When } from '../lab/types.ts';
import type { StepState } from '../progress/state.ts';
import { showHidden } from '../text/hidden.ts';
import { wrapText } from '../text/width.ts';
import { markdownLines } from './markdown-lines.ts';

export interface StepLinesOptions {
  columns: number;
  mode: Mode;
  /** The lab's variables. */
  variables: Readonly<Record<string, string>>;
}

/** `Step 5 of 19: Run it here first. Passed.` */
export function stepTitle(lab: Lab, step: Step, status: StepState['status'] | undefined): string {
  const said = {
    passed: ' Passed.',
    failed: ' Not passed yet.',
    read: ' Read.',
    skipped: ' Skipped.',
    interrupted: ' Begun.',
    running: ' Begun.',
  };
  const how = status === undefined || status === 'pending' ? '' : said[status];
  return `Step ${lab.steps.indexOf(step) + 1} of ${lab.steps.length}: ${step.title}.${how}`;
}

export function stepLines(step: Step, options: StepLinesOptions): string[] {
  const actions = step.parts.filter(isAction);
  const blocks = step.parts.map((part) => {
    const number = actions.indexOf(part as Action);
    return partLines(part, number === -1 ? '' : actions.length === 1 ? 'To do' : `To do, ${number + 1} of ${actions.length}`, options);
  });
  return blocks.filter((lines) => lines.length > 0).flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}

function partLines(part: Part, toDo: string, { columns, mode, variables }: StepLinesOptions): string[] {
  const wrapped = (text: string) => wrapText(showHidden(text), columns - 1);
  const code = (text: string) =>
    showHidden(text)
      .trimEnd()
      .split('\n')
      .map((line) => `    ${line}`.trimEnd());
  const note = 'when' in part && part.when !== undefined && part.when !== mode ? ` (${whereOnly(part.when)}, so it is not done here)` : '';
  switch (part.kind) {
    case 'prose':
      return markdownLines(expandText(part.markdown, variables), columns - 1);
    case 'run': {
      const what = part.script.trim().includes('\n') ? 'type these commands' : 'type this command';
      return [...wrapped(`${toDo}: ${what}${note}.`), ...code(part.script), ...valueLines(part.script, variables)];
    }
    case 'service': {
      const what = `start "${part.name}", which keeps running in a terminal of its own`;
      return [...wrapped(`${toDo}: ${what}${note}.`), ...code(part.script), ...valueLines(part.script, variables)];
    }
    case 'file':
      return [...wrapped(`${toDo}: write the file ${part.path}${note}.`), ...code(part.text), ...wrapped(`End of ${part.path}.`)];
    case 'credentials':
      return wrapped(`${toDo}: give AWS keys that are good for ${part.for.join(', ')}${note}.`);
    case 'shown':
      return code(part.text);
    case 'output':
      return [...wrapped('What it prints looks like this:'), ...code(part.text)];
    default:
      return [];
  }
}

function whereOnly(when: When): string {
  if (when === 'aws') return 'only in an AWS account of your own';
  return when === 'sandbox' ? 'only in the sandbox' : 'only where the sandbox plays other credentials';
}

/** What the variables in a command stand for. */
function valueLines(script: string, variables: Readonly<Record<string, string>>): string[] {
  const names = [...new Set(namesAfterDollar(script).map(({ name }) => name))].filter((name) => Object.hasOwn(variables, name));
  if (names.length === 0) return [];
  return [`    (${names.map((name) => `$${name} is ${variables[name] === '' ? 'empty' : variables[name]}`).join(', ')})`];
}
