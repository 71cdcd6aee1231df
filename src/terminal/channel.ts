/**
 * The private channel between labwalk and a shell: two named pipes in the terminal's runtime folder. What goes through them is
 * never typed, never shown and never on a disk: commands and variables inwards, the shell's state outwards.
 */
import { execFile } from 'node:child_process';
import { constants, openSync, readSync, rmSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../errors.ts';
import { createMessageReader, type StateMessage } from './state-message.ts';

export interface Channel {
  /** Paths of the pipes, for the shell. */
  readonly inward: string;
  readonly outward: string;
  /** Hands texts to the next `read -r -d ''`s of the shell, one each. They hold no NUL. */
  send(...texts: string[]): void;
  /** Takes at once what the shell has written and Node has not read yet. */
  drain(): void;
  close(): void;
}

/** How long lines are left to gather in the pipe, in milliseconds. */
const restMs = 5;

/** `number` tells the channels of one terminal apart: each new shell gets a new one, so that nothing stale is ever read. */
export async function openChannel(options: {
  folder: string;
  number: number;
  nonce: string;
  env: Readonly<Record<string, string>>;
  onMessage: (message: StateMessage) => void;
}): Promise<Channel> {
  const inward = path.join(options.folder, `in-${options.number}`);
  const outward = path.join(options.folder, `out-${options.number}`);
  await makePipes([inward, outward], options.env);
  const read = createMessageReader(options.nonce);
  const take = (chunk: Buffer) => read(chunk).forEach(options.onMessage);

  // Opened for both directions: then neither side ever waits for the other to open it, and the pipe outlives the shell's short visits.
  const flags = constants.O_RDWR | constants.O_NONBLOCK;
  const outwardDescriptor = openSync(outward, flags);
  // @types/node knows `onread` for connections only, but every socket takes it.
  const reading: net.SocketConstructorOpts & Pick<net.ConnectOpts, 'onread'> = {
    fd: outwardDescriptor,
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
  const toShell = new net.Socket({ fd: openSync(inward, flags), readable: false, writable: true });
  // They end only when we close them; an error here means just that.
  fromShell.on('error', () => {});
  toShell.on('error', () => {});

  const buffer = Buffer.alloc(64 * 1024);
  let closed = false;

  return {
    inward,
    outward,
    send: (...texts) => void toShell.write(`${texts.join('\0')}\0`),
    drain() {
      // The descriptor's number may be somebody else's by now.
      if (closed) return;
      let size;
      do {
        size = readNow(outwardDescriptor, buffer);
        if (size > 0) take(Buffer.from(buffer.subarray(0, size)));
        // Less than asked for: the pipe is empty. To ask once more would cost an exception.
      } while (size === buffer.length);
    },
    close() {
      closed = true;
      fromShell.destroy();
      toShell.destroy();
      rmSync(inward, { force: true });
      rmSync(outward, { force: true });
    },
  };
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
async function makePipes(files: string[], env: Readonly<Record<string, string>>): Promise<void> {
  const search = `${env['PATH'] ?? ''}:/usr/bin:/bin`;
  try {
    await promisify(execFile)('mkfifo', ['-m', '600', ...files], { env: { PATH: search } });
  } catch (error) {
    throw new UserError(`The lab's terminal can't be opened: mkfifo made no named pipe in ${path.dirname(files[0] ?? '')}.`, {
      fix: 'mkfifo is part of the package coreutils; the folder must allow named pipes.',
      cause: error,
    });
  }
}
