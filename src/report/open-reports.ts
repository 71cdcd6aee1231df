/** Wires reports to the standard output and to files. The only file of this room that touches the disk. */
import { closeSync, openSync, statSync, accessSync, constants, writeSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { UsageError, UserError } from '../errors.ts';
import { makeFolders } from '../files/make-folders.ts';
import type { ReportRequest } from './parse-report-option.ts';
import type { Out, Report } from './report.ts';

export interface OpenReportsOptions {
  requests: readonly ReportRequest[];
  /** Where reports without a file go. */
  stdout: Out;
  /** Absolute path: what files and places are relative to. */
  directory: string;
}

/** Text files are read anywhere, by editors and browsers. */
const fileOut = { colour: false, columns: 80, unicode: true };

/**
 * Opens all reports as one. A file that can't be written is told at once, not after an hour's run: UserError. Two reports for the
 * standard output, or for one file, are a UsageError. A file of a format that streams grows with
 * each event; every other appears whole at the end.
 */
export function openReports({ requests, stdout, directory }: OpenReportsOptions): Report {
  refuseClashes(requests, directory);
  const open = requests.map((request) => openReport(request, stdout, directory));
  return {
    listen(event) {
      for (const report of open) report.listen(event);
    },
    async end() {
      const results = await Promise.allSettled(open.map(async (report) => report.end()));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
}

function openReport({ format, file }: ReportRequest, stdout: Out, directory: string): Report {
  if (file === undefined) return format.create(stdout, { directory });
  const path = resolve(directory, file);
  const shown = relative(directory, path);
  try {
    makeFolders(dirname(path));
    assertWritable(path);
  } catch (error) {
    throw cannotWrite(shown, error);
  }
  return format.streams ? openStream(path, shown, format.create, directory) : openWhole(path, shown, format.create, directory);
}

type Create = ReportRequest['format']['create'];

function openWhole(path: string, shown: string, create: Create, directory: string): Report {
  const chunks: string[] = [];
  const report = create({ ...fileOut, write: (text) => void chunks.push(text) }, { directory });
  return {
    listen: report.listen,
    async end() {
      await report.end();
      try {
        await writeFileAtomic(path, chunks.join(''));
      } catch (error) {
        throw cannotWrite(shown, error);
      }
    },
  };
}

function openStream(path: string, shown: string, create: Create, directory: string): Report {
  let failure: unknown;
  let descriptor: number;
  try {
    descriptor = openSync(path, 'w');
  } catch (error) {
    throw cannotWrite(shown, error);
  }
  function write(text: string): void {
    try {
      if (failure === undefined) writeSync(descriptor, text);
    } catch (error) {
      // A report must not stop a run: it is told at the end.
      failure = error;
    }
  }
  const report = create({ ...fileOut, write }, { directory });
  return {
    listen: report.listen,
    async end() {
      await report.end();
      closeSync(descriptor);
      if (failure !== undefined) throw cannotWrite(shown, failure);
    },
  };
}

function refuseClashes(requests: readonly ReportRequest[], directory: string): void {
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

const reasons: Record<string, string> = {
  EISDIR: 'it is a folder',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EEXIST: 'a part of its path is a file, not a folder',
};

function cannotWrite(file: string, cause: unknown): UserError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return new UserError(`The report ${file} can't be written: ${reasons[code] ?? String(cause)}.`, { fix: 'Choose another file.', cause });
}
