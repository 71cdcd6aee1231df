/** A folder for what several files of one test run share. It goes away with the run. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    runFolder: string;
  }
}

/** vitest's set-up of a whole run: gives the way back. */
export function setup({ provide }: TestProject): () => void {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-e2e-run-')));
  provide('runFolder', folder);
  return () => fs.rmSync(folder, { recursive: true, force: true });
}
