/**
 * Whether a process that a file names still runs: the one question behind locks, claims to ports and the search for left-overs of killed
 * labwalks. Node built-ins only, because the set-up asks it before anything is built.
 *
 * A pid alone says little. The number may belong to another process by now, so the start time is part of a process's identity. And pids
 * count within a PID namespace: containers, pods and the sandboxes of editors have one each, and may share folders all the same. There, a
 * process of another namespace can't be seen from here.
 */
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * A process, told apart from all others of this machine. 0 stands for "unknown": on macOS there are neither namespaces nor start times.
 *
 * @typedef {object} ProcessIdentity
 * @property {number} namespace Inode of the PID namespace in which `pid` counts (pid_namespaces(7)).
 * @property {number} pid
 * @property {number} started Start time in clock ticks since the machine started: field 22 of /proc/PID/stat (proc_pid_stat(5)).
 *
 * @typedef {object} ProcessStat
 * @property {string} state One letter: `R` runs, `S` sleeps, `T` is stopped, `Z` is a zombie ...
 * @property {number} ppid
 * @property {number} pgid
 * @property {number} terminalGroup The process group in the foreground of its terminal; -1 without a terminal.
 * @property {number} started See ProcessIdentity.
 */

/**
 * The PID namespace of this process, and whether /proc shows its processes. Where a namespace was made without a /proc of its own, the
 * numbers in /proc are those of another namespace: to signal one of them would hit a stranger.
 */
const own = (() => {
  try {
    return {
      namespace: Number(/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? 0),
      hasProc: readlinkSync('/proc/self') === String(process.pid),
    };
  } catch {
    return { namespace: 0, hasProc: false };
  }
})();

/** Whether /proc shows the processes of this process's own namespace: on Linux nearly always, elsewhere never. */
export const hasProc = own.hasProc;

/**
 * @param {number} [pid] this process, where not given
 * @returns {ProcessIdentity}
 */
export function identify(pid = process.pid) {
  return { namespace: own.namespace, pid, started: readStat(pid)?.started ?? 0 };
}

/**
 * Whether the process runs, as far as can be told from here: only one that has surely ended counts as dead. A zombie has ended; a process
 * of another PID namespace, or one that the system does not let us see, may run. Takes facts from files, so anything may be missing.
 *
 * @param {Partial<ProcessIdentity>} identity without a namespace: of this one
 * @returns {boolean}
 */
export function mayRun({ namespace = 0, pid = 0, started = 0 }) {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  if (isElsewhere({ namespace })) return true;
  const stat = readStat(pid);
  // That /proc could not be read (no file descriptor left, no /proc) says nothing about the process.
  if (!stat) return answersSignal(pid);
  return stat.state !== 'Z' && stat.state !== 'X' && (started === 0 || stat.started === started);
}

/**
 * Whether a process belongs to another PID namespace, so that nothing can be known of it here.
 *
 * @param {Partial<ProcessIdentity>} identity
 */
export function isElsewhere({ namespace = 0 }) {
  return namespace !== 0 && own.namespace !== 0 && namespace !== own.namespace;
}

/**
 * An identity as part of a file's name: `4026531836-4711-123456`.
 *
 * @param {ProcessIdentity} identity
 */
export function formatIdentity({ namespace, pid, started }) {
  return `${namespace}-${pid}-${started}`;
}

/**
 * Reads what `formatIdentity` wrote; undefined for anything else.
 *
 * @param {string} text
 * @returns {ProcessIdentity | undefined}
 */
export function parseIdentity(text) {
  const [, namespace, pid, started] = /^(\d+)-(\d+)-(\d+)$/.exec(text) ?? [];
  return pid === undefined ? undefined : { namespace: Number(namespace), pid: Number(pid), started: Number(started) };
}

/**
 * What /proc says of a process; undefined where it is gone or can't be seen.
 *
 * @param {number} pid
 * @returns {ProcessStat | undefined}
 */
export function readStat(pid) {
  if (!own.hasProc) return undefined;
  let text;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The name stands in brackets and may itself hold blanks and brackets, so the fields are counted from the last one.
  const fields = text.slice(text.lastIndexOf(') ') + 2).split(' ');
  if (fields.length < 20) return undefined;
  const [ppid, pgid, terminalGroup, started] = [1, 2, 5, 19].map((at) => Number(fields[at]));
  return { state: fields[0] ?? '', ppid: ppid ?? 0, pgid: pgid ?? 0, terminalGroup: terminalGroup ?? -1, started: started ?? 0 };
}

/** @param {number} pid */
function answersSignal(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Anything but "no such process": it is there, and another user's.
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH';
  }
}
