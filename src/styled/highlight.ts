/** Colours in code. Only the languages that labs have, each loaded when a lab first shows it. */
import type { HLJSApi, LanguageFn } from 'highlight.js';
import { showHidden } from '../text/hidden.ts';
import { decodeEntities } from './entities.ts';
import type { Paint, Theme } from './theme.ts';

type Language = keyof typeof languages;

const languages = {
  bash: () => import('highlight.js/lib/languages/bash'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  http: () => import('highlight.js/lib/languages/http'),
  ini: () => import('highlight.js/lib/languages/ini'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  python: () => import('highlight.js/lib/languages/python'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
} satisfies Record<string, () => Promise<{ default: LanguageFn }>>;

const aliases: Readonly<Record<string, Language>> = {
  sh: 'bash',
  shell: 'bash',
  zsh: 'bash',
  patch: 'diff',
  docker: 'dockerfile',
  toml: 'ini',
  cfg: 'ini',
  conf: 'ini',
  properties: 'ini',
  js: 'javascript',
  jsx: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsonc: 'json',
  py: 'python',
  python3: 'python',
  ts: 'typescript',
  tsx: 'typescript',
  html: 'xml',
  svg: 'xml',
  yml: 'yaml',
};

/** Longer code stays plain: colouring it would hold the screen up. */
const longestCode = 100_000;

let core: HLJSApi | undefined;

/** Makes `highlightCode` know these languages; names that it has no colours for are passed over. */
export async function loadLanguages(names: Iterable<string>): Promise<void> {
  const wanted = [...new Set([...names].map(languageOf))].filter((name) => name !== undefined);
  if (wanted.every((name) => core?.getLanguage(name))) return;
  const [{ default: hljs }, ...loaded] = await Promise.all([
    import('highlight.js/lib/core'),
    ...wanted.map(async (name) => ({ name, language: (await languages[name]()).default })),
  ]);
  for (const { name, language } of loaded) if (!hljs.getLanguage(name)) hljs.registerLanguage(name, language);
  core = hljs;
}

/** The code in colours; as it is where its language is unknown, or not loaded. The code must be clean. */
export function highlightCode(code: string, language: string, theme: Theme): string {
  const name = languageOf(language);
  if (!theme.colour || !name || !core?.getLanguage(name) || code.length > longestCode) return code;
  const { value } = core.highlight(code, { language: name, ignoreIllegals: true });
  return paintSpans(value, theme);
}

function languageOf(name: string): Language | undefined {
  const key = name.toLowerCase();
  if (Object.hasOwn(languages, key)) return key as Language;
  return Object.hasOwn(aliases, key) ? aliases[key] : undefined;
}

/** highlight.js gives HTML: spans of classes, nested, with five characters escaped. */
function paintSpans(html: string, theme: Theme): string {
  const open: { text: string; paint: Paint }[] = [{ text: '', paint: (text) => text }];
  for (const piece of html.split(/(<span class="[^"]*">|<\/span>)/)) {
    if (piece.startsWith('<span class="')) open.push({ text: '', paint: paintOf(piece.slice(13, -2), theme) });
    else if (piece === '</span>' && open.length > 1) {
      const closed = open.pop();
      const around = open.at(-1);
      if (closed && around) around.text += closed.paint(closed.text);
    } else {
      const around = open.at(-1);
      if (around) around.text += showHidden(decodeEntities(piece.replaceAll('&#x27;', "'")));
    }
  }
  return open.reduceRight((inner, { text, paint }) => paint(text + inner), '');
}

function paintOf(classes: string, theme: Theme): Paint {
  const kind = classes.replace(/^hljs-/, '').split(' ')[0] ?? '';
  if (kind === 'title' || kind === 'section') return theme.bold;
  if (kind === 'comment' || kind === 'quote') return theme.dim;
  if (['keyword', 'selector-tag', 'tag', 'doctag', 'meta'].includes(kind)) return theme.magenta;
  if (['string', 'regexp', 'addition', 'char'].includes(kind)) return theme.green;
  if (['number', 'literal', 'attr', 'attribute', 'built_in', 'symbol', 'type', 'name'].includes(kind)) return theme.cyan;
  return kind === 'deletion' ? theme.red : (text) => text;
}
