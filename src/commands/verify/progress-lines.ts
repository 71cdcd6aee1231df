/** What a verification tells while it goes on: a line for each thing done, on standard error. */
import { formatDuration } from '../../text/duration.ts';
import { findStepState } from '../../progress/reduce.ts';
import { createLook, type Look } from '../../report/look.ts';
import type { Out } from '../../report/report.ts';
import type { News } from '../../verify/verify-lab.ts';

/** After so long without a line, the next one says what is still being done, in milliseconds: who waits wants to see that it goes on. */
const heartbeatMs = 10_000;

/** Call `stop` at the end. `now` is in milliseconds. */
export function createTeller(out: Out, lab: string, now: () => number): { tell(news: News): void; stop(): void } {
  const { marks } = createLook(out);
  let doing = { what: 'prepares what it needs', since: now() };
  const write = (line: string) => {
    out.write(`${line}\n`);
    timer.refresh();
  };
  const timer = setInterval(() => write(`${marks.other} ${lab} ${doing.what}: ${formatDuration(now() - doing.since)} so far`), heartbeatMs);
  return {
    tell(news) {
      if (news.type === 'begin') doing = { what: news.what, since: now() };
      else write(lineOf(news, marks));
    },
    stop: () => clearInterval(timer),
  };
}

function lineOf(news: Exclude<News, { type: 'begin' }>, { passed: good, failed: bad, other: open }: Look['marks']): string {
  switch (news.type) {
    case 'step': {
      const state = findStepState(news.state, news.step.id);
      const mark = state?.status === 'passed' ? good : state?.status === 'failed' ? bad : open;
      return `${mark} ${news.lab} ${news.step.id}  ${formatDuration(state?.ms ?? 0)}`;
    }
    case 'again':
      return `${news.done.outcome === 'passed' ? good : bad} ${news.lab} ${news.step.id}, again  ${formatDuration(news.done.ms)}`;
    case 'mutant': {
      const { id, outcome, by, ms } = news.tried;
      const isGood = outcome === 'killed' || outcome === 'equivalent';
      const mark = isGood ? good : outcome === 'survived' && !news.isSearch ? bad : open;
      const verdict = isGood || !news.isSearch ? outcome : 'makes none of the unproven checks fail';
      const what = by ? `noticed in ${by.step}` : verdict;
      return `${mark} ${news.lab} mutant ${news.place} of ${news.of}: ${id}: ${what}  ${formatDuration(ms)}`;
    }
  }
}
