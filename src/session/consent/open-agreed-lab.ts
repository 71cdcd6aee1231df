import path from 'node:path';
import type { Lab } from '../../lab/types.ts';
import { workspaceFolder } from '../default-workspace.ts';
import { findLab } from '../labs/find-lab.ts';
import type { OpenLabOptions } from '../open-lab-options.ts';
import { agreeToLab } from './agree-to-lab.ts';
import { takeLabFiles } from './find-lab-files.ts';
import { createSnapshotTaker, type LabSnapshot } from './lab-snapshot.ts';

/** A lab from elsewhere with all of its files, as the person has agreed to them. */
export interface AgreedLab {
  lab: Lab;
  snapshot: LabSnapshot;
}

/**
 * Reads a lab that did not come with labwalk, once, and asks whether it may run where the person has not agreed to it yet.
 *
 * @returns undefined where they don't want it
 * @throws UsageError for a lab with mistakes, or with more files than anybody can agree to
 */
export async function openAgreedLab(
  word: string,
  { learner, args, io }: Pick<OpenLabOptions, 'learner' | 'args' | 'io'>,
): Promise<AgreedLab | undefined> {
  const { loadLab } = await import('../labs/load-lab.ts');
  const taker = createSnapshotTaker(path.dirname(findLab(word, io.root, io.cwd).file));
  const lab = loadLab(word, io, taker.read);
  const workspace = workspaceFolder(args.workspace, lab.name, io);
  takeLabFiles(lab, taker, { env: io.env, workspace });
  const { snapshot } = taker;
  return (await agreeToLab(lab, snapshot, learner, io.env)) ? { lab, snapshot } : undefined;
}
