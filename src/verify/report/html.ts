/** A report as one page that opens from a file: summary, what is wrong, a timeline, each step with all that was done and said. */
import { markup, nothing, type Markup } from '../../report/html/markup.ts';
import { badge, factList, page } from '../../report/html/parts.ts';
import { formatDuration } from '../../text/duration.ts';
import { comparedParts, earlierText, type Comparison } from './compare.ts';
import { countAll, countRows, countText, killedText } from './counts.ts';
import { commandBlock, diffBlock, findingList, mutantTable, stepDetails, stepHref, timeline, whyList } from './html-parts.ts';
import { verifyStyles } from './html-styles.ts';
import { anchorOf, counted, labName, placeText } from './names.ts';
import type { VerifiedLab, VerifyReport } from './schema.ts';
import { troublesOf, type Trouble } from './troubles.ts';

/** What is wrong is listed at the top so far; each stands with its step, too. */
const mostTroubles = 200;

export function toVerifyHtml(report: VerifyReport, comparison?: Comparison): string {
  const [only, ...more] = report.labs;
  const title = only && more.length === 0 ? `Verification of ${labName(only)}` : `Verification of ${counted(report.labs.length, 'lab')}`;
  return page({
    title: `${title}: ${report.outcome}`,
    generator: `labwalk ${report.labwalk}`,
    moreStyles: verifyStyles,
    body: [
      header(report, title),
      labTable(report.labs),
      troubleList(report.labs),
      comparisonSection(comparison),
      ...report.labs.map(labSection),
    ],
  });
}

function header({ outcome, message, started, ms, labwalk, shard, machines, labs }: VerifyReport, title: string): Markup {
  const machineRows = machines.map(({ name, platform, node, cores }) => `${name}: ${platform}, Node ${node}, ${counted(cores, 'core')}`);
  return markup`<header>
<h1>${title}</h1>
<p>${badge(outcome)}</p>
${message === undefined ? nothing : markup`<p><strong>${message}</strong></p>`}
${factList([
  ['Begun', `${started.slice(0, 16).replace('T', ' ')} UTC`],
  ['Time', formatDuration(ms)],
  ['Part', shard && `${shard.index} of ${shard.of}`],
  ...countRows(countAll(labs)).map(([name, counts]): [string, string] => [name, countText(counts)]),
  [machines.length > 1 ? 'Machines' : 'Machine', list(machineRows)],
  ['labwalk', labwalk],
])}
</header>`;
}

/** Lines of a fact. */
function list(lines: readonly string[]): Markup | undefined {
  if (lines.length === 0) return undefined;
  return markup`${lines.map((line, index) => (index === 0 ? markup`${line}` : markup`<br>${line}`))}`;
}

function labTable(labs: readonly VerifiedLab[]): Markup {
  const rows = labs.map((lab) => {
    const { steps, checks, mutants } = countAll([lab]);
    return markup`<tr><td><a href="#${anchorOf(lab)}">${lab.title}</a> <span class="soft">${labName(lab)}</span></td><td>${badge(lab.outcome)}</td><td class="number">${steps.passed} of ${lab.steps.length - steps.read}</td><td class="number">${checks.passed} of ${checks.passed + checks.failed}</td><td class="number wide">${killedText(mutants)}</td><td class="number">${formatDuration(lab.ms)}</td></tr>`;
  });
  if (rows.length === 0) return nothing;
  return markup`<table>
<thead><tr><th scope="col">Lab</th><th scope="col">Outcome</th><th scope="col">Steps</th><th scope="col">Checks</th><th scope="col" class="wide">Mutants killed</th><th scope="col">Time</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>`;
}

function troubleList(labs: readonly VerifiedLab[]): Markup {
  const all = labs.flatMap((lab) => troublesOf(lab).map((trouble) => ({ lab, trouble })));
  if (all.length === 0) return nothing;
  return markup`<section>
<h2>What is wrong</h2>
<ul class="troubles">
${all.slice(0, mostTroubles).map(({ lab, trouble }) => troubleItem(lab, trouble))}
</ul>
${all.length > mostTroubles ? markup`<p class="soft">${counted(all.length - mostTroubles, 'more', 'more')}, with the steps below.</p>` : nothing}
</section>`;
}

function troubleItem(lab: VerifiedLab, { level, what, rows, diff, place, step }: Trouble): Markup {
  const href = stepHref(lab, step);
  const at = [labName(lab), step, place && placeText(lab, place)].filter((part) => part !== undefined).join(' · ');
  return markup`<li class="${level}">${what}<br><span class="soft">${href === undefined ? at : markup`<a href="${href}">${at}</a>`}</span>${whyList(rows)}${diffBlock(diff ?? [])}</li>`;
}

function comparisonSection(comparison: Comparison | undefined): Markup {
  if (!comparison) return nothing;
  const parts = comparedParts(comparison).map(
    ({ title, tone, lines }) => markup`<h3>${badge(title, tone)}</h3>
<ul>
${lines.map(({ at, what, now }) => markup`<li>${what} <span class="soft">${at}</span>${now === undefined ? nothing : whyList([['now', now]])}</li>`)}
</ul>`,
  );
  return markup`<section>
<h2>Compared with ${earlierText(comparison)}</h2>
${parts.length === 0 ? markup`<p>As it was.</p>` : parts}
</section>`;
}

function labSection(lab: VerifiedLab): Markup {
  const { title, outcome, message, mode, seed, hash, file, machine, tools, steps, mutants, findings, cleanup } = lab;
  const troubles = new Set(troublesOf(lab).map(({ step }) => step));
  const versions = Object.entries(tools).map(([tool, version]) => `${tool} ${version}`);
  const left =
    cleanup.left.length === 0 ? nothing : markup`<p>Still there:</p><ul>${cleanup.left.map((what) => markup`<li>${what}</li>`)}</ul>`;
  return markup`<section>
<h2 id="${anchorOf(lab)}">${title} ${badge(outcome)}</h2>
${message === undefined ? nothing : markup`<p><strong>${message}</strong></p>`}
${factList([
  ['Lab', `${file}, ${hash.slice(0, 12)}`],
  ['Machine', machine],
  ['Where', mode === 'sandbox' ? 'in the AWS sandbox' : 'in an AWS account'],
  ['Tools', versions.length === 0 ? undefined : versions.join(', ')],
  ['Seed', seed],
])}
${timeline(lab)}
${steps.filter(({ outcome }) => outcome !== 'read').map((step) => stepDetails(lab, step, troubles.has(step.id)))}
${mutantTable(lab, mutants)}
${findings.length === 0 ? nothing : markup`<h3>Found in the whole lab</h3>${findingList(lab, findings)}`}
<h3>Clean-up ${badge(cleanup.left.length > 0 ? 'failed' : cleanup.done ? 'passed' : 'not done')}</h3>
${left}
${cleanup.commands.map(commandBlock)}
</section>`;
}
