import { checksOf } from '../../lab/facts/check-scripts.ts';
import { expandDollar, expandInput } from '../../lab/facts/expand.ts';
import type { Lab, Part, ServiceAction, Step } from '../../lab/types.ts';
import { readiness } from './start-service-action.ts';

/** The services of the lab by their names, as its text up to the end of this step has them, or up to these parts of it. */
export function latestServices(lab: Lab, step: string, own?: readonly Part[]): Map<string, ServiceAction> {
  const { places, services } = servicesOf(lab);
  const end = places.get(step) ?? lab.steps.length;
  const latest = new Map<string, ServiceAction>();
  for (const { at, service } of services) if (at < end || (at === end && own === undefined)) latest.set(service.name, service);
  for (const part of own ?? []) if (part.kind === 'service') latest.set(part.name, part);
  return latest;
}

interface LabServices {
  /** Each step's place in the lab, by its id. */
  places: ReadonlyMap<string, number>;
  /** In the order of the text, each with its step's place. */
  services: readonly { at: number; service: ServiceAction }[];
}

/** Found once for each lab: it is asked several times a step, and a lab may have many. */
const found = new WeakMap<Lab, LabServices>();

function servicesOf(lab: Lab): LabServices {
  const known = found.get(lab) ?? {
    places: new Map(lab.steps.map(({ id }, at) => [id, at])),
    services: lab.steps.flatMap(({ parts }, at) => parts.flatMap((part) => (part.kind === 'service' ? [{ at, service: part }] : []))),
  };
  found.set(lab, known);
  return known;
}

/**
 * The services that a step's checks look at, as the lab has them by then: the step's own, those whose log is checked, and those
 * whose address stands in a check. The step may be given with some of its parts only.
 */
export function neededServices(
  lab: Lab,
  step: Pick<Step, 'id'> & { parts: readonly Part[] },
  variables: Record<string, string>,
): ServiceAction[] {
  const latest = latestServices(lab, step.id, step.parts);
  const uses = checksOf([step]);
  return [...latest.values()].filter((service) => {
    if (step.parts.includes(service)) return true;
    const address = addressOf(service, variables);
    return uses.some(({ input }) => {
      const expanded = expandInput(input, variables);
      return mentions(expanded, `"service":${JSON.stringify(service.name)}`) || (address !== undefined && mentions(expanded, address));
    });
  });
}

/**
 * Whether a step looks at a service that was started before it, in a check or by a command, before it starts the service anew. Where nobody can say,
 * it does.
 */
export function usesEarlier(lab: Lab, { id, parts }: Step, service: ServiceAction, variables: Record<string, string>): boolean {
  const restart = parts.findIndex((part) => part.kind === 'service' && part.name === service.name);
  const before = restart === -1 ? parts : parts.slice(0, restart);
  const port = addressOf(service, variables)?.split(':').at(-1);
  if (port === undefined) return restart === -1;
  return (
    neededServices(lab, { id, parts: before }, variables).some(({ name }) => name === service.name) || before.some(asks(port, variables))
  );
}

const asks = (port: string, variables: Record<string, string>) => (part: Part) =>
  part.kind === 'run' && new RegExp(`(?<!\\d)${port}(?!\\d)`).test(expandDollar(part.script, variables));

/** Whether a check's input, its variables put in, has this text somewhere in its JSON. */
export const mentions = (input: unknown, text: string): boolean => (JSON.stringify(input) ?? '').includes(text);

/** `localhost:8080`, where its readiness tells. */
export function addressOf(service: ServiceAction, variables: Record<string, string>): string | undefined {
  const ready = readiness(service, variables);
  if (ready?.kind === 'url') return URL.canParse(ready.url) ? new URL(ready.url).host : undefined;
  return ready?.kind === 'port' ? `localhost:${ready.port}` : undefined;
}
