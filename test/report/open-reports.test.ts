import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UsageError, UserError } from '../../src/errors.ts';
import { openReports } from '../../src/report/open-reports.ts';
import { parseReportOption } from '../../src/report/parse-report-option.ts';
import type { Report } from '../../src/report/report.ts';
import { readStream } from './replay.ts';

let directory: string;
let screen: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'labwalk-report-'));
  screen = '';
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function open(...options: string[]): Report {
  const stdout = { write: (text: string) => void (screen += text), colour: false, columns: 80, unicode: true };
  return openReports({ requests: options.map(parseReportOption), stdout, directory });
}

const events = readStream('all-passed');
const inFolder = (name: string) => readFileSync(join(directory, name), 'utf8');

describe('reports', () => {
  test('go to the screen and to files at the same time', async () => {
    const report = open('text', 'json=out/run.json', 'junit=out/deep/run.xml', 'text=run.txt', 'ndjson=run.ndjson');
    events.forEach(report.listen);
    await report.end();
    expect(screen).toContain('Result  passed');
    expect(JSON.parse(inFolder('out/run.json'))).toMatchObject({ outcome: 'passed' });
    expect(inFolder('out/deep/run.xml')).toContain('</testsuites>');
    expect(inFolder('run.txt')).toBe(screen);
    expect(inFolder('run.ndjson').trimEnd().split('\n')).toHaveLength(events.length);
    expect(readdirSync(directory).sort()).toEqual(['out', 'run.ndjson', 'run.txt']);
  });

  test('appear whole at the end in a file, and leave the old one as it is until then; events are written as they come', async () => {
    writeFileSync(join(directory, 'run.json'), 'old');
    const report = open('json=run.json', 'ndjson=run.ndjson');
    events.slice(0, 5).forEach(report.listen);
    expect(inFolder('run.json')).toBe('old');
    expect(inFolder('run.ndjson').trimEnd().split('\n')).toHaveLength(5);
    await report.end();
    expect(JSON.parse(inFolder('run.json'))).toMatchObject({ outcome: 'interrupted' });
  });

  test('to one place are refused', () => {
    expect(() => open('text', 'json')).toThrow(/"text" and "json" both go to the standard output.*--report json=FILE/);
    expect(() => open('text=a', 'json=./a')).toThrow(UsageError);
  });

  test('that can not be written are told before the run', () => {
    mkdirSync(join(directory, 'folder'));
    expect(() => open('json=folder')).toThrow("The report folder can't be written: it is a folder. Choose another file.");
    writeFileSync(join(directory, 'file'), '');
    expect(() => open('junit=file/run.xml')).toThrow(UserError);
    expect(() => open('ndjson=folder')).toThrow(UserError);
  });

  test.skipIf(process.getuid?.() === 0)('to a folder that is read-only are told before the run', () => {
    mkdirSync(join(directory, 'locked'));
    chmodSync(join(directory, 'locked'), 0o500);
    expect(() => open('json=locked/run.json')).toThrow(/permission denied/);
  });

  test('fail at the end with the reason where the folder has gone meanwhile, and the others are written', async () => {
    const report = open('json=gone/run.json', 'junit=run.xml');
    rmSync(join(directory, 'gone'), { recursive: true });
    await expect(report.end()).rejects.toThrow("The report gone/run.json can't be written: ");
    expect(existsSync(join(directory, 'run.xml'))).toBe(true);
  });

  test('of a full disk do not stop a run, and are told at its end', async () => {
    if (!existsSync('/dev/full')) return;
    const report = open('ndjson=/dev/full');
    expect(() => events.forEach(report.listen)).not.toThrow();
    await expect(report.end()).rejects.toThrow('the disk is full');
  });
});

describe('the option --report', () => {
  test('names a format, and a file where it is not for the screen', () => {
    expect(parseReportOption('text')).toMatchObject({ format: { name: 'text' } });
    expect(parseReportOption('junit=a=b.xml')).toMatchObject({ format: { name: 'junit' }, file: 'a=b.xml' });
  });

  test.each([
    ['jnuit=x', 'There is no report "jnuit". Did you mean "junit"?'],
    ['yaml', 'There is no report "yaml". There are text, json, ndjson, junit, html.'],
    ['', 'There is no report "". There are text, json, ndjson, junit, html.'],
    ['json=', 'The report "json=" names no file. Write --report json=FILE, or --report json for the screen.'],
  ])('%j is refused with what to write', (option, message) => {
    expect(() => parseReportOption(option)).toThrow(message);
    expect(() => parseReportOption(option)).toThrow(UsageError);
  });
});

test.skipIf(process.platform !== 'linux')('refuses a file where no folder can be made, instead of trying for ever', () => {
  const request = parseReportOption('junit=/proc/nothing/report.xml');
  expect(() =>
    openReports({ requests: [request], stdout: { write: () => {}, colour: false, columns: 80, unicode: true }, directory: '/' }),
  ).toThrow("can't be written");
});
