/** Where reports are written to: the standard output and files. The only file of this room that touches the disk. */
import { closeSync, openSync, statSync, accessSync, constants } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { UsageError, type UserError } from '../errors.ts';
import { makeFolders } from '../files/make-folders.ts';
import { refused } from '../files/refused.ts';
import { writeAll } from '../files/write-all.ts';
import { writeWholeFile } from '../files/write-whole.ts';
import type { ReportRequest } from './parse-report-option.ts';
import type { Out } from './report.ts';

/** A format that was asked for, and where it goes. */
export interface OpenOut<Format> {
  format: Format;
  /** As it was asked for. */
  file?: string;
  out: Out;
  /** After the last text. A file that could not be written is told: UserError. */
  close(): Promise<void>;
}

interface Format {
  name: string;
  /** A file grows with each text; else it appears whole at the end. */
  streams: boolean;
}
type Request = ReportRequest<Format>;

/** Text files are read anywhere, by editors and browsers. */
const fileOut = { colour: false, columns: 80, unicode: true };

/**
 * Opens what reports write to. A file that can't be written is told at once, not after an hour's run: UserError. Two reports for the
 * standard output, or for one file, are a UsageError.
 */
export function openOuts<F extends Format>(options: {
  requests: readonly ReportRequest<F>[];
  /** Where reports without a file go. */
  stdout: Out;
  /** Absolute path: what files are relative to. */
  directory: string;
}): OpenOut<F>[] {
  const { requests, stdout, directory } = options;
  refuseClashes(requests, directory);
  return requests.map(({ format, file }) => {
    if (file === undefined) return { format, out: stdout, close: () => Promise.resolve() };
    return { format, file, ...openFile(file, format.streams, directory) };
  });
}

type OpenFile = Pick<OpenOut<Format>, 'out' | 'close'>;

function openFile(file: string, streams: boolean, directory: string): OpenFile {
  const path = resolve(directory, file);
  const shown = relative(directory, path);
  try {
    makeFolders(dirname(path));
    assertWritable(path);
  } catch (error) {
    throw cannotWrite(path, shown, error);
  }
  return streams ? openStream(path, shown) : openWhole(path, shown);
}

function openWhole(path: string, shown: string): OpenFile {
  const chunks: string[] = [];
  return {
    out: { ...fileOut, write: (text) => void chunks.push(text) },
    close() {
      try {
        writeWholeFile(path, chunks.join(''));
        return Promise.resolve();
      } catch (error) {
        return Promise.reject(cannotWrite(path, shown, error));
      }
    },
  };
}

function openStream(path: string, shown: string): OpenFile {
  let failure: unknown;
  let descriptor: number;
  try {
    descriptor = openSync(path, 'w');
  } catch (error) {
    throw cannotWrite(path, shown, error);
  }
  function write(text: string): void {
    try {
      if (failure === undefined) writeAll(descriptor, text);
    } catch (error) {
      // A report must not stop a run: it is told at the end.
      failure = error;
    }
  }
  return {
    out: { ...fileOut, write },
    close() {
      closeSync(descriptor);
      return failure === undefined ? Promise.resolve() : Promise.reject(cannotWrite(path, shown, failure));
    },
  };
}

function refuseClashes(requests: readonly Request[], directory: string): void {
  const seen = new Map<string, string>();
  for (const { format, file } of requests) {
    const target = file === undefined ? '' : resolve(directory, file);
    const other = seen.get(target);
    if (other !== undefined) {
      const where = file === undefined ? 'the standard output' : file;
      throw new UsageError(
        `The reports "${other}" and "${format.name}" both go to ${where}.`,
        `Give one of them a file of its own: --report ${format.name}=FILE.`,
      );
    }
    seen.set(target, format.name);
  }
}

function assertWritable(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
  accessSync(stats ? path : dirname(path), constants.W_OK);
}

const cannotWrite = (path: string, shown: string, cause: unknown): UserError =>
  refused(`The report ${shown} can't be written`, path, cause, { or: 'choose another file' });
