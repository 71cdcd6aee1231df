/**
 * node-pty 1.1 leaves the master side of each pseudo-terminal open in every process that Node starts later
 * (https://github.com/microsoft/node-pty/issues/657). A child that outlives Node then keeps the terminal open, and nothing in it
 * is told of the hang-up. So the open masters are known here, and children close them before anything else.
 */
const masters = new Set<number>();

/** Notes a master's file descriptor; call what it returns when the terminal is closed. */
export function noteMaster(descriptor: number): () => void {
  masters.add(descriptor);
  return () => void masters.delete(descriptor);
}

/** A line of shell that closes all masters; empty when there are none. */
export function closeMastersLine(): string {
  return [...masters].map((descriptor) => `exec ${descriptor}>&-;`).join(' ');
}

/**
 * A command that starts another one without the masters; for children that may outlive this process.
 *
 * @example spawn(...withoutMasters('python3', ['-m', 'http.server']), { detached: true })
 */
export function withoutMasters(file: string, args: readonly string[] = []): [file: string, args: string[]] {
  if (masters.size === 0) return [file, [...args]];
  // Without --norc bash reads ~/.bashrc when its input is a socket, as Node's pipes are: it believes that it was started over the network.
  return ['bash', ['--norc', '-c', `${closeMastersLine()} exec "$0" "$@"`, file, ...args]];
}
