/** AWS keys in what people paste: blocks for a shell, files, answers of the AWS CLI. Pure. */
import { looksLikeId, looksLikeRegion, looksLikeSecret } from './check-key-shape.ts';

export interface PastedKeys {
  id?: string;
  secret?: string;
  token?: string;
  region?: string;
  /** Until when they count, as it stood there. */
  expires?: string;
  /** The profile that was taken, where there were several. */
  profile?: string;
  /** The token stood on several lines, and was put together. */
  joined?: true;
}

type Field = 'id' | 'secret' | 'token' | 'region' | 'expires';

/**
 * A name, what stands between, a quote, a value. Names as in the environment, in the credentials file and in the AWS CLI's JSON. A blank alone
 * stands between them in fish (`set -gx AWS_… value`) and `setx`. Cut, a long value goes on in lines that hold nothing else.
 */
const assignment =
  /(?<![A-Za-z0-9])((?:aws_?)?(?:access_?key_?id|secret_?access_?key|session_?token|security_?token|(?:default_?)?region|(?:session_?|credential_?)?expiration))["'”’]?([ \t]*[=:][ \t]*|[ \t]+)(["'“‘]?)([^\s"'“”‘’;,]*)((?:\n[ \t]*[A-Za-z0-9+/=]{2,}(?=[ \t]*(?:\n|$|["'”’])))*)/gi;

const fields: Record<string, Field> = {
  accesskeyid: 'id',
  secretaccesskey: 'secret',
  sessiontoken: 'token',
  securitytoken: 'token',
  region: 'region',
  defaultregion: 'region',
  expiration: 'expires',
  sessionexpiration: 'expires',
  credentialexpiration: 'expires',
};

/** Lines that say nothing: of shells, files, PowerShell and cmd. */
const comment = /^[ \t]*(?:#|;|\/\/|::|rem\b).*$/gim;

/**
 * The keys in a pasted text, in whatever order they stand; undefined where it is not a block of keys but, say, the secret alone. Of several
 * profiles `default` is taken, else the first that has keys.
 *
 * @example parsePastedKeys('export AWS_ACCESS_KEY_ID="AKIA…"\nexport AWS_SECRET_ACCESS_KEY=…') // { id: 'AKIA…', secret: '…' }
 */
export function parsePastedKeys(text: string): PastedKeys | undefined {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(comment, '');
  const profiles = profilesIn(lines).filter(({ keys }) => keys.id !== undefined && keys.secret !== undefined);
  const profile = profiles.find(({ name }) => name === 'default') ?? profiles[0];
  if (profile && profiles.length > 1) return { ...profile.keys, profile: profile.name };
  const keys = readAssignments(lines);
  if (keys.id !== undefined || keys.secret !== undefined || keys.token !== undefined) return keys;
  return parseBareKeys(lines);
}

/** The sections of a credentials or configuration file. */
function profilesIn(text: string): { name: string; keys: PastedKeys }[] {
  const heading = /^[ \t]*\[(?:profile[ \t]+)?([^\]\n]+)\][ \t]*$/gm;
  const headings = [...text.matchAll(heading)];
  return headings.map((match, i) => ({
    name: (match[1] ?? '').trim(),
    keys: readAssignments(text.slice(match.index + match[0].length, headings[i + 1]?.index)),
  }));
}

function readAssignments(text: string): PastedKeys {
  const keys: PastedKeys = {};
  for (const [, name = '', between = '', quote = '', value = '', more = ''] of text.matchAll(assignment)) {
    const field = fields[name.toLowerCase().replace(/^aws/, '').replaceAll('_', '')];
    const isProse = between.trim() === '' && !name.startsWith('AWS_');
    if (field === undefined || isProse || (value === '' && quote === '')) continue;
    if (field === 'region' && !looksLikeRegion(value)) continue;
    const rest = field === 'token' ? more.replace(/\s/g, '') : '';
    if (value + rest === '') continue;
    keys[field] = value + rest;
    if (rest !== '') keys.joined = true;
  }
  return keys;
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
