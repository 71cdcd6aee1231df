/** What the page of a verification has beside the look of every page. */
import { Markup } from '../../report/html/markup.ts';

export const verifyStyles = new Markup(`
details.step, details.more { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; padding: 0 .9rem; }
details[open] { padding-bottom: .5rem; }
summary { cursor: pointer; padding: .5rem 0; }
summary h3 { display: inline; margin: 0; }
summary .soft { white-space: nowrap; }
.target { scroll-margin-top: 4rem; }
.why dd { white-space: pre-wrap; overflow-wrap: anywhere; }
h4 { font-size: .93rem; margin: 1rem 0 .3rem; }
ul.troubles { list-style: none; padding: 0; }
ul.troubles > li { padding: .3rem 0 .3rem .8rem; margin: .5rem 0; border-left: 3px solid var(--bad); }
ul.troubles > li.warning { border-color: var(--mild); }
.strips { display: grid; grid-template-columns: max-content 1fr; gap: .35rem .8rem; align-items: center; font-size: .85rem; margin: .8rem 0; }
.strip { display: flex; gap: 1px; height: 1rem; min-width: 2px; }
.strip a { min-width: 1px; background: var(--bar); }
.strip a.failed { background: var(--bad); }
.strip a:hover { outline: 2px solid var(--text); }
.bar.again { height: .3rem; margin-top: .15rem; opacity: .6; }
td code { overflow-wrap: anywhere; font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
td pre { margin: .3rem 0; }
@media (max-width: 40rem) { .wide { display: none; } details.step, details.more { padding: 0 .6rem; } .facts { grid-template-columns: 1fr; } .facts dd { margin-bottom: .3rem; } }
@media print { details::details-content { content-visibility: visible; display: block; height: auto; } details { break-inside: auto; }
  .strip a, .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`);
