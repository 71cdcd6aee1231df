/** AWS keys in what people paste: blocks for a shell, files, answers of the AWS CLI. Pure. */
import { looksLikeId, looksLikeRegion, looksLikeSecret } from './check-key-shape.ts';

export interface PastedKeys {
  id?: string;
  secret?: string;
  token?: string;
  region?: string;
}

/**
 * A name, what stands between, a value. Names as in the environment, in the credentials file and in the AWS CLI's JSON. A blank alone stands
 * between them in fish (`set -gx AWS_… value`) and `setx`.
 */
const assignment =
  /(?<![A-Za-z0-9])((?:aws_?)?(?:access_?key_?id|secret_?access_?key|session_?token|security_?token|(?:default_?)?region))["'”’]?([ \t]*[=:][ \t]*|[ \t]+)["'“‘]?([^\s"'“”‘’;,]*)/gi;

const fields: Record<string, keyof PastedKeys> = {
  accesskeyid: 'id',
  secretaccesskey: 'secret',
  sessiontoken: 'token',
  securitytoken: 'token',
  region: 'region',
  defaultregion: 'region',
};

/**
 * The keys in a pasted text, in whatever order they stand; undefined where it is not a block of keys but, say, the secret alone.
 *
 * @example parsePastedKeys('export AWS_ACCESS_KEY_ID="AKIA…"\nexport AWS_SECRET_ACCESS_KEY=…') // { id: 'AKIA…', secret: '…' }
 */
export function parsePastedKeys(text: string): PastedKeys | undefined {
  const keys: PastedKeys = {};
  for (const [, name = '', between = '', value = ''] of text.matchAll(assignment)) {
    const field = fields[name.toLowerCase().replace(/^aws/, '').replaceAll('_', '')];
    const isProse = between.trim() === '' && !name.startsWith('AWS_');
    if (field === undefined || isProse || value === '') continue;
    if (field === 'region' && !looksLikeRegion(value)) continue;
    keys[field] = value;
  }
  if (keys.id !== undefined || keys.secret !== undefined || keys.token !== undefined) return keys;
  return parseBareKeys(text);
}

/** Id and secret without names, as in a table: `AKIA…,abcd…`. They are known by their shape. */
function parseBareKeys(text: string): PastedKeys | undefined {
  const words = text.split(/[\s,;"']+/).filter((word) => word !== '');
  const id = words.find(looksLikeId);
  const secret = words.find(looksLikeSecret);
  if (id === undefined || secret === undefined) return undefined;
  const token = words.find((word) => word.length > 100 && /^[A-Za-z0-9+/=_-]+$/.test(word));
  return { id, secret, ...(token === undefined ? {} : { token }) };
}

/** One value as it is pasted into its own field: without spaces, quotes and a sign that was copied with it. */
export function trimPasted(text: string): string {
  return text.replace(/\s+/g, '').replace(/^["'“”‘’`]+|["'“”‘’`,;]+$/g, '');
}
