/** A Run with all that belongs to it: the workspace and its lock, the cloud, the journal, the reports. Ended in one place, whatever the way. */
import { randomBytes } from 'node:crypto';
import type { Sandbox } from '../aws/sandbox/sandbox.ts';
import type { Check } from '../checks/check.ts';
import { checksByName } from '../checks/index.ts';
import { findLacksOfSpace, findLacksOfTools } from '../doctor/examine/examine-before.ts';
import { refuseLacks } from '../doctor/refuse-lacks.ts';
import type { Keys } from '../engine/context/cloud.ts';
import { openKeyMemory } from '../secrets/given-keys.ts';
import { createEmit } from '../engine/context/create-emit.ts';
import { heard, type Redactor } from '../secrets/redactor.ts';
import type { Agree } from '../engine/context/cloud.ts';
import { nothingRemembered, type Remembered } from '../engine/run-context.ts';
import { createRun, type Run } from '../engine/run.ts';
import { prepareVariables } from '../engine/context/variables.ts';
import { exitCode, UserError, type ExitCode } from '../errors.ts';
import { errorCode } from '../files/error-code.ts';
import { asUserError, refused } from '../files/refused.ts';
import type { Event, EventBody, Listener } from '../events/event.ts';
import { checksNeedAws, needsAws } from '../lab/facts/needs-aws.ts';
import { usualScenario, type Scenario } from '../lab/facts/scenarios.ts';
import { settleWhen } from '../lab/facts/settle-when.ts';
import type { Lab, Mode, Step } from '../lab/types.ts';
import { claimFreePort } from '../process/port-claims.ts';
import { keepSpareDescriptor } from '../process/spare-descriptor.ts';
import { openJournal, type DamagedLine, type Journal } from '../progress/journal.ts';
import type { Progress } from '../progress/progress.ts';
import { tellDamagedJournal } from '../progress/tell-damage.ts';
import { createFailureTeller, describeLoss } from '../progress/tell-failure.ts';
import { runtimeRoots } from '../terminal/shell/runtime-folder.ts';
import { sweepLeftovers } from '../terminal/sweep.ts';
import { openOwnerSocket, socketPath, type OwnerAnswer, type CheckRequest } from '../workspace/owner-socket.ts';
import { describeOwner, lockFile, takeLock, type Owner } from '../workspace/lock.ts';
import { keepCheckpoints } from '../workspace/keep-checkpoints.ts';
import { finishResets } from '../workspace/reset.ts';
import { makeWorkspace, otherFolder, type Workspace } from '../workspace/workspace.ts';
import { copyLab } from './consent/copy-lab.ts';
import type { LabSnapshot } from './consent/lab-snapshot.ts';
import type { Io } from './io.ts';
import type { CloudOptions, OpenCloud } from './cloud/cloud-options.ts';
import { deferListener } from './defer-listener.ts';
import { openCloud } from './cloud/open-cloud.ts';
import { readEvents } from './read-events.ts';
import { remember } from './remember.ts';

export interface SessionOptions {
  lab: Lab;
  /** The files of a lab from elsewhere, as the person has agreed to them: a copy of these is done in place of the lab. */
  snapshot?: LabSnapshot;
  folder: string;
  /** `tui`: a person goes through the lab, be it on a screen or line by line. */
  driver: 'headless' | 'tui' | 'check' | 'clean';
  /** A person sees the terminals on a screen. */
  screen?: boolean;
  /** What the sandbox is to play; else what it played in the last run of the workspace, else the usual. */
  scenario?: Scenario;
  /** The mode asked for; else the one of the last run in the workspace, else the sandbox. */
  mode?: Mode;
  seed?: string;
  /** Keys to use, from a file: in an account instead of the environment's, in the sandbox as its good ones. */
  keys?: Keys;
  /** Which steps the run is about, given what was done before. */
  steps(progress: Progress): readonly Step[];
  /** Hears of each event soon after it; in a person's run at once, so that what they see is how things are. */
  listen: Listener;
  /** Hears at once also where nobody looks on. */
  atOnce?: boolean;
  /** Called with progress messages. Standard error, where not given. */
  tell?: (text: string) => void;
  /** A headless run that goes on where the learner stopped, rather than from the first step in a fresh terminal. */
  goesOn?: boolean;
  /** The workspace is deleted at the end: nobody will go back in it, so nothing is kept for that. */
  throwaway?: boolean;
  /** A sandbox that runs already, with the workspace's state; it goes on running. */
  sandbox?: Sandbox;
  /** Checks by their names; labwalk's own where not given. */
  checks?: ReadonlyMap<string, Check>;
  /** Agrees to what is made in the person's account. */
  agree?: Agree;
  /** Gives up while it is being opened. The first interrupt, where not given. */
  signal?: AbortSignal;
  io: Io;
}

export interface Session {
  run: Run;
  /** As it is done here: each `when` is settled. */
  lab: Lab;
  workspace: Workspace;
  steps: readonly Step[];
  progress: Progress;
  /** An event of the driver's own. */
  emit(body: EventBody, step?: string): void;
  /** Stops the Run where that was not done, and releases everything. */
  close(): Promise<void>;
}

/** Thrown where another labwalk has the workspace. */
export class WorkspaceTaken extends UserError {
  override name = 'WorkspaceTaken';
  readonly owner: Owner;
  constructor(folder: string, owner: Owner) {
    super(`Another labwalk (${describeOwner(owner)}) has the workspace ${folder}.`, {
      fix: 'End that one, or choose another folder with --workspace DIR.',
    });
    this.owner = owner;
  }
}

/** Throws UserError where something on this machine is in the way, WorkspaceTaken among them. */
export async function openSession(asked: SessionOptions): Promise<Session> {
  const { io, snapshot } = asked;
  const workspace = makeWorkspace(asked.folder);
  keepSpareDescriptor();
  const undo: (() => unknown)[] = [];
  const close = () => undoAll(undo.splice(0).reverse());
  /** Undone also where the program leaves at once. */
  const undoAnyway = (act: () => void) => void undo.push(andBeforeLeaving(act, io));
  try {
    const { socket } = await takeWorkspace(workspace, asked, undo);
    await sweepLeftovers(runtimeRoots(io.env));
    finishResets(workspace);
    const copied = snapshot && copyLab(asked.lab, snapshot, { workspace, env: io.env, now: io.now() });
    const options = copied ? { ...asked, lab: copied.lab } : asked;
    const damaged: DamagedLine[] = [];
    const memory = memoryFor(
      options,
      remember(
        readEvents(workspace, (line) => damaged.push(line)),
        options.lab,
      ),
    );
    const mode = options.mode ?? memory.progress.lastRun?.mode ?? 'sandbox';
    const scenario = options.scenario ?? earlierScenario(options, memory.progress) ?? usualScenario;
    const lab = settleWhen(options.lab, mode, scenario);
    const seed = options.seed ?? earlierSeed(options.driver, memory.progress) ?? randomBytes(4).toString('hex');
    const steps = options.steps(memory.progress);
    const idle = options.driver === 'check' && !checksNeedAws(lab, steps);
    const examines = options.driver === 'headless' || options.driver === 'tui';
    if (examines) await refuseLacksOfSpace(lab, workspace, memory.progress, io);
    const { cloud } = await openCloudOf(options, workspace, { mode, idle, scenario, credentials: memory.credentials }, undo);
    const redactor = options.throwaway ? io.redactor : rememberKeys(options, workspace, mode, cloud.secrets, undo);
    const journal = openOwnJournal(workspace);
    const place = { file: workspace.journal, own: workspace.private };
    const tellFailure = createFailureTeller(journal, place, (notice) => hear({ ...stamp(), type: 'notice', ...notice }));
    undoAnyway(() => {
      journal.close();
      tellFailure();
      const loss = options.driver === 'tui' ? describeLoss(journal, place) : undefined;
      if (loss) throw loss;
    });
    const write = (events: readonly Event[]) => {
      journal.add(events);
      events.forEach(options.listen);
      tellFailure();
    };
    const deferred = deferListener(write);
    undoAnyway(deferred.flush);
    // What a person has seen is written down, whatever comes next; without a person, speed counts.
    const isAtOnce = options.driver === 'tui' || options.atOnce;
    const hear: Listener = isAtOnce ? (event) => write([event]) : deferred.listen;
    const {
      driver,
      io: { now, version },
    } = options;
    const stamp = (step?: string) => ({
      time: new Date(now()).toISOString(),
      lab: lab.name,
      ...(step === undefined ? {} : { step }),
    });
    const say = (text: string, step?: string) => hear({ ...stamp(step), type: 'notice', level: 'info', text });
    const warn = (text: string) => hear({ ...stamp(), type: 'notice', level: 'warning', text });
    const begun = memory.progress.steps.keys();
    const isKept = driver !== 'clean' && !options.throwaway;
    const checkpoints = isKept ? keepCheckpoints({ workspace, lab, begun, now, tell: say }) : undefined;
    const listen: Listener = (event) => {
      hear(event);
      checkpoints?.take(event);
    };
    const claim = async (from: number) => {
      const { port, release } = await claimFreePort(from);
      undo.push(release);
      return port;
    };
    const lacks = examines ? findLacksOfTools(lab.requires, cloud.env) : [];
    const variables = await prepareVariables(lab.variables, { seed, previous: memory.variables, claimPort: claim });
    refuseLacks(lab.name, await lacks);
    const run = createRun({
      lab,
      workspace,
      cloud,
      scenario,
      checks: options.checks ?? checksByName,
      variables,
      seed,
      driver,
      steps,
      remembered: memory,
      listen,
      now,
      version,
      redactor,
      ...(options.screen ? { screen: true } : {}),
      ...(options.agree ? { agree: options.agree } : {}),
    });
    // a Run that was stopped already stays as it is: this is for the way out through an error
    undo.push(() => run.stop('error', 'labwalk ended by an error of its own.'));
    const answer = async (request: CheckRequest, say: (message: OwnerAnswer) => void, signal: AbortSignal) => {
      if (idle && checksNeedAws(lab, findSteps(request, lab))) throw new Error('it is checking other steps, without AWS');
      await answerCheck(request, say, run, lab, signal);
    };
    const forget = io.beforeLeaving(() => tellUndone(driver, workspace.folder));
    undo.push(forget);
    if (damaged.some(({ torn }) => !torn)) warn(tellDamagedJournal(workspace, damaged));
    if (copied?.kept !== undefined)
      say(`Files in the lab's folder had been changed. labwalk uses the lab's own again; the changed ones are kept in ${copied.kept}.`);
    try {
      const ownerSocket = await openOwnerSocket(socket, answer, io.redactor.redact);
      undoAnyway(() => ownerSocket.close());
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      say(refused("`labwalk check` in another terminal can't ask this labwalk", socket, error).message);
    }
    return { run, lab, workspace, steps, progress: memory.progress, emit: createEmit({ lab, now }, io.redactor, listen), close };
  } catch (error) {
    await close();
    throw asUserError(error);
  }
}

/** What becomes known in the run is known to a later export. The sandbox's own keys open nothing but the sandbox. */
function rememberKeys(
  { keys, io }: SessionOptions,
  workspace: Workspace,
  mode: Mode,
  ofCloud: readonly string[],
  undo: (() => unknown)[],
): Redactor {
  const given = keys ? [keys.secretAccessKey, keys.sessionToken] : [];
  const memory = openKeyMemory(workspace.givenKeys, mode === 'sandbox' ? ofCloud.filter((secret) => !given.includes(secret)) : []);
  // Not one of the acts before leaving at once: hashes take their time.
  undo.push(memory.close);
  return heard(io.redactor, memory.remember);
}

function openOwnJournal({ journal, private: own }: Workspace): Journal {
  try {
    return openJournal(journal);
  } catch (error) {
    throw refused("Your progress can't be written down", journal, error, { own, or: otherFolder });
  }
}

/** For one who had no time to wait for it. */
function tellUndone(driver: SessionOptions['driver'], folder: string): string | undefined {
  if (driver === 'check') return undefined;
  return `What a lab has made is not cleaned up: \`labwalk clean\` with the lab and the workspace ${folder} does it.`;
}

async function refuseLacksOfSpace(lab: Lab, { folder }: Workspace, { steps }: Progress, { env }: Io): Promise<void> {
  const lacks = await findLacksOfSpace({ env, workspace: folder, aws: needsAws(lab), begun: steps.size > 0, lab });
  refuseLacks(lab.name, lacks);
}

/** Takes the workspace for work that needs no run. Throws WorkspaceTaken where another labwalk has it. */
export async function withWorkspace<T>(folder: string, io: Io, work: (workspace: Workspace) => T | Promise<T>): Promise<T> {
  const workspace = makeWorkspace(folder);
  const undo: (() => unknown)[] = [];
  await takeWorkspace(workspace, { io }, undo);
  try {
    await sweepLeftovers(runtimeRoots(io.env));
    finishResets(workspace);
    return await work(workspace);
  } finally {
    await undoAll(undo);
  }
}

/** A headless run goes from the first step on, in a fresh terminal; what earlier runs started is still to be cleaned up. */
function memoryFor({ driver, goesOn }: SessionOptions, memory: Remembered & { progress: Progress }): typeof memory {
  return driver === 'headless' && !goesOn ? { ...nothingRemembered, started: memory.started, progress: memory.progress } : memory;
}

/** A headless run begins anew. */
const earlierScenario = ({ driver, goesOn }: SessionOptions, { lastRun }: Progress): Scenario | undefined =>
  driver === 'headless' && !goesOn ? undefined : lastRun?.scenario;

const earlierSeed = (driver: SessionOptions['driver'], progress: Progress) => (driver === 'headless' ? undefined : progress.lastRun?.seed);

/** The act, done by the result, or before the program leaves at once. */
function andBeforeLeaving(act: () => void, { beforeLeaving }: Io): () => void {
  const forget = beforeLeaving(act);
  return () => {
    forget();
    act();
  };
}

/** Every step is done, whatever became of the one before; then the first mistake is told. */
async function undoAll(steps: readonly (() => unknown)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function takeWorkspace(
  workspace: Workspace,
  { io, tell = tellOn(io), signal = io.interrupts().soft }: Pick<SessionOptions, 'io' | 'tell' | 'signal'>,
  undo: (() => unknown)[],
): Promise<{ socket: string }> {
  const socket = socketPath(io.env);
  const onDoubt = (owner: Owner) => tell(`A labwalk (${describeOwner(owner)}) may have the workspace; waiting for a sign of life`);
  const taken = await takeLock(workspace.private, socket, { onDoubt, signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    const { folder, private: own } = workspace;
    throw refused(`The workspace ${folder} can't be used`, lockFile(own), error, { own, or: otherFolder });
  });
  if ('owner' in taken) throw new WorkspaceTaken(workspace.folder, taken.owner);
  undo.push(andBeforeLeaving(() => taken.lock.release(), io));
  return { socket };
}

const tellOn =
  ({ err }: Io) =>
  (text: string) =>
    void err.write(`${text}\n`);

async function openCloudOf(
  { lab, keys, sandbox, io, tell = tellOn(io), signal = io.interrupts().soft }: SessionOptions,
  workspace: Workspace,
  cloud: Pick<CloudOptions, 'mode' | 'idle' | 'scenario' | 'credentials'>,
  undo: (() => unknown)[],
): Promise<OpenCloud> {
  const opening = new AbortController();
  const giveUp = () => opening.abort(signal.reason);
  signal.addEventListener('abort', giveUp);
  try {
    signal.throwIfAborted();
    const opened = await openCloud({
      lab,
      ...cloud,
      workspace,
      ...(keys ? { keys } : {}),
      ...(sandbox ? { sandbox } : {}),
      io,
      tell,
      signal: opening.signal,
    });
    undo.push(() => opened.close());
    return opened;
  } finally {
    // once it is open, an interrupt must leave it: the clean-up needs it
    signal.removeEventListener('abort', giveUp);
  }
}

const findSteps = ({ steps }: CheckRequest, lab: Lab): Step[] =>
  steps.map((id) => lab.steps.find((step) => step.id === id)).filter((step) => step !== undefined);

/** Another labwalk asks for checks: it gets the events of its own checks; the reports of this one don't. */
async function answerCheck(
  request: CheckRequest,
  say: (message: OwnerAnswer) => void,
  run: Run,
  lab: Lab,
  signal: AbortSignal,
): Promise<void> {
  let code: ExitCode = exitCode.good;
  for (const { id } of findSteps(request, lab)) {
    if (signal.aborted) return;
    const { outcome } = await run.check(id, { listen: say, signal });
    if (outcome === 'failed') code = exitCode.failed;
  }
  say({ type: 'done', exitCode: code });
}
