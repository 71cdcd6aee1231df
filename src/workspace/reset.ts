/**
 * Going back: the workspace becomes what it was before a step, and what the learner has written since is moved aside, never deleted. Each
 * reset is written down before it begins, is finished by whoever comes next where the program ended in the middle, and can be undone.
 *
 * `.labwalk/resets/1.json` is what is to be done and how it stands; `.labwalk/resets/1/` holds copies on their way into place, and the
 * checkpoints of the steps that count no more. The learner's work goes to `.labwalk/kept/<time>/`, where all copies are.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Event, ResetUndone, Stamp, StepReset } from '../events/event.ts';
import { errorCode } from '../files/error-code.ts';
import { isPathInside } from '../files/inside.ts';
import { refused } from '../files/refused.ts';
import { removeOrLeave } from '../files/remove-or-leave.ts';
import { writeWholeFile } from '../files/write-whole.ts';
import { isEvent } from '../events/event-shapes.ts';
import { isCount, isJust, isListOf, hasShape, isOneOf } from '../text/json-shape.ts';
import { openJournal, readJournal } from '../progress/journal.ts';
import type { Checkpoint } from './checkpoints.ts';
import { listEntries, type Entry } from './entries.ts';
import type { IsIgnored } from './ignored.ts';
import { makeOwnFolder } from './kept.ts';
import { doMoves, takeBack, type ApplyChange, type FolderMode, type Move, type Moves } from './moves.ts';
import type { Workspace } from './workspace.ts';

export interface ResetPlan {
  version: 1;
  number: number;
  /** `going`: begun. `undone`: of a reset, taken back by a later one. */
  state: 'going' | 'done' | 'undone';
  moves: Moves;
  /** What stands in the journal when it is done. */
  event: Stamp & (StepReset | ResetUndone);
  /** Folders that were there before. */
  before: FolderMode[];
  /** Names, in the workspace, of what was moved aside. */
  moved: string[];
  /** Where to, as a path in the workspace. */
  keptIn: string;
  /** Files that stayed as they are, because their checkpoint has no copy of them. */
  stayed: string[];
}

/** What the workspace is to become. */
export interface Target {
  /** Undefined: an empty workspace. */
  checkpoint?: Checkpoint;
  /** Files to be put over it: a path in the workspace, and the absolute path of what is copied. */
  files: readonly { path: string; source: string }[];
}

interface Doing {
  workspace: Workspace;
  isIgnored: IsIgnored;
  /** Milliseconds since 1970. */
  now: number;
  change?: ApplyChange;
}

export interface ResetOptions extends Doing {
  lab: string;
  /** Id of the step that the learner goes back to, or ahead. */
  step: string;
  /** Ids of the steps that are to be done again. */
  steps: readonly string[];
  /** Id of the step whose end the terminal goes back to. */
  from?: string;
  target: Target;
}

/** Throws UserError where the files can't be moved; then all is as it was. Nobody else may have the workspace. */
export function resetWorkspace(options: ResetOptions): ResetPlan {
  return telling(options.workspace, () => reset(options));
}

function reset(options: ResetOptions): ResetPlan {
  const { workspace, lab, step, steps, from, target, now } = options;
  const number = nextNumber(workspace);
  const stay = new Set(target.checkpoint?.manifest.left.map(({ path: name }) => name));
  const staged = stage(workspace, number, target);
  const time = new Date(now).toISOString();
  return carryOut(options, {
    number,
    event: { type: 'step-reset', time, lab, step, reset: number, steps: [...steps], ...(from === undefined ? {} : { from }) },
    folders: staged.folders,
    place: staged.files.map((name) => ({ from: `.labwalk/resets/${number}/new/${name}`, to: name })),
    checkpoints: { out: steps, back: [] },
    stay,
  });
}

/** Takes back the last reset that was not taken back. Undefined where there is none. Throws UserError as `resetWorkspace` does. */
export function undoReset(options: Doing): ResetPlan | undefined {
  return telling(options.workspace, () => undo(options));
}

function undo(options: Doing): ResetPlan | undefined {
  const { workspace, now } = options;
  const undone = lastReset(workspace);
  if (!undone) return undefined;
  const { event, moved, keptIn, before, stayed, number: old } = undone;
  const number = nextNumber(workspace);
  const { lab, step } = event;
  const steps = event.type === 'step-reset' ? event.steps : [];
  return carryOut(options, {
    number,
    event: { type: 'reset-undone', time: new Date(now).toISOString(), lab, ...(step === undefined ? {} : { step }), reset: old },
    folders: before,
    place: moved.map((name) => ({ from: `${keptIn}/${name}`, to: name })),
    checkpoints: { out: steps, back: steps.map((id) => ({ from: `${checkpointsOf(old)}/${id}`, to: `.labwalk/checkpoints/${id}` })) },
    stay: new Set(stayed),
  });
}

/** The last reset that can be undone. */
export const lastReset = (workspace: Workspace): ResetPlan | undefined =>
  readPlans(workspace).findLast(({ event, state }) => event.type === 'step-reset' && state === 'done');

const isMove = hasShape<Move>({ from: isPathInside, to: isPathInside });
const isFolderMode = hasShape<FolderMode>({ path: isPathInside, mode: isCount });

const isPlan = hasShape<ResetPlan>({
  version: isJust(1),
  number: isCount,
  state: isOneOf(['going', 'done', 'undone']),
  moves: hasShape<Moves>({
    aside: isListOf(isMove),
    folders: isListOf(isFolderMode),
    place: isListOf(isMove),
    wayside: isPathInside,
  }),
  event: (value): value is ResetPlan['event'] => isEvent(value) && (value.type === 'step-reset' || value.type === 'reset-undone'),
  before: isListOf(isFolderMode),
  moved: isListOf(isPathInside),
  keptIn: isPathInside,
  stayed: isListOf(isPathInside),
});

/** All that was done, the first first. One that is not as labwalk writes it is passed over: it can't be finished or undone. */
export function readPlans({ resets }: Workspace): ResetPlan[] {
  return numbersIn(resets).flatMap((number) => {
    try {
      const plan: unknown = JSON.parse(fs.readFileSync(path.join(resets, `${number}.json`), 'utf8'));
      return isPlan(plan) && plan.number === number ? [plan] : [];
    } catch {
      return []; // it was being staged when the program ended, so nothing was moved yet
    }
  });
}

/** Finishes what a program began that ended in the middle. To be called by whoever takes the workspace, before the journal is read. */
export function finishResets(workspace: Workspace, change: ApplyChange = (what) => what()): void {
  telling(workspace, () => finishAll(workspace, change));
}

function finishAll(workspace: Workspace, change: ApplyChange): void {
  for (const number of numbersIn(workspace.resets)) {
    const plan = readPlans(workspace).find((known) => known.number === number);
    // Where there is a plan that can't be read, what it has moved stays.
    if (!plan && !fs.existsSync(planFile(workspace, number))) removeOrLeave(path.join(workspace.resets, String(number)));
    if (plan?.state === 'going') finish(workspace, plan, change);
  }
}

/** A full disk is nothing that labwalk did wrong. What was begun is finished by the next one that takes the workspace. */
function telling<T>({ folder, private: own }: Workspace, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    const { path: file = folder } = error as NodeJS.ErrnoException;
    throw refused(`Going back in ${folder} did not come to its end`, file, error, {
      own,
      then: 'Nothing is lost. When that is put right, start labwalk again.',
    });
  }
}

const checkpointsOf = (number: number) => `.labwalk/resets/${number}/checkpoints`;

function numbersIn(resets: string): number[] {
  const names = fs.existsSync(resets) ? fs.readdirSync(resets) : [];
  const numbers = names.map((name) => Number(/^(\d+)(?:\.json)?$/.exec(name)?.[1] ?? Number.NaN)).filter((number) => !Number.isNaN(number));
  return [...new Set(numbers)].sort((a, b) => a - b);
}

const nextNumber = ({ resets }: Workspace): number => (numbersIn(resets).at(-1) ?? 0) + 1;

/** Copies what is to be put in place, so that from there on everything is a rename. */
function stage({ resets }: Workspace, number: number, { checkpoint, files }: Target): { folders: FolderMode[]; files: string[] } {
  const folder = path.join(resets, String(number), 'new');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const folders = new Map<string, number>();
  const staged = new Set<string>();
  const add = (name: string, write: (target: string) => void) => {
    const target = path.join(folder, ...name.split('/'));
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.rmSync(target, { force: true });
    write(target);
    staged.add(name);
  };
  for (const entry of checkpoint?.manifest.entries ?? []) {
    if (entry.kind === 'folder') folders.set(entry.path, entry.mode);
    else if (entry.kind === 'link') add(entry.path, (target) => fs.symlinkSync(entry.target, target));
    else
      add(entry.path, (target) => {
        fs.copyFileSync(path.join(checkpoint?.files ?? '', ...entry.path.split('/')), target);
        fs.utimesSync(target, entry.mtimeMs / 1000, entry.mtimeMs / 1000);
        fs.chmodSync(target, entry.mode);
      });
  }
  for (const { path: name, source } of files) {
    for (const parent of parentsOf(name)) if (!folders.has(parent)) folders.set(parent, 0o777 & ~umask);
    add(name, (target) => {
      fs.copyFileSync(source, target);
      fs.chmodSync(target, 0o666 & ~umask);
    });
  }
  return { folders: [...folders].map(([name, mode]) => ({ path: name, mode })), files: [...staged] };
}

/** The usual one: reading the process's own would mean setting it. */
const umask = 0o022;

/** `a/b/c` is in `a` and `a/b`. */
const parentsOf = (name: string): string[] => {
  const words = name.split('/');
  return words.slice(1).map((_word, i) => words.slice(0, i + 1).join('/'));
};

interface Wanted {
  number: number;
  event: ResetPlan['event'];
  folders: FolderMode[];
  place: Move[];
  /** Ids of the steps whose checkpoints count no more, and which ones count again. */
  checkpoints: { out: readonly string[]; back: readonly Move[] };
  /** Files that stay as they are. */
  stay: ReadonlySet<string>;
}

function carryOut({ workspace, isIgnored, now, change = (what) => what() }: Doing, wanted: Wanted): ResetPlan {
  const { number, event, folders, place, checkpoints, stay } = wanted;
  const { before, moved, stayed } = partWork(
    listEntries(workspace.folder, isIgnored),
    new Set(folders.map(({ path: name }) => name)),
    stay,
  );
  const keptIn = path.relative(workspace.folder, makeOwnFolder(workspace.kept, now)).split(path.sep).join('/');
  const out = checkpoints.out.filter((id) => fs.existsSync(path.join(workspace.checkpoints, id)));
  const plan: ResetPlan = {
    version: 1,
    number,
    state: 'going',
    event,
    before,
    moved,
    keptIn,
    stayed,
    moves: {
      aside: [
        ...moved.map((name) => ({ from: name, to: `${keptIn}/${name}` })),
        ...out.map((id) => ({ from: `.labwalk/checkpoints/${id}`, to: `${checkpointsOf(number)}/${id}` })),
      ],
      folders,
      place: [...place, ...checkpoints.back],
      wayside: `${keptIn}/in-the-way`,
    },
  };
  change(() => writePlan(workspace, plan));
  finish(workspace, plan, change);
  return { ...plan, state: 'done' };
}

/** What goes out of the way: whole folders where the folder is not wanted afterwards, else what is in it. */
function partWork(entries: readonly Entry[], wanted: ReadonlySet<string>, stay: ReadonlySet<string>) {
  const before: FolderMode[] = [];
  const moved: string[] = [];
  const stayed: string[] = [];
  let inside: string | undefined;
  for (const { path: name, kind, mode } of entries) {
    if (inside !== undefined && name.startsWith(`${inside}/`)) continue;
    if (kind === 'folder' && wanted.has(name)) before.push({ path: name, mode });
    else if (kind !== 'folder' && stay.has(name)) stayed.push(name);
    else {
      if (kind === 'folder') inside = name;
      moved.push(name);
    }
  }
  return { before, moved, stayed };
}

const planFile = ({ resets }: Workspace, number: number) => path.join(resets, `${number}.json`);

const writePlan = (workspace: Workspace, plan: ResetPlan) =>
  writeWholeFile(planFile(workspace, plan.number), `${JSON.stringify(plan)}\n`, { mode: 0o600 });

function finish(workspace: Workspace, plan: ResetPlan, change: ApplyChange): void {
  try {
    doMoves(workspace.folder, plan.moves, change);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    takeBack(workspace.folder, plan.moves);
    fs.rmSync(planFile(workspace, plan.number), { force: true });
    const { path: file = workspace.folder } = error as NodeJS.ErrnoException;
    throw refused(`The files of ${workspace.folder} can't be moved, so everything is as it was`, file, error, {
      own: workspace.private,
      then: 'Close the programs that use them, and try again.',
    });
  }
  change(() => writeEvent(workspace, plan.event));
  if (plan.event.type === 'reset-undone') change(() => markUndone(workspace, plan.event.reset));
  change(() => writePlan(workspace, { ...plan, state: 'done' }));
  change(() => tidy(workspace, plan));
}

function markUndone(workspace: Workspace, number: number): void {
  const plan = readPlans(workspace).find((known) => known.number === number);
  if (plan) writePlan(workspace, { ...plan, state: 'undone' });
}

/** Writes it once, however often it is finished. */
function writeEvent({ journal }: Workspace, event: ResetPlan['event']): void {
  for (const known of readJournal(journal)) if (isSame(known, event)) return;
  const open = openJournal(journal);
  open.add([event]);
  open.close();
  if (open.failure) throw open.failure;
}

const isSame = (known: Event, event: ResetPlan['event']): boolean =>
  known.type === event.type && 'reset' in known && known.reset === event.reset && known.time === event.time;

/** Removes staged copies, and the folders among the kept copies that came to be empty. An empty folder of the learner's own stays. */
function tidy(workspace: Workspace, { number, keptIn, moved, event }: ResetPlan): void {
  fs.rmSync(path.join(workspace.resets, String(number), 'new'), { recursive: true, force: true });
  const at = (name: string) => path.join(workspace.folder, ...name.split('/'));
  if (moved.length === 0) removeEmpty(at(keptIn));
  const undone = event.type === 'reset-undone' ? readPlans(workspace).find((known) => known.number === event.reset) : undefined;
  if (undone) removeEmpty(at(undone.keptIn));
}

function removeEmpty(folder: string): void {
  try {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory()) removeEmpty(path.join(folder, entry.name));
    fs.rmdirSync(folder);
  } catch {
    // something is in it
  }
}
