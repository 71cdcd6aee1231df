/** Whether two texts of some language say the same. */
import { isDeepStrictEqual } from 'node:util';
import { findJsonError } from '../checks/syntax/json-error.ts';
import type { SyntaxMistake } from '../checks/syntax/syntax-verdict.ts';
import { findYamlError } from '../checks/syntax/syntax-yaml.ts';
import { comparePython, type PythonPlace } from './meaning-python.ts';
import { sameRequirements } from './meaning-requirements.ts';
import { sameYaml } from './meaning-yaml.ts';
import type { Meaning, Texts } from './types.ts';

/** By the name of the file. What has no language differs when its text does. */
export async function compareMeaning(path: string, texts: Texts, place: PythonPlace): Promise<Meaning> {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name.endsWith('.py')) return comparePython(texts, place);
  if (name.endsWith('.json')) return compareData(texts, findJsonError, sameJson);
  if (/\.ya?ml$/.test(name)) return compareData(texts, findYamlError, sameYaml);
  if (/^requirements.*\.(?:txt|in)$/.test(name)) return { same: sameRequirements(texts) };
  return { same: false };
}

function compareData(texts: Texts, findMistake: (text: string) => SyntaxMistake | undefined, isSame: (texts: Texts) => boolean): Meaning {
  const bare = { yours: withoutMark(texts.yours), labs: withoutMark(texts.labs) };
  const mistake = findMistake(bare.yours);
  if (mistake) return { same: false, mistake };
  return { same: findMistake(bare.labs) === undefined && isSame(bare) };
}

/** Editors put a byte order mark in front; readers of the text pass over it. */
const withoutMark = (text: string) => text.replace(/^\uFEFF/, '');

/** Whether two JSON texts hold the same values, whatever the order of keys. Both must be JSON. */
function sameJson({ yours, labs }: Texts): boolean {
  // JavaScript would round them
  if (longNumber.test(yours) || longNumber.test(labs)) return false;
  return isDeepStrictEqual(JSON.parse(yours), JSON.parse(labs));
}

const longNumber = /\d{16}/;
