/** The whole output of a terminal, in one file: what reports and screens show is only its end. */
import fs from 'node:fs';
import path from 'node:path';
import type { EventBody } from '../../events/event.ts';
import { makeFolders } from '../../files/make-folders.ts';
import { refused } from '../../files/refused.ts';
import { writeAll } from '../../files/write-all.ts';

export interface OutputLog {
  /** Path relative to the workspace, with `/`. */
  readonly path: string;
  /** Never throws: where the file can't be written, output is missing in it, and the file says so. */
  write(text: string): void;
  close(): void;
}

export interface OutputLogs {
  /** A log that is opened at its first write, so that a silent terminal leaves none. Appends: what an earlier run printed is kept. */
  open(name: string): OutputLog;
}

const missing = '\n[labwalk: some output is missing here]\n';

/** @param emit is told, once, that logs can't be written */
export function createOutputLogs(workspace: string, emit: (body: EventBody) => void): OutputLogs {
  let isTold = false;

  const tell = (file: string, error: unknown) => {
    if (isTold) return;
    isTold = true;
    const own = path.join(workspace, '.labwalk');
    const why = refused("What commands print can't be kept in full", file, error, { own, then: 'Everything else goes on.' });
    emit({ type: 'notice', level: 'warning', text: why.message });
  };

  const open = (name: string): OutputLog => {
    const relative = `.labwalk/output/${name}.log`;
    const file = path.join(workspace, relative);
    let descriptor: number | undefined;
    let isCut = false;
    return {
      path: relative,
      write(text) {
        try {
          descriptor ??= openForAppend(file);
          writeAll(descriptor, isCut ? missing + text : text);
          isCut = false;
        } catch (error) {
          isCut = true;
          tell(file, error);
        }
      },
      close() {
        if (descriptor !== undefined) fs.closeSync(descriptor);
        descriptor = undefined;
      },
    };
  };

  return { open };
}

function openForAppend(file: string): number {
  makeFolders(path.dirname(file), 0o700);
  return fs.openSync(file, 'a', 0o600);
}
