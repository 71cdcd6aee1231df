/** The file that remembers a workspace's runs: one event a line, only ever added to. The learner's state is its replay. */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { Event } from '../events/event.ts';

export interface Journal {
  /** Writes events, all but `output`, which is in the log files. Never throws. */
  add(events: readonly Event[]): void;
  /** Why events could not be written (a full disk); the first reason. Undefined while all is well. */
  readonly failure: Error | undefined;
  close(): void;
}

/**
 * Opens a journal to add to it, and makes it (for its owner only) where there is none. What is added together is one write, so that what was
 * written stays when the program is killed. A line that an earlier program was killed in is ended first, so that it spoils no other.
 * Throws the system's error when the file can't be opened.
 */
export function openJournal(file: string): Journal {
  const descriptor = openSync(file, 'a+', 0o600);
  let failure: Error | undefined;
  let isOpen = true;

  function write(text: string): void {
    try {
      writeSync(descriptor, text);
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error));
    }
  }

  if (isTorn(descriptor)) write('\n');
  return {
    add(events) {
      let lines = '';
      for (const event of events) if (event.type !== 'output') lines += JSON.stringify(event) + '\n';
      if (isOpen && lines !== '') write(lines);
    },
    get failure() {
      return failure;
    },
    close() {
      if (isOpen) closeSync(descriptor);
      isOpen = false;
    },
  };
}

/** A line of a journal that could not be read. */
export interface DamagedLine {
  line: number;
  /** True for a last line without its end: what a killed program leaves behind. */
  torn: boolean;
}

/**
 * The events of a journal, oldest first, types unknown to this version included. A line that is no event is left out and told to
 * `onDamage`. A file that isn't there has no events. Throws the system's error when it can't be read.
 */
export function* readJournal(file: string, onDamage: (damaged: DamagedLine) => void = () => {}): Generator<Event> {
  let number = 0;
  for (const { text, ended } of readLines(file)) {
    number++;
    if (text === '') continue;
    const event = parseEvent(text);
    // A whole event without its line end lost nothing but that.
    if (event) yield event;
    else onDamage({ line: number, torn: !ended });
  }
}

function parseEvent(line: string): Event | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The journal is the program's own: what every event has is looked at, the rest is trusted. */
function isEvent(value: unknown): value is Event {
  if (typeof value !== 'object' || value === null) return false;
  return 'type' in value && typeof value.type === 'string' && 'time' in value && 'lab' in value && typeof value.lab === 'string';
}

function* readLines(file: string): Generator<{ text: string; ended: boolean }> {
  const descriptor = openIfThere(file);
  if (descriptor === undefined) return;
  try {
    const buffer = Buffer.allocUnsafe(262_144);
    const decoder = new StringDecoder('utf8');
    let rest = '';
    for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer)) {
      const lines = decoder.write(buffer.subarray(0, read)).split('\n');
      lines[0] = rest + (lines[0] ?? '');
      rest = lines.pop() ?? '';
      for (const text of lines) yield { text, ended: true };
    }
    rest += decoder.end();
    if (rest !== '') yield { text: rest, ended: false };
  } finally {
    closeSync(descriptor);
  }
}

function openIfThere(file: string): number | undefined {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isTorn(descriptor: number): boolean {
  const { size } = fstatSync(descriptor);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(descriptor, last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}
