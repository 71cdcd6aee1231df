import path from 'node:path';
import type { ServiceAction } from '../../lab/types.ts';
import { expandDollar } from '../../lab/facts/expand.ts';
import type { ActionResult, RunContext } from '../run-context.ts';
import { startLabService } from './start-service.ts';
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
  try {
    await startLabService(await serviceStart(action, step, context, signal, directory), step, context);
    return { outcome: 'done' };
  } catch (error) {
    if (signal.aborted) return { outcome: 'interrupted' };
    if (error instanceof ServiceError) return { outcome: 'failed', message: error.message };
    throw error;
  }
}

/** What starting the service means now: in the given directory, or where the lab's terminal is. */
export async function serviceStart(
  action: ServiceAction,
  step: string,
  { terminal, variables }: RunContext,
  signal: AbortSignal,
  directory?: string,
): Promise<ServiceStart> {
  const ready = readiness(action, variables);
  return {
    name: action.name,
    script: action.script,
    directory: directory ?? (await terminal.directory()),
    env: await terminal.variables(),
    ...(ready ? { ready } : {}),
    timeoutMs: action.timeout ?? PATIENCE,
    step,
    signal,
  };
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

/** Absolute path of where an earlier run started the service last. */
export function rememberedDirectory(
  service: string,
  { remembered, workspace }: Pick<RunContext, 'remembered' | 'workspace'>,
): string | undefined {
  const directory = remembered.serviceDirectory(service);
  return directory === undefined ? undefined : path.resolve(workspace.folder, directory);
}
