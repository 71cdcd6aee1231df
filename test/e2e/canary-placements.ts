/**
 * The places in which a learner's keys end up, one a row: what is done with the key in the lab's terminal. Each row has a key of its own, so that a leak
 * names its row, and the same one in each run, so that a leak is no matter of chance. Canary tests do all of it and look for the keys in all that
 * labwalk writes and shows.
 */
import { createHash } from 'node:crypto';

export interface Placement {
  about: string;
  key: string;
  /** Lines for the lab's terminal. */
  lines: readonly string[];
  /** What the first line prints when it waits for the second one. */
  asks: string | undefined;
  /** Files of the learner's that are there before, by their paths in the workspace. */
  files: Readonly<Record<string, string>>;
}

/** So many characters as a machine would choose them. */
type Random = (length: number, of?: string) => string;

interface Row {
  about: string;
  key?: (random: Random) => string;
  lines?: (key: string, random: Random) => readonly string[];
  asks?: string;
  files?: (key: string, random: Random) => Record<string, string>;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function randomFor(name: string): Random {
  let count = 0;
  const next = () => createHash('sha256').update(`${name} ${count++}`).digest().readUInt32BE();
  return (length, of = letters) => Array.from({ length }, () => of[next() % of.length]).join('');
}

/** A secret access key as AWS makes them. */
const secretKey = (random: Random) => `${random(20)}/${random(18)}+`;

/** The key is exported first, as workshops tell people to; then something is done with it. */
const exported = (...lines: string[]) => ({ lines: (key: string) => [`export AWS_SECRET_ACCESS_KEY='${key}'`, ...lines] });
/** The key lies in a file that nobody has told labwalk of, and is printed. */
const inFile = (name: string, text: (key: string, random: Random) => string) => ({
  files: (key: string, random: Random) => ({ [name]: text(key, random) }),
  lines: () => [`cat ${name}`],
});
const python = (code: string) => `python3 -c '${code}'`;
const env = 'os.environ["AWS_SECRET_ACCESS_KEY"]';

const rows: readonly Row[] = [
  // given in the session: hidden in whatever form it is printed
  { about: 'exported', ...exported() },
  { about: 'exported, printed', ...exported('echo the key is $AWS_SECRET_ACCESS_KEY') },
  { about: 'exported, in the list of variables', ...exported('export -p | grep AWS_S', 'env | grep AWS_S') },
  { about: 'exported, traced by the shell', ...exported('(set -x; : "$AWS_SECRET_ACCESS_KEY")') },
  { about: 'exported, saved and shown', ...exported('for i in 1 2 3; do echo "$AWS_SECRET_ACCESS_KEY"; done > saved.txt; cat saved.txt') },
  {
    about: 'exported, in base64',
    ...exported('echo -n "$AWS_SECRET_ACCESS_KEY" | base64; echo -n "user:$AWS_SECRET_ACCESS_KEY" | base64 -w 20'),
  },
  { about: 'exported, twice in base64', ...exported('echo "x$AWS_SECRET_ACCESS_KEY" | base64 -w0 | base64 -w0; echo') },
  { about: 'exported, escaped for an address', ...exported(python(`import os,urllib.parse as u; print(u.quote(${env}, safe=""))`)) },
  { about: 'exported, escaped twice', ...exported(python(`import os,urllib.parse as u; print(u.quote(u.quote(${env}, safe="")))`)) },
  { about: 'exported, in JSON', ...exported(python(`import os,json; print(json.dumps({"k": ${env}}).replace("/", "\\\\/"))`)) },
  { about: 'exported, in HTML', ...exported(python(`import os; print(${env}.replace("/", "&#x2F;").replace("+", "&#43;"))`)) },
  { about: 'exported, in hex', ...exported(python(`import os; print(${env}.encode().hex())`)) },
  { about: 'exported, as bytes by od', ...exported('echo -n "$AWS_SECRET_ACCESS_KEY" | od -An -tx1') },
  { about: 'exported, backwards', ...exported('echo "$AWS_SECRET_ACCESS_KEY" | rev') },
  { about: 'exported, spaced out', ...exported("echo $AWS_SECRET_ACCESS_KEY | sed 's/./& /g'") },
  { about: 'exported, broken in lines', ...exported('echo "$AWS_SECRET_ACCESS_KEY" | fold -w 10') },
  { about: 'exported, in two halves', ...exported('echo "${AWS_SECRET_ACCESS_KEY:0:20}"; echo "${AWS_SECRET_ACCESS_KEY:20}"') },
  {
    about: 'exported, in colours',
    ...exported('echo "$AWS_SECRET_ACCESS_KEY" | sed "s/.....$/$(printf "\\\\033[31m")&$(printf "\\\\033[0m")/"'),
  },
  { about: 'exported, in the title of the window', ...exported('printf "\\033]0;%s\\007\\n" "$AWS_SECRET_ACCESS_KEY"') },
  { about: 'exported, in an error', ...exported(python(`import os; raise ValueError(${env})`) + ' || true') },
  {
    about: 'exported as a session token',
    key: (random) => `IQoJb3JpZ2luX2Vj${random(300)}==`,
    lines: (key) => [`export AWS_SESSION_TOKEN=${key}`, 'echo $AWS_SESSION_TOKEN'],
  },
  {
    about: "exported under a name of one's own",
    key: (random) => random(24),
    lines: (key) => [`export API_KEY=${key}`, 'env | grep API_KEY', 'echo "<$API_KEY>"'],
  },
  {
    about: 'a password, exported',
    key: (random) => `hunter-${random(7)}7`,
    lines: (key) => [`export DB_PASS=${key}`, 'echo "<$DB_PASS>"'],
  },
  {
    about: 'in an address, exported',
    key: (random) => random(16),
    lines: (key) => [`export DATABASE_URL=postgres://ana:${key}@db/shop`, 'echo "${DATABASE_URL#*ana:}"'],
  },
  { about: 'misspelt, then exported', lines: (key) => [`AWS_SECRET_ACCES_KEY=${key}`, `export AWS_SECRET_ACCESS_KEY=${key}`] },
  // typed, never exported
  { about: 'typed before a command', lines: (key) => [`AWS_SECRET_ACCESS_KEY=${key} bash -c 'env | grep AWS_S'`] },
  { about: 'typed as an option', lines: (key) => [`echo tool --secret-access-key ${key} --token ${key}`] },
  { about: 'typed for aws configure set', lines: (key) => [`echo aws configure set aws_secret_access_key ${key}`] },
  { about: 'typed for curl -u', key: (random) => random(16), lines: (key) => [`echo curl -u me:${key} http://localhost`] },
  { about: 'typed in an address', key: (random) => random(16), lines: (key) => [`echo https://ana:${key}@example.org/x`] },
  { about: 'typed in a header', key: (random) => random(24), lines: (key) => [`echo curl -H "Authorization: Bearer ${key}"`] },
  { about: 'typed in JSON', lines: (key) => [`echo '{"SecretAccessKey": "${key}"}'`] },
  { about: 'typed for mysql -p', key: (random) => random(12), lines: (key) => [`echo mysql -uroot -p${key} shop`] },
  {
    about: 'typed into a file of credentials',
    lines: (key) => [
      'mkdir -p keys; cat > keys/credentials <<X',
      '[default]',
      `aws_secret_access_key = ${key}`,
      'X',
      'cat keys/credentials',
    ],
  },
  { about: 'typed without an echo', lines: (key) => ["read -r -s -p 'Secret: ' X", key, 'unset X'], asks: 'Secret: ' },
  { about: 'typed, with nothing that names it', lines: (key) => [`echo ${key}`] },
  // in files, never given: known by names, places and beginnings
  { about: 'in Python', ...inFile('settings.py', (key) => `NAME = "album"\nSECRET = "${key}"\n`) },
  { about: 'in Python, over two lines', ...inFile('two_lines.py', (key) => `SECRET = "${key.slice(0, 20)}" \\\n    "${key.slice(20)}"\n`) },
  {
    about: 'in Python, and in its error',
    files: (key) => ({ 'fail.py': `SECRET = "${key}"\nraise ValueError(SECRET)\n` }),
    lines: () => ['python3 fail.py || true'],
  },
  { about: 'in JavaScript', ...inFile('settings.js', (key) => `export const apiKey = '${key}';\n`) },
  { about: 'in dotenv', key: (random) => `hunter-${random(7)}7`, ...inFile('.env', (key) => `DB_USER=ana\nDB_PASS=${key}\n`) },
  {
    about: 'in YAML',
    key: (random) => `hunter-${random(7)}7`,
    ...inFile('settings.yaml', (key) => `db:\n  user: ana\n  password: ${key}\n`),
  },
  {
    about: 'in YAML, as a block',
    ...inFile('block.yaml', (key) => `db:\n  token: |\n    ${key.slice(0, 20)}\n    ${key.slice(20)}\n  port: 1\n`),
  },
  {
    about: 'in JSON',
    key: (random) => `hunter-${random(7)}7`,
    ...inFile('settings.json', (key) => JSON.stringify({ db: { user: 'ana', password: key } }, null, 2)),
  },
  { about: 'in ini', key: (random) => `hunter-${random(7)}7`, ...inFile('settings.ini', (key) => `[db]\npassword = ${key}\n`) },
  { about: 'in TOML', ...inFile('settings.toml', (key) => `[api]\nclient_secret = "${key}"\n`) },
  { about: 'GitHub', key: (random) => `ghp_${random(36)}`, ...inFile('github.txt', (key) => `the bot uses ${key}\n`) },
  { about: 'Stripe', key: (random) => `sk_live_${random(24)}`, ...inFile('stripe.txt', (key) => `stripe: ${key}\n`) },
  { about: 'Slack', key: (random) => `xoxb-${random(12, '0123456789')}-${random(24)}`, ...inFile('slack.txt', (key) => `slack ${key}\n`) },
  { about: 'Google', key: (random) => `AIza${random(35)}`, ...inFile('google.txt', (key) => `maps ${key}\n`) },
  {
    about: 'a JSON Web Token',
    key: (random) => `eyJ${random(20)}.eyJ${random(60)}.${random(43)}`,
    ...inFile('jwt.txt', (key) => `cookie ${key}\n`),
  },
  {
    about: 'a private key',
    key: (random) => random(64),
    ...inFile(
      'key.pem',
      (key, random) => `-----BEGIN RSA PRIVATE KEY-----\n${random(64)}\n${key}\n${random(20)}==\n-----END RSA PRIVATE KEY-----\n`,
    ),
  },
  {
    about: 'an address with a password',
    key: (random) => random(16),
    ...inFile('notes.md', (key) => `Use postgres://ana:${key}@db/shop for it.\n`),
  },
  { about: '.pgpass', key: (random) => random(16), ...inFile('.pgpass', (key) => `db:5432:shop:ana:${key}\n`) },
  { about: '.netrc', key: (random) => random(16), ...inFile('.netrc', (key) => `machine api.example.org login ana password ${key}\n`) },
  { about: '.npmrc', key: (random) => random(24), ...inFile('.npmrc', (key) => `//registry.example.org/:_authToken=${key}\n`) },
  {
    about: "Docker's config.json",
    key: (random) => Buffer.from(`ana:${random(20)}`).toString('base64'),
    ...inFile('config.json', (key) => JSON.stringify({ auths: { 'registry.example.org': { auth: key } } })),
  },
  { about: 'a secret key with nothing that names it', ...inFile('bare.txt', (key) => `${key}\n`) },
];

/** All of them. */
export const makePlacements = (): Placement[] =>
  rows.map(({ about, key = secretKey, lines = () => [], asks, files = () => ({}) }) => {
    const random = randomFor(about);
    const made = key(random);
    return { about, key: made, lines: lines(made, random), asks, files: files(made, random) };
  });
