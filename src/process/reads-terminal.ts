/** Whether a process waits for keys: it has called the system to read a terminal, and the call has not come back. Linux only. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The system call `read` of each kind of processor (Linux' tables of system calls). */
const readCalls: Readonly<Partial<Record<NodeJS.Architecture, number>>> = {
  x64: 0,
  arm64: 63,
  arm: 3,
  ia32: 3,
  ppc64: 3,
  s390x: 3,
  riscv64: 63,
};

/** False also where nobody may look: another user's process, a system that shows no system calls. */
export function readsTerminal(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).some((thread) =>
      isReading(`/proc/${pid}`, readFileSync(`/proc/${pid}/task/${thread}/syscall`, 'latin1')),
    );
  } catch {
    return false;
  }
}

/** @param call as the kernel shows it: the number of the system call and its arguments, or `running` */
function isReading(folder: string, call: string): boolean {
  const [number, descriptor] = call.split(' ').map(Number);
  if (number !== readCalls[process.arch] || descriptor === undefined) return false;
  return /^\/dev\/(?:pts\/\d+|tty\w*|console)$/.test(readlinkSync(`${folder}/fd/${descriptor}`));
}
