/** The file that remembers a workspace's runs: one event a line, only ever added to. The learner's state is its replay. */
import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { Event } from '../events/event.ts';
import { isEvent } from '../events/event-shapes.ts';
import { writeAll } from '../files/write-all.ts';

export interface Journal {
  /** Writes events, all but `output`, which is in the log files. Never throws: what can't be written waits, and is tried again with the next. */
  add(events: readonly Event[]): void;
  /** Why the last events are not on the disk (it is full). Undefined while all are. */
  readonly failure: Error | undefined;
  /** How many events are lost for good: more waited than memory should hold. */
  readonly lost: number;
  /** Tries once more to write what waits; what then has no room counts as lost. */
  close(): void;
}

/** Characters that may wait for a full disk: thousands of events. */
const mostWaiting = 16 * 1024 * 1024;

/**
 * Opens a journal to add to it, and makes it (for its owner only) where there is none. What is added together is one write, so that what was
 * written stays when the program is killed. A line that an earlier program was killed in is ended first, so that it spoils no other; of a line
 * that a full disk has cut, nothing stays. Throws the system's error when the file can't be opened.
 */
export function openJournal(file: string): Journal {
  const descriptor = openSync(file, 'a+', 0o600);
  let failure: Error | undefined;
  let isOpen = true;
  let waiting: string[] = [];
  /** Characters in `waiting`. */
  let size = 0;
  let lost = 0;
  let mayBeTorn = true;

  function write(lines: readonly string[]): void {
    waiting.push(...lines);
    for (const line of lines) size += line.length;
    try {
      writeTogether(descriptor, `${mayBeTorn && isTorn(descriptor) ? '\n' : ''}${waiting.join('')}`);
      mayBeTorn = false;
      [waiting, size, failure] = [[], 0, undefined];
    } catch (error) {
      mayBeTorn = true;
      failure ??= error instanceof Error ? error : new Error(String(error));
      for (; size > mostWaiting; lost++) size -= waiting.shift()?.length ?? size;
    }
  }

  return {
    add(events) {
      const lines = events.filter(({ type }) => type !== 'output').map((event) => `${JSON.stringify(event)}\n`);
      if (isOpen && lines.length > 0) write(lines);
    },
    get failure() {
      return failure;
    },
    get lost() {
      return lost;
    },
    close() {
      if (!isOpen) return;
      if (failure) write([]);
      lost += waiting.length;
      closeSync(descriptor);
      isOpen = false;
    },
  };
}

/** All of it or nothing. Throws the system's error. */
function writeTogether(descriptor: number, text: string): void {
  let written = 0;
  try {
    writeAll(descriptor, text, (bytes) => (written += bytes));
  } catch (error) {
    try {
      ftruncateSync(descriptor, fstatSync(descriptor).size - written);
    } catch {
      // The disk takes not even that: the line is ended with the next one that can be written.
    }
    throw error;
  }
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

/** Throws where something else than a file has its name: to open a pipe would wait for ever. */
function openIfThere(file: string): number | undefined {
  try {
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const facts = fstatSync(descriptor);
    if (facts.isFile()) return descriptor;
    closeSync(descriptor);
    throw new Error(facts.isDirectory() ? 'it is a folder' : 'it is not a plain file');
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
