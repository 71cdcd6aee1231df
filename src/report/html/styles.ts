/** The look of every page: dark and light as the reader's system is, and fit for paper. */
import { Markup } from './markup.ts';

export const styles = new Markup(`
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --ground: #fff; --raised: #f6f8fa; --line: #d1d9e0;
  --good: #1a7f37; --bad: #cf222e; --mild: #9a6700; --link: #0969da; --bar: #54aeff; --added: #dafbe1; --removed: #ffebe9; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --soft: #9198a1; --ground: #0d1117; --raised: #161b22; --line: #3d444d; --good: #3fb950; --bad: #f85149;
    --mild: #d29922; --link: #4493f8; --bar: #1f6feb; --added: #12361f; --removed: #4a1d1f; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; background: var(--ground); color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.9rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.35rem; margin: 2.5rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.25rem 0 .4rem; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
p, ul, dl, table, pre { margin: .4rem 0 .8rem; }
.soft { color: var(--soft); }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; }
table { width: 100%; border-collapse: collapse; font-size: .93rem; }
th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th:nth-child(n+3) { text-align: right; }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.time { width: 32%; }
.bar { display: block; height: .5rem; min-width: 2px; margin-top: .5rem; border-radius: 3px; background: var(--bar); }
.bar.failed { background: var(--bad); }
.badge { display: inline-block; padding: 0 .55em; border: 1px solid currentColor; border-radius: 1em; font-size: .8rem; font-weight: 600;
  white-space: nowrap; vertical-align: .1em; color: var(--soft); }
.badge.good { color: var(--good); } .badge.bad { color: var(--bad); } .badge.mild { color: var(--mild); }
pre { padding: .7rem .9rem; border: 1px solid var(--line); border-radius: 6px; background: var(--raised); overflow: auto; max-height: 32rem;
  font: .84rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
pre.command { margin-bottom: 0; border-bottom-left-radius: 0; border-bottom-right-radius: 0; font-weight: 600; }
pre.command:last-child { border-radius: 6px; margin-bottom: .8rem; }
pre.output { margin-top: 0; border-top: 0; border-top-left-radius: 0; border-top-right-radius: 0; color: var(--soft); background: var(--ground); }
pre .added { background: var(--added); display: block; } pre .removed { background: var(--removed); display: block; }
.why { margin: .2rem 0 .3rem; } .why dt { float: left; clear: left; width: 5.5rem; color: var(--soft); } .why dd { margin: 0 0 0 5.5rem; }
footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }
@media (max-width: 40rem) { body { padding: 1rem .8rem 3rem; } td.time { width: 20%; } }
@media print {
  :root { --text: #000; --soft: #444; --ground: #fff; --raised: #fff; --line: #bbb; --good: #1a7f37; --bad: #b00; --mild: #7a5200; --link: #000; --bar: #888; }
  body { max-width: none; padding: 0; font-size: 10.5pt; } pre { max-height: none; } h2, h3, tr, .command { break-after: avoid; break-inside: avoid; }
}
`);
