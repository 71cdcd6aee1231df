/** What a person types, line by line. The terminal's own line editing is left on, so that every screen reader and dumb terminal can do it. */
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** `end`: nothing more will come. `interrupted`: Ctrl-C. */
export type Line = { text: string } | 'end' | 'interrupted';

export interface LineInput {
  /** It is a terminal: what is typed is seen, and can be hidden. */
  readonly isTerminal: boolean;
  line(): Promise<Line>;
  /** While the work lasts, nothing that is typed or pasted is seen. Only where `isTerminal`. */
  hide<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Hands lines that come while nobody waits for one to `take`. Those that it does not want are dropped; from a pipe they are kept, since
   * a script does not see that it is early. Call the result to stop.
   */
  divert(take: (line: string) => boolean): () => void;
  /** Answers who waits for a line with `interrupted`; says whether somebody did. */
  interrupt(): boolean;
  /** Gives the terminal to another program for a while. */
  lend<T>(work: () => Promise<T>): Promise<T>;
  /** Nothing is read any more. */
  close(): void;
}

/** A terminal's input, or a pipe. */
export type Typed = Readable & { isTTY?: boolean; setRawMode?(raw: boolean): unknown };

export function createLineInput(input: Typed): LineInput {
  const decoder = new StringDecoder('utf8');
  const isTerminal = input.isTTY === true && input.setRawMode !== undefined;
  const early: string[] = [];
  let rest = '';
  let hidden = false;
  let ended = false;
  let waiting: ((line: Line) => void) | undefined;
  let take: ((line: string) => boolean) | undefined;

  const answer = (line: Line) => {
    const resolve = waiting;
    waiting = undefined;
    resolve?.(line);
  };
  const takeLine = (text: string) => {
    if (waiting) answer({ text });
    else if (hidden || !take) early.push(text);
    else if (!take(text) && !isTerminal) early.push(text);
  };
  const end = () => {
    if (ended) return;
    ended = true;
    if (rest !== '' && !hidden) takeLine(rest);
    rest = '';
    answer('end');
  };
  /** With hidden keys the terminal edits no line: that is done here. */
  const takeKey = (key: string) => {
    if (key === '\r' || key === '\n') {
      const typed = rest;
      rest = '';
      takeLine(typed);
    } else if (key === '\x03' || key === '\x04') {
      rest = '';
      answer('interrupted');
    } else if (key === '\x7f' || key === '\b') rest = rest.slice(0, -1);
    else if (key === '\x15') rest = '';
    else if (key >= ' ' || key === '\x1b') rest += key;
  };
  const takeText = (text: string) => {
    if (hidden) {
      for (const key of text.replaceAll('\r\n', '\r')) takeKey(key);
      return;
    }
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    lines.forEach(takeLine);
  };
  const onData = (chunk: Buffer | string) => takeText(typeof chunk === 'string' ? chunk : decoder.write(chunk));
  input.on('data', onData);
  input.on('end', end);
  input.on('error', end);

  return {
    isTerminal,
    line() {
      const typed = early.shift();
      if (typed !== undefined) return Promise.resolve({ text: typed });
      if (ended) return Promise.resolve('end');
      return new Promise((resolve) => (waiting = resolve));
    },
    async hide(work) {
      hidden = true;
      input.setRawMode?.(true);
      try {
        return await work();
      } finally {
        hidden = false;
        rest = '';
        early.length = 0;
        input.setRawMode?.(false);
      }
    },
    divert(to) {
      take = to;
      return () => {
        if (take === to) take = undefined;
      };
    },
    interrupt() {
      if (!waiting) return false;
      rest = '';
      answer('interrupted');
      return true;
    },
    async lend(work) {
      input.pause();
      try {
        return await work();
      } finally {
        if (!ended) input.resume();
      }
    },
    close() {
      end();
      early.length = 0;
      input.off('data', onData);
      input.pause();
    },
  };
}
