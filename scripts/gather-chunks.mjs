/**
 * Gathers what `labwalk run` loads into few files. esbuild makes a chunk for each set of lazily loaded rooms that have modules in common, and
 * Node takes about a millisecond for each file of an ES module: `run` would load a hundred. The rooms below need nearly all that `run` has,
 * so each of them is made to load it: then all of it is common to the same rooms.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const loader = 'src/commands/run.ts';

/** Not among them: what is shown before a lab is read (the list, the first screen). */
const rooms = [
  ...['check', 'clean', 'export', 'kept', 'reset', 'verify'].map((command) => `src/commands/${command}.ts`),
  'src/session/cloud/open-aws-cloud.ts',
  'src/session/cloud/open-idle-cloud.ts',
  'src/session/walk/open-walk.ts',
];

/** @type {(root: string) => import('esbuild').Plugin} */
export const gatherChunks = (root) => ({
  name: 'gather-chunks',
  setup({ onLoad }) {
    const files = new Set(rooms.map((room) => path.join(root, room)));
    const gone = existsSync(path.join(root, loader)) ? [...files].filter((file) => !existsSync(file)) : [];
    if (gone.length > 0) throw new Error(`scripts/gather-chunks.mjs names what is not there: ${gone.join(', ')}`);
    onLoad({ filter: /\/src\/(commands|session)\/.*\.ts$/ }, async ({ path: file }) => {
      if (!files.has(file)) return undefined;
      const text = await readFile(file, 'utf8');
      return { contents: `${text}\nimport ${JSON.stringify(path.join(root, loader))};\n`, loader: 'ts' };
    });
  },
});
