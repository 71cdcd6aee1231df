/** What is told of an outage of the place where a lab is done: that it was no mistake of the learner's, nor of their keys. */
import type { Cloud, Outage } from '../context/cloud.ts';

/** For whoever looks on, whatever they do just now. */
export function outageNotice({ why, failure, lost }: Outage): string {
  const stopped = `The AWS sandbox stopped: ${why}.`;
  if (failure) return `${stopped} ${failure.message}`;
  return [stopped, lost === undefined ? 'labwalk has started it again, with its state.' : `labwalk has started it again. ${lost}`].join(
    ' ',
  );
}

/** For a command that failed meanwhile: what happened, and what to do. */
export function explainOutage({ failure }: Outage): { what: string; fix: string } {
  if (failure) return { what: `The AWS sandbox has stopped. ${failure.what}`, fix: failure.fix ?? tryAgain };
  return {
    what: 'The AWS sandbox stopped while this command ran.',
    fix: 'Do it again: the sandbox runs, with the same keys, addresses and deployments. Only a change of the last half second may be missing.',
  };
}

/** For a check that fails although the commands before it went well. */
export const missingAfterOutage =
  'The AWS sandbox stopped while this step was done, and labwalk started it again: a change of the last moment before is missing. Do the step again.';

const tryAgain = 'Do the step again: labwalk then tries once more to start it.';

/** The last outage that there was so many milliseconds ago, or has been since. Never rejects; undefined when the signal comes first. */
export async function findOutage({ health }: Pick<Cloud, 'health'>, ms: number, signal?: AbortSignal): Promise<Outage | undefined> {
  try {
    return await health?.outageWithin(ms, signal);
  } catch {
    return undefined;
  }
}
