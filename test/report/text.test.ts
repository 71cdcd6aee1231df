import { describe, expect, test } from 'vitest';
import type { Event, EventBody } from '../../src/events/event.ts';
import type { Out } from '../../src/report/report.ts';
import { textReport } from '../../src/report/text/text.ts';
import { textWidth } from '../../src/text/width.ts';
import { readStream, replay } from './replay.ts';

const at = (body: EventBody, step = 's'): Event => ({ time: '2026-01-01T00:00:00.000Z', lab: 'x', step, ...body });
const start = at({
  type: 'run-started',
  labwalk: '1',
  title: 'X',
  driver: 'headless',
  mode: 'sandbox',
  workspace: '/w',
  hash: 'h',
  seed: 's',
  steps: [{ id: 's', title: 'S', task: 't', reading: false, checks: 0 }],
});
const begin = at({ type: 'command-started', command: 1, terminal: 'lab', text: 'make', byHand: false, directory: '.' });
const output = (text: string, command = 1, terminal = 'lab') => at({ type: 'output', command, terminal, text });
const end = (status = 0, ms = 5) =>
  at({ type: 'command-ended', command: 1, terminal: 'lab', status, ended: 'done', ms, size: 1, tail: '', log: '.labwalk/output/1.log' });

/** What is written for the events of a command that has begun. */
function shown(events: readonly Event[], out: Partial<Out> = {}): string[] {
  let written = '';
  const report = textReport.create({ write: (text) => void (written += text), colour: false, columns: 80, unicode: true, ...out }, {});
  for (const event of [start, begin]) report.listen(event);
  written = '';
  for (const event of events) report.listen(event);
  return written.split('\n').slice(0, -1);
}
const numbered = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}`);
const chunk = (lines: readonly string[]) => output(lines.map((line) => `${line}\r\n`).join(''));

describe('the output of a command', () => {
  test('is written line by line as it comes', () => {
    const written: string[] = [];
    const report = textReport.create({ write: (text) => void written.push(text), colour: false, columns: 80, unicode: true }, {});
    for (const event of [start, begin]) report.listen(event);
    written.length = 0;
    for (const text of ['fir', 'st\r\nsec', 'ond\r', '\nthird']) report.listen(output(text));
    expect(written).toEqual(['    first\n', '    second\n']);
    report.listen(end());
    expect(written.slice(2)).toEqual(['    third\n']);
  });

  test('turns no letters around, and changes no clipboard, title or screen', () => {
    const hostile = '\x1b]52;c;eHg=\x07\x1b]0;t\x07\x1b[?1049h\x1b[31m\u202etxet\x1b[0m\r\n';
    expect(shown([output(hostile), end()])).toEqual(['    \\u{202e}txet']);
    expect(shown([output(hostile), end()], { colour: true })).toEqual(['    \x1b[31m\\u{202e}txet\x1b[0m']);
  });

  test('shows a progress in its last state only', () => {
    expect(shown([output('10 %\r'), output('50 %\r'), output('100 %\r\ndone\r\n'), end()])).toEqual(['    100 %', '    done']);
  });

  test('of 40 lines is shown whole', () => {
    expect(shown([chunk(numbered(1, 40)), end()])).toEqual(numbered(1, 40).map((line) => `    ${line}`));
  });

  test('of more shows its beginning, its end, how much is left out and where it is', () => {
    const expected = [...numbered(1, 10), '… 21 lines left out; the whole output: .labwalk/output/1.log', ...numbered(32, 41)];
    expect(shown([chunk(numbered(1, 41)), end()])).toEqual(expected.map((line) => `    ${line}`));
    expect(shown([...numbered(1, 41).map((line) => chunk([line])), end()])).toEqual(expected.map((line) => `    ${line}`));
  });

  test('shows the last 40 lines of a command that failed', () => {
    const expected = [
      ...numbered(1, 10),
      '… 50 lines left out; the whole output: .labwalk/output/1.log',
      ...numbered(61, 100),
      'exit status 2',
    ];
    expect(shown([chunk(numbered(1, 55)), chunk(numbered(56, 100)), end(2)])).toEqual(expected.map((line) => `    ${line}`));
    expect(shown([chunk(numbered(1, 50)), end(1)])).toEqual([...numbered(1, 50), 'exit status 1'].map((line) => `    ${line}`));
  });

  test('leaves out empty lines at its end, and only there', () => {
    expect(shown([output('a\n\n'), output('\nb\n\n\n'), output('\n'), end()])).toEqual(['    a', '', '', '    b']);
  });

  test('does not mix with that of a service', () => {
    expect(shown([output('a\n'), output('from the service\n', 7, 'app'), output('b\n'), end()])).toEqual(['    a', '    b']);
  });

  test('stays small, however much is printed', () => {
    const flood = Array.from({ length: 1000 }, (_, i) => chunk(numbered(i * 100, i * 100 + 99)));
    expect(replay(textReport, [start, begin, ...flood, output('x'.repeat(5_000_000)), end()]).length).toBeLessThan(5_000);
  });

  test('keeps its colours where the screen has some', () => {
    expect(shown([output('\x1b[31mred\r\n\x1b[2Jstill\x1b[0m\r\n'), end()], { colour: true })).toEqual([
      '    \x1b[31mred\x1b[0m',
      '    \x1b[31mstill\x1b[0m',
    ]);
  });

  test('says how long a slow command took', () => {
    expect(shown([output('a\n'), end(0, 1500)])).toEqual(['    a', '    took 1.5 s']);
  });
});

describe('the text report', () => {
  test('keeps its own sentences within 80 columns', () => {
    for (const name of ['failed-check', 'service-died', 'korean', 'interrupted', 'flood', 'told', 'skipped']) {
      const wide = replay(textReport, readStream(name))
        .split('\n')
        .filter((line) => textWidth(line) > 80);
      expect(wide).toEqual([]);
    }
  });

  test('uses ASCII alone for its own marks when the screen has no more', () => {
    for (const name of ['failed-check', 'service-died', 'flood', 'told', 'skipped']) {
      expect(replay(textReport, readStream(name), { unicode: false })).toMatch(/^[\n\x20-\x7e]*$/);
    }
  });

  test('has no colour where none is wanted', () => {
    expect(replay(textReport, readStream('interrupted'))).not.toContain('\x1b');
    expect(replay(textReport, readStream('interrupted'), { colour: true })).toContain('\x1b[');
  });

  test('tells what failed once more at the end, with its place in the lab', () => {
    const summary = replay(textReport, readStream('failed-check')).split('\nFailed\n')[1] ?? '';
    expect(summary).toContain('✗ GET http://localhost:8080/users/Ada answers 200  labs/hello/lab.md:60\n');
    expect(summary).toContain('got       body <h1> Your nane is Ada.</h1>\n');
    expect(summary).toContain('✗ chalice deploy  labs/hello/lab.md:74\n');
    expect(summary).toMatch(/Steps {3}1 passed, 2 failed, 1 to read\nChecks {2}2 passed, 3 failed\nResult {2}failed after 2\.4 s\n$/);
  });

  test('sums up a run that was cut short, and several labs', () => {
    const text = replay(textReport, readStream('two-labs'));
    expect(text).toContain('Result  cut short: the run did not come to its end\n');
    expect(text.endsWith('\nLabs    1 of 2 passed\n')).toBe(true);
  });
});
