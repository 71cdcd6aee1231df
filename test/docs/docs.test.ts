/** What the pages say is so: their links, names, commands and examples. What needs the built program is in test/e2e/docs.test.ts. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { scenes, pictureFile } from '../../scripts/pictures.ts';
import { checksByName } from '../../src/checks/index.ts';
import { commands, isCommand, options, parseCommandLine, type CommandName, type OptionName } from '../../src/command-line.ts';
import { parseLab } from '../../src/lab/parse-lab.ts';
import { labOn, readPage, readPages, root, shellCommands } from './pages.ts';
import { shownCommands } from './shown-commands.ts';

const pages = readPages();
const has = (file: string) => fs.existsSync(path.join(root, file));
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const commandNames = Object.keys(commands) as CommandName[];

describe.each(pages.map((page) => [page.file, page] as const))('%s', (file, page) => {
  test('links lead somewhere', () => {
    const broken = page.links.filter((link) => {
      if (/^(?:https?:|mailto:)/.test(link)) return false;
      const [target = '', anchor] = link.split('#');
      const wanted = target === '' ? file : path.posix.join(path.posix.dirname(file), decodeURI(target));
      if (!has(wanted)) return true;
      return anchor !== undefined && !readPage(wanted).anchors.has(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('names no place of one machine and no package registry', () => {
    const local = /\/(?:work|root|home\/\w+|Users\/\w+)\/\S*|\b(?:npmjs|pypi|pythonhosted)\.\w+/g;
    expect(page.text.match(local) ?? []).toEqual([]);
  });

  test('files of the project that it names are there', () => {
    const madeByRunning = ['bench/results.json'];
    const named = page.codes.filter((code) =>
      /^(?:(?:src|docs|scripts|test|bench|bin|sandbox|toolchain)\/|\.[\w-]+\.c?js$)[\w./-]*$/.test(code),
    );
    expect(named.filter((code) => !has(code) && !madeByRunning.includes(code))).toEqual([]);
  });

  test('every command of its sh fences is exercised by a test', () => {
    for (const command of shellCommands(page)) {
      const exercise = shownCommands[command];
      expect(exercise, `"${command}" is not in test/docs/shown-commands.ts`).toBeDefined();
      if (exercise) expect(read(exercise.by), `${exercise.by} no longer exercises "${command}"`).toContain(exercise.test);
    }
  });

  test('every script that a page names is in package.json', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...page.text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(([, run, short]) => run ?? short ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('every labwalk command that it names is one, with options that the command takes', () => {
    const shown = [...page.codes, ...shellCommands(page)]
      .map((code) => /^(?:labwalk|node bin\/labwalk\.js|npm start --) (\S.*)$/.exec(code)?.[1]?.replace(/[[\]]/g, ''))
      .filter((words) => words !== undefined && !words.startsWith('COMMAND'));
    for (const words of shown) {
      const [name = '', ...rest] = (words ?? '').split(' ');
      const isBare = isCommand(name) && rest.length === 0;
      expect(() => parseCommandLine(isBare ? [name, '--help'] : [name, ...rest]), `labwalk ${words}`).not.toThrow();
    }
  });
});

test('every exercised command still stands in a page', () => {
  expect(Object.keys(shownCommands).sort()).toEqual([...new Set(pages.flatMap(shellCommands))].sort());
});

describe('docs/command-line.md', () => {
  const page = readPage('docs/command-line.md');
  const [commandTable = [], optionTable = []] = page.tables;

  test('has every command with its words, and no other', () => {
    const rows = commandTable.slice(1).map(([cell = '']) => /`labwalk (\w+)(?: (.*?))?`/.exec(cell));
    const named = rows.filter((row) => row !== null).map(([, name = '', words = '']) => [name, words.replace(/ ?\[?--.*$/, '')]);
    const all = commandNames.map((name) => [name, commands[name].words]);
    expect(named.filter(([name, words]) => !(name === 'clean' && words === ''))).toEqual(all);
  });

  test('has every option, and no other', () => {
    const named = new Set([...page.text.matchAll(/--([a-z][a-z-]*)/g)].map(([, name]) => name));
    expect([...named].sort()).toEqual([...Object.keys(options), 'version'].sort());
  });

  test.each(optionTable.slice(1).map(([names = '', of = '']) => [names, of] as const))('%s is an option of %s', (names, of) => {
    const inCode = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    const wanted = of.startsWith('all') ? commandNames.filter((name) => !inCode(of).includes(name)) : inCode(of);
    for (const [, option, value] of names.matchAll(/`--([a-z-]+)(?:[ ]([^`]+))?`/g)) {
      const takers = commandNames.filter((name) => (commands[name].options as readonly string[]).includes(option ?? ''));
      expect(takers, `--${option}`).toEqual(wanted);
      const spec = options[option as OptionName];
      expect(value, `--${option}`).toBe('value' in spec ? spec.value : undefined);
    }
  });

  test('has the exit codes', async () => {
    const { exitCode } = await import('../../src/errors.ts');
    const table = page.tables.find(([head]) => head?.[0] === 'code') ?? [];
    expect(table.slice(1).map(([code]) => Number(code))).toEqual(Object.values(exitCode).sort((a, b) => a - b));
  });
});

describe('README.md', () => {
  const page = readPage('README.md');

  test('begins with the two commands', () => {
    expect(shellCommands(page).slice(0, 2)).toEqual(['npm start', 'npm test']);
  });

  test('has every command with its words', () => {
    const rows = page.tables[0]?.slice(1).map(([cell]) => cell);
    expect(rows).toEqual(commandNames.map((name) => `\`labwalk ${[name, commands[name].words].filter(Boolean).join(' ')}\``));
  });

  test('asks for the Node.js that package.json asks for', () => {
    const { engines, license } = JSON.parse(read('package.json')) as { engines: { node: string }; license: string };
    expect(page.text).toContain(`${engines.node.replace('>=', '')} or newer`);
    expect(page.text).toContain(license);
  });

  test('shows every picture', () => {
    const shown = page.links.filter((link) => link.endsWith('.svg')).map((link) => path.join(root, link));
    expect(shown).toEqual(scenes.map(pictureFile));
  });
});

test.each(['README.md', 'docs/lab-format.md'])('the lab in %s has no mistakes', (file) => {
  const { lab, problems } = parseLab('/labs/hello/lab.md', { checks: checksByName, read: () => labOn(readPage(file)) });
  expect(problems).toEqual([]);
  expect(lab?.steps.length).toBeGreaterThan(0);
});

test('docs/architecture.md has every room of src, and no other', () => {
  const named = [...read('docs/architecture.md').matchAll(/^src\/([\w-]+)\/ +/gm)].map(([, name]) => name);
  const rooms = fs.readdirSync(path.join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(named.sort()).toEqual(rooms.map(({ name }) => name).sort());
});

test('CHANGELOG.md has a place for what comes next', () => {
  expect(readPage('CHANGELOG.md').anchors).toContain('unreleased');
});

describe('the picture of a run', () => {
  const texts = [...read('docs/pictures/run.svg').matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) =>
    text.replace(/&(\w+);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? ''),
  );
  const { lab } = parseLab(path.join(root, 'labs/chalice/lab.md'), {
    checks: checksByName,
    read: (file) => fs.readFileSync(file, 'utf8'),
  });

  test('has the titles of the lab and its steps', () => {
    expect(texts).toContain(lab?.title);
    const headings = texts.flatMap((text, index) => (/^\d+\/\d+$/.test(text) ? [`${text} ${texts[index + 1]}`] : []));
    expect(headings.length).toBeGreaterThan(0);
    const all = (lab?.steps ?? []).map(({ title }, index, { length }) => `${index + 1}/${length} ${title}`);
    expect(all).toEqual(expect.arrayContaining(headings));
  });

  test('types commands of the lab', () => {
    const typed = texts.flatMap((text, index) => (text === '$' ? [texts[index + 1] ?? ''] : [])).slice(1);
    expect(typed.length).toBeGreaterThan(0);
    const lines = read('labs/chalice/lab.md').split('\n');
    expect(typed.filter((command) => !lines.includes(command))).toEqual([]);
  });
});
