/**
 * Ports that labwalk has chosen for a lab and that no service listens on yet. Another labwalk on this machine would find them free and choose
 * them, too; so each chosen port is claimed by an empty file whose name tells the port and whose it is.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findFreePort } from './ports.ts';
import { isAlive, startOf } from './processes.ts';

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
 * @param folder where all labwalks leave their claims
 */
export async function claimFreePort(from: number, folder: string): Promise<PortClaim> {
  const own = `${process.pid}-${startOf(process.pid) ?? 0}`;
  for (let start = from; ; start++) {
    const port = (start = await findFreePort(start));
    if (claimsOf(port, folder).length > 0) continue;
    const file = path.join(folder, `labwalk-port-${port}-${own}`);
    fs.writeFileSync(file, '', { mode: 0o600 });
    // Looked at again: of two that claim a port at the same moment, at least one sees the other.
    if (claimsOf(port, folder).length === 1) return { port, release: () => fs.rmSync(file, { force: true }) };
    fs.rmSync(file, { force: true });
  }
}

/** Claims of living processes. Those of dead ones are removed. */
function claimsOf(port: number, folder: string): string[] {
  const claims = fs.readdirSync(folder).filter((name) => name.startsWith(`labwalk-port-${port}-`));
  return claims.filter((name) => {
    const [pid = 0, started = 0] = name.split('-').slice(3).map(Number);
    const isTheirs = isAlive(pid) && (startOf(pid) ?? 0) === started;
    if (!isTheirs) removeOrLeave(path.join(folder, name));
    return isTheirs;
  });
}

function removeOrLeave(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // Another user's: it does no harm.
  }
}
