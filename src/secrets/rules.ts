/**
 * The one table of rules by which secrets are found that nobody has told labwalk of: tokens by the way they begin, and what stands in places where
 * only a secret does. Names with a value behind them (`DB_PASS=…`) are in `names.ts`. Journal, reports, screen and export all use it.
 *
 * A row is a promise to hide, so each stands on something written down: the beginnings of tokens are those that their issuers document, as
 * secretlint 11 and gitleaks 8 know them, too. Hashes, paths, ARNs and request ids look much like a secret and are none: a row never takes
 * something for its looks alone, but for its beginning, its place, or its length and alphabet together.
 */
import { isPlaceholder, isRandom, looksMixed } from './values.ts';

/** What a text is: that decides what a word without quotes behind a name can be. */
export type TextKind =
  /** Output, prose, Markdown: anything may come. */
  | 'any'
  /** A program's source: a word is a name, a literal has quotes. */
  | 'code'
  /** Settings: YAML, JSON, TOML, ini, dotenv. A word is a literal. */
  | 'data'
  /** A line of shell. */
  | 'shell';

/** A token that is known by the way it begins. */
export interface Token {
  /** For people who read the table. */
  about: string;
  /** The first characters of the secret itself; capitals count. */
  begins: readonly string[];
  /** One of the characters that follow. A pattern. */
  of: string;
  /** So many of them follow at least. */
  least: number;
  /** Whether it is one; where not given, all that is no placeholder. */
  is?: (value: string) => boolean;
  /** Only in files that are handed on: in a terminal people need to read it. */
  onlyHandedOn?: boolean;
}

/** A place where only a secret stands; capitals don't count. */
export interface SecretPlace {
  about: string;
  /** One of these words is in the text where the rule can apply; out of `hints`. */
  hints: readonly Hint[];
  /** What stands before the secret and is no part of it. A pattern. */
  before: string;
  /** A character of the secret, or an escape that counts as one. A pattern. */
  of: string;
  /** With fewer of them it is none. */
  least: number;
  /** What must stand behind it. A pattern. */
  behind?: string;
  /** Whether what stands there is one; where not given, all that is no placeholder. */
  is?: (value: string) => boolean;
}

/** What is looked for first, as it is quick. None of them may overlap another one. */
export const hints = [
  ...(['pass', 'pwd', 'pw', 'secret', 'token', 'key', 'auth', 'credential', 'bearer', 'x-amz-', 'signature', '://'] as const),
  ...([
    'slack.com',
    'discord',
    'office.com',
    'curl',
    'http',
    'wget',
    'xh ',
    'mysql',
    'mariadb',
    'redis-cli',
    'login',
    'identified',
  ] as const),
  ...([':5432:', ':5433:', ':6432:', ':*:', ':aa', 'akia', 'asia'] as const),
] as const;
export type Hint = (typeof hints)[number];

/** Hints of names: `sureness` decides about each. */
export const nameHints: ReadonlySet<string> = new Set<Hint>([
  'pass',
  'pwd',
  'pw',
  'secret',
  'token',
  'key',
  'auth',
  'credential',
  'bearer',
]);

const colour = String.raw`\x1b\[[0-9;]*[mK]`;
/** Between a name and its value, as files, shells, JSON, Python and HTTP write it, coloured or not. */
const between = String.raw`(?:${colour}|["'“”\\ \t]){0,12}(?:\[[^\]\r\n]{0,40}\])?(?:${colour}|["' \t]){0,6}(?:=>|[:=])(?:${colour}|b(?=["'])|["'“”\\ \t]){0,12}`;
/** Also escaped for a URL or JSON. */
const keyCharacter = String.raw`[A-Za-z0-9+/=%]|\\[/u]`;
const urlCharacter = String.raw`[^&\s"'<>\x1b]`;
/** The rest of a word on a command line, in quotes or not. */
const wordCharacter = String.raw`[^\s"'|;&<>]`;

const letters = '[A-Za-z0-9]';
const wide = String.raw`[\w-]`;

export const tokens: readonly Token[] = [
  {
    about: 'GitHub: personal, OAuth, app and refresh tokens',
    begins: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    of: '[A-Za-z0-9_]',
    least: 20,
  },
  { about: 'GitHub: fine-grained tokens', begins: ['github_pat_'], of: '[A-Za-z0-9_]', least: 22 },
  {
    about: 'GitLab',
    begins: ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glcbt-', 'glsoat-', 'glft-', 'glagent-'],
    of: String.raw`[\w.-]`,
    least: 20,
  },
  {
    about: 'Slack: bots, people, apps',
    begins: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxo-', 'xoxr-', 'xoxs-', 'xoxe-', 'xapp-'],
    of: '[A-Za-z0-9-]',
    least: 16,
  },
  { about: 'Stripe: secret and restricted keys', begins: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'], of: letters, least: 10 },
  { about: 'Stripe: secrets of webhooks', begins: ['whsec_'], of: '[A-Za-z0-9+/=_]', least: 16 },
  { about: 'Google: API keys', begins: ['AIza'], of: wide, least: 31 },
  { about: 'Google: OAuth', begins: ['ya29.', 'GOCSPX-'], of: String.raw`[\w.-]`, least: 20 },
  { about: 'OpenAI', begins: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'], of: wide, least: 20 },
  { about: 'OpenRouter', begins: ['sk-or-v1-'], of: letters, least: 32 },
  { about: 'Anthropic', begins: ['sk-ant-'], of: wide, least: 20 },
  { about: 'OpenAI before 2024, and others that do the same', begins: ['sk-'], of: letters, least: 32, is: (value) => /\d/.test(value) },
  { about: 'npm', begins: ['npm_'], of: letters, least: 30 },
  { about: 'PyPI', begins: ['pypi-AgE'], of: wide, least: 50 },
  { about: 'Docker Hub', begins: ['dckr_pat_', 'dckr_oat_'], of: wide, least: 20 },
  { about: 'Hugging Face', begins: ['hf_'], of: letters, least: 30 },
  { about: 'SendGrid', begins: ['SG.'], of: String.raw`[\w.-]`, least: 38, is: (value) => /^SG\.[\w-]{16,}\.[\w-]{16,}/.test(value) },
  { about: 'Shopify', begins: ['shpat_', 'shpca_', 'shppa_', 'shpss_'], of: letters, least: 32 },
  { about: 'DigitalOcean', begins: ['dop_v1_', 'doo_v1_', 'dor_v1_'], of: letters, least: 32 },
  { about: 'Linear', begins: ['lin_api_'], of: letters, least: 32 },
  { about: 'Grafana', begins: ['glsa_', 'glc_'], of: String.raw`[\w+/=]`, least: 32 },
  { about: 'Vault', begins: ['hvs.', 'hvb.', 'hvr.'], of: String.raw`[\w.-]`, least: 24 },
  { about: 'Doppler', begins: ['dp.pt.', 'dp.st.', 'dp.sa.'], of: String.raw`[\w.-]`, least: 36 },
  { about: 'Databricks', begins: ['dapi'], of: '[a-f0-9-]', least: 32 },
  { about: 'Postman', begins: ['PMAK-'], of: wide, least: 40 },
  { about: 'Sentry', begins: ['sntrys_', 'sntryu_'], of: String.raw`[\w+/=]`, least: 40 },
  { about: 'New Relic', begins: ['NRAK-'], of: letters, least: 27 },
  { about: 'Mailgun', begins: ['key-'], of: '[a-f0-9]', least: 32 },
  { about: 'Twilio', begins: ['SK'], of: '[a-f0-9]', least: 32 },
  { about: 'RubyGems', begins: ['rubygems_'], of: '[a-f0-9]', least: 40 },
  { about: 'Figma', begins: ['figd_'], of: wide, least: 30 },
  { about: 'Atlassian', begins: ['ATATT3', 'ATCTT3'], of: String.raw`[\w=-]`, least: 60 },
  { about: '1Password', begins: ['ops_eyJ'], of: '[A-Za-z0-9+/=_-]', least: 100 },
  { about: 'age', begins: ['AGE-SECRET-KEY-1'], of: '[A-Z0-9]', least: 50 },
  {
    about: 'JSON Web Tokens',
    begins: ['eyJ'],
    of: String.raw`[\w.-]`,
    least: 30,
    is: (value) => /^eyJ[\w-]{8,}\.eyJ[\w-]{4,}\.[\w-]{8,}/.test(value),
  },
  { about: 'AWS: session tokens', begins: ['IQoJ', 'FwoG', 'FQoG', 'AQoD'], of: keyCharacter, least: 56 },
  { about: 'AWS: keys of Bedrock', begins: ['ABSK'], of: '[A-Za-z0-9+/=]', least: 100 },
  // An id is no secret, and whoever looks after keys in a terminal has to read it. In a file that is handed on it tells whose account it is.
  { about: 'AWS: ids of access keys', begins: ['AKIA', 'ASIA'], of: '[A-Z0-9]', least: 12, onlyHandedOn: true },
];

/** AWS: a secret access key without a name. It is known by its length, its alphabet and the look of chance. */
export const bareKey = {
  pattern: /(?<![A-Za-z0-9+/=_.%-])[A-Za-z0-9+][A-Za-z0-9+/]{39}(?![A-Za-z0-9+/=_.%-])/g,
  /** Where it may begin at the end of a text. Of a key that is cut earlier, so many characters pass: a word at the end of a line must not wait. */
  begun: /(?<![A-Za-z0-9+/=_.%-])[A-Za-z0-9+][A-Za-z0-9+/]{7,39}$/,
  mayBegin: (beginning: string): boolean => /[a-z]/.test(beginning) && /[A-Z]/.test(beginning) && /\d/.test(beginning),
  is: isBareKey,
};

/** Hashes have no capitals, names and paths no digits in between. */
function isBareKey(value: string): boolean {
  if (value.length !== 40 || !/[a-z]/.test(value) || !/[A-Z]/.test(value)) return false;
  return isRandom(value) && !isPlaceholder(value);
}

const awsName = String.raw`(?:secret[_ ]?access[_ ]?key|secret[_ ]?key|(?:session|security)[_ -]?token)`;
const awsVariable = String.raw`aws_(?:secret_access_key|session_token|security_token)`;

/** Not a name of a program's. */
const isKey = (value: string): boolean => /[\d+/=%\\]/.test(value) && !isPlaceholder(value);

const userOfAddress = String.raw`(?<=[a-z0-9])://[^\s/:@"'<>]{0,100}:(?!//)`;

/** Places in which only a secret stands. */
export const places: readonly SecretPlace[] = [
  {
    about: 'Telegram: bots',
    hints: [':aa'],
    before: String.raw`(?<![\w:-])(?=\d{8,10}:AA)`,
    of: String.raw`[\w:-]`,
    least: 44,
  },
  {
    about: 'AWS: `aws configure set`',
    hints: ['secret', 'token'],
    before: String.raw`${awsVariable}[ \t]{1,8}["']?`,
    of: keyCharacter,
    least: 16,
    is: isKey,
  },
  { about: 'AWS: a key behind its name', hints: ['secret', 'token'], before: awsName + between, of: keyCharacter, least: 16, is: isKey },
  {
    about: 'HTTP: the header that proves who asks',
    hints: ['auth'],
    before: String.raw`authorization${between}(?:AWS4-[A-Z0-9-]{1,20}|AWS|Bearer|Basic|Digest|Negotiate|Token|ApiKey)[ \t]{1,4}`,
    of: String.raw`[^\r\n"'\x1b]`,
    least: 1,
  },
  {
    about: 'AWS: signed requests',
    hints: ['x-amz-'],
    before: String.raw`x-amz-(?:signature|credential|security-token)(?:=|%3D)`,
    of: urlCharacter,
    least: 1,
  },
  { about: 'signed addresses', hints: ['signature'], before: String.raw`[?&]signature=`, of: urlCharacter, least: 1 },
  {
    about: 'AWS: the signature as botocore logs it',
    hints: ['signature'],
    before: String.raw`\bsignature["']?[ \t]{0,4}[:=]\s{0,4}["']?`,
    of: '[0-9a-f]',
    least: 64,
  },
  {
    about: 'AWS: a table of keys, an id and its secret',
    hints: ['akia', 'asia'],
    before: String.raw`(?:AKIA|ASIA)[A-Z0-9]{16}[\s,;:|"']{1,6}`,
    of: '[A-Za-z0-9+/]',
    least: 40,
  },
  {
    about: 'addresses with a password: postgres://ana:…@db',
    hints: ['://'],
    before: userOfAddress,
    of: String.raw`[^\s/@"'<>\x1b]`,
    least: 1,
    behind: '(?=@)',
  },
  {
    about: 'addresses with a password, as far as they are typed; a port is none',
    hints: ['://'],
    before: userOfAddress,
    of: String.raw`[^\s/@"'<>\x1b]`,
    least: 6,
    behind: String.raw`(?=[ \t]*(?:[\r\n]|$))`,
    is: (value) => !isPlaceholder(value) && looksMixed(value),
  },
  {
    about: 'addresses that are themselves the key: webhooks of Slack, Discord, Teams',
    hints: ['slack.com', 'discord', 'office.com'],
    before: String.raw`(?:hooks\.slack\.com/(?:services|workflows|triggers)/|discord(?:app)?\.com/api/webhooks/\d+/|webhook\.office\.com/webhookb2/)`,
    of: String.raw`[\w@/-]`,
    least: 20,
  },
  {
    about: '~/.netrc: login … password …',
    hints: ['pass'],
    before: String.raw`\b(?:machine\s+\S{1,100}|default)\s+login\s+\S{1,100}\s+(?:account\s+\S{1,100}\s+)?password[ \t]+["']?`,
    of: wordCharacter,
    least: 3,
  },
  {
    about: '~/.pgpass: host:port:database:user:…',
    hints: [':5432:', ':5433:', ':6432:', ':*:'],
    before: String.raw`(?<![\w.:*-])(?!arn:)[\w.*-]{1,100}:(?:5432|5433|6432|\*):[\w.*-]{1,64}:[\w.*-]{1,64}:`,
    of: String.raw`[^\s"']`,
    least: 3,
  },
  {
    about: '~/.npmrc: //registry/:_authToken=…',
    hints: ['token', 'pass'],
    before: String.raw`:_(?:authtoken|password)[ \t]*=[ \t]*["']?`,
    of: String.raw`[^\s"']`,
    least: 4,
  },
  {
    about: "Docker's config.json, ~/.npmrc: base64 of user and password",
    hints: ['auth'],
    before: String.raw`["'_]auth["']?[ \t]{0,4}[:=]\s{0,8}["']?`,
    of: '[A-Za-z0-9+/=]',
    least: 8,
    is: (value) => /^[A-Za-z0-9+/]+=*$/.test(value) && Buffer.from(value, 'base64').includes(':'),
  },
  {
    about: 'command lines: curl -u, http -a, wget --user: user:…',
    hints: ['curl', 'http', 'wget', 'xh '],
    before: String.raw`\b(?:curl|https?|xh|wget)[ \t](?:[^\r\n|;&]{0,200}[ \t])?(?:-u|-a|--user|--auth|--proxy-user|-U)[ \t=]{0,3}["']?[^\s"':]{1,100}:`,
    of: wordCharacter,
    least: 2,
  },
  {
    about: 'command lines: mysql -p…',
    hints: ['mysql', 'mariadb'],
    before: String.raw`\b(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump)[ \t](?:[^\r\n|;&]{0,200}[ \t])?-p["']?`,
    of: wordCharacter,
    least: 2,
  },
  {
    about: 'command lines: a password behind -p or -a',
    hints: ['pass', 'redis-cli', 'login'],
    before: String.raw`\b(?:sshpass[ \t]+-p|redis-cli[ \t](?:[^\r\n|;&]{0,200}[ \t])?-a|(?:docker|podman|helm|az|oc)[ \t](?:[^\r\n|;&]{0,60}[ \t])?login[ \t](?:[^\r\n|;&]{0,200}[ \t])?-p)[ \t]{0,3}["']?`,
    of: wordCharacter,
    least: 2,
  },
  {
    about: 'command lines: openssl … pass:…',
    hints: ['pass'],
    before: String.raw`-pass(?:in|out)?[ \t]{1,3}["']?pass:`,
    of: wordCharacter,
    least: 2,
  },
  {
    about: 'command lines: echo … | … --password-stdin',
    hints: ['pass', 'token'],
    before: String.raw`\becho[ \t]{1,3}(?:-n[ \t]{1,3})?["']?`,
    of: wordCharacter,
    least: 2,
    behind: String.raw`(?=["']?[ \t]*\|[^\r\n|]{0,200}(?:--password-stdin|--with-token))`,
  },
  {
    about: 'SQL: IDENTIFIED BY, PASSWORD',
    hints: ['identified', 'pass'],
    before: String.raw`\b(?:identified[ \t]+(?:with[ \t]+\w+[ \t]+)?by|(?:user|role|login)\b[^\r\n;]{0,100}\bpassword)[ \t]+'`,
    of: String.raw`[^'\r\n]`,
    least: 2,
  },
  {
    about: 'XML: <password>…</password>',
    hints: ['pass', 'secret', 'key', 'token'],
    before: String.raw`<(?:[\w.-]{0,40}(?:password|passphrase|secret|apikey|api-key|token))>\s{0,20}`,
    of: String.raw`[^<>\s]`,
    least: 4,
    is: (value) => !isPlaceholder(value) && looksMixed(value),
  },
];
