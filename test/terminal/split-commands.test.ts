import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askBash, checkBashSyntax } from '../../src/terminal/shell/bash-syntax.ts';
import { isPlainLine } from '../../src/terminal/shell/split-commands.ts';
import { splitCommands } from '../../src/terminal/shell/split-commands.ts';
import { makeFolder } from './support.ts';

const texts = async (script: string) => (await splitCommands(script)).map((command) => command.text);

describe('splitCommands', () => {
  test('takes a line each, without blank lines and comments, and knows their lines', async () => {
    expect(await splitCommands('\ncd app\n\n# a comment\nls -l | wc -l\n')).toEqual([
      { text: 'cd app', line: 2 },
      { text: 'ls -l | wc -l', line: 5 },
    ]);
  });

  test.each([
    ['a loop', 'for f in *; do\n  echo $f\ndone'],
    ['an open quote', 'echo "one\ntwo"'],
    ['a backslash at the end', 'echo one \\\n  two'],
    ['a here-document', 'cat >x.py <<EOF\nprint("hello")\n\n# not a comment\nEOF'],
    ['a here-document with a quoted word', "cat <<'END OF'\n$x\nEND OF"],
    ['a here-document that is indented', 'cat <<-E\n\tone\n\tE'],
    ['an operator at the end', 'true &&\n  echo yes'],
    ['a pipe at the end', 'ls |\n  wc -l'],
    ['a function', 'greet() {\n  echo hi\n}'],
    ['an if', 'if true\nthen echo yes\nfi'],
    ['a case', 'case x in\n  x) echo x;;\nesac'],
    ['a group', '(\ncd /\nls\n)'],
    ['a command substitution', 'x=$(\necho 1\n)'],
    ['a list of words', 'a=(\n1\n2\n)'],
    ['a test', '[[ a == a &&\n b == b ]]'],
  ])('keeps %s together', async (_name, script) => {
    expect(await texts(`echo before\n${script}\necho after`)).toEqual(['echo before', script, 'echo after']);
  });

  test('gives an unfinished rest as the last command', async () => {
    expect(await texts('echo one\nif true; then\necho two')).toEqual(['echo one', 'if true; then\necho two']);
    expect(await texts('cat <<EOF\none')).toEqual(['cat <<EOF\none']);
  });

  test('gives a broken rest as the last command', async () => {
    expect(await texts('echo one\nfi\necho two')).toEqual(['echo one', 'fi\necho two']);
  });

  test('understands files from Windows', async () => {
    expect(await texts('echo one\r\necho two\r\n')).toEqual(['echo one', 'echo two']);
  });

  test('parts 1,000 simple lines without asking bash once', async () => {
    const folder = makeFolder();
    const bash = path.join(folder, 'bash');
    writeFileSync(bash, `#!/bin/sh\necho asked >>${folder}/asked\nexec bash "$@"\n`);
    chmodSync(bash, 0o755);
    const lines = Array.from({ length: 1000 }, (_, i) => `echo "step ${i} of $TOTAL" && http localhost:$PORT/users/${i} > out-${i}.txt`);
    expect(await splitCommands(lines.join('\n'), { bash })).toHaveLength(1000);
    expect(() => readFileSync(path.join(folder, 'asked'))).toThrow('ENOENT');
    await splitCommands('echo $(date)\necho end', { bash });
    expect(readFileSync(path.join(folder, 'asked'), 'utf8')).toBe('asked\n');
  });

  test('says so when there is no bash', async () => {
    await expect(splitCommands('echo $(date)\necho end', { bash: '/nowhere/bash' })).rejects.toThrow();
  });
});

describe('isPlainLine', () => {
  test('is only sure of what bash accepts', async () => {
    const part = fc.constantFrom(
      ...[
        'echo',
        'if',
        'then',
        'fi',
        'done',
        ' ',
        '  ',
        '"',
        "'",
        '$x',
        '${x}',
        '$(',
        ')',
        '`',
        '\\',
        '|',
        '||',
        '&&',
        ';',
        '&',
        '>',
        '2>&1',
        '<',
        '<<',
        'EOF',
      ],
      ...['{', '}', '!', '[[', ']]', '#', 'a=b', '*', '$', '~', 'é', 'time', 'for', 'in'],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 8 }), async (parts) => {
        const line = parts.join('');
        fc.pre(isPlainLine(line));
        expect([line, await askBash(line, {})]).toEqual([line, '']);
      }),
      { numRuns: 100 },
    );
  });

  test('is sure of everyday commands', () => {
    const lines = [
      'cd myapp',
      'chalice deploy',
      'pip install chalice httpie',
      'http localhost:$PORT/users/kim',
      "echo 'it works' >> notes.txt",
    ];
    expect(lines.filter((line) => !isPlainLine(line))).toEqual([]);
  });

  test('takes no long time for a long line', () => {
    expect(isPlainLine(`${'echo "a b" '.repeat(5000)}(`)).toBe(false);
  });
});

describe('checkBashSyntax', () => {
  test('finds nothing wrong with a good script', async () => {
    expect(await checkBashSyntax('for i in 1 2; do\n  echo $i\ndone\n')).toBeUndefined();
  });

  test('says what is wrong and in which line', async () => {
    expect(await checkBashSyntax('echo one\nfi\n')).toBe("line 2: syntax error near unexpected token `fi'");
  });

  test('sees a here-document without its end', async () => {
    expect(await checkBashSyntax('cat <<EOF\none\n')).toMatch(/here-document/);
  });

  test('does nothing of what the script says', async () => {
    const folder = makeFolder();
    await checkBashSyntax(`touch ${folder}/made`);
    expect(() => readFileSync(path.join(folder, 'made'))).toThrow('ENOENT');
  });
});
