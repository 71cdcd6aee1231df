/** The sockets that listen on a TCP port of this machine, and the processes that have them. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { hasProc } from './liveness.ts';

export interface PortOwner {
  pid: number;
  /** The command's name: `python3`. */
  name: string;
}

export interface PortListener {
  /** Where it listens: `127.0.0.1`, `0.0.0.0` or `::` for everywhere. */
  address: string;
  /** Whether this process has it: a server and its workers share one. */
  isHeldBy(pid: number): boolean;
  /** One that has it; undefined where it belongs to another user, or to another container. */
  owner(): PortOwner | undefined;
}

/** All that listen on this port. */
export const listenersOf = (port: number): PortListener[] => (process.platform === 'linux' ? listFromProc(port) : listFromLsof(port));

/**
 * The one of them that a connection to this address gets: the one at the address, else one that listens everywhere.
 *
 * @param address of this machine, as a connection tells it: `127.0.0.1`, `::1`, `::ffff:127.0.0.1`
 */
export function listenerAt(address: string, listeners: readonly PortListener[]): PortListener | undefined {
  const plain = address.replace(/^::ffff:/, '');
  const everywhere = plain.includes(':') ? ['::'] : ['0.0.0.0', '::'];
  for (const wanted of [plain, ...everywhere]) {
    const found = listeners.find((listener) => listener.address === wanted);
    if (found) return found;
  }
  return undefined;
}

/** Whether an address is one of this machine's: what listens elsewhere can't be seen from here. */
export const isOwnAddress = (address: string): boolean =>
  /^(::ffff:)?127\.|^::1$/.test(address) || Object.values(networkInterfaces()).some((all) => all?.some((one) => one.address === address));

/** State of a listening socket in /proc/net/tcp: proc_net(5). */
const listening = '0A';

function listFromProc(port: number): PortListener[] {
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
    readOrNothing(file)
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
        const [hexAddress = '', hexPort = ''] = local.split(':');
        if (state !== listening || !inode || parseInt(hexPort, 16) !== port) return [];
        const link = `socket:[${inode}]`;
        return [{ address: readAddress(hexAddress), isHeldBy: (pid: number) => holds(pid, link), owner: () => findOwner(link) }];
      }),
  );
}

/** The kernel writes each four bytes of an address as a number of this machine, so the first byte comes last. */
function readAddress(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  for (let at = 0; at < bytes.length; at += 4) bytes.subarray(at, at + 4).reverse();
  if (bytes.length === 4) return bytes.join('.');
  const isMapped = bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  if (isMapped) return bytes.subarray(12).join('.');
  if (bytes.every((byte) => byte === 0)) return '::';
  if (bytes.subarray(0, 15).every((byte) => byte === 0) && bytes[15] === 1) return '::1';
  return bytes.toString('hex').replace(/(.{4})(?=.)/g, '$1:');
}

function findOwner(link: string): PortOwner | undefined {
  if (!hasProc) return undefined;
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (Number.isInteger(pid) && holds(pid, link)) return { pid, name: readOrNothing(`/proc/${pid}/comm`).trim() || 'another program' };
  }
  return undefined;
}

function holds(pid: number, link: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${descriptor}`) === link;
      } catch {
        return false;
      }
    });
  } catch {
    // Gone meanwhile, or another user's.
    return false;
  }
}

function listFromLsof(port: number): PortListener[] {
  let text: string;
  try {
    text = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-F', 'pcn'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    // lsof ends with 1 when it finds nothing.
    return [];
  }
  const listeners: PortListener[] = [];
  let owner: PortOwner = { pid: 0, name: 'another program' };
  for (const line of text.split('\n')) {
    const rest = line.slice(1);
    if (line.startsWith('p')) owner = { pid: Number(rest), name: 'another program' };
    else if (line.startsWith('c')) owner.name = rest;
    else if (line.startsWith('n')) {
      const { pid } = owner;
      const address = rest.slice(0, rest.lastIndexOf(':')).replace(/^\[(.*)\]$/, '$1');
      const found = owner;
      listeners.push({ address: address === '*' ? '::' : address, isHeldBy: (other) => other === pid, owner: () => found });
    }
  }
  return listeners;
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
