/** A plain walk through pipes: what it says, and a person who types. */
import { PassThrough } from 'node:stream';
import { runPlain } from '../../src/plain/run-plain.ts';
import type { PlainOptions } from '../../src/plain/plain-options.ts';

export interface Conversation {
  /** All that was said so far. */
  text(): string;
  /** Resolves when the text, from where the last wait ended, has this; rejects with the text when nothing more is said. */
  hears(what: string | RegExp): Promise<void>;
  /** Types a line. */
  types(line: string): void;
  ctrlC(): void;
  /** SIGTERM. */
  terminate(): void;
  /** Nothing more is typed. */
  leaves(): void;
  ended: Promise<number>;
}

export function talk({ labs = [], lab = 'test', open }: Partial<PlainOptions> & Pick<PlainOptions, 'open'>): Conversation {
  const input = new PassThrough();
  const stop = new AbortController();
  let text = '';
  let heard = 0;
  let over = false;
  let ctrlC = () => {};
  const listeners = new Set<() => void>();
  const changed = () => listeners.forEach((look) => look());
  const ended = runPlain({
    labs,
    ...(lab === '' ? {} : { lab }),
    open,
    io: {
      env: {},
      out: {
        write(piece) {
          text += piece;
          changed();
        },
        columns: 80,
      },
      terminal: { stdin: input },
      now: Date.now,
      interrupts: () => ({ soft: stop.signal }),
      takeCtrlC(listener) {
        const before = ctrlC;
        ctrlC = listener;
        return () => (ctrlC = before);
      },
      insist: () => stop.abort(),
    },
  }).finally(() => {
    over = true;
    changed();
  });
  return {
    ended,
    text: () => text,
    hears: (what) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const rest = text.slice(heard);
          const at = typeof what === 'string' ? rest.indexOf(what) : rest.search(what);
          if (at !== -1) {
            const length = typeof what === 'string' ? what.length : (what.exec(rest)?.[0].length ?? 0);
            heard += at + length;
            resolve();
          } else if (over) reject(new Error(`"${String(what)}" was not said. What was said:\n${rest}`));
          else return;
          clearTimeout(timer);
          listeners.delete(look);
        };
        // long before the test's own end, which would not show what was said
        const timer = setTimeout(() => reject(new Error(`"${String(what)}" was not said. What was said:\n${text.slice(heard)}`)), 15_000);
        listeners.add(look);
        look();
      }),
    types: (line) => void input.write(`${line}\n`),
    ctrlC: () => ctrlC(),
    terminate: () => stop.abort(),
    leaves: () => void input.end(),
  };
}
