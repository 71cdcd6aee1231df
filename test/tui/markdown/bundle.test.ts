import path from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { standIns } from '../../../scripts/build.mjs';

const root = path.join(import.meta.dirname, '..', '..', '..');

test('the bundle has the languages that labs show, each a file of its own, and nothing of what is never used', async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['src/tui/markdown/render-step.ts'],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    alias: standIns(root),
    outdir: 'nowhere',
    write: false,
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.filter((file) => /cli-highlight|parse5|emojilib|node-emoji|cli-table3/.test(file))).toEqual([]);
  const languages = inputs.flatMap((file) => /highlight\.js\/(?:es|lib)\/languages\/(\w+)\.js$/.exec(file)?.[1] ?? []);
  expect(languages.sort()).toEqual(
    ['bash', 'diff', 'dockerfile', 'http', 'ini', 'javascript', 'json', 'python', 'typescript', 'xml', 'yaml'].sort(),
  );
  // Nothing of highlight.js is read before a lab shows code.
  const [, first] = Object.entries(metafile.outputs).find(([file]) => file.endsWith('/render-step.js')) ?? [];
  expect(Object.keys(first?.inputs ?? {}).filter((file) => file.includes('highlight.js'))).toEqual([]);
});
