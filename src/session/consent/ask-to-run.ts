/** The question whether a lab from elsewhere may run. Pure. */
import type { Lab } from '../../lab/types.ts';
import { showHiddenInName } from '../../text/hidden.ts';
import { countOf } from '../../walk/questions.ts';
import type { Question } from '../../walk/walk-types.ts';
import type { PackagesOfLab } from './list-packages.ts';
import { listWhatRuns, type Runs } from './what-runs.ts';

export interface AskToRun {
  lab: Pick<Lab, 'file' | 'steps' | 'packages'>;
  /** Of the lab, by their paths from its folder on. */
  files: readonly string[];
  packages: PackagesOfLab;
  /** Where the person has agreed before: what differs since. Empty where that was an agreement of an earlier kind. */
  before?: readonly string[];
}

/** Names that have a line each; of more files, only how many there are in each folder. */
const mostNames = 30;

/** What the person should know first stands first: the whole is longer than a screen. */
export function askToRun({ lab, files, packages, before }: AskToRun): Question {
  const steps = listWhatRuns(lab);
  const what = steps.flatMap(({ step, runs }) => ['', step, ...runs.flatMap(showRuns)]);
  return {
    title: before && before.length > 0 ? 'This lab has changed since you agreed to it' : 'This lab did not come with labwalk',
    lines: [
      showHiddenInName(lab.file),
      ...(before ? changesIn(before) : []),
      'Its commands run on this machine, with your rights. Go on only if you trust its author.',
      ...installing(packages, lab),
      `You agree to ${files.length === 1 ? 'its file' : `its ${files.length.toLocaleString('en')} files`} as ${files.length === 1 ? 'it is' : 'they are'} now. You'll be asked again when one of them has changed.`,
      ...(what.length > 0 ? ['', 'This is what it runs:', ...what] : ['', 'It runs no commands.']),
      ...listed('Its packages:', inFewLines([...packages.python, ...packages.node])),
      ...listed('Its files:', files.length > mostNames ? countByFolder(files) : files),
    ],
    yes: 'Run this lab',
    no: 'Leave it',
    toRead: true,
  };
}

function changesIn(before: readonly string[]): string[] {
  if (before.length === 0) return ['You agreed to this lab before. labwalk now looks at all of its files, so it asks once more.'];
  const shown = before.slice(0, before.length > 12 ? 10 : 12).map((change) => `  ${showHiddenInName(change)}`);
  return ['', ...shown, ...(before.length > shown.length ? [`  and ${before.length - shown.length} more`] : []), ''];
}

/** What is installed, and what that may do. */
function installing({ python, node, nodeCount }: PackagesOfLab, { packages }: AskToRun['lab']): string[] {
  if (!packages) return [];
  const counts = [
    ...(packages.python ? [countOf(python.length, 'Python package')] : []),
    ...(packages.node
      ? [`${countOf(nodeCount, 'Node package')}${nodeCount > node.length ? ` (${node.length} that it names, and what they need)` : ''}`]
      : []),
  ];
  const about = packages.python
    ? 'A Python package may run set-up code of its own while it is installed.'
    : 'Their set-up scripts are not run, but their programs may be.';
  return [`It installs ${counts.join(' and ')}. ${about}`];
}

function listed(title: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return ['', title, ...names.map((name) => `  ${showHiddenInName(name)}`)];
}

/** Many names stand one behind the other. */
const inFewLines = (names: readonly string[]) => (names.length > mostNames ? [names.join(', ')] : names);

/** `files/ 212 files`, and the names of what lies in no folder. */
function countByFolder(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    const folder = /^((?:\.\.\/)*[^/]+\/)/.exec(name)?.[1] ?? name;
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].map(([folder, count]) => (folder.endsWith('/') ? `${folder} ${countOf(count, 'file')}` : folder));
}

function showRuns({ kind, name, lines }: Runs): string[] {
  const heading = { commands: undefined, service: `service ${name}:`, 'clean-up': 'clean-up:', script: 'check script:', program: 'check:' }[
    kind
  ];
  const indent = heading === undefined ? '  ' : '    ';
  return [...(heading === undefined ? [] : [`  ${heading}`]), ...lines.map((line) => `${indent}${line}`)];
}
