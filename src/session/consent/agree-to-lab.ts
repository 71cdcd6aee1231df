/** A lab that did not come with labwalk runs for a person only after they have seen its commands and agreed. */
import path from 'node:path';
import type { Lab } from '../../lab/types.ts';
import type { Learner } from '../../walk/walk-types.ts';
import { readAgreed, rememberAgreed, tellChanges, type AgreedFiles } from './agreed-labs.ts';
import { askToRun } from './ask-to-run.ts';
import type { LabSnapshot } from './lab-snapshot.ts';
import { listPackages } from './list-packages.ts';

/** Asks where the person has not agreed to exactly these files yet, and remembers a yes. False: they don't want it. */
export async function agreeToLab(
  lab: Lab,
  snapshot: LabSnapshot,
  learner: Pick<Learner, 'confirm'>,
  env: Readonly<Record<string, string>>,
): Promise<boolean> {
  const now = digestsOf(lab, snapshot);
  const before = readAgreed(env, lab.file);
  const changes = before === undefined || before === 'earlier' ? [] : tellChanges(before, now);
  if (typeof before === 'object' && changes.length === 0) return true;
  const packages = listPackages(lab, (file) => snapshot.files.get(file)?.content.toString('utf8'));
  const question = askToRun({ lab, files: Object.keys(now), packages, ...(before === undefined ? {} : { before: changes }) });
  if (!(await learner.confirm(question))) return false;
  rememberAgreed(env, lab.file, now);
  return true;
}

function digestsOf({ folder }: Lab, { files }: LabSnapshot): AgreedFiles {
  const digests = [...files].map(([file, { digest }]) => [path.relative(folder, file).split(path.sep).join('/'), digest] as const);
  return Object.fromEntries(digests.sort(([a], [b]) => (a < b ? -1 : 1)));
}
