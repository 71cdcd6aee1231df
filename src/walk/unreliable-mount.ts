/** Whether the system can't be relied upon to tell about changes in a folder: it is on another machine's disk, or on a container's host. */
import fs from 'node:fs';

/** File systems whose files change without this machine's kernel doing it. `fuse` stands for all that are mounted by a program. */
const told = new Set([
  ...['nfs', 'nfs4', 'cifs', 'smb3', 'smbfs', 'ncpfs', 'afs', 'ceph', 'lustre', 'glusterfs', 'gpfs', 'beegfs'],
  ...['9p', 'v9fs', 'virtiofs', 'fuse', 'fuseblk', 'drvfs', 'vboxsf', 'vmhgfs', 'prl_fs', 'fakeowner', 'osxfs'],
]);

/**
 * The type of the file system where that is so: `nfs4`. Undefined where changes are told, and where there is no list of mounts (macOS).
 *
 * @param folder absolute path, without links
 * @param mounts what `/proc/mounts` says
 */
export function unreliableMount(folder: string, mounts = readMounts()): string | undefined {
  const type = typeAt(folder, mounts);
  const kind = type?.split('.')[0] ?? '';
  return told.has(kind) ? type : undefined;
}

/** Of the mount that is nearest above the folder; the last one where several are mounted there. */
function typeAt(folder: string, mounts: string): string | undefined {
  let nearest = { point: '', type: undefined as string | undefined };
  for (const line of mounts.split('\n')) {
    const [, point, type] = line.split(' ').map(unescape);
    if (point === undefined || type === undefined || !isIn(folder, point) || point.length < nearest.point.length) continue;
    nearest = { point, type };
  }
  return nearest.type;
}

const isIn = (folder: string, point: string): boolean => point === '/' || folder === point || folder.startsWith(`${point}/`);

/** Blanks in a path are written as `\040`. */
const unescape = (word: string): string =>
  word.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

function readMounts(): string {
  try {
    return fs.readFileSync('/proc/mounts', 'utf8');
  } catch {
    return '';
  }
}
