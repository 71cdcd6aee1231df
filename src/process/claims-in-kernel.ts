import net from 'node:net';
import { errorCode } from '../files/error-code.ts';
import type { ClaimPort } from './claim-port.ts';

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
