import { expandInput } from '../lab/expand.ts';
import type { Lab, ServiceAction, Step } from '../lab/types.ts';
import { readiness } from './start-service-action.ts';

/**
 * The services that a step's checks look at, as the lab has them by then: the step's own, those whose log is checked, and those
 * whose address stands in a check.
 */
export function neededServices(lab: Lab, step: Step, variables: Record<string, string>): ServiceAction[] {
  const latest = new Map<string, ServiceAction>();
  for (const other of lab.steps) {
    for (const part of other.parts) if (part.kind === 'service') latest.set(part.name, part);
    if (other.id === step.id) break;
  }
  const uses = step.parts.flatMap((part) => (part.kind === 'checks' ? part.checks : []));
  return [...latest.values()].filter((service) => {
    if (step.parts.includes(service)) return true;
    const address = addressOf(service, variables);
    return uses.some(({ input }) => {
      const text = JSON.stringify(expandInput(input, variables));
      return text.includes(`"service":${JSON.stringify(service.name)}`) || (address !== undefined && text.includes(address));
    });
  });
}

function addressOf(service: ServiceAction, variables: Record<string, string>): string | undefined {
  const ready = readiness(service, variables);
  if (ready?.kind === 'url') return URL.canParse(ready.url) ? new URL(ready.url).host : undefined;
  return ready?.kind === 'port' ? `localhost:${ready.port}` : undefined;
}
