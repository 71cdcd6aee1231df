/** What a verification tells while it goes on: a line for each thing done, on standard error. */
import { formatDuration } from '../text/duration.ts';
import type { Out } from '../report/report.ts';
import { stepOf } from '../verify/do-again.ts';
import type { News } from '../verify/verify-lab.ts';

export function tellNews(news: News, out: Out): void {
  out.write(`${lineOf(news, out.unicode)}\n`);
}

function lineOf(news: News, unicode: boolean): string {
  const [good, bad, open] = unicode ? ['✓', '✗', '·'] : ['ok', 'FAILED', '-'];
  switch (news.type) {
    case 'step': {
      const state = stepOf(news.state, news.step);
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
