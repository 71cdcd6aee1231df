import type { CommandSeen } from '../../checks/check.ts';
import type { RunAction } from '../../lab/types.ts';
import { splitCommands } from '../../terminal/shell/split-commands.ts';
import { hasFailed, firstLine, judgeEnding } from './judge-ending.ts';
import type { Ran } from '../terminals/lab-terminal.ts';
import type { ActionResult, RunContext } from '../run-context.ts';

type Script = Pick<RunAction, 'place' | 'script' | 'timeout' | 'expect' | 'expectOutput' | 'capture'>;

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
    if (hasFailed(ran)) break;
    outputs.set(index, ran.output);
  }
  if (signal.aborted) return { result: { outcome: 'interrupted' }, outputs };
  if (!last) return { result: { outcome: 'done' }, outputs };

  const seen: CommandSeen = { text: last.text, status: last.ran.status, output };
  if (last.ran.outage) {
    const message = `\`${firstLine(last.text)}\` failed because the AWS sandbox stopped while it ran.`;
    return { result: { outcome: 'failed', message, machine: true }, seen, outputs };
  }
  const ending = { ...last.ran, text: last.text, all: output };
  const message = await judgeEnding(action, ending, { ...context, signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  if (isCut(signal)) return { result: { outcome: 'interrupted' }, outputs };
  if (message) return { result: { outcome: 'failed', message }, seen, outputs };
  if (action.capture) await capture(action.capture, output, step, context);
  return { result: { outcome: 'done' }, seen, outputs };
}

/** Keeps the output as a variable, in the lab's terminal, too. */
export async function capture(name: string, output: string, step: string, context: RunContext): Promise<void> {
  const value = output.trim();
  context.variables[name] = value;
  await context.terminal.set({ [name]: value });
  context.emit({ type: 'variable-set', name, value }, step);
}

/** Asked again after a wait: TypeScript has narrowed `signal.aborted` to false. */
const isCut = (signal: AbortSignal): boolean => signal.aborted;
