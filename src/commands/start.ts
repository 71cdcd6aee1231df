/** `labwalk` and `labwalk start [LAB]`. What the first picture does not need is loaded after it: the lab, the engine, the cloud. */
import type { Arguments } from '../command-line.ts';
import { exitCode, type ExitCode } from '../errors.ts';
import type { LabCard } from '../tui/tui-options.ts';
import type { Learner, Preview, Walk } from '../walk/walk-types.ts';
import { findLab } from '../session/labs/find-lab.ts';
import type { Io } from '../session/io.ts';
import { readListedLabs, type ListedLab } from '../session/labs/listed-labs.ts';
import { makesLinks } from '../tui/outer/terminal-links.ts';

/** The lab that runs where nobody can choose one. */
const flagship = 'chalice';

/** A person goes through a lab: on a screen, line by line, or, where there is no terminal, the lab goes by itself. */
export async function startCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const lab = args.words[0] === undefined ? undefined : nameLab(args.words[0], io);
  const way = chooseWay(args, io);
  if (way === 'unattended') return runUnattended(lab ?? flagship, args, io);
  const { labs: listed, broken, unread } = await readListedLabs(args.workspace, io);
  // of the lab that is named, the walk itself tells it
  for (const text of lab === undefined ? [...broken, ...unread] : broken) io.err.write(`${text}\n`);
  const common = { ...(lab === undefined ? {} : { lab }), labs: listed.map(drawCard) };
  const opener = createOpener(args, io, way);
  try {
    const code = way === 'plain' ? await startPlain(common, opener, io) : await startScreen(common, opener, io);
    return io.interrupts().soft.aborted ? exitCode.interrupted : asExitCode(code);
  } finally {
    await opener.close();
  }
}

/** A wrong name is told before a screen is opened. A lab that ships goes by its name, also where it was given as a path. */
function nameLab(word: string, { root, cwd }: Io): string {
  const { name, shipped } = findLab(word, root, cwd);
  return shipped ? name : word;
}

/** A terminal that says nothing of itself (no TERM) can't be trusted to move its cursor. */
export function chooseWay(
  { plain }: Pick<Arguments, 'plain'>,
  { terminal, env }: Pick<Io, 'terminal' | 'env'>,
): 'screen' | 'plain' | 'unattended' {
  if (plain) return 'plain';
  if (!terminal.isThere) return 'unattended';
  return (env['TERM'] ?? 'dumb') === 'dumb' || env['TERM'] === '' ? 'plain' : 'screen';
}

async function runUnattended(lab: string, args: Arguments, io: Io): Promise<ExitCode> {
  const mode = args.mode ?? 'sandbox';
  io.err.write(
    `There is no terminal here to walk through a lab, so this is \`labwalk run ${lab} --${mode}\`. \`labwalk --help\` shows all commands.\n`,
  );
  const { runCommand } = await import('./run.ts');
  return runCommand({ ...args, command: 'run', words: [lab], mode }, io);
}

interface Common {
  lab?: string;
  labs: LabCard[];
}

async function startScreen(common: Common, { open }: Opener, io: Io): Promise<number> {
  const { startTui } = await import('../tui/start-tui.tsx');
  const { env, version, now, terminal, out } = io;
  return startTui({
    ...common,
    stdin: terminal.stdin,
    stdout: terminal.stdout,
    colour: out.colour,
    unicode: out.unicode,
    links: makesLinks(env),
    version,
    env,
    now,
    open,
    signal: io.interrupts().soft,
    insist: io.insist,
    beforeLeaving: io.beforeLeaving,
  });
}

async function startPlain(common: Common, { open }: Opener, io: Io): Promise<number> {
  const { runPlain } = await import('../plain/run-plain.ts');
  return runPlain({ ...common, open, io });
}

const asExitCode = (code: number): ExitCode => Object.values(exitCode).find((known) => known === code) ?? exitCode.failed;

/** How drivers get at a lab; and what they opened is closed with the program, also where a driver broke off in the middle of opening. */
interface Opener {
  open(
    lab: string,
    learner: Learner,
    tell: (text: string) => void,
    preview?: (preview: Preview) => Promise<void>,
  ): Promise<Walk | undefined>;
  close(): Promise<void>;
}

function createOpener(args: Arguments, io: Io, way: 'screen' | 'plain'): Opener {
  const leaving = new AbortController();
  const opened: Promise<Walk | undefined>[] = [];
  const works: Promise<unknown>[] = [];
  return {
    async open(lab, learner, tell, preview) {
      const { openLab } = await import('../session/open-lab.ts');
      return openLab(lab, {
        learner,
        tell,
        ...(preview ? { preview } : {}),
        args,
        io,
        screen: way === 'screen',
        leaving: leaving.signal,
        onOpening: (walk) => opened.push(walk.catch(() => undefined)),
        onWork: (work) => works.push(work),
      });
    },
    async close() {
      leaving.abort(new Error('labwalk is ending'));
      await Promise.all(works);
      for (const walk of await Promise.all(opened)) await walk?.close();
    },
  };
}

function drawCard({ summary: { name, title, summary, duration, tasks }, steps, progress }: ListedLab): LabCard {
  const at = progress.shownStep ?? progress.lastStep;
  const titles = new Map(tasks.map((task) => [task.id, task.title]));
  const withTitles = steps.map((step) => ({ ...step, task: titles.get(step.task) ?? step.task }));
  return { name, title, summary, duration, steps: withTitles, ...(at === undefined ? {} : { at }) };
}
