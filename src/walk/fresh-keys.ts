/** Keys that are about to expire are asked for again before a command that needs them, not while it runs. */
import type { Lab, Mode, Step } from '../lab/types.ts';
import { stepNeedsAws } from '../lab/facts/needs-aws.ts';
import type { WalkDependencies } from './dependencies.ts';
import { said } from './questions.ts';
import type { WalkTask } from './tasks.ts';

/** Keys that count for less than this are asked for again, in milliseconds: a deploy may take some minutes. */
const enoughMs = 5 * 60_000;

/** How the keys stand that were given last; `fresh` also where nobody knows. */
export function ageOfKeys(expires: string | undefined, now: number): 'fresh' | 'late' | 'expired' {
  if (expires === undefined) return 'fresh';
  const left = Date.parse(expires) - now;
  return left <= 0 ? 'expired' : left < enoughMs ? 'late' : 'fresh';
}

/** Whether the keys that the step needs have expired, or nearly so. */
export const needFreshKeys = (step: Step, { state, now }: Pick<WalkDependencies, 'state' | 'now'>): boolean =>
  stepNeedsAws(step) && ageOfKeys(state().credentials?.expires, now()) !== 'fresh';

/** Asks for new keys. Says whether the step's action can begin: without new ones it can as long as the old ones count. */
export async function haveFreshKeys(step: Step, deps: WalkDependencies, task: WalkTask): Promise<boolean> {
  const { credentials, mode } = deps.state();
  const age = ageOfKeys(credentials?.expires, deps.now());
  const services = servicesOf(step, deps.lab);
  let refused: string | undefined = said.keysExpire(credentials?.expires ?? '', age === 'expired');
  for (;;) {
    const question: { for: readonly string[]; mode: Mode; refused: string } = { for: services, mode, refused };
    const answer = await task.wait(undefined, () => deps.learner.askKeys(question));
    if (answer === undefined) {
      if (age === 'expired') deps.say('info', said.noKeys);
      return age === 'late';
    }
    const keys = answer === 'given' ? undefined : answer;
    const result = await task.work({ what: 'credentials', text: `keys for ${services.join(', ')}` }, () =>
      deps.run.giveKeys(services, step.id, keys),
    );
    if (result.refused === undefined) return !task.signal.aborted;
    refused = refusalOf(deps, step, result.refused);
  }
}

/** Why keys were refused, with what to do where the diagnosis has it. */
export function refusalOf({ state }: Pick<WalkDependencies, 'state'>, step: Pick<Step, 'id'>, message: string): string {
  const diagnosis = state().diagnoses.find((known) => known.step === step.id);
  return diagnosis?.sentence === message ? [message, ...diagnosis.fix].join('\n') : message;
}

/** What the question for keys asks for that stands nearest above or in the step. */
function servicesOf(step: Step, lab: Lab): readonly string[] {
  const above = lab.steps.slice(0, lab.steps.indexOf(step) + 1);
  return above.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'credentials' ? [part.for] : []))).at(-1) ?? [];
}
