/** A lab that did not come with labwalk runs for a person only after they have seen its commands and agreed. */
import type { Lab } from '../lab/types.ts';
import type { Learner, Question } from '../walk/walk-types.ts';
import { readOwnFile, writeOwnFile } from './own-files.ts';
import { showHiddenInName } from '../text/hidden.ts';
import { listWhatRuns, type Runs } from './what-runs.ts';

const file = 'trusted.json';

/** Path of a lab to the hash of what the person agreed to. Another place is another lab: what its scripts import lies beside it. */
type Trusted = Record<string, string>;

/** Asks where the person has not agreed to exactly this content yet, and remembers a yes. False: they don't want it. */
export async function agreeToLab(lab: Lab, learner: Pick<Learner, 'confirm'>, env: Readonly<Record<string, string>>): Promise<boolean> {
  const before = readTrusted(env)[lab.file];
  if (before === lab.hash) return true;
  if (!(await learner.confirm(askToRun(lab, before !== undefined)))) return false;
  writeOwnFile(env, file, { ...readTrusted(env), [lab.file]: lab.hash });
  return true;
}

/** Everything that the lab runs, and the question whether it may. */
export function askToRun(lab: Lab, changed: boolean): Question {
  const steps = listWhatRuns(lab);
  const what = steps.flatMap(({ step, runs }) => ['', step, ...runs.flatMap(showRuns)]);
  return {
    title: changed ? 'This lab has changed since you agreed to it' : 'This lab did not come with labwalk',
    lines: [
      showHiddenInName(lab.file),
      'Its commands run on this machine, with your rights. Go on only if you trust its author.',
      ...(what.length > 0 ? ['This is what it runs:', ...what] : ['It runs no commands.']),
    ],
    yes: 'Run this lab',
    no: 'Leave it',
    toRead: true,
  };
}

function showRuns({ kind, name, lines }: Runs): string[] {
  const heading = { commands: undefined, service: `service ${name}:`, 'clean-up': 'clean-up:', script: 'check script:', program: 'check:' }[
    kind
  ];
  const indent = heading === undefined ? '  ' : '    ';
  return [...(heading === undefined ? [] : [`  ${heading}`]), ...lines.map((line) => `${indent}${line}`)];
}

function readTrusted(env: Readonly<Record<string, string>>): Trusted {
  return Object.fromEntries(
    Object.entries(readOwnFile(env, file)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
