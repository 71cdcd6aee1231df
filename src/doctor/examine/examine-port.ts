import { isPortFree, portOwner, type PortOwner } from '../../process/ports.ts';
import type { Finding } from '../finding.ts';

export interface PortFacts {
  free: boolean;
  owner?: PortOwner;
}

export async function lookAtPort(port: number): Promise<PortFacts> {
  if (await isPortFree(port)) return { free: true };
  const owner = portOwner(port);
  return { free: false, ...(owner ? { owner } : {}) };
}

export function judgePort(port: number, { free, owner }: PortFacts): Finding {
  const about = { id: `port-${port}`, name: `Port ${port}` };
  if (free) return { ...about, status: 'ok', found: 'free' };
  const found = owner ? `in use by ${owner.name} (pid ${owner.pid})` : 'in use';
  return {
    ...about,
    status: 'warning',
    found,
    why: 'The lab takes the next free port; addresses in its text follow.',
    ...(owner ? { fix: `To have this one, end that program:\n  kill ${owner.pid}` } : {}),
  };
}
