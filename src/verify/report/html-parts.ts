/** The parts of a verification's page that stand in each lab. */
import { markup, nothing, type Markup } from '../../report/html/markup.ts';
import { badge, codeBlock, htmlTable, toneOf } from '../../report/html/parts.ts';
import { formatDuration } from '../../text/duration.ts';
import { anchorOf, changeOf, counted, placeText } from './names.ts';
import type {
  Again,
  ReportDiffLine,
  Drift,
  ReportFinding,
  Mutation,
  Proof,
  VerifiedCheck,
  VerifiedCommand,
  VerifiedLab,
  VerifiedStep,
} from './schema.ts';
import { isUnproven, rowsOf } from './troubles.ts';

/** Where a step's details are; only for steps that have some. */
export function stepHref(lab: VerifiedLab, id: string | undefined): string | undefined {
  const step = lab.steps.find((one) => one.id === id);
  return step && step.outcome !== 'read' ? `#${anchorOf(lab, step.id)}` : undefined;
}

/** Two strips on one scale, the first walk and each step done again; below, every step with its own bars. */
export function timeline(lab: VerifiedLab): Markup {
  const steps = lab.steps.filter(({ outcome }) => outcome !== 'read');
  if (steps.length === 0) return nothing;
  const [walk, again] = [sumOf(steps, ({ ms }) => ms), sumOf(steps, (step) => step.again?.ms ?? 0)];
  const longest = Math.max(1, walk, again);
  const longestStep = Math.max(1, ...steps.map((step) => Math.max(step.ms, step.again?.ms ?? 0)));
  const segment = (step: VerifiedStep, ms: number, outcome: string) =>
    ms === 0
      ? nothing
      : markup`<a class="${outcome}" tabindex="-1" href="#${anchorOf(lab, step.id)}" style="flex: ${ms} 1 0" title="${step.title}: ${formatDuration(ms)}"></a>`;
  const strip = (name: string, ms: number, segments: Markup[]) =>
    ms === 0
      ? nothing
      : markup`<span>${name} <span class="soft">${formatDuration(ms)}</span></span><div class="strip" style="width: ${percent(ms, longest)}%">${segments}</div>`;
  const rows = steps.map((step) => {
    const bars = [
      bar(step.outcome, step.ms, longestStep),
      step.again ? bar(`again ${step.again.outcome}`, step.again.ms, longestStep) : nothing,
    ];
    const times = markup`${formatDuration(step.ms)}${step.again ? markup`<br><span class="soft">${formatDuration(step.again.ms)}</span>` : nothing}`;
    return markup`<tr><td><a href="#${anchorOf(lab, step.id)}">${step.title}</a></td><td>${outcomeBadge(step.outcome)}</td><td class="number">${checksText(step)}</td><td class="number">${times}</td><td class="time">${bars}</td></tr>`;
  });
  // a picture of what the table below says
  return markup`<div class="strips" aria-hidden="true">${strip(
    'First walk',
    walk,
    steps.map((step) => segment(step, step.ms, step.outcome)),
  )}${strip(
    'Again',
    again,
    steps.map((step) => segment(step, step.again?.ms ?? 0, step.again?.outcome ?? '')),
  )}</div>
${htmlTable(['Step', 'Outcome', 'Checks', 'Time', ''], rows)}`;
}

/** Nothing for what took no time. */
const bar = (kind: string, ms: number, longest: number): Markup =>
  ms === 0 ? nothing : markup`<span class="bar ${kind}" style="width: ${percent(ms, longest)}%"></span>`;

const percent = (part: number, whole: number) => Math.max(0.5, Math.round((part / whole) * 1000) / 10);
const sumOf = <T>(items: readonly T[], numberOf: (item: T) => number) => items.reduce((sum, item) => sum + numberOf(item), 0);

const outcomeBadge = (outcome: string) => badge(outcome === 'not-done' ? 'not done' : outcome, toneOf(outcome));

function checksText({ checks }: VerifiedStep): string {
  const judged = checks.filter(({ outcome }) => outcome === 'passed' || outcome === 'failed');
  return judged.length === 0 ? '' : `${judged.filter(({ outcome }) => outcome === 'passed').length} of ${judged.length}`;
}

/** A step with all that was done and said. Its anchor is inside: a browser opens what holds the place that a link leads to. */
export function stepDetails(lab: VerifiedLab, step: VerifiedStep, isOpen: boolean): Markup {
  const { id, title, outcome, ms, message, place, commands, checks, findings, drift, again } = step;
  const facts = [formatDuration(ms), checks.length === 0 ? '' : counted(checks.length, 'check')].filter(Boolean).join(' · ');
  return markup`<details class="step"${isOpen ? openMark : nothing}>
<summary><h3>${title}</h3> ${outcomeBadge(outcome)}${drift.length > 0 ? markup` ${badge('drift')}` : nothing} <span class="soft">${facts}</span></summary>
<div class="target" id="${anchorOf(lab, id)}">
<p class="soft">${placeText(lab, place)}</p>
${message === undefined ? nothing : markup`<p>${message}</p>`}
${commands.map(commandBlock)}
${checkTable(checks)}
${findings.length === 0 ? nothing : findingList(lab, findings)}
${drift.map((one) => driftPart(lab, one))}
${again ? againPart(lab, again) : nothing}
</div>
</details>`;
}

const openMark = markup` open`;

export function commandBlock({ text, terminal, status, ended, ms, output }: VerifiedCommand): Markup {
  const end =
    ended === 'timeout'
      ? 'took too long'
      : ended === 'stopped'
        ? 'stopped'
        : ended === 'done' && status !== undefined && status !== 0
          ? `status ${status}`
          : undefined;
  const took = ms !== undefined && ms >= 1000 ? markup` <span class="soft">${formatDuration(ms)}</span>` : nothing;
  const where = terminal === 'lab' ? '' : `[${terminal}] `;
  return markup`<div><pre class="command">${where}$ ${text}${end === undefined ? nothing : markup` ${badge(end, ended === 'done' ? 'mild' : 'bad')}`}${took}</pre>${output === '' ? nothing : codeBlock(output, 'output')}</div>`;
}

function checkTable(checks: readonly VerifiedCheck[]): Markup {
  const rows = checks.map((check) => {
    const verdict = isUnproven(check)
      ? 'unproven'
      : check.outcome === 'told'
        ? 'not for here'
        : check.outcome === 'not-done'
          ? 'not done'
          : check.outcome;
    const about = [check.kind, check.proof && proofText(check.proof)].filter((part) => part !== undefined).join(' · ');
    return markup`<tr><td>${check.summary}<br><span class="soft">${about}</span>${check.outcome === 'failed' ? whyList(rowsOf(check)) : nothing}</td><td class="number">${badge(verdict)}</td></tr>`;
  });
  return htmlTable(['Check', ''], rows);
}

const proofWords: Record<Proof['by'], string> = {
  red: 'failed before the step',
  output: 'fails on another output',
  mutant: 'fails on a changed solution',
  stays: 'stays',
  none: 'nothing has made it fail',
};

const proofText = ({ by, detail }: Proof): string => (detail === undefined ? proofWords[by] : `${proofWords[by]}: ${detail}`);

export function whyList(rows: readonly (readonly [string, string])[]): Markup {
  return rows.length === 0 ? nothing : markup`<dl class="why">${rows.map(([name, text]) => markup`<dt>${name}</dt><dd>${text}</dd>`)}</dl>`;
}

export function findingList(lab: VerifiedLab, findings: readonly ReportFinding[]): Markup {
  return markup`<ul class="troubles">
${findings.map(({ name, text, fix, place }) => markup`<li>${text} <span class="soft">${name}${place ? ` · ${placeText(lab, place)}` : ''}</span>${fix === undefined ? nothing : whyList([['try', fix]])}</li>`)}
</ul>`;
}

function driftPart(lab: VerifiedLab, { command, place, lines }: Drift): Markup {
  return markup`<h4>Drift: <code>${command}</code> prints something else than the lab says <span class="soft">${placeText(lab, place)}</span></h4>
${diffBlock(lines)}`;
}

export function diffBlock(lines: readonly ReportDiffLine[]): Markup {
  if (lines.length === 0) return nothing;
  const kinds = { '-': 'removed', '+': 'added', ' ': 'same' };
  // one after the other: a line end between blocks would show as an empty line
  const spans = lines.map(({ mark, text }) => markup`<span class="${kinds[mark]}">${mark} ${text}</span>`);
  return markup`<pre class="code diff">${spans.reduce((all, span) => markup`${all}${span}`, nothing)}</pre>`;
}

function againPart(lab: VerifiedLab, { outcome, ms, message, failed, commands }: Again): Markup {
  const rows = failed.map(
    (check) => markup`<li>${check.summary} <span class="soft">${placeText(lab, check.place)}</span>${whyList(rowsOf(check))}</li>`,
  );
  return markup`<details class="more"${outcome === 'failed' ? openMark : nothing}>
<summary><strong>Again</strong>, from the state before it ${outcomeBadge(outcome)} <span class="soft">${formatDuration(ms)}</span></summary>
${message === undefined ? nothing : markup`<p>${message}</p>`}
${rows.length === 0 ? nothing : markup`<ul class="troubles">${rows}</ul>`}
${commands.map(commandBlock)}
</details>`;
}

const mutantOrder: readonly Mutation['outcome'][] = ['survived', 'undecided', 'not-done', 'equivalent', 'killed'];

/** Those that survived first. */
export function mutantTable(lab: VerifiedLab, mutants: readonly Mutation[]): Markup {
  if (mutants.length === 0) return nothing;
  const sorted = [...mutants].sort((a, b) => mutantOrder.indexOf(a.outcome) - mutantOrder.indexOf(b.outcome));
  const survived = mutants.filter(({ outcome }) => outcome === 'survived').length;
  const killed = mutants.filter(({ outcome }) => outcome === 'killed').length;
  return markup`<details class="more"${survived > 0 ? openMark : nothing}>
<summary><h3>Changed solutions</h3> ${badge(survived > 0 ? `${survived} survived` : 'all noticed', survived > 0 ? 'bad' : 'good')} <span class="soft">${killed} killed of ${mutants.length}</span></summary>
${htmlTable(
  ['Change', ''],
  sorted.map((mutant) => mutantRow(lab, mutant)),
)}
</details>`;
}

function mutantRow(lab: VerifiedLab, mutant: Mutation): Markup {
  const { operator, checkpoint, file, line, outcome, by, reason, ms } = mutant;
  const href = stepHref(lab, by?.step ?? checkpoint);
  const whom = by ? `noticed by ${by.step}: ${by.summary}` : checkpoint;
  const about = markup`${operator} · ${file}:${line} · ${href === undefined ? whom : markup`<a href="${href}">${whom}</a>`} · ${formatDuration(ms)}`;
  return markup`<tr><td><span class="soft">${about}</span>${reason === undefined ? nothing : markup`<br>${reason}`}${diffBlock(changeOf(mutant))}</td><td class="number">${badge(outcome === 'not-done' ? 'not tried' : outcome, toneOf(outcome))}</td></tr>`;
}
