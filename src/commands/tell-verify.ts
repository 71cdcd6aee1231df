/** What a verification tells while it goes on: a line for each thing done, on standard error. */
import { formatDuration } from '../text/duration.ts';
import { findStep } from '../progress/reduce.ts';
import { createLook, type Look } from '../report/look.ts';
import type { Out } from '../report/report.ts';
import type { News } from '../verify/verify-lab.ts';

export function tellNews(news: News, out: Out): void {
  out.write(`${lineOf(news, createLook(out).marks)}\n`);
}

function lineOf(news: News, { passed: good, failed: bad, other: open }: Look['marks']): string {
  switch (news.type) {
    case 'step': {
      const state = findStep(news.state, news.step.id);
      const mark = state?.status === 'passed' ? good : state?.status === 'failed' ? bad : open;
      return `${mark} ${news.lab} ${news.step.id}  ${formatDuration(state?.ms ?? 0)}`;
    }
    case 'again':
      return `${news.done.outcome === 'passed' ? good : bad} ${news.lab} ${news.step.id}, again  ${formatDuration(news.done.ms)}`;
    case 'mutant': {
      const { id, outcome, by, ms } = news.tried;
      const what = by ? `noticed in ${by.step}` : outcome;
      return `${outcome === 'survived' ? bad : good} ${news.lab} mutant ${news.place} of ${news.of}: ${id}: ${what}  ${formatDuration(ms)}`;
    }
  }
}
