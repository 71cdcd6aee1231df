import type { Route } from '../checks/check.ts';

/** Whether the emulator answers for this host: every name of AWS's, the deployed APIs' included. */
export function isAwsHost(host: string): boolean {
  return /\.(amazonaws\.com|amazoncognito\.com)$/i.test(host);
}

const defaultPorts: Record<string, number> = { 'http:': 80, 'https:': 443 };

/**
 * Where a request of labwalk's own goes in sandbox mode. AWS's names have no address here, so they are asked at the emulator,
 * which knows them by the Host header; every other address is what it says.
 */
export function routeRequest(url: URL, emulatorPort: number): Route {
  if (isAwsHost(url.hostname)) return { protocol: 'http:', host: '127.0.0.1', port: emulatorPort, hostHeader: url.host };
  return {
    protocol: url.protocol === 'https:' ? 'https:' : 'http:',
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (defaultPorts[url.protocol] ?? 80),
    hostHeader: url.host,
  };
}
