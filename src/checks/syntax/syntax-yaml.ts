import { parseAllDocuments, visit, type Alias, type Document } from 'yaml';
import type { SyntaxMistake } from './syntax-verdict.ts';

/** The first mistake in a YAML text, or nothing when it is YAML. */
export function findYamlError(text: string): SyntaxMistake | undefined {
  // custom tags are no mistake (CloudFormation has !Ref), so warnings are not looked at; nor is a second merge key (`<<`) in a map
  const documents = parseAllDocuments(text, { prettyErrors: true, logLevel: 'error', merge: true });
  if (!Array.isArray(documents)) return undefined;
  for (const document of documents) {
    const [error] = document.errors;
    if (!error) {
      const alias = findUnknownAlias(document, text);
      if (alias) return alias;
      continue;
    }
    const place = error.linePos?.[0] ?? { line: 1, col: 1 };
    const at = { line: place.line, column: place.col };
    return error.code === 'DUPLICATE_KEY' ? describeTwice(text, error.pos[0], at) : { ...at, message: firstSentence(error.message) };
  }
  return undefined;
}

function describeTwice(text: string, offset: number, at: { line: number; column: number }): SyntaxMistake {
  const key = /^["']?([^"':\n]+)/.exec(text.slice(offset))?.[1]?.trim() ?? 'key';
  return {
    ...at,
    message: `${key} is there twice, with another one above it`,
    advise: (path) => `In one map each key must have a name of its own. Rename the ${key} in line ${at.line} of ${path}, or take it out.`,
  };
}

/** An alias must have its anchor above: the library says so only of whom asks for the values. */
function findUnknownAlias(document: Document, text: string): SyntaxMistake | undefined {
  let found: Alias | undefined;
  visit(document, {
    Alias(_key, node) {
      if (node.resolve(document)) return undefined;
      found = node;
      return visit.BREAK;
    },
  });
  if (!found?.range) return undefined;
  const before = text.slice(0, found.range[0]).split('\n');
  return {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    message: `*${found.source} stands for nothing: no &${found.source} is above it`,
  };
}

/** The library puts the place and the source line behind its sentence. */
const firstSentence = (message: string) => message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
