import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A Python file that came with labwalk; its folder lies beside `src/` in a checkout and beside `dist/` in a package. */
export function shippedFile(folderName: 'sandbox' | 'mutators', name: string): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = path.join(folder, folderName, name);
    if (fs.existsSync(file)) return file;
    const above = path.dirname(folder);
    if (above === folder) throw new Error(`${folderName}/${name} is missing from this installation of labwalk`);
    folder = above;
  }
}
