/** Where the outside comes in: arguments, environment, streams; and where it ends: the exit code. */
import path from 'node:path';
import { commands, helpText, parseCommandLine, type Arguments, type CommandName } from './command-line.ts';
import type { Io } from './commands/io.ts';
import { exitCode, UserError, type ExitCode } from './errors.ts';
import { createInterrupts } from './commands/interrupts.ts';
import { createOut } from './commands/streams.ts';

const load: Record<CommandName, () => Promise<(args: Arguments, io: Io) => Promise<ExitCode>>> = {
  run: async () => (await import('./commands/run.ts')).runCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  list: async () => (await import('./commands/list.ts')).listCommand,
  lint: async () => (await import('./commands/lint.ts')).lintCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  clean: async () => (await import('./commands/clean.ts')).cleanCommand,
};

/** The lab that runs when no command is given. */
const flagship = 'chalice';

/**
 * Runs the program and returns its exit code; the caller ends the process.
 * @param about where labwalk lies and which version it is
 */
export async function main(argv: readonly string[], about: { root: string; version: string }): Promise<ExitCode> {
  const env = definedOnly(process.env);
  // the AWS SDK would tell learners about the end of Node 20; there is no other switch for it
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const colour = !argv.includes('--no-color') && !env['NO_COLOR'];
  const out = createOut(process.stdout, env, colour);
  const err = createOut(process.stderr, env, colour);
  try {
    const parsed = parseCommandLine(argv);
    if (parsed === 'version') return say(out.write, `${about.version}\n`);
    if (parsed === 'help') return say(out.write, helpText());
    const args = parsed ?? withoutCommand(err.write);
    if (args.help) return say(out.write, helpText(args.command));
    const io: Io = {
      env,
      cwd: process.cwd(),
      root: path.resolve(about.root),
      version: about.version,
      out,
      err,
      now: Date.now,
      interrupts: createInterrupts(process),
    };
    const command = await load[args.command]();
    return await command(args, io);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    err.write(`${error.what}${error.fix ? `\n${error.fix}` : ''}\n`);
    return error.exitCode;
  }
}

/** The flagship in the sandbox, and says so: what works in a pipe, in CI, and where there is no terminal. */
function withoutCommand(write: (text: string) => void): Args {
  write(`No command given: this is \`labwalk run ${flagship}\` in the sandbox. \`labwalk --help\` shows all commands.\n`);
  return parseCommandLine(['run', flagship, '--sandbox']) as Args;
}

type Args = Arguments;

const say = (write: (text: string) => void, text: string): ExitCode => {
  write(text);
  return exitCode.good;
};

const definedOnly = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));

export { commands };
