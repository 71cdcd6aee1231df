import { describe, expect, test } from 'vitest';
import { parseLab } from '../../src/lab/parse-lab.ts';
import { checks, file, frontMatter, goodLab, step } from './small-labs.ts';

const whole = `${frontMatter}# A small lab

Welcome, {{WHO}}.

## First task

About the task.

### Say \`hello\`
<!-- labwalk: id=say-hello creates="role:myapp-{{WHO}} api:my*" stays="it greets everybody" -->

Type this:

\`\`\`sh run timeout=1m30s expect=2 capture=URL when=sandbox
echo hello
\`\`\`

It prints:

\`\`\`text output
hello
\`\`\`

\`\`\`python
print('only shown')
\`\`\`

<details><summary>Hint</summary>

Look at **echo**.

\`\`\`sh
help echo
\`\`\`

</details>

<details><summary>Checks</summary>

\`\`\`yaml check
- status: 2
- http: {url: "http://localhost:{{PORT}}/", json: {hello: world}}
  title: The greeting is there
  try: Start it first.
  within: 10s
  when: aws
\`\`\`

</details>

### Serve it
<!-- labwalk: after=say-hello -->

\`\`\`sh service=app ready=http://localhost:$PORT/ timeout=5s
serve --port $PORT
\`\`\`
\`\`\`sh service=log-app ready=log:"Serving on \\d+"
serve
\`\`\`
\`\`\`sh service=port-app ready=port:$PORT
serve
\`\`\`
\`\`\`python file=myapp/app.py from=say-hello
print('hello')
\`\`\`
\`\`\`yaml credentials when=aws
for: [iam, lambda]
\`\`\`
\`\`\`sh cleanup
rm -r myapp
\`\`\`

## Read this

Only words.

## Do this

\`\`\`bash run
true
\`\`\`
`;

describe('a lab without mistakes', () => {
  const lab = goodLab(whole);
  const [hello, serve, read, act] = lab.steps;

  test('has the facts of its front matter', () => {
    expect(lab).toMatchObject({
      name: 'small',
      file,
      folder: '/course/labs/small',
      solutions: '/course/solutions/small',
      title: 'A small lab',
      summary: 'Say hello to a file.',
      duration: 90,
      requires: [{ tool: 'git' }, { tool: 'python3', version: '>=3.10' }],
      intro: 'Welcome, {{WHO}}.',
    });
    expect(lab.variables).toEqual([
      { name: 'PORT', kind: 'free-port', port: 8080, place: { file, line: 6, column: 13 } },
      { name: 'WHO', kind: 'random', shape: 'name', place: { file, line: 6, column: 38 } },
      { name: 'CITY', kind: 'value', value: 'Oslo', place: { file, line: 6, column: 59 } },
      { name: 'URL', kind: 'captured', place: { file, line: 6, column: 71 } },
    ]);
  });

  test('has its tasks and steps', () => {
    expect(lab.tasks.map(({ id, intro, steps }) => ({ id, intro, steps }))).toEqual([
      { id: 'first-task', intro: 'About the task.', steps: ['say-hello', 'serve-it'] },
      { id: 'read-this', intro: '', steps: ['read-this'] },
      { id: 'do-this', intro: '', steps: ['do-this'] },
    ]);
    expect([hello, serve, read, act].map((one) => one?.reading)).toEqual([false, false, true, false]);
    expect(hello).toMatchObject({
      title: 'Say hello',
      creates: [
        { kind: 'role', name: 'myapp-{{WHO}}' },
        { kind: 'api', name: 'my*' },
      ],
      stays: 'it greets everybody',
      after: [],
    });
    expect(serve?.after).toEqual(['say-hello']);
  });

  test('has the parts of a step in the order of the document', () => {
    expect(hello?.parts).toEqual([
      { kind: 'prose', markdown: 'Type this:', place: { file, line: 19, column: 1 } },
      {
        kind: 'run',
        script: 'echo hello\n',
        timeout: 90_000,
        expect: 2,
        capture: 'URL',
        when: 'sandbox',
        place: { file, line: 21, column: 1 },
      },
      { kind: 'prose', markdown: 'It prints:', place: { file, line: 25, column: 1 } },
      { kind: 'output', text: 'hello\n', place: { file, line: 27, column: 1 } },
      { kind: 'shown', language: 'python', text: "print('only shown')\n", place: { file, line: 31, column: 1 } },
      { kind: 'hint', markdown: 'Look at **echo**.\n\n```sh\nhelp echo\n```', place: { file, line: 35, column: 1 } },
      {
        kind: 'checks',
        place: { file, line: 47, column: 1 },
        checks: [
          { check: 'status', input: 2, place: { file, line: 48, column: 3 } },
          {
            check: 'http',
            input: { url: 'http://localhost:{{PORT}}/', method: 'GET', status: 200, json: { hello: 'world' } },
            title: 'The greeting is there',
            try: 'Start it first.',
            within: 10_000,
            when: 'aws',
            place: { file, line: 49, column: 3 },
          },
        ],
      },
    ]);
  });

  test('has services, files, credentials and clean-up', () => {
    expect(serve?.parts.map(({ place, ...part }) => part)).toEqual([
      {
        kind: 'service',
        name: 'app',
        script: 'serve --port $PORT\n',
        ready: { kind: 'url', url: 'http://localhost:$PORT/' },
        timeout: 5000,
      },
      { kind: 'service', name: 'log-app', script: 'serve\n', ready: { kind: 'log', matches: 'Serving on \\d+' } },
      { kind: 'service', name: 'port-app', script: 'serve\n', ready: { kind: 'port', port: '$PORT' } },
      { kind: 'file', language: 'python', path: 'myapp/app.py', text: "print('hello')\n", from: 'say-hello' },
      { kind: 'credentials', for: ['iam', 'lambda'], when: 'aws' },
      { kind: 'cleanup', script: 'rm -r myapp\n' },
    ]);
  });
});

describe('the front matter', () => {
  const body = '\n# A small lab\n\n## Task\n';
  const withFacts = (facts: string) => goodLab(`---\nsummary: s\n${facts}\n---\n${body}`);

  test.each([
    ['duration: 45', 45],
    ['duration: 2h', 120],
    ['duration: 1h30m', 90],
  ])('takes %s', (facts, minutes) => expect(withFacts(facts).duration).toBe(minutes));

  test('may leave the title to the # heading', () => expect(withFacts('duration: 1h').title).toBe('A small lab'));

  test('takes required tools as a mapping', () => {
    const { requires } = withFacts('duration: 1h\nrequires: {git: , python3: ">=3.10"}');
    expect(requires).toEqual([{ tool: 'git' }, { tool: 'python3', version: '>=3.10' }]);
  });

  test('keeps a value as its author wrote it', () => {
    const { variables } = withFacts('duration: 1h\nvariables: {A: 1.10, B: true, C: "x y", D: 0x10}');
    expect(variables).toMatchObject([{ value: '1.10' }, { value: 'true' }, { value: 'x y' }, { value: '0x10' }]);
  });
});

test('a lab outside of a folder of labs is named after its file and has its solutions beside it', () => {
  const text = `${frontMatter}# A small lab\n\n## Task\n`;
  const { lab } = parseLab('/home/me/first.md', { checks, read: () => text });
  expect(lab).toMatchObject({ name: 'first', folder: '/home/me', solutions: '/home/me/solutions' });
});

test('the hash changes with the text, with an included file and with a script', () => {
  const text = step('<!-- labwalk: include=other.md#more -->\n\n```yaml check\n- script: a.mjs\n```');
  const hash = (lab: string, other: string, script: string) => goodLab(lab, { 'other.md': other, 'a.mjs': script }).hash;
  const first = hash(text, '#### More\n', '1');
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(hash(text, '#### More\n', '1')).toBe(first);
  expect(
    new Set([first, hash(`${text}.`, '#### More\n', '1'), hash(text, '#### More\n\nx\n', '1'), hash(text, '#### More\n', '2')]).size,
  ).toBe(4);
});

test('a file that cannot be read is a problem, not an error', () => {
  const read = () => {
    throw new Error('ENOENT');
  };
  expect(parseLab(file, { checks, read }).problems).toMatchObject([{ file, line: 1, column: 1, what: "the lab can't be read: ENOENT" }]);
});
