import { exitCode } from '../../errors.ts';

/** What Node lets a thread of its own wait for: files, and the names of hosts. */
const inThread = /^(FSReq|GetAddrInfo|GetNameInfo)/;

/**
 * Exits with 130. A thread that waits for a network drive or a name server that does not answer would hold `process.exit` up for as long as it
 * waits, since that joins the threads. Then the process ends itself by SIGINT, which shells report as 130, too.
 */
export function exitAtOnce(): never {
  if (process.getActiveResourcesInfo().some((name) => inThread.test(name))) {
    process.removeAllListeners('SIGINT');
    process.kill(process.pid, 'SIGINT');
  }
  return process.exit(exitCode.interrupted);
}
