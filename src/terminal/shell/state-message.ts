/**
 * What the shell tells labwalk at each prompt, and when it exits. One message:
 *
 *     <nonce>;<P, Q or X>;<status>;<command>;<prompt>;<ping>\n <pids of jobs, a line each> \0 <last line of history> \0 <directory> \0 <export -p> \0<nonce>\n
 *
 * The nonce around it keeps apart what another program might write into the pipe.
 */
export interface StateMessage {
  /** `answer`: labwalk has asked, see `askSignal`. `exit`: the shell is about to end. */
  kind: 'prompt' | 'answer' | 'exit';
  status: number;
  /** Number of the last command that started. */
  command: number;
  /** Number of the prompt that follows. */
  prompt: number;
  /** The last ping that the shell has seen. */
  ping: number;
  /** Background jobs that are running. */
  jobs: number[];
  /** Number and text of the last command in the history. */
  history: { number: number; text: string } | undefined;
  directory: string;
  /** As `export -p` prints it, without labwalk's counter, which changes with each command. */
  exports: string;
}

/** Takes the pipe's data in chunks; gives the messages that are complete. */
export function createMessageReader(nonce: string): (chunk: Buffer) => StateMessage[] {
  const end = Buffer.from(`\0${nonce}\n`);
  let held: Buffer = Buffer.alloc(0);
  return (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const messages: StateMessage[] = [];
    for (let at = held.indexOf(end); at >= 0; at = held.indexOf(end)) {
      const message = parseMessage(held.subarray(0, at).toString('utf8'), nonce);
      if (message) messages.push(message);
      held = held.subarray(at + end.length);
    }
    return messages;
  };
}

const kinds: Readonly<Record<string, StateMessage['kind']>> = { P: 'prompt', Q: 'answer', X: 'exit' };

function parseMessage(text: string, nonce: string): StateMessage | undefined {
  const start = findHead(text, `${nonce};`);
  if (start < 0) return undefined;
  const [head = '', history = '', directory = '', ...exports] = text.slice(start).split('\0');
  const [facts = '', ...jobs] = head.split('\n');
  const [, kind, status, command, prompt, ping] = facts.split(';');
  return {
    kind: kinds[kind ?? ''] ?? 'prompt',
    status: Number(status),
    command: Number(command),
    prompt: Number(prompt),
    ping: Number(ping),
    jobs: jobs.filter(Boolean).map(Number),
    history: parseHistory(history),
    directory,
    exports: withoutCounter(exports.join('\0')),
  };
}

/** Where the last message begins: Ctrl-C may have cut off one before it. */
function findHead(text: string, mark: string): number {
  for (let at = text.lastIndexOf(mark); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(mark, at - 1)) {
    const kind = text.charAt(at + mark.length);
    if (kinds[kind] !== undefined && text.charAt(at + mark.length + 1) === ';') return at;
  }
  return -1;
}

/** With the counter in it, no two messages would have the same exports. */
function withoutCounter(exports: string): string {
  const start = exports.indexOf('\ndeclare -x LABWALK_COMMAND=') + 1;
  // Nothing before it, or POSIX mode: it stays, which costs time only.
  if (start === 0) return exports;
  const end = exports.indexOf('\n', start) + 1;
  return exports.slice(0, start) + (end === 0 ? '' : exports.slice(end));
}

/** `  12  echo hello`; a `*` behind the number where the line was changed. */
function parseHistory(line: string): { number: number; text: string } | undefined {
  const match = /^\s*(\d+)[* ] ?([^]*?)\s*$/.exec(line);
  return match ? { number: Number(match[1]), text: match[2] ?? '' } : undefined;
}
