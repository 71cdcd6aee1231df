/** The learner has exported keys in the lab's terminal: they are looked at, the result is told, and good ones do what the step asks for. */
import type { Step } from '../../lab/types.ts';
import { isForOtherMode } from '../../lab/facts/modes.ts';
import { tellGiven } from '../step/give-keys.ts';
import type { RunContext } from '../run-context.ts';
import { secretsIn } from '../../secrets/environment.ts';
import { takeOver } from '../step/start-stretch.ts';
import { hasAction, isDone, type ActionStretch } from '../step/step-records.ts';
import type { StepWork } from '../step/step-work.ts';

/** The question for keys that the step has open. */
export function openQuestion({ record, context }: Pick<StepWork, 'record' | 'context'>): ActionStretch | undefined {
  return record.stretches
    .filter(hasAction)
    .find(
      (stretch) =>
        stretch.action.kind === 'credentials' && !isForOtherMode(stretch.action, context.mode) && !isDone(stretch, record, context.mode),
    );
}

export async function takeTypedKeys(work: StepWork): Promise<void> {
  const { step, context, signal } = work;
  const { cloud, terminal, redactor, emit } = context;
  const env = await terminal.variables();
  redactor.add(secretsIn(env));
  const diagnosis = await cloud.diagnose?.(servicesFor(step, context), env, signal);
  if (!diagnosis || signal.aborted) return;
  emit({ type: 'credentials-diagnosed', ...diagnosis }, step.id);
  if (diagnosis.cause !== 'fine') return;
  const { account = '', arn = '', region = '', expires } = diagnosis;
  tellGiven({ account, arn, region, ...(expires === undefined ? {} : { expires }) }, step.id, context);
  const question = openQuestion(work);
  if (question) await takeOver(work, question, {});
}

/** What the keys must be good for: what the question asks that stands nearest, in this step or above it. */
export function servicesFor(step: Pick<Step, 'id'>, { lab }: Pick<RunContext, 'lab'>): readonly string[] {
  const at = lab.steps.findIndex(({ id }) => id === step.id);
  const asked = lab.steps.slice(0, at + 1).flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'credentials' ? [part.for] : [])));
  return asked.at(-1) ?? [];
}
