/** The table of what is hidden, and of what stays readable. No value in it opens anything: each was made up for its row. */
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/secrets/redactor.ts';
import type { TextKind } from '../../src/secrets/rules.ts';
import { MASK } from '../../src/secrets/span.ts';

/** The secret of a row stands between these. */
const [open, close] = ['⟦', '⟧'];
const withSecret = (marked: string) => marked.replaceAll(open, '').replaceAll(close, '');
const without = (marked: string) => marked.replace(/⟦[^⟧]*⟧/g, MASK);

/** The text as it comes out of a stream that gets it in these pieces. */
function inPieces(pieces: readonly string[]): string {
  const stream = createRedactor().stream();
  return pieces.map((piece) => stream.write(piece)).join('') + stream.end();
}

const pem = [
  'MIIEpAIBAAKCAQEA04up8hoqzS1xK2m7Qb9ZtVwYc5fRj3Lh',
  'kD8eXn6sTgUo1pWvB4yCaJqM0iGzHrF9lE7dNuSbOx2K5tVw',
  'Yc5fRj3LhkD8eXn6sTg=',
];
const secretKey = '7Kq3vXz1Bn5Mw8Rt2Yp6Ld9Hs4Fg0Jc+Aa1Ee5Iq';
const jwt = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbmEiLCJleHAiOjE3NjQ0NDIwMDB9.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

/** Found in whatever text it stands, also where it comes in pieces. */
const anywhere: [about: string, marked: string][] = [
  ['Python', 'SECRET = "⟦kJ83hdTq92mN⟧"'],
  ['Python, words only', 'SECRET_KEY = "⟦correct horse battery staple⟧"'],
  ['Python, environ', 'os.environ["DB_PASS"] = "⟦hunter2⟧"'],
  ['Python, a default', 'key = os.environ.get("API_KEY", "⟦kJ83hdTq92mN⟧")'],
  ['Python, wrapped', 'password = SecretStr("⟦kJ83hdTq92mN⟧")'],
  ['Python, bytes', "signing_key = b'⟦kJ83hdTq92mN⟧'"],
  ['Python, a type', 'api_key: str = "⟦kJ83hdTq92mN⟧"'],
  ['Python, an argument', 'connect(host, user="ana", password="⟦hunter2⟧")'],
  ['Python, compared', 'if token == "⟦kJ83hdTq92mN⟧":'],
  ['JavaScript', "const token = '⟦kJ83hdTq92mN⟧';"],
  ['JavaScript, a template', 'const apiKey = `⟦kJ83hdTq92mN⟧`;'],
  ['TypeScript', "readonly clientSecret: string = '⟦kJ83hdTq92mN⟧';"],
  ['an object', "{ user: 'ana', password: '⟦hunter2⟧' }"],
  ['Go', 'token := "⟦kJ83hdTq92mN⟧"'],
  ['PHP', "'secret' => '⟦kJ83hdTq92mN⟧',"],
  ['JSON', '{"password":"⟦hunter2⟧"}'],
  ['JSON, over two lines', '{\n  "password":\n    "⟦hunter2⟧"\n}'],
  ['JSON within JSON', String.raw`{\"password\":\"⟦hunter2⟧\"}`],
  ['JSON in colours', '\x1b[34;1m"apiKey"\x1b[0m\x1b[1;39m:\x1b[0m \x1b[0;32m"⟦kJ83hdTq92mN⟧"\x1b[0m'],
  ['dotenv', 'DB_PASS=⟦hunter2⟧'],
  ['dotenv, words only', 'DB_PASSWORD=⟦correct-horse⟧'],
  ['dotenv, with signs', 'DB_PASSWORD=⟦p@ss,w0rd;1&2!⟧'],
  ['dotenv, in quotes', 'STRIPE_APIKEY="⟦kJ83hdTq92mN⟧"'],
  ['export', 'export GITHUB_TOKEN=⟦kJ83hdTq92mN⟧'],
  ['export, half of it quoted', `export DB_PASSWORD=⟦hun⟧'⟦ter2⟧'; make`],
  ['before a command', "PGPASSWORD='⟦hunter2⟧' psql shop"],
  ['fish', 'set -gx API_KEY ⟦kJ83hdTq92mN⟧'],
  ['PowerShell', '$Env:DB_PASSWORD = "⟦hunter2⟧"'],
  ['Dockerfile', 'ENV API_KEY ⟦kJ83hdTq92mN⟧'],
  ['YAML', 'db:\n  password: ⟦s3cretPassw0rd!⟧\n  port: 5432'],
  ['YAML, a list', '- token: "⟦kJ83hdTq92mN⟧"'],
  ['ini', '[db]\npassword = ⟦s3cretPassw0rd!⟧\n'],
  ['misspelt', 'AWS_SECRET_ACCES_KEY=⟦kJ83hdTq92mN⟧'],
  ['of several', 'DB_PASSWORD_PROD=⟦kJ83hdTq92mN⟧ TOKEN2=⟦Zt7vBn1cYr5e⟧'],
  ['an option', 'deploy --api-token ⟦kJ83hdTq92mN⟧ --region eu-west-1'],
  ['an option with =', 'deploy --password=⟦hunter2x⟧ --region eu-west-1'],
  ['a header', 'X-Api-Key: ⟦4f5e6d7c8b9a⟧'],
  ['a header that proves who asks', 'Authorization: Bearer ⟦abcdefghijkl⟧'],
  ['a header in curl', `curl -H 'Authorization: token ⟦kJ83hdTq92mN⟧' https://api.example.org`],
  ['an answer to a question', 'API key: ⟦kJ83hdTq92mN⟧'],
  ['ADO.NET', 'Server=db;User Id=sa;Password=⟦hunter2⟧;Encrypt=yes'],
  ['Azure', 'AccountName=a;AccountKey=⟦kJ83hdTq92mNxPw4LsQz7vBn1cYr5eUi8oKl==⟧;EndpointSuffix=b'],
  ['an address', 'DATABASE_URL=postgres://ana:⟦pa55word⟧@db.example.org/shop'],
  ['an address, half typed', 'curl https://ana:⟦pa55wor⟧'],
  ['an address without a user', 'redis://:⟦pa55word⟧@cache:6379'],
  ['a parameter of an address', 'https://api.example.org/v1?access_token=⟦kJ83hdTq92mN⟧&page=2'],
  ['a signed address', 'https://b.s3.amazonaws.com/k?Signature=⟦vjbyPxybdZaNmGa⟧&Expires=1'],
  ['curl -u', 'curl -u ana:⟦hunter2⟧ https://api.example.org'],
  ['http -a', 'http -a ana:⟦hunter2⟧ :8000/me'],
  ['mysql -p', 'mysql -uroot -p⟦hunter2⟧ shop'],
  ['docker login', 'docker login -u ana -p ⟦hunter2⟧ registry.example.org'],
  ['sshpass', 'sshpass -p ⟦hunter2⟧ ssh host'],
  ['openssl', 'openssl rsa -in key.pem -passin pass:⟦hunter2⟧'],
  ['SQL', "ALTER USER ana IDENTIFIED BY '⟦hunter2⟧';"],
  ['PostgreSQL', "CREATE ROLE ana LOGIN PASSWORD '⟦hunter2⟧';"],
  ['XML', '<server><password>⟦hunter2x⟧</password></server>'],
  ['~/.netrc', 'machine api.example.org login ana password ⟦abcdefgh⟧'],
  ['~/.netrc, over lines', 'machine api.example.org\n  login ana\n  password ⟦abcdefgh⟧\n'],
  ['~/.pgpass', 'db.example.org:5432:shop:ana:⟦abcdefgh⟧'],
  ['~/.npmrc', '//registry.example.org/:_authToken=⟦abcdefgh⟧'],
  ["Docker's config.json", '{"auths":{"https://index.docker.io/v1/":{"auth":"⟦YW5hOmh1bnRlcjI=⟧"}}}'],
  ['~/.aws/credentials', `[default]\naws_access_key_id = AKIAQ3EGRNXZ7AKXY2MD\naws_secret_access_key = ⟦${secretKey}⟧`],
  ['a secret key alone', `the key is ⟦${secretKey}⟧ here`],
  ['a secret key in quotes', `"⟦${secretKey}⟧"`],
  ['GitHub', 'git clone https://x-access-token:⟦ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8⟧@github.com/a/b'],
  ['GitHub, alone', 'got ⟦ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8⟧, it says'],
  ['Stripe', 'stripe listen ⟦sk_live_51HabcDEFghiJKLmnoPQRstu⟧'],
  ['Slack', 'bot ⟦xoxb-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx⟧'],
  ['a webhook', 'curl https://hooks.slack.com/services/⟦T00000001/B00000001/aB3dE6gH9jK2mN5pQ8sT1vW4⟧'],
  ['Google', 'maps ⟦AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY⟧'],
  ['a JSON Web Token', `cookie ⟦${jwt}⟧; path=/`],
  ['in a diff', '-⟦ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8⟧'],
  ['Python, over two lines', 'SECRET = "⟦kJ83hdTq92mN⟧" \\\n  "⟦xPw4LsQz7vBn⟧"\n'],
  ['Python, in parentheses', 'SECRET = (\n    "⟦kJ83hdTq92mN⟧"\n    "⟦xPw4LsQz7vBn⟧"\n)\n'],
  ['Python, three quotes', 'SECRET = """⟦kJ83hdTq92mN⟧\n⟦xPw4LsQz7vBn⟧"""\n'],
  ['JavaScript, joined', "const secret =\n  '⟦kJ83hdTq92mN⟧' +\n  '⟦xPw4LsQz7vBn⟧';\n"],
  ['a shell, over two lines', 'DB_PASS=⟦kJ83hdTq92mN⟧\\\n⟦xPw4LsQz7vBn⟧\n'],
  ['a key that was broken', 'API_KEY="⟦kJ83hdTq92mNxPw4⟧\n⟦LsQz7vBn1cYr5eUi⟧"\n'],
  ['YAML, a block', 'db:\n  password: |\n    ⟦first line⟧\n    ⟦second line⟧\n  port: 1\n'],
  ['YAML, a folded block', 'token: >-\n  ⟦kJ83hdTq92mN⟧\n  ⟦xPw4LsQz7vBn⟧\nport: 1\n'],
  ['PEM', `-----BEGIN RSA PRIVATE KEY-----\n⟦${pem.join('\n')}⟧\n-----END RSA PRIVATE KEY-----\n`],
  ['PEM in YAML', `key: |\n  -----BEGIN PRIVATE KEY-----\n  ⟦${pem.join('\n  ')}⟧\n  -----END PRIVATE KEY-----\n`],
  [
    'PEM in a diff',
    `+-----BEGIN EC PRIVATE KEY-----\n+⟦${pem.join('\n+')}⟧\n+-----END EC PRIVATE KEY-----\n`.replaceAll('\n+', '\n-').replace(/^\+/, '-'),
  ],
  ['PEM in JSON', String.raw`{"pem": "-----BEGIN PRIVATE KEY-----\n⟦${pem.join(String.raw`\n`)}⟧\n-----END PRIVATE KEY-----\n"}`],
  ['OpenSSH, without its end', `-----BEGIN OPENSSH PRIVATE KEY-----\n⟦${pem.join('\n')}⟧\n\nand then words.\n`],
];

/** Only where the file's name says what it is. */
const inFiles: [about: string, kind: TextKind, marked: string][] = [
  ['YAML, a plain word', 'data', 'password: ⟦letmein⟧\nuser: ana\n'],
  ['YAML, words', 'data', 'passphrase: ⟦correct horse battery⟧ # of the key\n'],
  ['YAML, in the next line', 'data', 'password:\n  ⟦letmein⟧\nuser: ana\n'],
  ['ini, a plain word', 'data', 'password = ⟦letmein⟧\n'],
  ['dotenv, lines in quotes', 'data', 'SECRET="⟦first words⟧\n⟦second words⟧"\n'],
  ['a script', 'shell', 'token=⟦abc⟧; echo $token'],
  ['a script, an option', 'shell', 'mysql --password ⟦pw1⟧ shop'],
  ['a script, a pipe', 'shell', 'echo ⟦hunter2⟧ | docker login -u ana --password-stdin'],
];

/** Text of all kinds that must be the same afterwards. */
const readable: string[] = [
  'SECRET = "your-secret-here"',
  'api_key = "YOUR_API_KEY"',
  'API_KEY=<your api key>',
  'API_KEY=xxxxxxxxxxxxxxxx',
  'API_KEY=changeme',
  'STRIPE_KEY=sk_test_xxxxxxxxxxxxxxxxxxxxxxxx',
  'password: ********',
  'password: ""',
  'password = None',
  'secret: null',
  'password = os.environ["DB_PASS"]',
  "password = os.environ.get('DB_PASSWORD')",
  'const token = process.env.GITHUB_TOKEN;',
  'const token = await getToken();',
  'token = get_token(user)',
  'secret = config.secret',
  'secret = secrets.token_urlsafe(16)',
  'secret = cookies[VISIT] = secrets.token_urlsafe(16)',
  'password = getpass()',
  'password = getpass("Password: ")',
  'password = input("Your password? ")',
  "read -r -s -p 'Secret key: ' AWS_SECRET_ACCESS_KEY",
  'DB_PASSWORD=${DB_PASSWORD}',
  'DB_PASSWORD: ${{ secrets.DB_PASSWORD }}',
  'password: "{{PASSWORD}}"',
  "password: '{{resolve:secretsmanager:db:SecretString:password}}'",
  'DB_PASS=$(aws ssm get-parameter --name /db/pass --query Parameter.Value --output text)',
  'MasterUserPassword: !Ref DBPassword',
  'password: !secret db_password',
  'password = var.db_password',
  'password = random_password.db.result',
  'password = (sensitive value)',
  'token = f"{prefix}-{suffix}"',
  'const auth = `Bearer ${token}`;',
  'curl -H "Authorization: Bearer $TOKEN" https://api.example.org',
  'curl -u "$USER:$PASS" https://api.example.org',
  'postgres://$USER:$PASS@db/shop',
  'postgres://user:password@localhost/shop',
  'http://localhost:8080/users@me',
  'Serving on http://127.0.0.1:8000',
  'redis://cache:6379',
  'password=trial-$ALBUM_ID-1',
  'def sign_in(email: str, password: str, token: Optional[str] = None) -> str:',
  'password: string;',
  'token: string | undefined',
  'password: SecretStr = Field(min_length=8)',
  'class Token:\n    """A single token in the stream."""\n',
  '<input type="password" name="password" placeholder="Your password">',
  '<input type="hidden" name="token" value="{{ form_token }}">',
  '{"password": "Password", "token": "Token"}',
  '"InvalidPasswordException": "This password is too weak. Take eight characters or more, with letters and digits."',
  'PASSWORD_MIN_LENGTH = 8',
  'max_tokens: 4096',
  'token_type: bearer',
  "AuthFlow='USER_PASSWORD_AUTH'",
  '"TokenValidityUnits": {"AccessToken": "hours", "IdToken": "hours"}',
  '"input_token": "NextToken",',
  '"NextToken": "eyJOZXh0VG9rZW4iOiBudWxsfQ=="',
  'ClientToken=6f1c2e7a-3b4d-4e5f-8a9b-0c1d2e3f4a5b',
  '      --token string       Bearer token for the API server',
  '  -p, --password string   Password',
  'docker login --username USER --password PASSWORD',
  'Unexpected token: punc',
  'SyntaxError: Unexpected token \'<\', "<!doctype "... is not valid JSON',
  "KeyError: 'DB_PASSWORD'",
  'PASS test/app.test.ts',
  'PASS: test_app.sh',
  'passed: 12, failed: 0',
  'The token: it is signed by Cognito',
  'Password for ana: ',
  'PWD=/home/ana/shop OLDPWD=/tmp',
  'SSH_AUTH_SOCK=/run/user/1000/keyring/ssh',
  'GOOGLE_APPLICATION_CREDENTIALS=/home/ana/key.json',
  'secretName: my-tls-secret',
  'SecretArn: arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf',
  '"Resource": "arn:*:logs:*:*:*"',
  'arn:aws:iam::123456789012:role/myapp-dev',
  'AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'commit 5d672d79c15b13162d9279b0855cfba6789a8edb',
  '8c1f9a5e-2f7a-4c55-9d0f-0e6a1d6a3f11',
  'sha512-Zm9vYmFyQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWm9vYmFyQUJDREVGR0hJSktMTU5PUFFSU1RVVldYZZ==',
  '"CodeSha256": "rZ6cE2v8bQ1nYt5uW0xKj3hG7fD9sA4lPoIiUyTrEwQ="',
  'ETag: "d41d8cd98f00b204e9800998ecf8427e"',
  '"Key": "photos/2026/myapp-1764442000.zip"',
  'sort_key = "createdAt#2026-01-01T00:00:00Z"',
  'public_key = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7"',
  '-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEA04up8hoqzS1xK2m7Qb9ZtVwYc5fRj3Lh\n-----END CERTIFICATE-----',
  'BEGIN = "-----BEGIN RSA PRIVATE KEY-----"\nEND = "-----END RSA PRIVATE KEY-----"',
  '/home/Kim/Projects2/workshops/labs/chalice1/MyApp/V3',
  '_token = "[a-zA-Z0-9-!#$%&\'*+.^_`|~]+"',
  'http --session=album POST "$album/users/signup" password="$password"',
];

/** A key that nothing announces shows its first letters where it is cut behind them: a word at the end of a line must not wait. */
const firstLetters = (marked: string, shown: string) => {
  const letters = marked.includes(`⟦${secretKey}⟧`) ? (/(\w{1,12})\[secret\]/.exec(shown)?.[1] ?? '') : '';
  return secretKey.startsWith(letters) ? marked.replace(/⟦[^⟧]*⟧/g, `${letters}[secret]`) : '';
};

describe('hidden', () => {
  test.each(anywhere)('%s: %s', (_, marked) => {
    expect(createRedactor().redact(withSecret(marked))).toBe(without(marked));
    // what is hidden needs no hiding, and stays as it is
    expect(createRedactor().redact(without(marked))).toBe(without(marked));
  });
  test.each(anywhere)('in pieces, wherever it is cut: %s: %s', (_, marked) => {
    const text = withSecret(marked);
    for (let cut = 1; cut < text.length; cut++) {
      const shown = inPieces([text.slice(0, cut), text.slice(cut)]);
      if (shown !== without(marked)) expect(shown, `cut at ${cut}`).toBe(firstLetters(marked, shown));
    }
    const shown = inPieces([...text]);
    if (shown !== without(marked)) expect(shown).toBe(firstLetters(marked, shown));
  });
  test.each(inFiles)('%s', (_, kind, marked) => {
    expect(createRedactor().redact(withSecret(marked), { kind })).toBe(without(marked));
  });
  test('ids of access keys, in what is handed on only', () => {
    const { redact } = createRedactor();
    expect(redact('id AKIAQ3EGRNXZ7AKXY2MD')).toBe('id AKIAQ3EGRNXZ7AKXY2MD');
    expect(redact('id AKIAQ3EGRNXZ7AKXY2MD', { handedOn: true })).toBe('id [secret]');
    expect(redact('id AKIAIOSFODNN7EXAMPLE', { handedOn: true })).toBe('id AKIAIOSFODNN7EXAMPLE');
  });
});

describe('readable', () => {
  test.each(readable)('%s', (text) => {
    const { redact } = createRedactor();
    for (const kind of ['any', 'code', 'shell'] as const) expect(redact(text, { kind, handedOn: true }), kind).toBe(text);
    expect(inPieces([...text])).toBe(text);
    expect(inPieces([`${text}\r\n`])).toBe(`${text}\r\n`);
  });
});

test('a plain word behind a name that also names other things: hidden where it was typed, readable where it was printed', () => {
  const { redact } = createRedactor();
  const text = 'http --form POST $album/photos/new token=forged title=x';
  expect(redact(text)).toBe(text);
  expect(redact(text, { kind: 'shell' })).toBe('http --form POST $album/photos/new token=[secret] title=x');
});

test('what could be the beginning of a secret does not keep a question from the screen', () => {
  for (const question of ['Your name? ', 'Password: ', 'Continue? [y/N] ', 'API key: ', 'Name of the app: ', '> ']) {
    expect(createRedactor().stream().write(question)).toBe(question);
  }
});
