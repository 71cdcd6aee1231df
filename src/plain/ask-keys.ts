/** Asks for AWS keys line by line: one after the other, or a whole block that is pasted at the first question. */
import type { Keys } from '../engine/context/cloud.ts';
import { checkId, checkRegion, checkSecret, checkToken, isTemporary } from '../walk/keys/check-key-shape.ts';
import { checkKeys, keysOf } from '../walk/keys/keys-in-text.ts';
import { parsePastedKeys, trimPasted, type PastedKeys } from '../walk/keys/parse-pasted-keys.ts';

export interface KeyQuestions {
  /** A line that is typed without being seen; undefined where nothing can be asked any more. Without a question the next one is taken. */
  askHidden(question?: string): Promise<string | undefined>;
  say(text: string): void;
  /** Enter alone means the sandbox's own keys. */
  given: boolean;
}

type Field = 'id' | 'secret' | 'token' | 'region';

const questions: Record<Field, string> = {
  id: 'Access key ID, or a whole block > ',
  secret: 'Secret access key > ',
  token: 'Session token (these keys are temporary) > ',
  region: 'Region, or Enter for the one that is set > ',
};

/** Far more lines than any block of keys has. */
const mostLines = 200;

/** Asks until there are keys of the right shape. Undefined: not now. */
export async function askKeysInLines({ askHidden, say, given }: KeyQuestions): Promise<Keys | 'given' | undefined> {
  let typed: PastedKeys = {};
  /** Lines of a block, in which names say what is what. */
  let block: string[] = [];
  let asked: Field | undefined;
  for (;;) {
    const keys: PastedKeys = { ...typed, ...parsePastedKeys(block.join('\n')) };
    const field = nextField(keys, typed);
    if (field === undefined) {
      const problem = checkKeys(keys);
      if (problem === undefined) return keysOf(keys);
      say(`${problem} Please give all of them again.`);
      [typed, block, asked] = [{}, [], undefined];
      continue;
    }
    // The rest of a block that was pasted comes without being asked for.
    const line = withoutMarks(await (field === asked ? askHidden() : askHidden(questions[field])));
    if (line === undefined) return undefined;
    asked = field;
    if (isOfBlock(line) || isMoreOfToken(line, block)) {
      block = [...block, line].slice(-mostLines);
      continue;
    }
    const value = trimPasted(line);
    if (value === '') {
      if (field === 'region') return finish(keys);
      if (block.length > 0) continue;
      return field === 'id' && given ? 'given' : undefined;
    }
    const problem = problemOf(field, value, keys);
    asked = undefined;
    if (problem === undefined) typed = { ...typed, [field]: value };
    else say(problem);
  }

  function finish(keys: PastedKeys): Keys | undefined {
    const problem = checkKeys(keys);
    if (problem === undefined) return keysOf(keys);
    say(`${problem} Enter asks for all of them again.`);
    return undefined;
  }
}

function nextField({ id, secret, token, region }: PastedKeys, typed: PastedKeys): Field | undefined {
  if (id === undefined) return 'id';
  if (secret === undefined) return 'secret';
  if (token === undefined && isTemporary(id)) return 'token';
  return region === undefined && typed.region === undefined ? 'region' : undefined;
}

function problemOf(field: Field, value: string, { id = '' }: PastedKeys): string | undefined {
  switch (field) {
    case 'id':
      return checkId(value);
    case 'secret':
      return checkSecret(value);
    case 'token':
      return checkToken(value, id);
    case 'region':
      return checkRegion(value);
  }
}

/** A line with a name in it, the heading of a profile, a brace, a comment. */
const isOfBlock = (line: string): boolean =>
  /(?:key_?id|access_?key|_?token|region|expiration|version|credentials)["']?[ \t]*[=:]|^\s*(?:[[{}#;]|\/\/|::|rem\b|export\s|set\s|\$env:)|AWS_[A-Z_]+\s/i.test(
    line,
  );

/** A token that was cut into lines goes on in lines that hold nothing else. */
const isMoreOfToken = (line: string, block: readonly string[]): boolean =>
  /^\s*[A-Za-z0-9+/=]{2,}["';,\s]*$/.test(line) && /(?:session|security)_?token[^\n]*(?:\n\s*[A-Za-z0-9+/=]+)*$/i.test(block.join('\n'));

/** A terminal's marks around what is pasted. */
const withoutMarks = (line: string | undefined): string | undefined => line?.replaceAll(/\x1b\[20[01]~/g, ''); // eslint-disable-line no-control-regex
