/** The list of terminals that a person can look at, and what passes between them and the screen: output, keys, sizes. */
import type { TerminalEvent } from '../../terminal/terminal.ts';
import type { Redactor } from '../../secrets/redactor.ts';
import type { Span } from '../../secrets/span.ts';
import { secretsInKeys } from '../../secrets/typed-secrets.ts';
import type { ShownTerminal, TerminalsEvent } from './terminals.ts';

/** What runs behind a place: a terminal, or a program. */
export interface Behind {
  readonly kind: 'pty' | 'pipes';
  readonly busy: boolean;
  input(keys: string): void;
  resize(columns: number, rows: number): void;
}

/** One terminal's place in the list. It stays when its terminal has ended, so that its last lines can be read. */
export interface ShownPlace {
  readonly id: string;
  /** What runs there now; undefined: nothing any more. */
  attach(behind: Behind | undefined): void;
  setService(name: string | undefined): void;
  show(text: string): void;
  /** Takes what a terminal tells. */
  take(event: TerminalEvent): void;
  /** Whether keys that end a program were pressed in the last seconds. */
  wasInterrupted(): boolean;
  remove(): void;
}

export interface ShownTerminals {
  readonly list: readonly ShownTerminal[];
  /** Empty until a screen has told its size. */
  readonly size: { columns?: number; rows?: number };
  /** The place of this name; it is made where there is none. */
  place(id: string): ShownPlace;
  /** The name, or where it is taken the first of `name-2`, `name-3`, … that is free. */
  freeId(name: string): string;
  input(id: string, keys: string): void;
  resize(columns: number, rows: number): void;
  secretsIn(text: string): Span[];
  /** Another terminal became the main one. */
  changed(): void;
  on(listener: (event: TerminalsEvent) => void): () => void;
}

/** A command that ends so soon after Ctrl-C, Ctrl-\ or Ctrl-D was ended by it, in milliseconds. */
const interruptMs = 10_000;

interface Entry {
  place: ShownPlace;
  behind: Behind | undefined;
  service: string | undefined;
  kind: 'pty' | 'pipes';
  /** Keys that were pressed before its terminal was open. */
  early: string | undefined;
  interruptedAt: number;
}

/**
 * Brings the cursor to the start of a line that is empty, wherever it stands: the last prompt of a shell that has ended must not have the
 * first one of the next behind it. In the first column so many blanks stay in the line, anywhere else they go on into the next one.
 */
const freshLine = (columns = 1) => `${' '.repeat(columns - 1)}\r`;

export function createShownTerminals({ redactor, now }: { redactor: Redactor; now(): number }): ShownTerminals {
  const entries = new Map<string, Entry>();
  const listeners = new Set<(event: TerminalsEvent) => void>();
  const size: { columns?: number; rows?: number } = {};
  let list: readonly ShownTerminal[] | undefined;

  const tell = (event: TerminalsEvent) => {
    for (const listener of [...listeners]) listener(event);
  };
  const changed = () => {
    list = undefined;
    tell({ type: 'changed' });
  };

  const addPlace = (id: string): Entry => {
    const show = (text: string) => {
      if (text !== '') tell({ type: 'output', id, text });
    };
    const place: ShownPlace = {
      id,
      show,
      attach(behind) {
        entry.behind = behind;
        if (!behind) show(freshLine(size.columns));
        if (behind) entry.kind = behind.kind;
        if (behind && size.columns !== undefined && size.rows !== undefined) behind.resize(size.columns, size.rows);
        if (entry.early) behind?.input(entry.early);
        entry.early = undefined;
        changed();
      },
      setService(name) {
        if (entry.service === name) return;
        entry.service = name;
        changed();
      },
      take(event) {
        if (event.type === 'output') show(event.text);
        else if (event.type === 'start') changed();
        else if (event.type === 'end') {
          tell({ type: 'ended', id });
          changed();
        }
      },
      wasInterrupted: () => now() - entry.interruptedAt <= interruptMs,
      remove() {
        if (entries.get(id) !== entry) return;
        entries.delete(id);
        changed();
      },
    };
    const entry: Entry = { place, behind: undefined, service: undefined, kind: 'pty', early: '', interruptedAt: -Infinity };
    entries.set(id, entry);
    return entry;
  };

  return {
    size,
    get list() {
      list ??= [...entries].map(([id, { behind, service, kind }]) => ({
        id,
        kind,
        busy: behind?.busy ?? false,
        ...(service === undefined ? {} : { service }),
      }));
      return list;
    },
    place: (id) => (entries.get(id) ?? addPlace(id)).place,
    freeId(name) {
      let id = name;
      for (let number = 2; entries.has(id); number++) id = `${name}-${number}`;
      return id;
    },
    input(id, keys) {
      const entry = entries.get(id);
      if (!entry) return;
      redactor.add(secretsInKeys(keys));
      // eslint-disable-next-line no-control-regex
      if (/[\x03\x04\x1c]/.test(keys)) entry.interruptedAt = now();
      if (entry.behind) entry.behind.input(keys);
      else if (entry.early !== undefined) entry.early += keys;
    },
    resize(columns, rows) {
      if (columns === size.columns && rows === size.rows) return;
      Object.assign(size, { columns, rows });
      for (const { behind } of entries.values()) behind?.resize(columns, rows);
    },
    secretsIn: redactor.find,
    changed,
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
