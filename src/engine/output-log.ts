/** The whole output of a terminal, in one file: what reports and screens show is only its end. */
import fs from 'node:fs';
import path from 'node:path';

export interface OutputLog {
  /** Path relative to the workspace, with `/`. */
  readonly path: string;
  write(text: string): void;
  close(): void;
}

/** Opens the file at the first write, so that a silent terminal leaves none. Appends: what an earlier run printed is kept. */
export function openOutputLog(workspace: string, name: string): OutputLog {
  const relative = `.labwalk/output/${name}.log`;
  let file: number | undefined;
  return {
    path: relative,
    write(text) {
      file ??= openForAppend(path.join(workspace, relative));
      fs.writeSync(file, text);
    },
    close() {
      if (file !== undefined) fs.closeSync(file);
      file = undefined;
    },
  };
}

function openForAppend(file: string): number {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  return fs.openSync(file, 'a', 0o600);
}
