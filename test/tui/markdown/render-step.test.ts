import { describe, expect, test } from 'vitest';
import type { Part } from '../../../src/lab/types.ts';
import { renderStep, renderStepInPieces } from '../../../src/tui/markdown/render-step.ts';
import type { StepTextStyle } from '../../../src/tui/driver/step-text.ts';

const place = { file: 'lab.md', line: 1, column: 1 };
const style: StepTextStyle = {
  width: 48,
  colour: false,
  unicode: true,
  links: false,
  variables: { PORT: '8080', WHO: 'Nora', URL: 'https://x.example/' },
};
const draw = async (parts: Part[], how: Partial<StepTextStyle> = {}) => renderStep({ parts }, { ...style, ...how });
const run = (script: string, more: object = {}): Part => ({ kind: 'run', script, place, ...more });

describe('a step', () => {
  const parts: Part[] = [
    { kind: 'prose', markdown: 'First **this**:', place },
    run('cd app\nls\n'),
    { kind: 'output', text: '\napp.py\n', place },
    { kind: 'checks', checks: [], place },
    { kind: 'hint', markdown: 'secret hint', place },
    { kind: 'service', name: 'app', script: 'serve --port $PORT\n', place },
    { kind: 'file', path: 'app/a.py', language: 'python', text: 'import os\n\nos.exit()\n', place },
    { kind: 'shown', language: 'json', text: '{}\n', place },
    { kind: 'cleanup', script: 'rm -r app', place },
    { kind: 'credentials', for: ['iam', 'lambda'], place },
  ];

  test('has its parts in their order, without checks, hints and clean-up', async () => {
    const { lines, plain, anchors } = await draw(parts);
    expect(lines).toEqual([
      'First this:',
      '',
      '▌ $ cd app',
      '▌ $ ls',
      '┌ output',
      '│ app.py',
      '',
      '▌ Start app',
      '▌ $ serve --port $PORT   # $PORT = 8080',
      '',
      '▌ Write app/a.py',
      '▌ import os',
      '▌',
      '▌ os.exit()',
      '',
      '│ {}',
      '',
      '▌ AWS credentials for iam and lambda are needed',
      '▌ from here on.',
    ]);
    expect(plain).toEqual(lines);
    expect([...anchors]).toEqual([
      [0, 2],
      [1, 7],
      [2, 10],
      [3, 17],
    ]);
  });

  test('uses ASCII alone where the terminal has no more', async () => {
    const { lines } = await draw([...parts, { kind: 'prose', markdown: '- a\n\n---\n\n> b\n\n| c |\n|---|\n| d |', place }], {
      unicode: false,
    });
    expect(lines.join('\n')).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test('has the same text with colours as without', async () => {
    const { lines, plain, anchors } = await draw(parts, { colour: true, links: true });
    expect(plain).toEqual((await draw(parts)).lines);
    expect(anchors.get(1)).toBe(7);
    expect(lines[2]).toBe('\x1b[1;36m▌\x1b[0m \x1b[2m$\x1b[0m \x1b[1mcd app\x1b[0m');
    expect(lines[11]).toBe('\x1b[1;36m▌\x1b[0m \x1b[35mimport\x1b[0m os');
  });

  test('uses no colour that is lost on a light or on a dark background', async () => {
    const { lines } = await draw(parts, { colour: true });
    const used = new Set(lines.join('').match(/(?<=\x1b\[|;)\d+(?=[;m])/g)); // eslint-disable-line no-control-regex
    expect([...used].filter((code) => !['0', '1', '2', '3', '4', '9', '31', '32', '35', '36'].includes(code))).toEqual([]);
  });

  test('comes a piece at a time, and others have their turn in between', async () => {
    const markdown = Array.from({ length: 2000 }, (_, i) => `Paragraph **${i}**.`).join('\n\n');
    let turns = 0;
    let isDone = false;
    const count = () => {
      turns++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    const lines: string[] = [];
    let pieces = 0;
    for await (const piece of renderStepInPieces({ parts: [{ kind: 'prose', markdown, place }] }, style)) {
      pieces++;
      lines.push(...piece.lines);
    }
    isDone = true;
    expect(lines).toHaveLength(3999);
    expect(pieces).toBeGreaterThan(20);
    expect(turns).toBeGreaterThan(20);
  });

  test('is not drawn again for the same width, and again for other values', async () => {
    const step = [run('http localhost:$PORT/')];
    const first = await draw(step);
    expect((await draw(step)).lines).toEqual(first.lines);
    expect((await draw(step, { variables: { PORT: '9090' } })).lines).toEqual(['▌ $ http localhost:$PORT/   # $PORT = 9090']);
    expect((await draw(step)).lines).toEqual(first.lines);
  });
});

describe('commands', () => {
  test('show their values below where there is no room beside them', async () => {
    expect((await draw([run('a $PORT\nb $WHO ${URL} $HOME')])).lines).toEqual([
      '▌ $ a $PORT',
      '▌ $ b $WHO ${URL} $HOME',
      '    # $PORT = 8080, $WHO = Nora',
      '    # $URL = https://x.example/',
    ]);
    expect((await draw([run('a ${URL}')], { width: 22 })).lines).toEqual(['▌ $ a ${URL}', '    # $URL = https://…']);
  });

  test('say that they fail on purpose, and what they fill', async () => {
    expect((await draw([run('deploy', { expect: 'fail' })])).lines).toEqual(['▌ $ deploy   # This is meant to fail.']);
    expect((await draw([run('app url', { capture: 'URL' })])).lines).toEqual(['▌ $ app url   # What it prints becomes $URL.']);
    expect((await draw([run('true', { expect: 0 })])).lines).toEqual(['▌ $ true']);
  });

  test('are told apart from what only continues them', async () => {
    expect((await draw([run('# why\nfor f in *; do\n  echo $f\ndone\n\ncat > x <<EOF\ncd y\nEOF\nhttp a \\\n  b')])).lines).toEqual([
      '▌   # why',
      '▌ $ for f in *; do',
      '▌     echo $f',
      '▌   done',
      '▌',
      '▌ $ cat > x <<EOF',
      '▌   cd y',
      '▌   EOF',
      '▌ $ http a \\',
      '▌     b',
    ]);
  });

  test('are broken with a mark that no line of their own has', async () => {
    expect((await draw([run('http POST localhost name=David age:=22')], { width: 30 })).lines).toEqual([
      '▌ $ http POST localhost',
      '▌   ↪ name=David age:=22',
    ]);
  });

  test('for the other mode are dim and have a note', async () => {
    const step = [run('deploy', { when: 'sandbox' })];
    expect((await draw(step, { mode: 'aws', colour: true, width: 60 })).lines).toEqual([
      '\x1b[2m▌ In the sandbox only. Here there is nothing to do.\x1b[0m',
      '\x1b[2m▌ $ deploy\x1b[0m',
    ]);
    expect((await draw(step, { mode: 'sandbox' })).lines).toEqual(['▌ $ deploy']);
    expect((await draw(step)).lines).toEqual(['▌ $ deploy']);
  });
});
