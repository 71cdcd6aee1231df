/** Who listens on a port, and which ports are free. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import net from 'node:net';

export interface PortOwner {
  pid: number;
  /** The command's name: `python3`. */
  name: string;
}

/** The process that listens on this TCP port; nothing where there is none, or where it belongs to another user. */
export function portOwner(port: number): PortOwner | undefined {
  return process.platform === 'linux' ? ownerFromProc(port) : ownerFromLsof(port);
}

/** State of a listening socket in /proc/net/tcp. */
const listening = '0A';

function ownerFromProc(port: number): PortOwner | undefined {
  const sockets = new Set<string>();
  for (const file of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readOrNothing(file).split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      const hexPort = local?.split(':')[1];
      if (state === listening && inode && hexPort && parseInt(hexPort, 16) === port) sockets.add(`socket:[${inode}]`);
    }
  }
  if (sockets.size === 0) return undefined;
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name) && holdsOneOf(Number(name), sockets)) {
      return { pid: Number(name), name: nameOf(Number(name)) };
    }
  }
  return undefined;
}

function holdsOneOf(pid: number, sockets: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => {
      try {
        return sockets.has(readlinkSync(`/proc/${pid}/fd/${descriptor}`));
      } catch {
        return false;
      }
    });
  } catch {
    // Gone meanwhile, or another user's.
    return false;
  }
}

function nameOf(pid: number): string {
  return readOrNothing(`/proc/${pid}/comm`).trim() || 'another program';
}

function ownerFromLsof(port: number): PortOwner | undefined {
  try {
    const text = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-F', 'pc'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = /^p(\d+)$/m.exec(text)?.[1];
    const name = /^c(.+)$/m.exec(text)?.[1];
    return pid ? { pid: Number(pid), name: name ?? 'another program' } : undefined;
  } catch {
    // lsof ends with 1 when it finds nothing.
    return undefined;
  }
}

/** Whether a server could listen there now. */
export async function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  // macOS lets a server listen on 127.0.0.1 although another one has the port on all addresses; so it is asked first.
  return !(await isAnswering(port, host)) && (await canListen(port, host));
}

/** Whether somebody accepts connections there. */
export function isAnswering(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The first free port at or after this one on 127.0.0.1. Throws a RangeError when there is none up to 65535. */
export async function findFreePort(from: number): Promise<number> {
  for (let port = from; port <= 65535; port++) {
    if (await isPortFree(port)) return port;
  }
  throw new RangeError(`there is no free port from ${from} to 65535`);
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
