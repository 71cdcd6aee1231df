/** Keeps a checkpoint of the workspace at the start of a lab, and whenever a step has passed that no later one builds on yet. */
import type { Event } from '../events/event.ts';
import { whyRefused } from '../files/why-refused.ts';
import type { Lab } from '../lab/types.ts';
import { limits, readCheckpoint, startOfLab, takeCheckpoint, TooMuch, type Checkpoint } from './checkpoints.ts';
import { createIgnored } from './ignored.ts';
import type { Workspace } from './workspace.ts';

export interface KeeperOptions {
  workspace: Workspace;
  lab: Pick<Lab, 'steps' | 'ignore'>;
  /** Ids of the steps that were begun in earlier runs. */
  begun: Iterable<string>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Says, once each, what is in no checkpoint. */
  tell(text: string, step: string | undefined): void;
}

/** Must see the events of a run at once: what comes after them may already change the workspace. */
export function keepCheckpoints({ workspace, lab, now, tell, ...options }: KeeperOptions): { take(event: Event): void } {
  const begun = new Set(options.begun);
  const places = new Map(lab.steps.filter(({ reading }) => !reading).map(({ id }, place) => [id, place]));
  const isIgnored = createIgnored(workspace.folder, lab.ignore);
  const told = new Set<string>();
  let before: Checkpoint | undefined;

  /** What there is to say before the run has begun waits for it. */
  let waiting: (() => void)[] | undefined = [];

  const tellOnce = (text: string, step: string | undefined) => {
    if (told.has(text)) return;
    told.add(text);
    if (waiting) waiting.push(() => tell(text, step));
    else tell(text, step);
  };

  const take = (step: string, id?: string) => {
    try {
      before = takeCheckpoint({ workspace, step, isIgnored, now: now(), ...(before ? { before } : {}) });
      for (const { path, why } of before.manifest.left)
        if (why === 'big')
          tellOnce(`${path} is larger than ${limits.file / 1_000_000} MB: it stays as it is when you go back to an earlier step.`, id);
    } catch (error) {
      const why = error instanceof TooMuch ? 'the workspace holds too much for a copy' : whyRefused(error);
      tellOnce(`No copy of your files could be kept (${why}). Going back to this point uses the lab's own files instead.`, id);
    }
  };

  /** Seen from a later step, what this one's files are now says nothing of how they were. */
  const isLast = (step: string): boolean => {
    const place = places.get(step) ?? -1;
    return ![...begun].some((id) => (places.get(id) ?? -1) > place);
  };

  if (begun.size === 0 && !readCheckpoint(workspace, startOfLab)) take(startOfLab);
  return {
    take({ type, step, ...event }) {
      waiting?.forEach((say) => say());
      waiting = undefined;
      if (step === undefined) return;
      if (type === 'step-started') begun.add(step);
      if (type === 'step-ended' && 'outcome' in event && event.outcome === 'passed' && isLast(step)) take(step, step);
    },
  };
}
