import { describe, expect, test } from 'vitest';
import { textWidth } from '../../../src/text/width.ts';
import { drawBox, insideBox } from '../../../src/tui/drawings/box.ts';
import { drawDoing, formatElapsed } from '../../../src/tui/drawings/doing.ts';
import { drawEnd } from '../../../src/tui/drawings/end.ts';
import { drawHelp, helpLines } from '../../../src/tui/drawings/help.ts';
import { drawHints } from '../../../src/tui/drawings/hints.ts';
import { drawNext } from '../../../src/tui/drawings/next.ts';
import { breakStyled, cutStyled } from '../../../src/tui/drawings/styled-lines.ts';
import { furthestStart } from '../../../src/tui/drawings/window.ts';
import { ascii, plain, summary } from './samples.ts';

describe('help', () => {
  const rows = [
    { keys: 'Enter', does: 'does the next thing', group: 'The step' },
    { keys: 'c', does: 'checks the step again, as far as it has been done', group: 'The step' },
    { keys: 't', does: 'gives the terminal the keyboard', group: 'Terminals' },
  ];
  test('stands in one column where the screen is narrow', () => {
    expect(helpLines(rows, 36, plain)).toEqual([
      'The step',
      '  Enter  does the next thing',
      '  c      checks the step again, as',
      '         far as it has been done',
      '',
      'Terminals',
      '  t      gives the terminal the',
      '         keyboard',
    ]);
  });
  test('stands in two columns where it is wide', () => {
    expect(helpLines(rows, 100, plain)).toEqual([
      'The step                                            Terminals',
      '  Enter  does the next thing                          t      gives the terminal the keyboard',
      '  c      checks the step again, as far as it has',
      '         been done',
    ]);
  });
  test('scrolls to its end and no further, and says how much there is', () => {
    const size = { columns: 36, rows: 4 };
    const most = furthestStart(helpLines(rows, 36, plain).length, 4);
    expect(drawHelp({ rows, from: 0 }, size, plain).at(-1)).toBe('↓ 5 more');
    expect(drawHelp({ rows, from: most }, size, plain)).toEqual([
      'Terminals',
      '  t      gives the terminal the',
      '         keyboard',
      '↑ 5 more',
    ]);
    expect(drawHelp({ rows, from: 99 }, size, plain)).toEqual(drawHelp({ rows, from: most }, size, plain));
  });
});

describe('hints', () => {
  const draw = (shown: number, of: number) =>
    drawHints({ shown, of, lines: ['Look at the log.'], from: 0 }, { columns: 60, rows: 9 }, plain);
  test('say how many there are still', () => {
    expect(draw(1, 3)).toEqual(['Look at the log.', '', '2 more hints: h shows the next one.']);
    expect(draw(2, 3).at(-1)).toBe('1 more hint: h shows the next one.');
    expect(draw(3, 3).at(-1)).toBe('That was the last hint of this step.');
    expect(draw(0, 0)).toEqual(['This step has no hints.']);
  });
});

describe('the end of a lab', () => {
  const keys = [
    { keys: 'C', does: 'cleans up' },
    { keys: 'q', does: 'ends labwalk' },
  ];
  const view = { title: 'Your first API', mode: 'aws', summary, keys } as const;
  test('tells time, steps, checks, hints, what is still deployed, and what to do about it', () => {
    expect(drawEnd(view, { columns: 60, rows: 24 }, plain)).toEqual([
      '✓ You have done it: Your first API',
      '',
      '  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━',
      '',
      '  time       1 h 12 min',
      '  steps      17 of 17 passed',
      '  checks     41 of 41 passed',
      '  hints      3 read',
      '  solutions  1 taken',
      '',
      'Still deployed in your AWS account:',
      '  role myapp-dev',
      '  function myapp-dev',
      '  api myapp',
      '',
      '  C cleans up',
      '  q ends labwalk',
    ]);
  });
  test('on a small screen what is deployed and the keys stay', () => {
    expect(drawEnd(view, { columns: 36, rows: 8 }, plain)).toEqual([
      '✓ You have done it: Your first API',
      '  time       1 h 12 min',
      '  steps      17 of 17 passed',
      '  checks     41 of 41 passed',
      'Still deployed in your AWS account:',
      '  3 things',
      '  C cleans up',
      '  q ends labwalk',
    ]);
  });
  test('says how clean-up went', () => {
    const draw = (more: object) => drawEnd({ ...view, ...more }, { columns: 60, rows: 24 }, plain).join('\n');
    expect(draw({ cleanup: 'running' })).toContain('Deleting what is deployed in your AWS account …');
    expect(draw({ cleanup: 'done', summary: { ...summary, deployed: [] } })).toContain(
      '✓ Cleaned up: nothing is left in your AWS account.',
    );
    expect(draw({ cleanup: 'failed' })).toContain('The clean-up could not delete all. Still in your AWS\naccount:\n  role myapp-dev');
  });
  test('does not praise what was skipped', () => {
    const steps = { passed: 15, of: 17, skipped: 2 };
    const lines = drawEnd({ ...view, summary: { ...summary, steps } }, { columns: 60, rows: 24 }, plain);
    expect(lines[0]).toBe('– Finished, 2 steps skipped: Your first API');
    expect(lines).toContain('  steps      15 of 17 passed, 2 skipped');
  });
});

describe('what is being done', () => {
  test('has a spinner, the thing and the time', () => {
    expect(drawDoing({ what: 'command', text: 'chalice deploy', since: 1_000 }, 13_400, 0, 60, plain)).toBe('⠋ runs chalice deploy  12 s');
    expect(drawDoing({ what: 'checks', text: '3 checks', since: 0 }, 65_000, 1, 60, ascii)).toBe('/ 3 checks  1:05');
  });
  test('keeps the time where the thing is too long', () => {
    expect(drawDoing({ what: 'command', text: 'pip install chalice httpie', since: 0 }, 5_000, 0, 24, plain)).toBe(
      '⠋ runs pip install…  5 s',
    );
  });
  test('time is told as by a clock', () => {
    expect([0, 999, 12_400, 60_000, 65_000, 3_605_000, -5].map(formatElapsed)).toEqual([
      '0 s',
      '0 s',
      '12 s',
      '1:00',
      '1:05',
      '1:00:05',
      '0 s',
    ]);
  });
});

test('what Enter does is told in words', () => {
  const words = (next: Parameters<typeof drawNext>[0], title?: string) => drawNext(next, 80, plain, title);
  expect(words({ kind: 'run', number: 0, text: 'chalice deploy\n', again: false })).toBe('⏎ types: chalice deploy');
  expect(words({ kind: 'run', number: 0, text: 'cd myapp\nls\n', again: true })).toBe('⏎ types again: cd myapp … and 1 more');
  expect(words({ kind: 'service', number: 0, name: 'app', text: 'chalice local --port $PORT', again: false })).toBe(
    '⏎ starts app: chalice local --port $PORT',
  );
  expect(words({ kind: 'file', number: 0, path: 'myapp/app.py', again: false })).toBe('⏎ opens myapp/app.py in your editor');
  expect(words({ kind: 'credentials', number: 0, for: ['iam', 'lambda'], again: false })).toBe('⏎ asks for AWS keys (for iam and lambda)');
  expect(words({ kind: 'check' })).toBe('⏎ checks the step');
  expect(words({ kind: 'services', names: ['app', 'db'] })).toBe('⏎ starts app and db, as when you left');
  expect(words({ kind: 'go-on', step: 'routes' }, 'Add two routes')).toBe('⏎ goes on to: Add two routes');
  expect(words({ kind: 'end' })).toBe('⏎ shows how it went');
  expect(drawNext({ kind: 'check' }, 80, ascii)).toBe('Enter checks the step');
});

describe('box', () => {
  test('is as wide as its lines, and lines up with Korean and emoji', () => {
    const lines = drawBox('서버 🎉', ['hello', '세 가지'], { columns: 40, rows: 9 }, plain);
    expect(lines).toEqual(['╭─ 서버 🎉 ─╮', '│ hello     │', '│ 세 가지   │', '╰───────────╯']);
    expect(new Set(lines.map(textWidth)).size).toBe(1);
  });
  test('has a frame in ASCII, too', () => {
    expect(drawBox('Quit?', ['yes'], { columns: 40, rows: 9 }, ascii)).toEqual(['+- Quit? -+', '| yes     |', '+---------+']);
  });
  test('goes without a frame where there is no room for one', () => {
    expect(insideBox({ columns: 10, rows: 4 })).toEqual({ columns: 10, rows: 3 });
    expect(drawBox('Quit?', ['yes', 'no'], { columns: 10, rows: 4 }, plain)).toEqual(['Quit?', 'yes', 'no']);
  });
});

describe('lines with colours', () => {
  test('are cut by columns and end in the plain style', () => {
    expect(cutStyled('\x1b[31mhello world\x1b[0m', 5)).toBe('\x1b[31mhello\x1b[0m');
    expect(cutStyled('서버리스', 5)).toBe('서버');
  });
  test('keep their colour when they are broken', () => {
    expect(breakStyled('\x1b[32mabcdef\x1b[0mgh', 4)).toEqual(['\x1b[32mabcd\x1b[0m', '\x1b[32mef\x1b[0mgh']);
  });
  test('stay as they are where they fit, links included', () => {
    const link = '\x1b]8;;https://example.com/\x07here\x1b]8;;\x07';
    expect(cutStyled(link, 4)).toBe(link);
  });
});
