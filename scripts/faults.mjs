/**
 * `npm run faults`: brings faults about and looks whether labwalk keeps its promises (test/faults). All of them take about an hour and write
 * docs/reliability.md; `-- --quick` does the quick ones, and other arguments go to vitest: `npm run faults -- disk`, `npm run faults -- -t frozen`.
 *
 * They run in a /tmp and a /dev/shm of their own, in which labwalks outside are not seen: a fault may fill them, or sweep them.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { cacheFolder } from '../toolchain/places.mjs';
import { root, setUpOrExit } from './setup.mjs';

/** Makes the places, and runs the rest of its arguments in them. The first two are folders that must be seen there, too. */
const ownPlaces = `set -e
mount --make-rprivate /
new=$(mktemp -d); mount -t tmpfs -o mode=1777 tmpfs "$new"
for folder in "$1" "$2"; do case $folder in /tmp/*) mkdir -p "$new/\${folder#/tmp/}"; mount --rbind "$folder" "$new/\${folder#/tmp/}" ;; esac; done
mount --move "$new" /tmp; mount -t tmpfs -o mode=1777 tmpfs /dev/shm
shift 2; cd "$PWD"; exec "$@"`;

const given = process.argv.slice(2);
const quick = given.includes('--quick');
const chosen = given.filter((word) => word !== '--quick');

if (process.platform !== 'linux') fail('Faults can be brought about on Linux only: they want mounts of their own.');
await setUpOrExit();
const [cache, asRoot] = [cacheFolder(process.env), process.getuid?.() === 0];
const mine = ['unshare', ...(asRoot ? ['-m'] : ['--user', '--map-root-user', '-m']), 'bash', '-c', ownPlaces, '-', root, cache];
if (spawnSync(mine[0] ?? '', [...mine.slice(1), 'true'], { cwd: root, stdio: 'ignore' }).status !== 0)
  fail('This machine does not let this user have mounts of its own (unshare -m), which faults need. Run it as root.');

const vitest = path.join(root, 'node_modules', '.bin', 'vitest');
const command = [...mine, vitest, 'run', '--config', 'vitest.faults.config.ts', ...chosen];
const which = quick ? 'quick' : chosen.length > 0 ? 'some' : 'all';
const env = { ...process.env, TMPDIR: '/tmp', LABWALK_FAULTS: which };
const { status } = spawnSync(command[0] ?? '', command.slice(1), { cwd: root, env, stdio: 'inherit' });
process.exitCode = status ?? 1;

/**
 * @param {string} why
 * @returns {never}
 */
function fail(why) {
  process.stderr.write(`${why}\n`);
  process.exit(3);
}
