/** Who has a workspace: one labwalk at a time. The file names the owner's process and the socket on which it answers others. */
import fs from 'node:fs';
import path from 'node:path';

export interface Owner {
  pid: number;
  /** When that process started, as the system counts it: a number that is used again by another process is told apart by it. */
  started: string;
  /** Path of the owner's socket. */
  socket: string;
}

export interface Lock {
  release(): void;
}

const lockFile = (folder: string) => path.join(folder, 'lock');

/** Takes the workspace, or says who has it. A lock whose process is gone is taken over. */
export function takeLock(folder: string, socket: string): { lock: Lock } | { owner: Owner } {
  const file = lockFile(folder);
  const mine: Owner = { pid: process.pid, started: startOf(process.pid), socket };
  for (;;) {
    const draft = `${file}.${process.pid}`;
    fs.writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
    try {
      fs.linkSync(draft, file); // a link is made whole or not at all: nobody reads a half-written lock
      return { lock: { release: () => releaseLock(file, mine) } };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      fs.rmSync(draft, { force: true });
    }
    const owner = readOwner(folder);
    if (owner) return { owner };
    setAside(file);
  }
}

/** Removes a lock whose owner is gone. It is moved first and looked at again: another labwalk may have taken it over in between. */
function setAside(file: string): void {
  const aside = `${file}.${process.pid}.gone`;
  try {
    fs.renameSync(file, aside);
    const owner = JSON.parse(fs.readFileSync(aside, 'utf8')) as Owner;
    if (isAlive(owner)) fs.linkSync(aside, file);
    else fs.rmSync(owner.socket, { force: true });
  } catch {
    // moved by another one, or not a lock that can be read
  }
  fs.rmSync(aside, { force: true });
}

/** The living owner of a workspace's private folder, if there is one. */
export function readOwner(folder: string): Owner | undefined {
  try {
    const owner = JSON.parse(fs.readFileSync(lockFile(folder), 'utf8')) as Owner;
    return isAlive(owner) ? owner : undefined;
  } catch {
    return undefined;
  }
}

function releaseLock(file: string, mine: Owner): void {
  try {
    const owner = JSON.parse(fs.readFileSync(file, 'utf8')) as Owner;
    if (owner.pid === mine.pid && owner.started === mine.started) fs.rmSync(file, { force: true });
  } catch {
    // gone already
  }
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return owner.started === startOf(owner.pid);
}

/** Start time of a process in clock ticks since boot: field 22 of /proc/PID/stat. Empty where there is no /proc (macOS). */
function startOf(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
