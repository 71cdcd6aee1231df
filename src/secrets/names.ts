/** Which names of variables, keys, options and headers say that their value is a secret. Pure. */

/**
 * How sure a name is. `surely`: whatever stands there is a secret, unless it is a placeholder. `likely`: it also names other things ("Unexpected
 * token"), so the value must not look like a word. `perhaps`: the value must look random.
 */
export type Sureness = 'surely' | 'likely' | 'perhaps';

/** Words at whose end, written together or with more in front of them, a secret is named: `password`, `dbpassword`, `clientsecret`. */
const endings =
  /(?:passwor[dt]|passwd|passphrase|passcode|secret|api_?key|secret_?(?:access_?)?key|(?:session|security|access|auth|refresh|identity|registry|bearer|bot)token)$/;
const shortPassword = /^(?:db|pg|my|sql|mysql|ftp|smtp|mail|imap|user|admin|root|login|http|proxy|redis|mongo|ldap|ssh)(?:pass|pwd)$/;

/** What kind of key is one that nobody may see. */
const secretKeys = new Set(
  'secret api private signing sign encryption encrypt decryption master auth hmac jwt webhook license shared subscription consumer preshared psk'.split(
    ' ',
  ),
);
/** What kind of key, token or pass is none. */
const harmless = {
  key: new Set(
    'public primary foreign partition sort range hash cache object bucket s3 index composite natural translation dict map search lookup row group column field attribute tag registry hot routing idempotency message'.split(
      ' ',
    ),
  ),
  token: new Set(
    'next pagination continuation client page max min idempotency sync resume cursor start starting end eos bos pad unk mask special cancellation cancel stop syntax unexpected current previous prev kind first last num lookahead change upload sequence input output creation action request purchase'.split(
      ' ',
    ),
  ),
  pass: new Set('by first second low high band single one two multi boarding render all tests did will num'.split(' ')),
};

/** Behind the word that counts: which one it is, in which form. */
const qualifiers = new Set(
  'prod production dev development test testing stage staging live local old new admin root value text plain plaintext string base64 b64 raw default confirm confirmation again repeat'.split(
    ' ',
  ),
);

/**
 * How sure a name is that its value is a secret; undefined where it says nothing of the kind.
 *
 * @example sureness('DB_PASS') // 'surely'
 * @example sureness('NextToken') // undefined
 */
export function sureness(name: string): Sureness | undefined {
  const known = remembered.get(name);
  if (known !== undefined) return known ?? undefined;
  const found = judge(wordsOf(name));
  // programs print ever new names: those of the last lines are enough
  if (remembered.size > 2000) remembered.clear();
  remembered.set(name, found ?? null);
  return found;
}
const remembered = new Map<string, Sureness | null>();

/** The words of a name in small letters, without what only says which one of several it is. */
function wordsOf(name: string): string[] {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  while (words.length > 1 && isQualifier(words.at(-1) ?? '')) words.pop();
  const last = words.pop() ?? '';
  return [...words, last.replace(/\d+$/, '') || last];
}

const isQualifier = (word: string) => qualifiers.has(word) || /^\d+$/.test(word);

function judge(words: readonly string[]): Sureness | undefined {
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  // counts and lists as well as secrets: `total_tokens`, `API_KEYS`
  if (/(?:passwords|secrets|keys|tokens)$/.test(last)) return judge([...words.slice(0, -1), last.slice(0, -1)]) && 'perhaps';
  if (last === 'key') return judgeKey(words, before);
  if (last === 'token') return harmless.token.has(before) ? undefined : before === '' ? 'likely' : 'surely';
  if (endings.test(last) || shortPassword.test(last)) return 'surely';
  if (last === 'pass' || last === 'pwd' || last === 'pw') {
    if (harmless.pass.has(before)) return undefined;
    return before === '' ? 'likely' : 'surely';
  }
  if (last === 'auth' || last === 'credential' || last === 'bearer') return 'perhaps';
  return undefined;
}

function judgeKey(words: readonly string[], before: string): Sureness | undefined {
  // also where it is misspelt in between: AWS_SECRET_ACCES_KEY
  if (secretKeys.has(before) || words.slice(-4).includes('secret')) return 'surely';
  return before === '' || harmless.key.has(before) ? undefined : 'perhaps';
}

/** Whether a word is itself a name of something secret, or of a token that is none: what stands for a value, not the value. */
export const endsInSecretWord = (text: string): boolean =>
  /^(?:tokens?|keys?|secrets?|password|passwd|passphrase|pass|credentials?|auth)$/.test(wordsOf(text).at(-1) ?? '') ||
  endings.test(text.toLowerCase());

/**
 * Where in a text a name may be that says so: one of these words is in each of them. Quick, and right far too often; `sureness` decides.
 */
export const nameHint = /pass|pwd|pw\b|secret|token|key|auth|credential|bearer/gi;

/** Characters of a name. */
export const nameCharacter = /[\w-]/;
/** Longer ones are none. */
export const longestName = 80;

/** Names of variables whose values are kept out of every file, however harmless they look: they may be of use to nobody but their owner. */
const couldHoldSecret = /KEY|SECRET|TOKEN|PASS|CREDENTIAL|AUTH|COOKIE|^AWS_(?!SDK_)/i;

/** Whether a name could be that of a secret: for what need not be kept. */
export const mayNameSecret = (name: string): boolean => couldHoldSecret.test(name);

/** Headers whose value is kept out of every event. */
const secretHeader = /auth|cookie|token|secret|key|password|signature/i;

/** @example isSecretHeader('Set-Cookie') // true */
export const isSecretHeader = (name: string): boolean => secretHeader.test(name);
