/** Mutants as the toolchain's Python lists them. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseLab } from '../../../src/lab/parse-lab.ts';
import { checksByName } from '../../../src/checks/index.ts';
import { mutantOperators } from '../../../src/lab/facts/mutant-operators.ts';
import type { Lab } from '../../../src/lab/types.ts';
import { listMutants } from '../../../src/verify/mutants/list-mutants.ts';
import type { Mutant } from '../../../src/verify/mutants/mutant.ts';
import { toolchain } from '../../support/toolchain.ts';

let python: string;
const folders: string[] = [];

beforeAll(async () => {
  python = (await toolchain()).python;
});
afterEach(() => folders.splice(0).forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

const root = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): Lab => {
  const { lab, problems } = parseLab(file, { read: (name) => fs.readFileSync(name, 'utf8'), checks: checksByName });
  expect(problems).toEqual([]);
  return lab!;
};

const list = (lab: Lab) => listMutants(lab, { python, env: {}, signal: new AbortController().signal });

/** A lab whose only step writes these files; by checkpoint where a name has one in front (`later:app.py`). */
function makeLab(files: Record<string, string | Buffer>): Lab {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-mutants-'));
  folders.push(folder);
  const steps = new Map<string, string[]>();
  for (const [name, text] of Object.entries(files)) {
    const [checkpoint = '', file = ''] = name.includes(':') ? name.split(':') : ['first', name];
    const target = path.join(folder, 'trial/solutions', checkpoint, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
    steps.set(checkpoint, [...(steps.get(checkpoint) ?? []), `\`\`\`python file=${file}\n\`\`\`\n`]);
  }
  const body = [...steps].map(([id, fences]) => `### ${id}\n<!-- labwalk: id=${id} -->\n\n${fences.join('\n')}`);
  const lab = path.join(folder, 'trial/lab.md');
  fs.writeFileSync(lab, `---\ntitle: T\nsummary: S\nduration: 1m\n---\n\n# T\n\n## Task\n\n${body.join('\n')}`);
  return read(lab);
}

const tell = ({ operator, before, after }: Mutant) => `${operator}: ${before} -> ${after}`;
const listPython = async (text: string) => (await list(makeLab({ 'app.py': text }))).map(tell);

describe('of the flagship', () => {
  let mutants: Mutant[];
  beforeAll(async () => {
    mutants = await list(read(path.join(root, 'labs/chalice/lab.md')));
  });

  test('are some hundred, of every kind that Python has, each with its own id and its own text', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(60);
    expect(mutants.length).toBeLessThanOrEqual(120);
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
    expect(new Set(mutants.map(({ text }) => text)).size).toBe(mutants.length);
    const kinds = new Set(mutants.map(({ operator }) => operator));
    // it compares nothing, and has no file of values
    expect(mutantOperators.filter((each) => !kinds.has(each))).toEqual(['comparison', 'swapped-value']);
  });

  test('are the same each time', async () => {
    expect(await list(read(path.join(root, 'labs/chalice/lab.md')))).toEqual(mutants);
  });

  test('can be read by Python, but for slips in indentation and syntax', () => {
    const program = `
import ast, json, sys
def reads(text):
    try:
        ast.parse(text)
        return True
    except SyntaxError:
        return False
print(json.dumps([reads(text) for text in json.load(sys.stdin)]))`;
    const input = JSON.stringify(mutants.map(({ text }) => text));
    const reads = JSON.parse(execFileSync(python, ['-I', '-c', program], { input, encoding: 'utf8' })) as boolean[];
    const broken = mutants.filter((_, i) => !reads[i]);
    expect([...new Set(broken.map(({ operator }) => operator))].sort()).toEqual(['indentation', 'syntax']);
    expect(mutants.filter(({ operator }, i) => operator === 'syntax' && reads[i])).toEqual([]);
    expect(mutants.some(({ operator }, i) => operator === 'indentation' && reads[i])).toBe(true);
  });
});

describe('of Python', () => {
  test('routes: a segment, a parameter, a slash', async () => {
    const all = await listPython("@app.route('/users/<int:number>')\ndef show(number):\n    pass\n");
    expect(all.filter((line) => line.startsWith('route'))).toEqual([
      "route: @app.route('/users/<int:number>') -> @app.route('/user/<int:number>')",
      "route: @app.route('/users/<int:number>') -> @app.route('/users/<int:id>')",
      "route: @app.route('/users/<int:number>') -> @app.route('/users/<int:number>/')",
      "route: @app.route('/users/<int:number>') -> @app.route('users/<int:number>')",
    ]);
  });

  test('methods: another, small letters, one of several missing, a string for a list, the name of the decorator', async () => {
    const all = await listPython("@app.route('/', methods=['GET', 'PUT'])\ndef a():\n    pass\n\n@app.get('/b')\ndef b():\n    pass\n");
    expect(all).toContain("method: @app.route('/', methods=['GET', 'PUT']) -> @app.route('/', methods=['POST', 'PUT'])");
    expect(all).toContain("method: @app.route('/', methods=['GET', 'PUT']) -> @app.route('/', methods=['GET', 'put'])");
    expect(all).toContain("method: @app.route('/', methods=['GET', 'PUT']) -> @app.route('/', methods=['GET'])");
    expect(all).toContain("method: @app.get('/b') -> @app.post('/b')");
  });

  test('statuses: of a keyword, of a tuple, of a dictionary; no other number', async () => {
    const all = await listPython("def f():\n    return 'no', 404\n\ndef g():\n    return {'statusCode': 200, 'size': 200}\n");
    expect(all.filter((line) => line.startsWith('status'))).toEqual([
      "status: return 'no', 404 -> return 'no', 200",
      "status: return 'no', 404 -> return 'no', 500",
      "status: return {'statusCode': 200, 'size': 200} -> return {'statusCode': 201, 'size': 200}",
      "status: return {'statusCode': 200, 'size': 200} -> return {'statusCode': 500, 'size': 200}",
    ]);
  });

  test('headers: names, types and their charset', async () => {
    const all = await listPython("headers = {'Content-Type': 'text/html; charset=utf-8', 'X-Id': 'a'}\n");
    expect(all).toContain(
      "header: headers = {'Content-Type': 'text/html; charset=utf-8', 'X-Id': 'a'} -> headers = {'ContentType': 'text/html; charset=utf-8', 'X-Id': 'a'}",
    );
    expect(all).toContain(
      "header: headers = {'Content-Type': 'text/html; charset=utf-8', 'X-Id': 'a'} -> headers = {'Content-Type': 'text/html', 'X-Id': 'a'}",
    );
  });

  test('what nobody notices is left alone: comments, docstrings, annotations', async () => {
    const mutants = await list(
      makeLab({ 'app.py': '"""Says hello."""\n# a remark\ndef f(x: int = 1) -> "Answer":\n    """Text here."""\n    return x\n' }),
    );
    for (const { text } of mutants.filter((mutant) => !mutant.before.startsWith('def f') || mutant.after !== '')) {
      expect(text).toContain('"""Says hello."""\n# a remark\n');
      expect(text).toContain(': int');
      expect(text).toContain('-> "Answer"');
      expect(text).toContain('"""Text here."""');
    }
    expect(mutants.map(tell)).toContain('missing-word: return x -> x');
  });

  test('f-strings: the text in them, the f, what is called in them', async () => {
    const all = await listPython("def f(name):\n    return f'Dear {escape(name)}, {{welcome}}!'\n");
    const from = "return f'Dear {escape(name)}, {{welcome}}!'";
    expect(all).toContain(`literal: ${from} -> return f'Der {escape(name)}, {{welcome}}!'`);
    expect(all).toContain(`literal: ${from} -> return f'Dear {escape(name)}, {{welome}}!'`);
    expect(all).toContain(`missing-word: ${from} -> return 'Dear {escape(name)}, {{welcome}}!'`);
    expect(all).toContain(`missing-word: ${from} -> return f'Dear {name}, {{welcome}}!'`);
  });

  test('comparisons, truths and numbers', async () => {
    const all = await listPython('def f(a, b):\n    if a <= b and not a == 3:\n        return True\n');
    const from = 'if a <= b and not a == 3:';
    for (const to of [
      'a < b and not a == 3',
      'a <= b or not a == 3',
      'a <= b and not a != 3',
      'a <= b and a == 3',
      'a <= b and not a == 4',
      'b <= b and not a == 3',
    ])
      expect(all.map((line) => line.replace(/^[\w-]+: /, ''))).toContain(`${from} -> if ${to}:`);
    expect(all).toContain('literal: return True -> return False');
  });

  test('the only statement of a block becomes a pass; a line with something beside it keeps that', async () => {
    const all = await listPython('def f():\n    go()\n\nx = 1; y = 2\n');
    expect(all).toContain('missing-line: go() -> pass');
    expect(all).toContain('missing-line: x = 1; y = 2 -> pass; y = 2');
  });

  test('a function that has slipped into the one above, a line that has slipped out', async () => {
    const all = await listPython('def f():\n    a()\n    b()\n\ndef g():\n    c()\n');
    expect(all).toContain('indentation: def g():\n    c() ->     def g():\n        c()');
    expect(all).toContain('indentation:     b() -> b()');
    expect(all).toContain('indentation: a() ->  a()');
  });

  test('the rest of the file stays byte for byte: comments, odd spaces, line ends, a byte order mark, letters of any alphabet', async () => {
    const text = "\uFEFFgr\u00fc\u00dfe = '\u{1F600} hello',  'w\u00f6rld' # hello \u00e9\r\nx  =  1   # one\r\n";
    const mutants = await list(makeLab({ 'app.py': text }));
    expect(mutants.map(({ text: mutated }) => mutated)).toContain(text.replace("\u{1F600} hello'", "\u{1F600} helo'"));
    for (const { text: mutated, line } of mutants.filter(({ operator }) => operator === 'literal')) {
      const [old, fresh] = [text.split('\r\n'), mutated.split('\r\n')];
      expect(fresh.filter((_, i) => i !== line - 1)).toEqual(old.filter((_, i) => i !== line - 1));
      expect(fresh[line - 1]).toContain(line === 1 ? '# hello \u00e9' : '   # one');
    }
  });
});

describe('of a lab', () => {
  test('a file that is the same in two checkpoints is changed once, another version of it again', async () => {
    const mutants = await list(makeLab({ 'one:app.py': 'a = 1\n', 'two:app.py': 'a = 1\n', 'three:app.py': 'a = 1\nb = 2\n' }));
    expect(new Set(mutants.map(({ checkpoint }) => checkpoint))).toEqual(new Set(['one', 'three']));
    expect(mutants.map(({ id }) => id)).toContain('literal app.py:1');
    expect(mutants.map(({ id }) => id)).toContain('literal app.py:1#2');
  });

  test('other files have mutants of their own; what Python cannot read is changed by line; what is no text is left alone', async () => {
    const mutants = await list(
      makeLab({
        'config.json': '{"debug": true}\n',
        'broken.py': 'def f(:\n    hello\n',
        'picture.png': Buffer.from([0x89, 0x50, 0, 0xff]),
      }),
    );
    expect(mutants.map(tell)).toContain('literal: {"debug": true} -> {"debug": false}');
    expect(mutants.map(tell)).toContain('missing-line: hello -> ');
    expect(mutants.filter(({ file }) => file === 'picture.png')).toEqual([]);
  });

  test('a Python that gives no answer is told', async () => {
    const lab = makeLab({ 'app.py': 'a = 1\n' });
    const asking = listMutants(lab, { python: '/bin/false', env: {}, signal: new AbortController().signal });
    await expect(asking).rejects.toThrow(/mutants could not be listed.*\/bin\/false --version/s);
  });
});
