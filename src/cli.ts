/** Where the outside comes in: arguments, environment, streams; and where it ends: the exit code. */
import { writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { helpText, parseCommandLine, type Arguments, type CommandName } from './command-line.ts';
import { exitAtOnce } from './session/interrupts/exit-at-once.ts';
import { createInterrupts, interruptingSignals } from './session/interrupts/interrupts.ts';
import { createLastActs } from './session/interrupts/last-acts.ts';
import type { Io, PersonTerminal } from './session/io.ts';
import { createOut, type StreamOut } from './session/streams.ts';
import { secretsIn } from './secrets/environment.ts';
import { createRedactor, type Redactor } from './secrets/redactor.ts';
import { exitCode, UserError, type ExitCode } from './errors.ts';
import { asUserError } from './files/refused.ts';

const load: Record<CommandName, () => Promise<(args: Arguments, io: Io) => Promise<ExitCode>>> = {
  start: async () => (await import('./commands/start.ts')).startCommand,
  run: async () => (await import('./commands/run.ts')).runCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  reset: async () => (await import('./commands/reset.ts')).resetCommand,
  diff: async () => (await import('./commands/diff.ts')).diffCommand,
  kept: async () => (await import('./commands/kept.ts')).keptCommand,
  list: async () => (await import('./commands/list.ts')).listCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  lint: async () => (await import('./commands/lint.ts')).lintCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  report: async () => (await import('./commands/report.ts')).reportCommand,
  verify: async () => (await import('./commands/verify.ts')).verifyCommand,
  clean: async () => (await import('./commands/clean.ts')).cleanCommand,
};

/** Starts other programs, and has nothing to clean up: it leaves at the first interrupt. */
const looksOnly: CommandName = 'doctor';

/** Commands that start something and clean up after it; the others just end. */
const cleansUp: ReadonlySet<CommandName> = new Set(['start', 'run', 'check', 'reset', 'verify', 'clean']);

/**
 * Runs the program and returns its exit code; the caller ends the process.
 * @param about where labwalk lies and which version it is
 */
export async function main(argv: readonly string[], about: { root: string; version: string }): Promise<ExitCode> {
  const env = definedOnly(process.env);
  // the AWS SDK would tell learners about the end of Node 20; there is no other switch for it
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const colour = !argv.includes('--no-color') && !env['NO_COLOR'];
  // This process' own keys count as known from the start; a Run adds those that it comes to know.
  const redactor = createRedactor(secretsIn(env));
  const out = createOut(process.stdout, env, colour);
  const err = redacted(createOut(process.stderr, env, colour), redactor);
  const tellCrash = (error: unknown) => {
    // the screen has a listener of its own, which puts the terminal back first
    if (process.listenerCount('uncaughtException') > 1) return;
    const code = tellError(error, err, about.version);
    void err.end().then(() => process.exit(code));
  };
  // Node itself would print the message and the stack as they are.
  process.on('uncaughtException', tellCrash);
  const code = await runProgram(argv, about, { env, out, err, redactor }).catch((error: unknown) => tellError(error, err, about.version));
  // all is cleaned up: a signal may end a wait for a reader that never reads
  for (const name of interruptingSignals) process.removeAllListeners(name);
  const taken = Promise.all([out.end(), err.end()]);
  await (code === exitCode.interrupted ? Promise.race([taken, sleep(readMs, undefined, { ref: false })]) : taken);
  process.off('uncaughtException', tellCrash);
  return code;
}

/** After an interrupt, who reads the output has this long for the rest of it, in milliseconds: they may have stopped to read. */
const readMs = 1000;

async function runProgram(
  argv: readonly string[],
  { root, version }: { root: string; version: string },
  { env, out, err, redactor }: Pick<Io, 'env' | 'redactor'> & { out: StreamOut; err: StreamOut },
): Promise<ExitCode> {
  const args = parseCommandLine(argv);
  if (args === 'version' || args === 'help') {
    out.write(args === 'version' ? `${version}\n` : helpText());
    return exitCode.good;
  }
  if (args.help) {
    out.write(helpText(args.command));
    return exitCode.good;
  }
  const lastActs = createLastActs();
  // Commands that start nothing start sooner without it.
  const endsWhatRuns = cleansUp.has(args.command) || args.command === looksOnly;
  const endings = endsWhatRuns ? await import('./session/interrupts/leave-at-once.ts') : undefined;
  const leave = (tell: (lines: readonly string[]) => void) => {
    tell(endings ? endings.leaveAtOnce(lastActs, env) : lastActs.perform());
    exitAtOnce();
  };
  const interrupts = createInterrupts(process, { handsOn: isPackageManagers(env), leave: () => leave(writeLines) });
  const io: Io = {
    env,
    cwd: process.cwd(),
    root: path.resolve(root),
    version,
    out,
    err,
    terminal: personTerminal(),
    now: Date.now,
    redactor,
    interrupts: interrupts.signals,
    takeCtrlC: interrupts.takeCtrlC,
    insist: interrupts.insist,
    beforeLeaving: lastActs.add,
  };
  // Ink draws nothing where it believes that nobody looks; whether somebody does, `terminal` says. `env` keeps what learners' commands see.
  if (args.command === 'start') for (const name of ['CI', 'CONTINUOUS_INTEGRATION']) delete process.env[name];
  const { soft, hard } = endsWhatRuns ? io.interrupts() : {};
  if (args.command === looksOnly) soft?.addEventListener('abort', () => leave(() => {}));
  // Whatever still waits for a command waits no more.
  hard?.addEventListener('abort', () => endings?.killOwnTerminals(env));
  try {
    const command = await load[args.command]();
    return await command(args, io);
  } catch (error) {
    if (!soft?.aborted) throw error;
    // an interrupt before there was anything to clean up
    err.write('Interrupted.\n');
    return exitCode.interrupted;
  }
}

/** Whether npm, or another package manager, has started the program: they set these variables for what they run. */
const isPackageManagers = (env: Io['env']) => env['npm_lifecycle_event'] !== undefined || env['npm_command'] !== undefined;

/** At once, since the program is about to leave; a reader that does not read is not waited for. */
function writeLines(lines: readonly string[]): void {
  try {
    writeSync(process.stderr.fd, lines.map((line) => `${line}\n`).join(''));
  } catch {
    // nobody reads it
  }
}

/** Where standard input is closed, merely to name it would throw: it is opened when somebody needs it. */
const personTerminal = (): PersonTerminal => ({
  isThere: isatty(0) && isatty(1),
  get stdin() {
    return process.stdin;
  },
  get stdout() {
    return process.stdout;
  },
});

/** Whatever goes wrong, its words may hold what nobody must see. */
const redacted = (stream: StreamOut, redactor: Redactor): StreamOut => ({
  ...stream,
  write: (text) => stream.write(redactor.redact(text)),
});

/** Says what went wrong, and gives the exit code. What the machine refused has no stack: it is no mistake of labwalk's. */
function tellError(error: unknown, err: StreamOut, version: string): ExitCode {
  const told = asUserError(error);
  err.write(told instanceof UserError ? `${told.what}${told.fix ? `\n${told.fix}` : ''}\n` : describeBug(error, version));
  return told instanceof UserError ? told.exitCode : exitCode.failed;
}

const describeBug = (error: unknown, version: string) =>
  `This is a mistake in labwalk ${version}, not yours. Please report it with what follows.\n${error instanceof Error ? error.stack : String(error)}\n`;

const definedOnly = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
