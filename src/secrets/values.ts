/** Whether what stands behind a secret's name is one, or only stands for one: a placeholder, a reference, a type, a word. Pure. */
import { endsInSecretWord, type Sureness } from './names.ts';

export interface Value {
  /** Without its quotes. */
  text: string;
  quoted: boolean;
  /** It stands where nothing but a literal can: in a file of settings, behind `NAME=` in a shell. Else it may be a name or an expression. */
  literal: boolean;
  /** A person has given it to a program: then also what documentation uses for an example is a secret. */
  given?: boolean;
}

/** A long value shows at its beginning what it is. */
const telling = 256;

export function isSecretValue({ text: whole, quoted, literal, given = false }: Value, sure: Sureness): boolean {
  const text = whole.slice(0, telling);
  if ((isPlaceholder(text) && !(given && isExample(text))) || (quoted && !literal && (text.length < 3 || !/[A-Za-z0-9]/.test(text))))
    return false;
  if (sure === 'perhaps') return isRandom(text);
  if (!quoted && !literal) return looksMixed(text);
  if (sure === 'likely') return looksMixed(text);
  return (quoted && literal) || (!isLabel(text) && !/^\d{1,3}$/.test(text));
}

/** Words that stand in a placeholder and hardly ever in a secret. */
const placeholderWords =
  /(?:^|[^a-z])(?:your|example|sample|placeholder|dummy|fake|todo|fixme|tbd|redacted|replace(?:me)?|insert|change[-_ ]?(?:me|it|this)|put[-_ ]|enter[-_ ]|fill[-_ ]?in|(?:some|any|the|my)[-_ ](?:\w+[-_ ])*(?:password|secret|token|key)|goes[-_ ]here|here$)/i;

/** Plain words that stand behind a secret's name: types, states, the names of fields. */
const plainWords = new Set(
  `string str text bytes byte int integer number float bool boolean any unknown object optional secretstr password passwd pass secret token key apikey none null nil
undefined true false yes no on off void never required missing invalid valid expired unset empty set ok enabled disabled default auto hidden bearer basic digest oauth
oauth2 jwt header query cookie env file vault plain login username user email unchanged changed same different wrong weak strong short ask prompt stdin md5 utf8
encrypted plaintext base64 base32 hex hmac rs256 hs256 es256 sha1 sha256 sha512 test
seconds minutes hours days string_value`.split(/\s+/),
);

/**
 * Whether a value only stands for one: it is empty, masked, refers to a variable, a file or an address, or says itself that it is none.
 *
 * @example isPlaceholder('your-secret-here') // true
 * @example isPlaceholder('${DB_PASSWORD}') // true
 */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (text === '' || /^(.)\1{3,}$/s.test(text) || /^(?:[*•.…_:{}-]+|x{3,})\w{0,4}$/i.test(text)) return true;
  if (isReference(text) || isPattern(text) || plainWords.has(text.toLowerCase())) return true;
  // a style's colour
  if (isExample(text) || /^#[0-9A-Fa-f]{3,8}$/.test(text) || /^\[[^\]]*\]$/.test(text) || /^<[^>]*>$/.test(text)) return true;
  // what goes on in letters and digits without any order is no such word by itself
  return placeholderWords.test(text) && !text.split(/[^A-Za-z0-9]+/).some(isRandom);
}

/** A regular expression: a program that looks for secrets holds none. */
const isPattern = (text: string): boolean => /\[\^?\\?[\w.]-\w|\[\^|\\[wdsSWD]|\(\?[:=!<]|^\^.*\$$/.test(text);

/** The keys in AWS's documentation have the word in them. */
const isExample = (text: string): boolean => /[A-Za-z0-9]EXAMPLE/.test(text);

/** What refers to a value that stands elsewhere. */
const reference = [
  String.raw`\$\{\{[^}]*\}\}`, // GitHub's expressions
  String.raw`\$\{[^}]*\}`,
  String.raw`\$\([^)]*\)`,
  String.raw`\$[A-Za-z_][\w:]*`,
  String.raw`\$[\d@*#?]`,
  String.raw`\{\{[^}]*\}\}`,
  String.raw`#\{[^}]*\}`,
  String.raw`\{[A-Za-z_][\w.()\[\]'"!:]*\}`, // Python's f-strings
  String.raw`%\([\w.]+\)[sdr]`,
  String.raw`%[A-Za-z_]\w*%`,
  '%[sdqvr]',
  String.raw`@[A-Z_]+@`,
  '`[^`]*`',
].join('|');
const references = new RegExp(reference, 'g');

/** A path, an address without a password, an ARN. */
const place = /^(?:~?\/[\w.@/+-]*|\.{1,2}\/.*|[A-Za-z]:\\.*|(?:https?|file|s3|ssm|vault|op|env):\/\/[^\s@]*|arn:[\w:/*.+=,@-]+)$/;

function isReference(text: string): boolean {
  if (place.test(text)) return !isRandom(text.replace(/^.*\//, '')) || /[./]\w{1,5}$/.test(text) || text.startsWith('arn:');
  if (!/[$%{`@]/.test(text)) return false;
  const rest = text.replace(references, '');
  if (rest === text) return false;
  // `trial-$ID-1` is made of a variable and words
  return !looksMixed(rest.replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, ''));
}

/** Words that make a text one for people. */
const sentenceWords =
  /\b(?:the|your|you|is|are|was|not|must|please|enter|with|without|for|from|of|to|and|or|this|that|has|have|be|a|an|at least|cannot|can't)\b/i;

/** A label, a sentence, a name of what is wanted: `Password`, `The token is missing`, `USER_PASSWORD_AUTH`. */
function isLabel(text: string): boolean {
  if (/\s/.test(text)) return sentenceWords.test(text) && !/[\r\n]/.test(text);
  // the name of a variable or a field that holds it
  return /^[A-Za-z_][\w.-]*$/.test(text) && (!/\d/.test(text) || isSlug(text)) && endsInSecretWord(text);
}

/** Words with numbers between them, as people name things: `my-stack-1`, `v1.2.3`, `eu-west-1`. */
const isSlug = (text: string): boolean =>
  /^[A-Za-z]*\d*(?:[-_./:][A-Za-z]*\d*)*$/.test(text) && text.split(/[-_./:]/).every(isWordOrNumber);
const isWordOrNumber = (part: string) => /^(?:[A-Za-z]?[a-z]*|[A-Z]*|\d{0,4}|v\d+|[a-z]{1,3}\d{1,2})$/.test(part);

/** Not a word, not a name that people give: it has digits or signs among its letters, or is long and in no order. */
export function looksMixed(text: string): boolean {
  if (text.length < 6 || isSlug(text)) return false;
  if (!/[A-Za-z]/.test(text)) return /^\d{8,}$/.test(text);
  // an expression of a program: a call, an index, a member
  if (/^!*[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*\??\.?(?:\(|\[|\.$)/.test(text)) return false;
  if (/^!*[A-Za-z_]\w*(?:\??\.[A-Za-z_]\w*)+$/.test(text)) return (text.match(/\d+/g) ?? []).length >= 3 && isRandom(text);
  return /\d/.test(text) || /[!#%&*+?^~]/.test(text) || isRandom(text);
}

/**
 * Whether letters and digits change so often that no person has chosen them. In words and names a capital or a number comes every fifth or sixth
 * character; in random letters and digits more than every second one is of another kind than the one before, in hex nearly every second.
 */
export function isRandom(text: string): boolean {
  if (text.length < 16 || /\s/.test(text)) return false;
  const runs = text.slice(0, telling).match(/\d+|[a-z]+|[A-Z]+|[^\dA-Za-z]+/g) ?? [];
  const numbers = runs.filter((run) => /^\d/.test(run)).length;
  const changes = (runs.length - 1) / (Math.min(text.length, telling) - 1);
  return (changes >= 0.3 && numbers >= 3) || (changes >= 0.5 && numbers >= 1 && /[A-Za-z]/.test(text));
}
