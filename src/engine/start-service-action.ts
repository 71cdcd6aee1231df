import type { ServiceAction } from '../lab/types.ts';
import { expandDollar } from '../lab/expand.ts';
import type { ActionResult, RunContext } from './run-context.ts';
import { ServiceError, type ServiceStart } from './services.ts';

const PATIENCE = 30_000;

/** Starts the service where the lab's terminal is, with its exported variables of this moment. */
export async function startServiceAction(
  action: ServiceAction,
  step: string,
  context: RunContext,
  signal: AbortSignal,
  directory?: string,
): Promise<ActionResult> {
  const ready = readiness(action, context.variables);
  try {
    await context.services.start({
      name: action.name,
      script: action.script,
      directory: directory ?? (await context.terminal.directory()),
      env: await context.terminal.variables(),
      ...(ready ? { ready } : {}),
      timeoutMs: action.timeout ?? PATIENCE,
      step,
      signal,
    });
    return { outcome: 'done' };
  } catch (error) {
    if (signal.aborted) return { outcome: 'interrupted' };
    if (error instanceof ServiceError) return { outcome: 'failed', message: error.message };
    throw error;
  }
}

/** The readiness of a service with the lab's variables put in. */
export function readiness(action: ServiceAction, variables: Record<string, string>): ServiceStart['ready'] {
  const { ready } = action;
  if (!ready) return undefined;
  switch (ready.kind) {
    case 'url':
      return { kind: 'url', url: expandDollar(ready.url, variables) };
    case 'port':
      return { kind: 'port', port: Number(expandDollar(ready.port, variables)) };
    case 'log':
      return ready;
  }
}
