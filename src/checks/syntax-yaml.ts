import { parseAllDocuments } from 'yaml';
import type { SyntaxMistake } from './syntax-verdict.ts';

/** The first mistake in a YAML text, or nothing when it is YAML. */
export function findYamlError(text: string): SyntaxMistake | undefined {
  // custom tags are no mistake (CloudFormation has !Ref), so warnings are not looked at
  const documents = parseAllDocuments(text, { prettyErrors: true, logLevel: 'error' });
  if (!Array.isArray(documents)) return undefined;
  for (const { errors } of documents) {
    const [error] = errors;
    if (!error) continue;
    const place = error.linePos?.[0] ?? { line: 1, col: 1 };
    return { line: place.line, column: place.col, message: firstSentence(error.message) };
  }
  return undefined;
}

/** The library puts the place and the source line behind its sentence. */
const firstSentence = (message: string) => message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
