/** Claims to ports where the kernel can't keep them (macOS): empty files, whose names tell the port and whose it is. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { errorCode } from '../files/error-code.ts';
import { removeOrLeave } from '../files/remove-or-leave.ts';
import { isLeftBehind } from './left-behind.ts';
import { formatIdentity, identify, parseIdentity } from './liveness.ts';
import type { ClaimPort } from './claim-port.ts';

/** @param folder where all labwalks of this machine leave their claims */
export const claimInFiles =
  (folder = claimsFolder()): ClaimPort =>
  (port) => {
    const taken = Promise.resolve(undefined);
    if (claimsOf(port, folder).length > 0) return taken;
    const file = path.join(folder, `labwalk-port-${port}-${formatIdentity(identify())}`);
    if (!makeClaim(file)) return taken;
    // Looked at again: of two that claim a port at the same moment, at least one sees the other.
    if (claimsOf(port, folder).length <= 1) return Promise.resolve(() => removeOrLeave(file));
    removeOrLeave(file);
    return taken;
  };

/** A place that the environment names would be another one in another terminal, and two labwalks would choose the same port. */
function claimsFolder(): string {
  try {
    fs.accessSync('/tmp', fs.constants.W_OK | fs.constants.X_OK);
    return '/tmp';
  } catch {
    return os.tmpdir();
  }
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
