/**
 * Ports that labwalk has chosen for a lab and that no service listens on yet. Another labwalk on this machine would find them free and choose
 * them, too; so each chosen port is claimed by an empty file whose name tells the port and whose it is.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { errorCode } from '../files/error-code.ts';
import { removeOrLeave } from '../files/remove-or-leave.ts';
import { isPortFree } from './ports.ts';
import { isLeftBehind } from './left-behind.ts';
import { formatIdentity, identify, parseIdentity } from './liveness.ts';

export interface PortClaim {
  port: number;
  release(): void;
}

/**
 * Where all labwalks of this machine leave their claims. A place that the environment names would be another one in another terminal, and two
 * labwalks would choose the same port.
 */
export function claimsFolder(): string {
  try {
    fs.accessSync('/tmp', fs.constants.W_OK | fs.constants.X_OK);
    return '/tmp';
  } catch {
    return os.tmpdir();
  }
}

/**
 * Claims the first port at or after the given one that is free and that no other living process has claimed.
 *
 * @param folder where all labwalks leave their claims
 * @throws RangeError where there is none up to 65535
 */
export async function claimFreePort(from: number, folder: string): Promise<PortClaim> {
  const own = formatIdentity(identify());
  for (let port = from; port <= 65_535; port++) {
    if (!(await isPortFree(port)) || claimsOf(port, folder).length > 0) continue;
    const file = path.join(folder, `labwalk-port-${port}-${own}`);
    if (!makeClaim(file)) continue;
    // Looked at again: of two that claim a port at the same moment, at least one sees the other.
    if (claimsOf(port, folder).length <= 1) return { port, release: () => removeOrLeave(file) };
    removeOrLeave(file);
  }
  throw new RangeError(`there is no free port from ${from} to 65535`);
}

/** False where something of that name is in the way: others can guess it, and may have put a link there. */
function makeClaim(file: string): boolean {
  try {
    fs.writeFileSync(file, '', { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    // On a full or read-only disk there are no claims: the port is free all the same.
    return errorCode(error) !== 'EEXIST';
  }
}

/** Claims of processes that may run. Those of dead ones are removed. */
function claimsOf(port: number, folder: string): string[] {
  const prefix = `labwalk-port-${port}-`;
  const claims = namesIn(folder).filter((name) => name.startsWith(prefix));
  return claims.filter((name) => {
    const owner = parseIdentity(name.slice(prefix.length));
    const file = path.join(folder, name);
    const counts = owner !== undefined && !isLeftBehind(file, owner);
    if (!counts) removeOrLeave(file);
    return counts;
  });
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}
