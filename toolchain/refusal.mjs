/**
 * Why the system refuses a file or a folder, and what a person can do about it: a full disk, files that belong to somebody else, too many
 * open files. Node built-ins only, because the set-up says it, too.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** @type {Readonly<Record<string, string>>} The second half of a sentence, by the system's code (errno(3)). */
const reasons = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'it is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota on this disk is used up',
  EFBIG: 'files may not get that large here (see `ulimit -f`)',
  EMFILE: 'this process has too many files open (see `ulimit -n`)',
  ENFILE: 'this machine has too many files open',
  EIO: 'the disk has errors, or is gone',
  ESTALE: 'the network disk is gone',
  ENOTCONN: 'the network disk is gone',
  ENOMEM: 'this machine has no memory left',
};

/** Codes that may also come of a mistake in the program that asks: it must know that the place is to blame. @type {typeof reasons} */
const reasonsOfPlaces = {
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file is in the way',
  EISDIR: 'it is a folder',
  ENOTEMPTY: 'a folder with files in it is in the way',
  ELOOP: 'its links lead in a circle',
  ENOENT: "its folder is missing and can't be made",
  ENAMETOOLONG: 'its name is too long',
};

/**
 * Why the system refused to write a file or to make a folder, as the second half of a sentence.
 *
 * @param {unknown} error
 * @example whyRefused(error) // 'the disk is full'
 */
export const whyRefused = (error) => {
  const code = codeOf(error);
  return reasons[code] ?? reasonsOfPlaces[code] ?? ownWords(error);
};

/**
 * Whether the disk, its owner or a limit of the system is to blame, whoever asked for the file.
 *
 * @param {unknown} error
 */
export const isRefusal = (error) => codeOf(error) in reasons;

/**
 * Whether a limit of the shell is to blame: then no other folder helps.
 *
 * @param {unknown} error
 */
export const isLimit = (error) => ['EMFILE', 'EFBIG'].includes(codeOf(error));

/**
 * What the person can do, in a sentence or two; a command stands on a line of its own, behind two blanks. Undefined where nothing in general
 * helps.
 *
 * @param {unknown} error
 * @param {string} file the file or folder that was refused, absolute
 * @param {string} [own] a folder around it that is this program's alone: what is wrong in it is put right as a whole
 * @returns {string | undefined}
 */
export function helpAgainst(error, file, own) {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return helpAgainstOwner(file, own);
    case 'ENOSPC':
      return `Make room on its disk. This shows how full it is:\n  df -h ${quote(nearestFolder(file))}`;
    case 'EDQUOT':
      return 'Delete something, or ask for a larger quota. This shows how much you use:\n  quota -s';
    case 'EFBIG':
      return 'Start labwalk in a new terminal, where the limit is the usual one, or lift it in this one:\n  ulimit -f unlimited';
    case 'EMFILE':
      return helpAgainstLimit;
    case 'ENFILE':
    case 'ENOMEM':
      return 'Close programs that you no longer need.';
    default:
      return undefined;
  }
}

/** Node has lifted the limit as far as this shell may lift it, so `ulimit -n` in it would not help. */
export const helpAgainstLimit =
  'Start labwalk in a new terminal, where the limit is the usual one. If it is low there, too, raise it for your user in\n' +
  '/etc/security/limits.conf (nofile), or for a container with docker run --ulimit nofile=4096.';

/**
 * @param {string} file
 * @param {string} [own]
 */
function helpAgainstOwner(file, own) {
  const obstacle = findObstacle(file);
  if (!obstacle) return undefined;
  const [at, me] = [obstacle.path, process.getuid?.()];
  const inOwn = own !== undefined && (at === own || at.startsWith(`${own}${path.sep}`));
  if (obstacle.uid === me) return `${at} is yours, but write-protected. Allow it:\n  chmod -R u+rwX ${quote(inOwn ? own : at)}`;
  const belongs = `${at} belongs to ${nameUser(obstacle.uid)}`;
  // What is wrong inside is put right as a whole, unless the folder around it is in the way, too.
  const taken = inOwn && isWritable(path.dirname(own)) ? own : obstacle.topmost;
  // Only what lies in a folder of one's own is one's own to take.
  if (taken !== own && ownerOf(path.dirname(taken)) !== me) return `${belongs}.`;
  const why = obstacle.uid === 0 ? ', perhaps because of an earlier sudo' : '';
  return `${belongs}${why}. Make it yours again:\n  sudo chown -R ${nameMe()} ${quote(taken)}`;
}

/**
 * What keeps this user from writing a file: the file itself, the folder that it is in, or the nearest one above that is there.
 *
 * @param {string} file absolute path
 * @returns {{ path: string, uid: number, topmost: string } | undefined} `topmost`: the highest folder above it, itself included, that belongs
 *   to the same user all the way
 */
export function findObstacle(file) {
  const found = nearest(file);
  const at = [found, path.dirname(found)].find((one) => !isWritable(one));
  const uid = at === undefined ? undefined : ownerOf(at);
  if (at === undefined || uid === undefined) return undefined;
  let topmost = at;
  while (path.dirname(topmost) !== topmost && ownerOf(path.dirname(topmost)) === uid) topmost = path.dirname(topmost);
  return { path: at, uid, topmost };
}

/** @param {string} file */
function isWritable(file) {
  const { W_OK, X_OK } = fs.constants;
  try {
    fs.accessSync(file, fs.statSync(file).isDirectory() ? W_OK | X_OK : W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The file, or the nearest folder above it that is there and can be seen.
 *
 * @param {string} file absolute path
 */
function nearest(file) {
  let at = file;
  while (ownerOf(at) === undefined && path.dirname(at) !== at) at = path.dirname(at);
  return at;
}

/** @param {string} file */
function nearestFolder(file) {
  const at = nearest(file);
  return fs.statSync(at, { throwIfNoEntry: false })?.isDirectory() ? at : path.dirname(at);
}

/** @param {string} file */
export function ownerOf(file) {
  try {
    return fs.statSync(file).uid;
  } catch {
    return undefined;
  }
}

/**
 * A user for people: `root`, `ada`, or `the user 1001` where the system has no name.
 *
 * @param {number} uid
 */
export function nameUser(uid) {
  if (uid === 0) return 'root';
  try {
    const lines = fs.readFileSync('/etc/passwd', 'utf8').split('\n');
    const name = lines.map((line) => line.split(':')).find(([, , id]) => id === String(uid))?.[0];
    if (name) return name;
  } catch {
    // some containers have none
  }
  return `the user ${uid}`;
}

/** This user and their group, as chown takes them: `ada:`, or numbers where the system has no name for them. */
function nameMe() {
  try {
    return `${os.userInfo().username}:`;
  } catch {
    return `${process.getuid?.()}:${process.getgid?.()}`;
  }
}

/** @param {string} word */
const quote = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** @param {unknown} error */
function codeOf(error) {
  const code = error instanceof Error ? /** @type {NodeJS.ErrnoException} */ (error).code : undefined;
  return typeof code === 'string' ? code : '';
}

/**
 * Node says `EBUSY: resource busy or locked, unlink '/a/b'`: the middle is for people.
 *
 * @param {unknown} error
 */
function ownWords(error) {
  const text = error instanceof Error ? error.message : String(error);
  return /^[A-Z][A-Z0-9]+: ([^,]+)/.exec(text)?.[1] ?? text;
}
