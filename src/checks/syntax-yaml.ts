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
    return { line: place.line, column: place.col, message: firstSentence(error.message) };
  }
  return undefined;
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
