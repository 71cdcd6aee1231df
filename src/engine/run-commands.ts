import type { CommandSeen } from '../checks/check.ts';
import type { RunAction } from '../lab/types.ts';
import { formatDuration } from '../text/duration.ts';
import { splitCommands } from '../terminal/split-commands.ts';
import type { Ran } from './lab-terminal.ts';
import type { ActionResult, RunContext } from './run-context.ts';

type Script = Pick<RunAction, 'script' | 'timeout' | 'expect' | 'capture'>;

/**
 * Types the commands of a fence into the lab's terminal one by one; the first that fails ends the fence. `typed` has the output of those
 * that the learner has typed already, by their place in the fence: they are not done again. `outputs` are those of all that need not be
 * done again.
 */
export async function runCommands(
  action: Script,
  step: string,
  context: RunContext,
  signal: AbortSignal,
  typed?: ReadonlyMap<number, string>,
): Promise<{ result: ActionResult; seen?: CommandSeen; outputs: Map<number, string> }> {
  const commands = await splitCommands(action.script, { bash: context.bash });
  const outputs = new Map(typed);
  let output = '';
  let last: { text: string; ran: Ran } | undefined;
  for (const [index, { text }] of commands.entries()) {
    const known = typed?.get(index);
    output += known ?? '';
    if (known !== undefined) continue;
    if (signal.aborted) return { result: { outcome: 'interrupted' }, outputs };
    const ran = await context.terminal.run(text, step, action.timeout);
    output += ran.output;
    last = { text, ran };
    if (failed(ran)) break;
    outputs.set(index, ran.output);
  }
  if (signal.aborted) return { result: { outcome: 'interrupted' }, outputs };
  if (!last) return { result: { outcome: 'done' }, outputs };

  const seen: CommandSeen = { text: last.text, status: last.ran.status, output };
  if (last.ran.outage) {
    const message = `\`${firstLine(last.text)}\` failed because the AWS sandbox stopped while it ran.`;
    return { result: { outcome: 'failed', message, machine: true }, seen, outputs };
  }
  const message = judge(action, last.text, last.ran);
  if (message) return { result: { outcome: 'failed', message }, seen, outputs };
  if (action.capture) await capture(action.capture, output, step, context);
  return { result: { outcome: 'done' }, seen, outputs };
}

/** Whether a command ends its fence, however the lab wants it to end. */
export const failed = (ran: Pick<Ran, 'status' | 'ended'>): boolean =>
  ran.status !== 0 || ran.ended === 'timeout' || ran.ended === 'stopped';

/** Says what is wrong with how the fence ended; nothing where it ended as the lab expects. */
export function judge(action: Script, text: string, ran: Pick<Ran, 'status' | 'ended'>): string | undefined {
  const command = firstLine(text);
  if (ran.ended === 'timeout') {
    const after = action.timeout === undefined ? '' : ` after ${formatDuration(action.timeout)}`;
    return `\`${command}\` was still running${after} and was ended with everything it had started.`;
  }
  if (ran.ended === 'stopped') return `\`${command}\` was stopped.`;
  if (action.expect === undefined)
    return ran.status === 0 ? undefined : `\`${command}\` ended with status ${ran.status}.${adviceFor(ran, command)}`;
  if (action.expect === 'fail') return ran.status === 0 ? `\`${command}\` should have failed here, but it worked.` : undefined;
  return ran.status === action.expect
    ? undefined
    : `\`${command}\` should have ended with status ${action.expect}, but it ended with ${ran.status}.`;
}

/** What the shell's own statuses mean. */
function adviceFor(ran: Pick<Ran, 'status'>, command: string): string {
  const [tool] = command.split(/\s/, 1);
  if (ran.status === 127) return ` The shell did not find it: is ${tool} installed, and is the virtual environment active?`;
  if (ran.status === 126) return ` The shell may not run it: is ${tool} executable?`;
  if (ran.status > 128 && ran.status < 160) return ` A signal ended it.`;
  return '';
}

const firstLine = (text: string) => {
  const [line = '', ...more] = text.trim().split('\n');
  return more.length > 0 ? `${line} …` : line;
};

/** Keeps the output as a variable, in the lab's terminal, too. */
export async function capture(name: string, output: string, step: string, context: RunContext): Promise<void> {
  const value = output.trim();
  context.variables[name] = value;
  await context.terminal.set({ [name]: value });
  context.emit({ type: 'variable-set', name, value }, step);
}
