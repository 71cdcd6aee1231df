import { posix } from 'node:path';
import * as z from 'zod';
import type { Check, CheckContext, Outcome } from './check.ts';
import { failed } from './failed.ts';
import { findJsonError } from './syntax/json-error.ts';
import { parseJson } from './texts/find-json.ts';
import { pathKey } from './texts/path-key.ts';
import { readText } from './texts/read-text.ts';
import { checkJavaScript } from './syntax/syntax-javascript.ts';
import { checkPython } from './syntax/syntax-python.ts';
import { explainDamage } from './damage/explain-damage.ts';
import { describeMistake } from './syntax/describe-mistake.ts';
import { unknown, type SyntaxMistake, type SyntaxVerdict } from './syntax/syntax-verdict.ts';
import { findYamlError } from './syntax/syntax-yaml.ts';
import { hasTemplate } from './texts/template.ts';

const LANGUAGES = ['python', 'json', 'yaml', 'javascript'] as const;
type Language = (typeof LANGUAGES)[number];

interface SyntaxInput {
  path: string;
  language?: Language;
}

const schema: z.ZodType<SyntaxInput> = z.preprocess(
  (value) => (typeof value === 'string' ? { path: value } : value),
  z
    .strictObject({
      path: pathKey().describe('The file: its path in the workspace. `syntax: PATH` is short for it.'),
      language: z.enum(LANGUAGES).optional().describe('Its language. Without it: by the ending of its name.'),
    })
    .refine(({ path, language }) => language !== undefined || hasTemplate(path) || languageOf(path) !== undefined, {
      path: ['path'],
      message: `the ending does not tell the language; add "language", one of ${LANGUAGES.join(', ')}`,
    }),
);

export const syntax: Check<SyntaxInput> = {
  name: 'syntax',
  about: 'Whether a file can be read as Python, JSON, YAML or JavaScript. Nothing in it is run.',
  example: '- syntax: myapp/app.py\n- syntax: { path: settings, language: yaml }\n',
  schema,
  looksAt: 'state',
  summary: ({ path, language }) => `${path} is ${nameLanguage(language ?? languageOf(path))} without syntax errors`,
  async run(input, context): Promise<Outcome> {
    const language = input.language ?? languageOf(input.path);
    const expected = `${nameLanguage(language)} without syntax errors in ${input.path}`;
    const found = await readText(context.workspace, input.path);
    if (!found.found) return failed(expected, found.actual, found.tryThis);
    const verdict = await look(language, found, context);
    if (verdict.kind === 'good') return { passed: true };
    if (verdict.kind === 'unknown') return failed(expected, verdict.actual, verdict.tryThis);
    const { mistake } = verdict;
    const actual = describeMistake(found.text, mistake);
    if (mistake.advise) return { ...failed(expected, actual, mistake.advise(input.path)), sure: true };
    return failed(expected, actual, advise(input.path, language, mistake));
  },
};

/** Where a file is read, and by whom. */
type Place = Pick<CheckContext, 'workspace' | 'directory' | 'env' | 'signal'>;

/** The first mistake in a file of the workspace, by the language of its name; undefined where there is none, or none can be found. */
export async function findMistake(path: string, place: Place): Promise<{ text: string; mistake: SyntaxMistake } | undefined> {
  const language = languageOf(path);
  const found = language === undefined ? undefined : await readText(place.workspace, path);
  if (!found?.found) return undefined;
  const verdict = await look(language, found, place);
  return verdict.kind === 'mistake' ? { text: found.text, mistake: verdict.mistake } : undefined;
}

/** What the language's parser says of a file; where damage to its text is the cause of the mistake, that is the mistake. */
async function look(language: Language | undefined, found: { text: string; file: string }, context: Place): Promise<SyntaxVerdict> {
  const verdict = await parse(language, found, context);
  if (verdict.kind !== 'mistake') return verdict;
  const cause = await explainDamage(found, verdict.mistake, (text) => parse(language, { text }, context));
  return cause ? { kind: 'mistake', mistake: cause } : verdict;
}

/** Parses a file, or a text where no file is given. */
function parse(language: Language | undefined, { text, file }: { text: string; file?: string }, context: Place): Promise<SyntaxVerdict> {
  const source = file === undefined ? { text } : { file };
  switch (language) {
    case 'python':
      return checkPython(source, context);
    case 'javascript':
      return checkJavaScript(source, context);
    case 'json':
      return Promise.resolve(checkJson(text));
    case 'yaml': {
      const mistake = findYamlError(text);
      return Promise.resolve(mistake ? { kind: 'mistake', mistake } : { kind: 'good' });
    }
    case undefined:
      return Promise.resolve(
        unknown('the ending of its name does not tell its language', 'This lab has a mistake here: the check needs "language".'),
      );
  }
}

function checkJson(text: string): SyntaxVerdict {
  if (parseJson(text).ok) return { kind: 'good' };
  return { kind: 'mistake', mistake: findJsonError(text) ?? { line: 1, message: 'this is not JSON' } };
}

function advise(path: string, language: Language | undefined, { line, message }: SyntaxMistake): string {
  const look = `Look at line ${line} of ${path}`;
  if (language === 'python' && /indent|tab/i.test(message))
    return `${look}. Python goes by the spaces in front of a line: use four for each level, and no tabs.`;
  if (language === 'python' && message.startsWith('f-string'))
    return `${look}. Before version 3.12, Python can't read the quotes of an f-string again inside its braces: use the other kind there.`;
  if (language === 'yaml')
    return `${look} and the one above it. YAML goes by the spaces in front of a line, and a colon needs a space behind it.`;
  return `${look} and the one above it. Often a bracket, a quote, a comma or a colon is missing just before the place shown.`;
}

function languageOf(path: string): Language | undefined {
  return ENDINGS[posix.extname(path).toLowerCase()];
}

const ENDINGS: Record<string, Language> = {
  '.py': 'python',
  '.json': 'json',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
};

const NAMES: Record<Language, string> = { python: 'Python', json: 'JSON', yaml: 'YAML', javascript: 'JavaScript' };
const nameLanguage = (language: Language | undefined) => (language ? NAMES[language] : 'code');
