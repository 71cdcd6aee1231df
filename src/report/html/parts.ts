/** The parts that pages are put together from. */
import { markup, nothing, type Markup } from './markup.ts';
import { styles } from './styles.ts';

/** A whole page. It has no script and loads nothing, and a browser is told to refuse both. */
export function page(facts: { title: string; generator: string; body: readonly Markup[]; moreStyles?: Markup }): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${facts.generator}">
<title>${facts.title}</title>
<style>${styles}${facts.moreStyles}</style>
</head>
<body>
${facts.body}
</body>
</html>
`.text;
}

/** What an outcome means to a reader. */
export type Tone = 'good' | 'bad' | 'mild' | 'plain';

const tones: Record<string, Tone> = {
  passed: 'good',
  done: 'good',
  read: 'plain',
  failed: 'bad',
  error: 'bad',
  interrupted: 'mild',
  skipped: 'mild',
  killed: 'good',
  survived: 'bad',
  unproven: 'bad',
  drift: 'mild',
};

export const toneOf = (outcome: string): Tone => tones[outcome] ?? 'plain';

export const badge = (text: string, tone: Tone = toneOf(text)): Markup => markup`<span class="badge ${tone}">${text}</span>`;

export const codeBlock = (text: string, kind = 'code'): Markup => markup`<pre class="${kind}">${text.replace(/\n+$/, '')}</pre>`;

/** Names and what they are, one below the other; without those that are not there. */
export function factList(facts: readonly (readonly [string, string | Markup | undefined])[]): Markup {
  const rows = facts.filter(([, value]) => value !== undefined).map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`);
  return rows.length === 0 ? nothing : markup`<dl class="facts">${rows}</dl>`;
}

export function htmlTable(head: readonly string[], rows: readonly Markup[]): Markup {
  if (rows.length === 0) return nothing;
  return markup`<table>
<thead><tr>${head.map((cell) => markup`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>
${rows}
</tbody>
</table>`;
}
