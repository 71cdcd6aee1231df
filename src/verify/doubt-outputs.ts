/** Checks that look at an output are made once more on outputs that a learner's mistake would give: one of them must fail. */
import type { Check, CheckContext, CommandSeen } from '../checks/check.ts';

export interface Doubting {
  /** To be given to a Run in place of its checks. */
  checks: ReadonlyMap<string, Check>;
  /** What made the check fail that ended last: nothing where none did. */
  doubtsOfLast(): readonly string[];
  /** Versions of the tools that were checked, by their names. */
  tools: Readonly<Record<string, string>>;
}

/** Other outputs, by what a learner would have done. */
const others: readonly { name: string; make(seen: CommandSeen): CommandSeen }[] = [
  { name: 'nothing was printed', make: (seen) => ({ ...seen, output: '' }) },
  {
    name: 'the command was not found',
    make: (seen) => ({ ...seen, status: 127, output: `bash: ${firstWord(seen)}: command not found\n` }),
  },
  { name: 'the command worked and printed nothing', make: (seen) => ({ ...seen, status: 0, output: '' }) },
];

const firstWord = ({ text }: CommandSeen) => text.trim().split(/\s+/, 1)[0] ?? '';

export function doubtOutputs(checks: ReadonlyMap<string, Check>): Doubting {
  let last: readonly string[] = [];
  const tools: Record<string, string> = {};
  const doubt = (check: Check): Check => ({
    ...check,
    async run(input, context) {
      last = [];
      const outcome = await check.run(input, context);
      if (check.looksAt === 'output' && outcome.passed && context.command) last = await findDoubts(check, input, context, context.command);
      if (outcome.passed && outcome.version !== undefined) tools[nameOf(input)] = outcome.version;
      return outcome;
    },
  });
  return { checks: new Map([...checks].map(([name, check]) => [name, doubt(check)])), doubtsOfLast: () => last, tools };
}

const nameOf = (input: unknown): string => (input as { name: string }).name;

async function findDoubts(check: Check, input: unknown, context: CheckContext, seen: CommandSeen): Promise<string[]> {
  const found: string[] = [];
  for (const { name, make } of others) {
    const outcome = await check.run(input, { ...context, command: make(seen) });
    if (!outcome.passed) found.push(name);
  }
  return found;
}
