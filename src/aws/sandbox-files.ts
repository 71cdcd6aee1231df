import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the folder `sandbox/`, which lies beside `src/` in a checkout and beside `dist/` in a package. */
export function sandboxFile(name: string): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = path.join(folder, 'sandbox', name);
    if (fs.existsSync(file)) return file;
    const above = path.dirname(folder);
    if (above === folder) throw new Error(`sandbox/${name} is missing from this installation of labwalk`);
    folder = above;
  }
}
