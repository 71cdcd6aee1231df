import { listShippedLabs } from './find-lab.ts';
import { writeIndex } from './lab-summary.ts';
import { readLab } from './load-lab.ts';

/** The build's last step: what `labwalk list` shows is written down, so that it need not read the labs. */
export function indexLabs(root: string): void {
  writeIndex(
    root,
    listShippedLabs(root).flatMap(({ file }) => readLab(file).lab ?? []),
  );
}
