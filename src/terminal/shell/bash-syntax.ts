/** Asks bash about a script's syntax (`bash -n`): nothing of it is done. */
import { execFile } from 'node:child_process';

export interface BashOptions {
  /** `bash` on PATH where not given. */
  bash?: string;
}

/** What bash says about the script; undefined when it finds nothing wrong: `line 3: unexpected EOF while looking for matching \`"'`. */
export async function checkBashSyntax(script: string, options: BashOptions = {}): Promise<string | undefined> {
  const said = await askBash(script, options);
  if (said === '') return undefined;
  const first = said.split('\n')[0] ?? '';
  return first.replace(/^.*?: (?:-c: )?(?=line \d+: )/, '');
}

/** All that `bash -n` prints, in English. Also a warning counts, such as that of a here-document without its end. Throws when there is no bash. */
export function askBash(script: string, options: BashOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    // In English, and without start-up files: BASH_ENV's (-p), and .bashrc, which bash also reads when its input is a socket, as Node's pipes are.
    const child = execFile('env', ['LC_ALL=C', options.bash ?? 'bash', '--norc', '-p', '-n'], (error, _stdout, stderr) => {
      // 126 and 127: env could not start it.
      if (error && (typeof error.code === 'string' || error.code === 126 || error.code === 127)) reject(error);
      else resolve(stderr.trim());
    });
    // A syntax error ends bash before it has read all.
    child.stdin?.on('error', () => {});
    child.stdin?.end(script);
  });
}
