import type { ReportFormat } from './report.ts';
import { collectRuns } from './collect-runs.ts';
import { markup } from './html/markup.ts';
import { page } from './html/parts.ts';
import { recordBody } from './html/record-page.ts';

/** One page at the end that is read without scripts or network: what was done, how long it took, what each check said. */
export const htmlReport: ReportFormat = {
  name: 'html',
  about: 'one page for people, readable anywhere, with all that was done and said',
  streams: false,
  create(out) {
    const runs = collectRuns();
    return {
      listen: runs.listen,
      end() {
        const states = runs.states();
        const [first] = states;
        const body = states.length === 0 ? [markup`<p>Nothing was run.</p>`] : states.flatMap((state) => recordBody({ state, files: [] }));
        out.write(page({ title: first?.title ?? 'labwalk', generator: `labwalk ${first?.labwalk ?? ''}`.trim(), body }));
      },
    };
  },
};
