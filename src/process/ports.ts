/** Who listens on a port, and which ports are free. */
import net from 'node:net';
import { listenersOf, type PortOwner } from './listeners.ts';
import { patience } from './patience.ts';

export type { PortOwner } from './listeners.ts';

/** The process that listens on this TCP port; nothing where there is none, or where it belongs to another user. */
export function portOwner(port: number): PortOwner | undefined {
  for (const listener of listenersOf(port)) {
    const owner = listener.owner();
    if (owner) return owner;
  }
  return undefined;
}

/** Whether a server could listen there now. */
export async function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  // macOS lets a server listen on 127.0.0.1 although another one has the port on all addresses; so it is asked first.
  return !(await isAnswering(port, host)) && (await canListen(port, host));
}

/** Whether somebody accepts connections there. */
export const isAnswering = async (port: number, host?: string): Promise<boolean> => (await answeringAddress(port, host)) !== undefined;

/** How long a connection may take, in milliseconds. */
const connectMs = 1000;

/** The address at which somebody accepts connections: a host's name may stand for several. Undefined where nobody does. */
export function answeringAddress(port: number, host = '127.0.0.1'): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host });
    const end = (address?: string) => {
      socket.destroy();
      resolve(address);
    };
    socket.setTimeout(patience(connectMs), () => end());
    socket.once('connect', () => end(socket.remoteAddress));
    socket.once('error', () => end());
  });
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
