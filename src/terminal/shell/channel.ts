/**
 * The private channel between labwalk and a shell: two named pipes in the terminal's runtime folder. What goes through them is
 * never typed, never shown and never on a disk: commands and variables inwards, the shell's state outwards.
 */
import { execFileSync } from 'node:child_process';
import { constants, fstatSync, openSync, readSync, rmSync, statSync, type Stats } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { UserError } from '../../errors.ts';
import { refused } from '../../files/refused.ts';
import { isRefusal } from '../../files/why-refused.ts';
import { insist } from './runtime-folder.ts';
import { createMessageReader, type StateMessage } from './state-message.ts';

export interface Channel {
  /** Paths of the pipes, for the shell. */
  readonly inward: string;
  readonly outward: string;
  /** Hands texts to the next `read -r -d ''`s of the shell, one each. They hold no NUL. */
  send(...texts: string[]): void;
  /** Takes at once what the shell has written and Node has not read yet. */
  drain(): void;
  /** Takes back what the shell has not read: it will never do that. */
  withdraw(): void;
  /** Makes the pipes anew where somebody has removed them; says whether that was so. What bash had to say meanwhile is lost. */
  mend(): boolean;
  close(): void;
}

/** How long lines are left to gather in the pipe, in milliseconds. */
const restMs = 5;

/** `number` tells the channels of one terminal apart: each new shell gets a new one, so that nothing stale is ever read. */
export function openChannel(options: {
  folder: string;
  number: number;
  nonce: string;
  env: Readonly<Record<string, string>>;
  onMessage: (message: StateMessage) => void;
  /** The pipes are gone, and no new ones could be made. */
  onBroken: () => void;
}): Channel {
  const { folder, env } = options;
  const inward = path.join(folder, `in-${options.number}`);
  const outward = path.join(folder, `out-${options.number}`);
  const buffer = Buffer.alloc(64 * 1024);
  let ends = openEnds();
  let closed = false;

  function openEnds() {
    // Opened for both directions: then neither side ever waits for the other to open it, and the pipe outlives the shell's short visits.
    const flags = constants.O_RDWR | constants.O_NONBLOCK;
    const descriptors = insist(folder, () => {
      removePipes();
      makePipes([inward, outward], env);
      return { inward: openSync(inward, flags), outward: openSync(outward, flags) };
    });
    const read = createMessageReader(options.nonce);
    const take = (chunk: Buffer) => read(chunk).forEach(options.onMessage);
    // @types/node knows `onread` for connections only, but every socket takes it.
    const reading: net.SocketConstructorOpts & Pick<net.ConnectOpts, 'onread'> = {
      fd: descriptors.outward,
      readable: true,
      writable: false,
      onread: {
        buffer: Buffer.alloc(64 * 1024),
        // Bash writes line by line. To wake up for each would cost more than the command itself, so after the first the rest is left in the
        // pipe: the mark that follows makes the terminal drain it. The timer is for what fills the pipe or comes without a mark.
        callback(size, chunk) {
          take(Buffer.from(chunk.subarray(0, size)));
          setTimeout(() => fromShell.resume(), restMs);
          return false;
        },
      },
    };
    const fromShell: net.Socket = new net.Socket(reading);
    const toShell = new net.Socket({ fd: descriptors.inward, readable: false, writable: true });
    // They end only when we close them; an error here means just that.
    fromShell.on('error', () => {});
    toShell.on('error', () => {});
    return {
      take,
      descriptors,
      fromShell,
      toShell,
      files: { inward: fstatSync(descriptors.inward), outward: fstatSync(descriptors.outward) },
    };
  }

  function drain() {
    readAll(ends.descriptors.outward, ends.take);
  }

  function readAll(descriptor: number, take: (chunk: Buffer) => void) {
    // The descriptor's number may be somebody else's by now.
    if (closed) return;
    let size;
    do {
      size = readNow(descriptor, buffer);
      if (size > 0) take(Buffer.from(buffer.subarray(0, size)));
      // Less than asked for: the pipe is empty. To ask once more would cost an exception.
    } while (size === buffer.length);
  }

  function mend(): boolean {
    if (closed || (leadsTo(inward, ends.files.inward) && leadsTo(outward, ends.files.outward))) return false;
    renew();
    return true;
  }

  function renew(): void {
    const old = ends;
    drain();
    try {
      ends = openEnds();
    } catch {
      return options.onBroken();
    }
    old.fromShell.destroy();
    old.toShell.destroy();
  }

  function removePipes() {
    rmSync(inward, { force: true });
    rmSync(outward, { force: true });
  }

  return {
    inward,
    outward,
    send: (...texts) => {
      // Who removes the folder removes both pipes. Where only the other one is gone, the watchdog finds it.
      if (!closed && !leadsTo(inward, ends.files.inward)) renew();
      ends.toShell.write(`${texts.join('\0')}\0`);
    },
    drain,
    withdraw: () => readAll(ends.descriptors.inward, () => {}),
    mend,
    close() {
      closed = true;
      ends.fromShell.destroy();
      ends.toShell.destroy();
      removePipes();
    },
  };
}

/** Whether a path still leads to what was opened here. */
function leadsTo(file: string, here: Stats): boolean {
  const there = statSync(file, { throwIfNoEntry: false });
  return there !== undefined && there.ino === here.ino && there.dev === here.dev;
}

function readNow(descriptor: number, buffer: Buffer): number {
  try {
    return readSync(descriptor, buffer);
  } catch {
    // EAGAIN: nothing there.
    return 0;
  }
}

/** Node can't make named pipes; the tool for it is part of every Linux and macOS. */
function makePipes(files: string[], env: Readonly<Record<string, string>>): void {
  const search = `${env['PATH'] ?? ''}:/usr/bin:/bin`;
  try {
    execFileSync('mkfifo', ['-m', '600', ...files], { env: { PATH: search }, stdio: 'ignore' });
  } catch (error) {
    if (isRefusal(error)) throw refused("The lab's terminal can't be opened", files[0] ?? '', error);
    throw new UserError(`The lab's terminal can't be opened: mkfifo made no named pipe in ${path.dirname(files[0] ?? '')}.`, {
      fix: 'mkfifo is part of the package coreutils; the folder must allow named pipes.',
      cause: error,
    });
  }
}
