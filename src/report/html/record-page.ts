/** A lab's record as HTML. */
import type { CheckState, CommandState, StepState } from '../../progress/state.ts';
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
import { markup, nothing, type Markup } from './markup.ts';
import { badge, codeBlock, factList, htmlTable, toneOf } from './parts.ts';

/** Everything of a record below each other, for the body of a page. */
export function recordBody(record: LabRecord): Markup[] {
  const { state, files } = record;
  const steps = stepsDone(state);
  // of several runs put together, none is the outcome
  const outcome = record.openMs !== undefined || state.status === 'running' ? undefined : badge(state.status);
  return [
    markup`<header>
<h1>${state.title}</h1>
<p>${outcome}</p>
${factList(recordFacts(record))}
${state.message === undefined ? nothing : markup`<p>${state.message}</p>`}
</header>`,
    overview(steps, state.lab),
    ...steps.filter(({ reading }) => !reading).map((step) => stepSection(step, state.lab)),
    state.cleanup.left.length === 0
      ? nothing
      : markup`<section><h2>Still there</h2><ul>${state.cleanup.left.map((what) => markup`<li>${what}</li>`)}</ul></section>`,
    files.length === 0 ? nothing : markup`<section><h2>Files</h2>${files.map(fileSection)}</section>`,
  ];
}

const anchor = (lab: string, step: string) => `${lab}-${step}`;

/** Every step with its outcome and a bar as long as it took. */
function overview(steps: readonly StepState[], lab: string): Markup {
  const longest = Math.max(1, ...steps.map(({ ms }) => ms ?? 0));
  const rows = steps
    .filter(({ reading }) => !reading)
    .map((step) => {
      const { id, title, ms = 0 } = step;
      const outcome = outcomeOf(step);
      const width = Math.max(0.5, Math.round((ms / longest) * 1000) / 10);
      return markup`<tr><td><a href="#${anchor(lab, id)}">${title}</a></td><td>${badge(outcome)}</td><td class="number">${checksText(step)}</td><td class="number">${timeText(ms)}</td><td class="time"><span class="bar ${outcome}" style="width: ${width}%"></span></td></tr>`;
    });
  return htmlTable(['Step', 'Outcome', 'Checks', 'Time', ''], rows);
}

function stepSection(step: StepState, lab: string): Markup {
  const outcome = outcomeOf(step);
  const facts = [timeText(step.ms), ...helpTaken(step)].filter(Boolean).join(' · ');
  return markup`<section id="${anchor(lab, step.id)}">
<h2>${step.title} ${badge(outcome, toneOf(outcome))}</h2>
${facts === '' ? nothing : markup`<p class="soft">${facts}</p>`}
${commandsOf(step).map(command)}
${messagesOf(step).map((message) => markup`<p>${message}</p>`)}
${checkTable(step.checks)}
</section>`;
}

function command(state: CommandState): Markup {
  const end = endOf(state);
  const output = outputOf(state);
  const where = state.terminal === 'lab' ? '' : `[${state.terminal}] `;
  return markup`<div><pre class="command">${where}$ ${state.text}${end === undefined ? nothing : markup` ${badge(end, 'bad')}`}</pre>${output === '' ? nothing : codeBlock(output, 'output')}</div>`;
}

function checkTable(checks: readonly CheckState[]): Markup {
  const rows = [...checks]
    .sort((a, b) => a.check - b.check)
    .map((check) => {
      const reasons = check.outcome === 'failed' ? reasonsOf(check) : [];
      const why =
        reasons.length === 0
          ? nothing
          : markup`<dl class="why">${reasons.map(([name, text]) => markup`<dt>${name}</dt><dd>${text}</dd>`)}</dl>`;
      return markup`<tr><td>${check.summary}${why}</td><td class="number">${badge(check.outcome)}</td></tr>`;
    });
  return htmlTable(['Check', ''], rows);
}

function fileSection({ path, content, solution, diff }: RecordedFile): Markup {
  const stands = solution && badge(solution === 'same' ? 'as the solution' : 'another way than the solution', 'plain');
  return markup`<h3>${path} ${stands}</h3>
${'text' in content ? codeBlock(content.text) : markup`<p class="soft">${content.left}</p>`}
${diff === undefined ? nothing : markup`<h3>${path}: compared with the solution</h3>${diffBlock(diff)}`}`;
}

function diffBlock(diff: string): Markup {
  const lines = diff
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => markup`<span class="${/^\+(?!\+\+)/.test(line) ? 'added' : /^-(?!--)/.test(line) ? 'removed' : 'same'}">${line}</span>`);
  return markup`<pre class="code">${lines}</pre>`;
}
