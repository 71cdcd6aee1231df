import { describe, expect, test } from 'vitest';
import { commands, helpText, parseCommandLine, type CommandName } from '../../src/command-line.ts';
import { UsageError } from '../../src/errors.ts';

describe('parseCommandLine', () => {
  test('reads a command with its lab and options', () => {
    expect(
      parseCommandLine(['run', 'chalice', '--through', 'deploy', '--report', 'junit=a.xml', '--report=text', '--aws', '--seed', 's']),
    ).toMatchObject({
      command: 'run',
      words: ['chalice'],
      through: 'deploy',
      reports: ['junit=a.xml', 'text'],
      mode: 'aws',
      seed: 's',
    });
  });
  test('takes --json for --report json', () => {
    expect(parseCommandLine(['check', 'chalice', '--json'])).toMatchObject({ reports: ['json'], json: true });
  });
  test.each([
    [['runn', 'chalice'], 'Unknown command "runn". Did you mean "run"?'],
    [['run', 'chalice', '--thruogh', 'x'], 'Unknown option "--thruogh". Did you mean "--through"?'],
    [['list', '--aws'], 'Unknown option "--aws". `labwalk list --help` shows what it takes.'],
    [['run'], 'labwalk run needs a lab. Usage: labwalk run LAB [options]'],
    [['run', 'a', 'b'], 'labwalk run does not take "b". Usage: labwalk run LAB [options]'],
    [['run', 'a', '--sandbox', '--aws'], '--sandbox and --aws exclude each other. Give one of them.'],
    [['run', 'a', '--workspace'], '--workspace needs a value. For example: --workspace DIR'],
    [['run', 'a', '--json=x'], '--json takes no value.'],
  ])('%j is refused: %s', (argv, message) => {
    expect(() => parseCommandLine(argv)).toThrow(UsageError);
    expect(() => parseCommandLine(argv)).toThrow(message);
  });
  test('without a command it is start, with the options of that', () => {
    expect(parseCommandLine([])).toMatchObject({ command: 'start', words: [], plain: false, colour: true });
    expect(parseCommandLine(['--plain', '--aws'])).toMatchObject({ command: 'start', words: [], plain: true, mode: 'aws' });
    expect(parseCommandLine(['start', 'chalice', '--no-color', '--seed', 's'])).toMatchObject({
      command: 'start',
      words: ['chalice'],
      colour: false,
      seed: 's',
    });
    expect(() => parseCommandLine(['--plian'])).toThrow('Unknown option "--plian". Did you mean "--plain"?');
    expect(() => parseCommandLine(['chalice'])).toThrow('Unknown command "chalice".');
  });
  test('knows help and version', () => {
    expect(parseCommandLine(['--help'])).toBe('help');
    expect(parseCommandLine(['--version'])).toBe('version');
    expect(parseCommandLine(['run', '--help'])).toMatchObject({ help: true });
  });
});

test('the help names every command, and fits into 120 columns', () => {
  const text = helpText();
  for (const name of Object.keys(commands)) expect(text).toContain(`labwalk ${name}`);
  for (const name of Object.keys(commands) as CommandName[]) expect(helpText(name)).toContain('--help');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});
