import { UserError } from '../../errors.ts';
import type { Cloud, Inventory } from './cloud.ts';

/** For labs that need nothing of AWS: no emulator is started, no account asked. */
export function createNoCloud(env: Record<string, string>): Cloud {
  return {
    mode: 'sandbox',
    env,
    secrets: [],
    route: directRoute,
    identify: () => Promise.reject(new UserError('This lab needs nothing of AWS.')),
    resources: () => nothing,
    inventory: () => nothing,
    giveCredentials: noKeys,
    tryCredentials: noKeys,
  };
}

const nothing: Inventory = {
  kinds: [],
  find: () => Promise.resolve([]),
  list: () => Promise.resolve([]),
  delete: () => Promise.resolve(),
  byHand: () => '',
};

const noKeys = () => Promise.reject(new Error('a lab that needs credentials needs a cloud'));

/** The address as it stands. */
export function directRoute(url: URL): ReturnType<Cloud['route']> {
  const protocol = url.protocol === 'https:' ? 'https:' : 'http:';
  const port = Number(url.port) || (protocol === 'https:' ? 443 : 80);
  return { protocol, host: url.hostname, port, hostHeader: url.host };
}
