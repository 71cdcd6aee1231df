/** Damage to a text as `syntax` names it: each sort in a file that would be right without it, read by the language's own parser. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { syntax } from '../../src/checks/syntax.ts';
import { makeContext, makeFolder } from './context.ts';

async function run(path: string, content: string | Buffer) {
  const folder = await makeFolder();
  await writeFile(join(folder, path), content);
  const outcome = await syntax.run(syntax.schema.parse(path), makeContext(folder));
  if (outcome.passed) throw new Error('the check has passed');
  return outcome;
}

const PROGRAM = 'import json\n\n\ndef greet(name):\n    # größer\n    return "Hello " + name\n';

describe('a character that looks right', () => {
  test.each([
    [
      'indents with non-breaking spaces',
      PROGRAM.replace('    return', '\u00A0\u00A0\u00A0 return'),
      'line 6, column 1: a non-breaking space (U+00A0)',
    ],
    ['a narrow space', PROGRAM.replace('"Hello " +', '"Hello "\u202F+'), 'line 6, column 20: a narrow non-breaking space (U+202F)'],
    ['a full-width space', PROGRAM.replace('return ', 'return\u3000'), 'line 6, column 11: a full-width space (U+3000)'],
    ['a zero-width space', PROGRAM.replace('greet', 'gr\u200Beet'), 'line 4, column 7: a zero-width space (U+200B)'],
    ['a word joiner', PROGRAM.replace('+ name', '+ \u2060name'), 'line 6, column 23: a word joiner (U+2060)'],
    ['a second byte order mark', PROGRAM.replace('import', '\uFEFF\uFEFFimport'), 'line 1, column 1: a byte order mark (U+FEFF)'],
    ['a direction mark', PROGRAM.replace('(name)', '(\u200Ename)'), 'line 4, column 11: a mark for the direction of text (U+200E)'],
    ['double typographic quotes', PROGRAM.replace('"Hello "', '“Hello ”'), 'line 6, column 12: the typographic quote “ (U+201C)'],
    ['one end typographic', PROGRAM.replace('"Hello "', "'Hello ’"), 'line 6, column 19: the typographic quote ’ (U+2019)'],
    ['guillemets', PROGRAM.replace('"Hello "', '«Hello »'), 'line 6, column 12: the typographic quote « (U+00AB)'],
    ['backticks', PROGRAM.replace('"Hello "', '`Hello `'), 'line 6, column 12: a backtick (`)'],
    ['a dash for a minus', PROGRAM.replace('+ name', '+ name[1 – 1:]'), 'line 6, column 30: the dash – (U+2013)'],
    ['full-width brackets', PROGRAM.replace('(name):', '（name）：'), 'line 4, column 10: the full-width character （ (U+FF08)'],
  ])('%s', async (_, text, actual) => {
    const outcome = await run('app.py', text);
    expect(outcome.actual).toContain(actual);
    expect(outcome.sure).toBe(true);
    expect(outcome.try).toMatch(/^It probably came along when the text was copied into line \d of app\.py\./);
  });

  test('says what to type, and where the same is', async () => {
    const outcome = await run('app.py', 'a = “x”\nb = 1\nc = “y”\n');
    expect(outcome.actual).toBe('line 1, column 5: the typographic quote “ (U+201C)\n    a = “x”\n        ^');
    expect(outcome.try).toBe(
      'It probably came along when the text was copied into line 1 of app.py. Type " in its place. There is the same in line 3.',
    );
  });

  test.each([
    ['a.json', '{ “a”: 1 }', 'the typographic quote “'],
    ['a.mjs', 'export const a = ‘x’;\n', 'the typographic quote ‘'],
    ['a.yaml', 'a: [1，2\n', undefined],
  ])('%s', async (path, text, named) => {
    const outcome = await run(path, text);
    if (named === undefined) expect(outcome.sure).toBeUndefined();
    else expect(outcome.actual).toContain(named);
  });

  test.each([
    ['in a text', 'a = "it’s\u00A0fine"\nb = (\n', 'line 2'],
    ['in a text on the line of another mistake', 'a = ("it’s fine" 1\n', 'line 1, column'],
    ['in a comment', 'def f(): # “so”\nreturn 1\n', 'line 2'],
  ])('is not blamed where it is right: %s', async (_, text, place) => {
    const outcome = await run('app.py', text);
    expect(outcome.sure).toBeUndefined();
    expect(outcome.actual).toContain(place);
    expect(outcome.actual).not.toContain('U+');
  });
});

describe('a line that does not belong to the code', () => {
  test.each([
    ['a fence', `\`\`\`python\n${PROGRAM}\`\`\`\n`, 'line 1, column 1: ``` is the frame around code', 'Delete lines 1 and 8 of app.py.'],
    ['the end of a fence', `${PROGRAM}\`\`\`\n`, 'line 7, column 1: ``` is the frame around code', 'Delete line 7 of app.py.'],
    ['a fence of tildes', `~~~\n${PROGRAM}~~~\n`, 'line 1, column 1: ~~~ is the frame', 'Delete lines 1 and 8 of app.py.'],
    [
      'a prompt',
      `$ python -m venv .venv\n${PROGRAM}`,
      'line 1, column 1: "$ " is the prompt of a terminal',
      'Delete line 1 of app.py. Commands belong in the terminal.',
    ],
    [
      'a prompt with an environment',
      `${PROGRAM}(.venv) $ python app.py\n`,
      'line 7, column 1: "(.venv) $ " is the prompt of a terminal',
      'Delete line 7 of app.py. Commands belong in the terminal.',
    ],
    [
      'a prompt with a machine',
      `ann@laptop:~/lab$ cat app.py\n${PROGRAM}`,
      'line 1, column 1: "ann@laptop:~/lab$ " is the prompt',
      'Delete line 1 of app.py. Commands belong in the terminal.',
    ],
    [
      "Python's prompt",
      '>>> def f():\n...     return 1\n',
      'line 1, column 1: >>> is the prompt of Python',
      'Delete the prompt at the beginning of lines 1 and 2 of app.py, and the space behind it.',
    ],
    [
      'a conflict of Git',
      `<<<<<<< HEAD\nimport json\n=======\nimport logging\n>>>>>>> other\n`,
      'line 1, column 1: <<<<<<< is a mark of Git',
      'Keep one of the two versions, and delete the other with lines 1, 3 and 5 of app.py.',
    ],
    [
      "a page's source",
      PROGRAM.replace('"Hello "', '&quot;Hello &quot;'),
      'line 6, column 12: &quot; is how HTML writes "',
      'Line 6 of app.py was copied from the source of a page. Write " for &quot;.',
    ],
  ])('%s', async (_, text, actual, advice) => {
    const outcome = await run('app.py', text);
    expect(outcome.actual).toContain(actual);
    expect(outcome.try).toBe(advice);
    expect(outcome.sure).toBe(true);
  });

  test('is not blamed inside a text', async () => {
    const outcome = await run('app.py', '"""\n```\n$ ls\n```\n"""\nx = (\n');
    expect(outcome.sure).toBeUndefined();
    expect(outcome.actual).toContain('line 6');
  });
});

describe('a file in another encoding', () => {
  const bigEndian = Buffer.from(`\uFEFF${PROGRAM}`, 'utf16le').swap16();
  test.each([
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${PROGRAM}`, 'utf16le'), 'line 1: the file is saved as UTF-16, and not as UTF-8'],
    ['UTF-16, big end first', bigEndian, 'line 1: the file is saved as UTF-16, and not as UTF-8'],
    ['UTF-16 without a mark', Buffer.from(PROGRAM, 'utf16le'), 'line 1: the file is saved as UTF-16, and not as UTF-8'],
    [
      'Latin-1',
      Buffer.from(PROGRAM.replace('Hello', 'Grüß Gott'), 'latin1'),
      'line 5: the byte F6 is not UTF-8: the file is saved in another encoding, such as Windows-1252',
    ],
  ])('%s', async (_, content, actual) => {
    const outcome = await run('app.py', content);
    expect(outcome.actual).toBe(actual);
    expect(outcome.try).toMatch(/^Save app\.py again with the encoding UTF-8\./);
    expect(outcome.sure).toBe(true);
  });

  test('JSON in UTF-16', async () => {
    expect((await run('a.json', Buffer.from('\uFEFF{"a": 1}', 'utf16le'))).actual).toContain('UTF-16');
  });

  test('one that the program names itself is right', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'app.py'), Buffer.from(`# -*- coding: latin-1 -*-\n${PROGRAM}`, 'latin1'));
    expect(await syntax.run({ path: 'app.py' }, makeContext(folder))).toEqual({ passed: true });
  });
});
