/** A lab's record as Markdown. */
import type { CheckState, CommandState, StepState } from '../../progress/state.ts';
import { showHidden } from '../../text/hidden.ts';
import {
  commandsOf,
  checksText,
  endOf,
  helpTaken,
  messagesOf,
  outcomeOf,
  outputOf,
  reasonsOf,
  recordFacts,
  stepsDone,
  timeText,
} from '../record.ts';
import type { LabRecord, RecordedFile } from '../record.ts';
import { fence, inline } from './inline.ts';

/** A whole document, ended by a line end. */
export function recordMarkdown(record: LabRecord): string {
  const { state, files } = record;
  const steps = stepsDone(state).filter(({ reading }) => !reading);
  const blocks = [
    `# ${inline(state.title)}`,
    recordFacts(record)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `- ${name}: ${inline(value ?? '')}`)
      .join('\n'),
    overview(steps),
    ...steps.flatMap(stepBlocks),
    ...(files.length === 0 ? [] : ['## Files', ...files.flatMap(fileBlocks)]),
  ];
  const text = blocks.filter((block) => block !== '').join('\n\n');
  return `${text.replace(/\p{Surrogate}/gu, '\ufffd')}\n`;
}

function overview(steps: readonly StepState[]): string {
  const rows = steps.map((step) => `| ${inline(step.title)} | ${outcomeOf(step)} | ${checksText(step)} | ${timeText(step.ms)} |`);
  return rows.length === 0 ? '' : ['| Step | Outcome | Checks | Time |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function stepBlocks(step: StepState): string[] {
  const outcome = outcomeOf(step);
  return [
    `## ${inline(step.title)}`,
    [`**${outcome}**`, timeText(step.ms), ...helpTaken(step).map(inline)].filter(Boolean).join(' · '),
    ...commandsOf(step).flatMap(commandBlocks),
    ...messagesOf(step).map(inline),
    [...step.checks]
      .sort((a, b) => a.check - b.check)
      .map(checkLine)
      .join('\n'),
  ];
}

function commandBlocks(command: CommandState): string[] {
  const end = endOf(command);
  const where = command.terminal === 'lab' ? '' : `[${command.terminal}] `;
  const output = outputOf(command);
  const text = `${where}$ ${showHidden(command.text)}${output === '' ? '' : `\n${output}`}`;
  return [fence(text, 'console'), end === undefined ? '' : `Ended with **${end}**.`];
}

function checkLine(check: CheckState): string {
  const box = check.outcome === 'passed' ? '[x]' : '[ ]';
  const note = check.outcome === 'passed' || check.outcome === 'failed' ? '' : ` (${check.outcome})`;
  const reasons = check.outcome === 'failed' ? reasonsOf(check).map(([name, text]) => `  - ${name}: ${inline(text)}`) : [];
  return [`- ${box} ${inline(check.summary)}${note}`, ...reasons].join('\n');
}

function fileBlocks({ path, content, solution, diff }: RecordedFile): string[] {
  const stands = solution === 'same' ? 'As the solution.' : solution === 'different' ? 'Written in another way than the solution.' : '';
  return [
    `### ${inline(path)}`,
    stands,
    'text' in content ? fence(showHidden(content.text), languageOf(path)) : inline(content.left),
    ...(diff === undefined ? [] : ['Compared with the solution:', fence(showHidden(diff), 'diff')]),
  ];
}

const languageOf = (path: string) =>
  ({ py: 'python', json: 'json', yml: 'yaml', yaml: 'yaml', js: 'js', md: 'md' })[/\.(\w+)$/.exec(path)?.[1] ?? ''] ?? 'text';
