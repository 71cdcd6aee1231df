import { latestServices } from './needed-services.ts';
import type { RunContext } from '../run-context.ts';
import { ServiceError } from './services.ts';
import { startLabService } from './start-service.ts';
import { rememberedDirectory, serviceStart } from './start-service-action.ts';

const never = new AbortController().signal;

/**
 * Starts, ends or restarts a service as the lab's text up to this step has it: where it was last time, else where the lab's terminal is. One that
 * the learner has typed goes on as labwalk's own after a restart; its terminal stays. Rejects with a ServiceError.
 */
export async function controlService(
  name: string,
  what: 'start' | 'stop' | 'restart',
  step: string,
  context: RunContext,
  signal = never,
): Promise<void> {
  const { services, lab } = context;
  if (what === 'stop') return services.stop(name);
  if (signal.aborted) throw new ServiceError('stopped', `The service ${name} was stopped before it was started.`);
  if (what === 'start' && services.isActive(name)) return;
  const action = latestServices(lab, step).get(name);
  if (!action) throw new Error(`the lab has no service "${name}" up to the step "${step}"`);
  const directory = services.directory(name) ?? rememberedDirectory(name, context);
  await startLabService(await serviceStart(action, step, context, never, directory), step, context);
}
