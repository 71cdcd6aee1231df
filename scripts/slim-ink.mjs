/**
 * What the bundle leaves out of Ink. labwalk's screen hands Ink plain ASCII alone, one character for each line of a pane
 * (src/tui/ink/stand-ins.ts), so Ink need not measure, wrap or colour anything: its packages for that take a third of the time to the first
 * frame, and most of the time of each later one. It restores the terminal by itself, too (src/tui/outer/outer-terminal.ts).
 */
import { readFile } from 'node:fs/promises';

/** What Ink imports, and what it gets instead. @type {Readonly<Record<string, string>>} */
const slimmed = {
  'string-width': 'export default (text) => text.length;',
  'widest-line': "export default (text) => Math.max(...text.split('\\n').map((line) => line.length));",
  'wrap-ansi': 'export default (text) => text;',
  'slice-ansi': 'export default (text, from, to) => text.slice(from, to);',
  'cli-truncate': 'export default (text, columns) => text.slice(0, columns);',
  '@alcalzone/ansi-tokenize': `
    const noStyles = [];
    export const tokenize = (text) => [...text];
    export const styledCharsFromTokens = (tokens) => tokens.map((value) => ({ type: 'char', value, fullWidth: false, styles: noStyles }));
    export const styledCharsToString = (characters) => characters.map(({ value }) => value).join('');`,
  'cli-cursor': 'export default { show() {}, hide() {} };',
  'signal-exit': 'export default () => () => {};',
  'patch-console': 'export default () => () => {};',
  'terminal-size': 'export default () => ({ columns: 80, rows: 24 });',
  // What Ink shows of a thrown error: labwalk tells of it on the usual screen.
  './ErrorOverview.js': 'export default () => null;',
};

/** @type {import('esbuild').Plugin} */
export const slimInk = {
  name: 'slim-ink',
  setup(build) {
    const names = Object.keys(slimmed).map((name) => name.replace(/[./]/g, '\\$&'));
    build.onResolve({ filter: new RegExp(`^(${names.join('|')})$`) }, ({ path, importer }) =>
      /[\\/]node_modules[\\/]ink[\\/]/.test(importer) ? { path, namespace: 'slim-ink' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'slim-ink' }, ({ path }) => ({ contents: slimmed[path] ?? '' }));

    // Yoga, which lays the boxes out, would `fetch` its own WebAssembly from a data address, and that loads all of Node's HTTP client.
    // Without a `fetch` it decodes it by itself.
    build.onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async ({ path }) => ({
      contents: `const fetch = undefined;\n${await readFile(path, 'utf8')}`,
    }));
  },
};
