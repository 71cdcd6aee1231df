/** A fence as a part of a step: shown, or acting by the keyword in its info string. */
import { isMap } from 'yaml';
import * as z from 'zod';
import { nearest } from '../../text/nearest.ts';
import { didYouMean } from '../problems.ts';
import type { Part } from '../types.ts';
import type { FenceBlock } from './block.ts';
import { readCheckList } from './check-list.ts';
import { keywords, type Keyword, type FenceOptionName } from './fence-keywords.ts';
import { readExpect, readExpectOutput, readReady, readTimeout, readWhen, type Read } from './fence-options.ts';
import { fenceYaml } from './fence-yaml.ts';
import { undeclared, type ReadingContext } from './reading-context.ts';
import { placeAt } from './source.ts';
import type { Word } from './words.ts';
import { parseWithSchema } from './yaml/schema-problems.ts';

interface Info {
  language: string;
  keyword: Keyword;
  /** The keyword's own word. */
  word: Word;
  options: Map<FenceOptionName, Word>;
}

const isKeyword = (text: string): text is Keyword => Object.hasOwn(keywords, text);
const isOption = (text: string, names: readonly string[]): text is FenceOptionName => names.includes(text);

/** True where a fence does something, or tries to. */
export const actsByItsWords = (block: FenceBlock): boolean => block.words.length > 1;

/** Reads a fence. Reports its mistakes, and gives nothing where there are any that matter for the part. */
export function readFencePart(block: FenceBlock, context: ReadingContext): Part | undefined {
  const place = placeAt(block.source, block.start);
  const [language, ...rest] = block.words;
  if (language && isKeyword(language.key))
    context.report(placeAt(block.source, language.start), `the fence says "${language.key}" where its language should stand`, {
      fix: `Write the language first: ${keywords[language.key].languages?.[0] ?? 'text'} ${language.key}.`,
    });
  if (rest.length === 0) return { kind: 'shown', language: language?.key ?? '', text: block.content, place };
  const info = readInfo(language?.key ?? '', rest, block, context);
  return info && makePart(info, block, context);
}

function readInfo(language: string, words: Word[], block: FenceBlock, context: ReadingContext): Info | undefined {
  const at = (word: Word) => placeAt(block.source, word.start);
  const word = words.find(({ key }) => isKeyword(key));
  if (!word) {
    const first = words[0] as Word;
    const near = nearest(first.key, Object.keys(keywords));
    context.report(at(first), `unknown keyword "${first.key}" behind the fence's language`, {
      fix: didYouMean(near, Object.keys(keywords), 'There are'),
    });
    return undefined;
  }
  const keyword = word.key as Keyword;
  const { options: known, takes, languages } = keywords[keyword];
  if (takes && !word.value) context.report(at(word), `${keyword} needs a value`, { fix: `Write it like ${keyword}=${takes}.` });
  if (!takes && word.value !== undefined) context.report(at(word), `${keyword} takes no value`, { fix: `Write only ${keyword}.` });
  if (languages && !languages.includes(language))
    context.report(placeAt(block.source, block.words[0]?.start ?? block.start), `a ${keyword} fence can't be "${language}"`, {
      fix: `Its language is ${languages[0]}.`,
    });
  const options = new Map<FenceOptionName, Word>();
  for (const other of words) {
    if (other === word) continue;
    const name = other.key;
    if (other.open) context.report(at(other), 'a quote is never closed');
    else if (isKeyword(name)) context.report(at(other), `a fence has one keyword, and this one has "${keyword}" already`);
    else if (!isOption(name, known))
      context.report(at(other), `unknown option "${name}" of a ${keyword} fence`, {
        fix: didYouMean(nearest(name, known), known, 'It knows'),
      });
    else if (!other.value) context.report(at(other), `${name} needs a value`, { fix: `Write it like ${name}=….` });
    else if (options.has(name)) context.report(at(other), `${name} is given twice`);
    else options.set(name, other);
  }
  return takes && !word.value ? undefined : { language, keyword, word, options };
}

function makePart(info: Info, block: FenceBlock, context: ReadingContext): Part | undefined {
  const place = placeAt(block.source, block.start);
  const read = <T>(name: FenceOptionName, reader: (text: string) => Read<T>): T | undefined =>
    readOption(info, name, reader, block, context);
  const when = optional('when', read('when', readWhen));
  const timeout = optional('timeout', read('timeout', readTimeout));
  const value = info.word.value ?? '';
  if (info.keyword !== 'output' && info.keyword !== 'file' && block.content.trim() === '')
    context.report(place, `this ${info.keyword} fence is empty`);
  switch (info.keyword) {
    case 'run': {
      const expect = optional('expect', read('expect', readExpect));
      const expectOutput = optional(
        'expectOutput',
        read('expect-output', (text) => readExpectOutput(text, context.variables)),
      );
      const capture = optional(
        'capture',
        read('capture', (name) => readCapture(name, context)),
      );
      return { kind: 'run', place, script: block.content, ...timeout, ...expect, ...expectOutput, ...capture, ...when };
    }
    case 'service': {
      if (!/^[\p{L}\p{N}_-]+$/u.test(value) || value === 'lab')
        context.report(placeAt(block.source, info.word.valueStart), `"${value}" can't be the name of a service`, {
          fix: value === 'lab' ? "It is the name of the lab's own terminal. Choose another." : 'Use letters, digits, - and _.',
        });
      const ready = optional(
        'ready',
        read('ready', (text) => readReady(text, context.variables)),
      );
      return { kind: 'service', place, name: value, script: block.content, ...ready, ...timeout, ...when };
    }
    case 'file': {
      const mistake = pathMistake(value);
      if (mistake) context.report(placeAt(block.source, info.word.valueStart), `"${value}" can't be a file of the learner's: ${mistake}`);
      const from = info.options.get('from');
      if (from?.value) context.uses.push({ kind: 'from', id: from.value, place: placeAt(block.source, from.valueStart) });
      return { kind: 'file', place, language: info.language, path: value, text: block.content, ...optional('from', from?.value), ...when };
    }
    case 'credentials':
      return { kind: 'credentials', place, for: readCredentials(block, context), ...when };
    case 'check':
      return { kind: 'checks', place, checks: readCheckList(block, context) };
    case 'output':
      return { kind: 'output', place, text: block.content };
    case 'cleanup':
      return { kind: 'cleanup', place, script: block.content, ...timeout, ...when };
  }
}

function readOption<T>(
  info: Info,
  name: FenceOptionName,
  reader: (text: string) => Read<T>,
  block: FenceBlock,
  context: ReadingContext,
): T | undefined {
  const word = info.options.get(name);
  if (word?.value === undefined) return undefined;
  const result = reader(word.value);
  if ('value' in result) return result.value;
  context.report(placeAt(block.source, word.valueStart), result.mistake, result.fix ? { fix: result.fix } : {});
  return undefined;
}

function readCapture(name: string, { variables }: ReadingContext): Read<string> {
  const unknown = undeclared(name, variables);
  if (unknown) return unknown;
  if (variables.find(name)?.kind === 'captured') return { value: name };
  return { mistake: `${name} has a value already`, fix: `Declare it as captured: ${name}: captured.` };
}

const credentialsSchema = z.strictObject({
  for: z.array(z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'This is not the name of an AWS service.' })).min(1),
});

function readCredentials(block: FenceBlock, context: ReadingContext): string[] {
  const yaml = fenceYaml(block, context);
  if (!yaml) return [];
  if (!isMap(yaml.root)) {
    if (block.content.trim() !== '')
      context.report(placeAt(block.source, block.start), 'a credentials fence is a mapping', { fix: 'Write it like for: [iam, lambda].' });
    return [];
  }
  const checked = {
    schema: credentialsSchema,
    value: yaml.valueOf(yaml.root),
    node: yaml.root,
    keyNode: yaml.root,
    yaml,
    subject: 'the credentials fence',
  };
  return parseWithSchema(checked, context.report)?.for ?? [];
}

function optional<K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: T };
}

/** Why a path that a lab names can't be used as a path in the workspace, or nothing when it can. */
export function pathMistake(path: string): string | undefined {
  if (path === '') return 'it is empty';
  if (path.includes('\\')) return 'folders are parted by "/", not by "\\"';
  if (path.startsWith('/') || path.startsWith('~') || /^[A-Za-z]:/.test(path))
    return 'it is absolute, and a lab writes only in its workspace';
  const parts = path.split('/');
  if (parts.includes('..')) return 'it leaves the workspace';
  if (parts.some((part) => part === '' || part === '.')) return 'it has an empty or "." part';
  if (parts[0] === '.labwalk') return '.labwalk belongs to the program';
  if (/\p{Cc}/u.test(path)) return 'it has a control character';
  return undefined;
}
