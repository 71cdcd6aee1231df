import { describe, expect, test } from 'vitest';
import { fillText, findSignature, flatten, groupsOf } from '../../src/lab/facts/find-signature.ts';
import { lintLab } from '../../src/lab/lint/lint.ts';
import { frontMatter, goodLab, parse, takeMark } from './small-labs.ts';

const front = (files: string) =>
  frontMatter.replace(/---\n$/, `signatures: ${files}\n---\n`).replace(/variables:.*\n/, 'variables: {PORT: "8080"}\n');
const lab = (files = '[a.yaml]') =>
  `${front(files)}# A small lab\n\n## Step\n\n\`\`\`sh run\necho $PORT\n\`\`\`\n\n\`\`\`yaml check\n- status: 0\n\`\`\`\n`;

const good = `- id: port-in-use
  matches: 'port (?<port>\\d+): address in use'
  what: Port {{port}} is taken, and the lab wants {{PORT}}.
  fix: Stop the other program.
  link: https://example.org/ports
  example: 'error: port 8080: address in use'
- id: keys
  matches: [no keys, bad keys]
  status: any
  what: >-
    The keys
    are no good.
  fix: Get others.
  credentials: true
  example: [no keys, bad keys]
`;

test('signatures are read in the order of the files', () => {
  const { signatures } = goodLab(lab('[a.yaml, more/b.yaml]'), { 'a.yaml': good, 'more/b.yaml': good.replaceAll('id: ', 'id: other-') });
  expect(signatures.map(({ id }) => id)).toEqual(['port-in-use', 'keys', 'other-port-in-use', 'other-keys']);
  expect(signatures[0]).toMatchObject({
    patterns: [/port (?<port>\d+): address in use/],
    anyStatus: false,
    credentials: false,
    link: 'https://example.org/ports',
    place: { file: '/course/labs/small/a.yaml', line: 1, column: 7 },
  });
  expect(signatures[1]).toMatchObject({ anyStatus: true, credentials: true, what: 'The keys are no good.' });
});

test('a lab without them has none', () => {
  expect(goodLab(lab().replace(/^signatures:.*\n/m, '')).signatures).toEqual([]);
});

test('the hash of the lab changes with a file of signatures', () => {
  const hash = (text: string) => goodLab(lab(), { 'a.yaml': text }).hash;
  expect(hash(good)).toBe(hash(good));
  expect(hash(good)).not.toBe(hash(good.replace('Get others', 'Get better ones')));
});

const entry = (text: string) => `${text}\n`;
const rest = `  what: w\n  fix: f\n  example: e\n`;

describe('a mistake in a file of signatures is told at its place', () => {
  test.each<[text: string, what: string, fix?: string]>([
    ['«id: x', 'a file of signatures is a list', 'Begin each signature with a hyphen: - id: port-in-use.'],
    ['- «just words', 'a signature is a mapping (key: value)', 'It needs id, matches, what, fix and example.'],
    [`- id: x\n  matches: e\n  «wat: w\n  fix: f\n  example: e`, 'unknown key "wat" in the signature x', 'Did you mean "what"?'],
    [`- «id: x\n  matches: e\n  what: w\n  fix: f`, 'the signature x lacks the key "example"'],
    [
      `- id: «No_Id\n  matches: e\n${rest}`,
      '"id" in the signature No_Id: write it in small letters, digits and hyphens, like port-in-use.',
    ],
    [`- id: x\n  matches: «'(open'\n${rest}`, '"(open" in the signature x is no regular expression: Unterminated group'],
    [`- id: x\n  matches: [e, «'.*']\n${rest}`, '".*" in the signature x fits every output', 'Write what only this failure prints.'],
    [`- id: x\n  matches: «'a  b'\n${rest}`, '"a  b" in the signature x can never be found', 'Write a single space.'],
    [`- id: x\n  matches: «'a\\nb'\n${rest}`, '"a\\nb" in the signature x can never be found', 'Write a single space.'],
    [`- id: x\n  matches: e\n  status: «all\n${rest}`, '"status" in the signature x can\'t be "all"'],
    [`- id: x\n  matches: e\n  link: «nowhere\n${rest}`, '"link" in the signature x: write a whole address: https://….'],
    [
      `- id: x\n  matches: e\n  what: «The {{port}} is taken.\n  fix: f\n  example: e`,
      '{{port}} is no group of every pattern',
      'Write (?<port>…) in each of them.',
    ],
    [`- id: x\n  matches: e\n  what: w\n  fix: «See {{PRT}}.\n  example: e`, 'the variable PRT is not declared', 'Did you mean PORT?'],
    [`- id: x\n  matches: e\n${rest}- id: «x\n  matches: g\n${rest}`, 'there is a signature x already', 'Choose another id.'],
    [`- id: x\n«matches: e`, 'this is not YAML: unexpected scalar at node end'],
  ])('%s', (marked, what, fix) => {
    const { text, line, column } = takeMark(entry(marked));
    const { problems } = parse(lab(), { 'a.yaml': text });
    expect(problems[0]).toMatchObject({ file: '/course/labs/small/a.yaml', line, column, what, ...(fix === undefined ? {} : { fix }) });
  });

  test('all of them at once, with those of the lab', () => {
    const { problems } = parse(lab().replace('# A small lab', '# Another lab'), { 'a.yaml': '- id: x\n  matchs: e\n- id: y\n' });
    expect(problems.map(({ file, what }) => `${file.replace(/.*\//, '')}: ${what}`)).toEqual([
      'lab.md: the title "A small lab" is not that of the # heading, "Another lab"',
      'a.yaml: the signature x lacks the key "what"',
      'a.yaml: the signature x lacks the key "fix"',
      'a.yaml: the signature x lacks the key "example"',
      'a.yaml: unknown key "matchs" in the signature x',
      'a.yaml: the signature y lacks the key "matches"',
      'a.yaml: the signature y lacks the key "what"',
      'a.yaml: the signature y lacks the key "fix"',
      'a.yaml: the signature y lacks the key "example"',
    ]);
  });

  test('a file that is not there, where the lab names it', () => {
    const { text, line, column } = takeMark(lab('[a.yaml, «b.yaml]'));
    expect(parse(text, { 'a.yaml': good }).problems).toMatchObject([
      { line, column, what: expect.stringContaining("the signatures b.yaml can't be read") as string },
    ]);
  });
});

describe('lint looks at the examples', () => {
  const lint = (text: string) => lintLab(goodLab(lab(), { 'a.yaml': text }), { read: () => '', exists: () => true, listFiles: () => [] });

  test('and has nothing to say where each is known by its own signature', async () => {
    expect(await lint(good)).toEqual([]);
  });

  test('one that its signature does not know', async () => {
    const { text, line, column } = takeMark('- id: x\n  matches: abc\n  what: w\n  fix: f\n  example: «abd\n');
    expect(await lint(text)).toMatchObject([
      { file: '/course/labs/small/a.yaml', line, column, what: 'the signature x does not fit its own example' },
    ]);
  });

  test('one that an earlier signature takes away', async () => {
    const { text, line, column } = takeMark(
      `- id: x\n  matches: b\n  what: w\n  fix: f\n  example: b\n- id: y\n  matches: abc\n  what: w\n  fix: f\n  example:\n    - «abc\n`,
    );
    expect(await lint(text)).toMatchObject([
      { line, column, what: 'the earlier signature x fits the example of y', why: 'It is in /course/labs/small/a.yaml:1.' },
    ]);
  });

  test('a pattern that no example shows', async () => {
    expect(await lint('- id: x\n  matches: [abc, xyz]\n  what: w\n  fix: f\n  example: abc\n')).toMatchObject([
      { line: 1, what: 'no example of the signature x shows "xyz"', fix: 'Add what is printed then.' },
    ]);
  });
});

describe('what a command printed', () => {
  const { signatures } = goodLab(lab(), { 'a.yaml': good });

  test('is compared with white space made single, and words joined that were broken at a hyphen', () => {
    expect(flatten('error: port\r\n   8080: address \t in\nuse of myapp-\n dev - and\n')).toBe(
      'error: port 8080: address in use of myapp-dev - and ',
    );
  });

  test('is explained with what the pattern has caught and with the values of the lab', async () => {
    const found = (await findSignature(signatures, 'x\nerror: port\n81: address in\nuse', { failed: true }))!;
    expect(fillText(found.signature.what, found, { PORT: '8080' })).toBe('Port 81 is taken, and the lab wants 8080.');
  });

  test('a caught text is never long, and a group that took no part is an ellipsis', () => {
    expect(fillText('<{{a}}> <{{b}}>', { groups: { a: 'x'.repeat(500), b: undefined } as never }, {})).toBe(`<${'x'.repeat(120)}…> <…>`);
    expect(groupsOf(/a(?<one>b)|(?<two>c)/)).toEqual(['one', 'two']);
  });

  test('is found at the end of a long output, in no time', async () => {
    const long = `${'no port 1: address \n'.repeat(200_000)}bad keys`;
    expect((await findSignature(signatures, long, { failed: false }))?.signature.id).toBe('keys');
  });
});
