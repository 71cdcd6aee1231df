import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { filesWithAny, formsOfKey, marked, watchCommandLines, writeCrash } from '../e2e/canary.ts';
import { anyCheck, fence, labwalk, makeFolder, makeLab } from '../e2e/program.ts';
import { area, fault } from './fault.ts';

const forms = formsOfKey();
/** Gives the key in a session, as a learner does who has it from a portal. */
const give = `export AWS_SECRET_ACCESS_KEY=${marked.secret}`;

/** The forms of the key that are in a text. */
const leaksIn = (text: string) => forms.filter((form) => text.includes(form));

/** Runs these commands behind the key; none of its forms may be in what labwalk shows and writes. */
async function runWithKey(...commands: string[]) {
  const folder = makeFolder();
  const lab = makeLab({ steps: `### Type\n\n${fence('sh run', [give, ...commands].join('\n'))}${anyCheck}` });
  const env = { TMPDIR: folder, XDG_RUNTIME_DIR: folder };
  const reports = ['json', 'ndjson', 'junit', 'text', 'html'].flatMap((format) => ['--report', `${format}=${path.join(folder, format)}`]);
  const ended = await labwalk(['run', lab.file, '--workspace', lab.workspace, ...reports], { env });
  expect(ended.code, ended.stdout + ended.stderr).toBe(0);
  expect(leaksIn(ended.stdout + ended.stderr)).toEqual([]);
  expect(filesWithAny(forms, folder, path.join(lab.workspace, '.labwalk'))).toEqual([]);
  return { ...lab, ...ended };
}

area('Secrets', () => {
  fault(
    'A command prints a key: plain, encoded, encoded twice, backwards, spaced out, cut into lines',
    { promise: 'Each is hidden on the screen, in the journal, in logs and in every report.' },
    async () => {
      const script = `import os, sys, base64, urllib.parse as u, json
k = os.environ['AWS_SECRET_ACCESS_KEY']; b = base64.b64encode
for text in [k, b(k.encode()).decode(), b(b(b'x' + k.encode())).decode(), u.quote(k, ''), u.quote(u.quote(k, ''), ''), k[::-1], ' '.join(k), k.encode().hex(), json.dumps(k), k[:20] + chr(10) + k[20:]]:
    print('before', text, 'after')`;
      const { stdout } = await runWithKey(`python3 -c ${JSON.stringify(script).replaceAll('\\n', '\n').replaceAll('$', '\\$')}`);
      expect(stdout.match(/before .*\[secret\].* after/g)).toHaveLength(10);
    },
  );

  fault('A command prints a key letter by letter, with colours and pauses between', { promise: 'It is hidden all the same.' }, async () => {
    const { stdout } = await runWithKey(
      String.raw`for ((i = 0; i < ${'${#AWS_SECRET_ACCESS_KEY}'}; i++)); do printf '\e[3%dm%s' $((i % 8)) "${'${AWS_SECRET_ACCESS_KEY:i:1}'}"; (( i % 7 )) || sleep 0.05; done; echo; echo all-printed`,
    );
    expect(stdout).toContain('all-printed');
  });

  fault(
    "A learner's files hold passwords and keys when they are exported",
    { promise: 'The export hides them; what only stands for one stays readable.' },
    async () => {
      const lab = makeLab({ steps: `### Type\n\n${fence('sh run', 'echo hello')}${anyCheck}` });
      expect((await labwalk(['run', lab.file, '--workspace', lab.workspace])).code).toBe(0);
      const held: Record<string, string> = {
        'settings.py': 'SECRET = "kJ83hdTq92mNxPw4"\nDB_PASS = "Tr0ub4dor-and-3"\nLONG = (\n    "not a secret"\n)\n',
        'values.yaml': 'github:\n  token: ghp_kJ83hdTq92mNxPw4LsQz7vBn1cYr5eUi8oKl\n  password: |\n    kJ83hdTq92mN\n',
        'config.json': '{"stripe": "sk_live_kJ83hdTq92mNxPw4LsQz7vBn", "client_secret": "kJ83hdTq92mNxPw5"}',
        'app.ini': '[db]\npassword = kJ83hdTq92mNxPw6\n',
        'readable.py': 'SECRET = "your-secret-here"\nPASSWORD = os.environ["PASSWORD"]\n',
      };
      for (const [name, text] of Object.entries(held)) fs.writeFileSync(path.join(lab.workspace, name), text);
      for (const format of ['markdown', 'html']) {
        const { code, stdout, stderr } = await labwalk(['export', lab.file, '--workspace', lab.workspace, '--format', format]);
        expect([code, stderr]).toEqual([0, '']);
        expect(stdout).not.toMatch(/kJ83hdTq|Tr0ub4dor/);
        expect(stdout).toContain('your-secret-here');
      }
    },
  );

  fault(
    'A key was given in a session that is over, and stands in a file under no telling name',
    { promise: 'A later export knows it by a salted hash, in a file that nobody else can read, and hides it.' },
    async () => {
      const lab = await runWithKey('true');
      fs.writeFileSync(path.join(lab.workspace, 'notes.txt'), `remember ${marked.secret} for tomorrow\n`);
      const { code, stdout } = await labwalk(['export', lab.file, '--workspace', lab.workspace]);
      expect([code, leaksIn(stdout)]).toEqual([0, []]);
      expect(stdout).toContain('remember [secret] for tomorrow');
      const others = fs.readdirSync(path.join(lab.workspace, '.labwalk')).filter((name) => name.includes('keys'));
      expect(others).toHaveLength(1);
      expect(fs.statSync(path.join(lab.workspace, '.labwalk', others[0]!)).mode & 0o077).toBe(0);
    },
  );

  fault(
    'The file of those hashes is damaged',
    { promise: 'labwalk exports nothing, since a key could be in it, and says which file to look at.' },
    async () => {
      const lab = await runWithKey('true');
      const state = path.join(lab.workspace, '.labwalk');
      const name = fs.readdirSync(state).find((each) => each.includes('keys'))!;
      fs.writeFileSync(path.join(state, name), '{"version":1,"salt":');
      const { code, stdout, stderr } = await labwalk(['export', lab.file, '--workspace', lab.workspace]);
      expect([code, stdout, stderr]).toEqual([3, '', expect.stringContaining(path.join(state, name))]);
    },
  );

  fault(
    'Somebody else on the machine looks at command lines while a lab runs with keys',
    { promise: 'The keys are on none.' },
    async () => {
      const watch = watchCommandLines('LABWALK_WATCHED=here');
      await runWithKey('export LABWALK_WATCHED=here', 'for i in 1 2 3 4 5; do bash -c "sleep 0.1; env > /dev/null"; done');
      const { lines } = watch.stop();
      expect([...lines].join('\n')).toContain('sleep');
      expect(leaksIn([...lines].join('\n'))).toEqual([]);
    },
  );

  fault(
    'labwalk itself breaks, with a key in the words of its error',
    { promise: 'It shows its stack without the key, and asks for a report of the mistake.' },
    async () => {
      const lab = makeLab({ steps: `### Wait\n\n${fence('sh run', 'sleep 30')}` });
      const env = { AWS_SECRET_ACCESS_KEY: marked.secret };
      const ended = await labwalk(['run', lab.file, '--workspace', lab.workspace], { env, node: ['--import', writeCrash()] });
      expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining('it broke with [secret]')]);
      expect(leaksIn(ended.stdout + ended.stderr)).toEqual([]);
    },
  );
});
