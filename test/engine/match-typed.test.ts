import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchTyped, type TypedFence } from '../../src/engine/person/match-typed.ts';

const fence = (action: number, commands: string[], done: number[] = []): TypedFence => ({ action, commands, done: new Set(done) });
const match = (fences: readonly TypedFence[], text: string) => {
  const found = matchTyped(fences, text);
  return found && `${found.action}/${found.command} ${found.exact ? 'exact' : 'like'}`;
};

describe('a typed command', () => {
  const steps = [fence(0, ['python3 -m venv .venv', 'source .venv/bin/activate', 'pip install chalice httpie'])];

  test.each([
    ['pip install chalice httpie', '0/2 exact'],
    ['  pip   install chalice  httpie ', '0/2 exact'],
    ['pip install httpie chalice', '0/2 like'],
    ['pip list', undefined],
    ['pip', undefined],
    ['python3 -m venv env', '0/0 like'],
    ['.venv/bin/pip install chalice', '0/2 like'],
    ['source ./.venv/bin/activate', '0/1 like'],
    ['pipx install chalice', undefined],
    ['', undefined],
    ['  ', undefined],
  ])('%s is %s', (text, found) => {
    expect(match(steps, text)).toBe(found);
  });

  test('goes to a folder as completion writes it', () => {
    const fences = [fence(0, ['chalice new-project myapp', 'cd myapp'])];
    expect(match(fences, 'cd myapp/')).toBe('0/1 exact');
    expect(match(fences, 'cd ..')).toBeUndefined();
    expect(match(fences, 'cd /')).toBeUndefined();
  });

  test('has its variables written out', () => {
    const fences = [fence(0, ['http localhost:$PORT/']), fence(1, ['http localhost:$PORT/users/$WHO'])];
    expect(match(fences, 'http localhost:8080/')).toBe('0/0 like');
    expect(match(fences, 'http localhost:$PORT/users/$WHO')).toBe('1/0 exact');
  });

  test('is rather one that is still to be typed', () => {
    expect(match([fence(0, ['http :1/a', 'http :1/b'], [0])], 'http :1/c')).toBe('0/1 like');
    expect(match([fence(0, ['http :1/a', 'ls'], [0]), fence(1, ['http :1/b'])], 'http :1/c')).toBe('1/0 like');
  });

  test('is an equal one also when that was typed already', () => {
    expect(match([fence(0, ['http :1/a', 'http :1/b'], [0])], 'http :1/a')).toBe('0/0 exact');
  });

  test('begins a fence again that was typed to its end and did not do', () => {
    expect(match([fence(0, ['chalice deploy'], [0]), fence(1, ['chalice deploy'])], 'chalice deploy')).toBe('0/0 exact');
  });

  test('is rather one with the same subcommand', () => {
    expect(match([fence(0, ['chalice --version']), fence(1, ['chalice local --port $PORT'])], 'chalice local')).toBe('1/0 like');
  });

  test('of several lines is what its words say', () => {
    const loop = 'for i in 1 2; do\n  echo $i\ndone';
    expect(match([fence(0, [loop])], loop)).toBe('0/0 exact');
    expect(match([fence(0, [loop])], 'for i in 1 2; do echo $i; done')).toBe('0/0 like');
    expect(match([fence(0, ['curl \\\n  -s x'])], 'curl -s x')).toBe('0/0 exact');
  });
});

const word = fc.stringMatching(/^[a-z$./:=_-]{1,8}$/);
const command = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const fences = fc
  .array(fc.array(command, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 })
  .map((all) => all.map((commands, action) => fence(action, commands)));

test("the lab's own command is always found, and as an equal one", () => {
  fc.assert(
    fc.property(fences, fc.nat(), fc.nat(), fc.constantFrom(' ', '  ', '\t', ' \n'), (all, a, b, space) => {
      const { commands } = all[a % all.length]!;
      const text = commands[b % commands.length]!;
      const found = matchTyped(all, ` ${text.replaceAll(' ', space)} `);
      expect(found?.exact).toBe(true);
      const spaced = (line: string) => line.replaceAll(/(?<=[^/\s])\/(?=\s|$)/g, '');
      const wanted = all[found!.action]!.commands[found!.command]!;
      if (!/[:/]/.test(text)) expect(spaced(wanted)).toBe(spaced(text));
    }),
  );
});

test('what is found has the same program, and the first of two equal ones is found', () => {
  fc.assert(
    fc.property(fences, command, (all, text) => {
      const found = matchTyped(all, text);
      if (!found) return;
      const wanted = all[found.action]!.commands[found.command]!;
      const program = (line: string) => line.split(' ')[0]!.replace(/\/$/, '').split('/').at(-1);
      if (!/[$:=]/.test(text + wanted)) expect(program(wanted)).toBe(program(text));
      expect(matchTyped([...all, ...all.map((one) => ({ ...one, action: one.action + all.length }))], text)).toEqual(found);
    }),
  );
});

test('no text is too strange', () => {
  fc.assert(
    fc.property(fences, fc.string({ unit: 'binary' }), (all, text) => {
      expect(() => matchTyped(all, text)).not.toThrow();
    }),
  );
});
