/**
 * Ports that labwalk has chosen for a lab and that no service listens on yet. Another labwalk on this machine would find them free and choose
 * them, too; so each chosen port is claimed.
 */
import net from 'node:net';
import { errorCode } from '../files/error-code.ts';
import type { ClaimPort } from './claim-port.ts';
import { claimInFiles } from './claims-in-files.ts';
import { isPortFree } from './ports.ts';

export interface PortClaim {
  port: number;
  release(): void;
}

/**
 * Claims to ports that the kernel keeps: sockets with an abstract name (unix(7), Linux only). They count where ports count, in a network
 * namespace: for other users, and for the containers of a pod, which share the network and no folder. They end with their process.
 */
export const claimInKernel: ClaimPort = (port) =>
  new Promise((resolve) => {
    const server = net.createServer((connection) => connection.destroy());
    // Without a file descriptor left, say, there are no claims: the port is free all the same.
    server.once('error', (error) => resolve(errorCode(error) === 'EADDRINUSE' ? undefined : () => {}));
    server.listen(`\0labwalk-port-${port}`, () => resolve(() => void server.close()));
    server.unref();
  });

const claimHere = process.platform === 'linux' ? claimInKernel : claimInFiles();

/**
 * Claims the first port at or after the given one that is free and that no other living process has claimed.
 *
 * @param claim how claims are kept; the way of this system, where not given
 * @throws RangeError where there is none up to 65535
 */
export async function claimFreePort(from: number, claim: ClaimPort = claimHere): Promise<PortClaim> {
  for (let port = from; port <= 65_535; port++) {
    if (!(await isPortFree(port))) continue;
    const release = await claim(port);
    if (release) return { port, release };
  }
  throw new RangeError(`there is no free port from ${from} to 65535`);
}
