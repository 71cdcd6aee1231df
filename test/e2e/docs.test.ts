/** What the pages show is what the built program does: their labs, commands, help, JSON and pictures. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, test } from 'vitest';
import { drawScene, pictureFile, scenes, withoutDurations } from '../../scripts/pictures.ts';
import { commands, type CommandName } from '../../src/command-line.ts';
import { doctorSchema } from '../../src/doctor/json-schema.ts';
import { labOn, readPage, root } from '../docs/pages.ts';
import { parseShape, unlike } from '../docs/shape.ts';

const program = path.join(root, 'bin/labwalk.js');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-docs-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const labwalk = (...args: string[]) => execa(process.execPath, [program, ...args], { reject: false, stdin: 'ignore', cwd: folder });
const commandLine = readPage('docs/command-line.md');

function writeHello(page: string, name: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, labOn(readPage(page)));
  return file;
}

describe.each([
  ['README.md', 'hello.md'],
  ['docs/lab-format.md', 'format.md'],
])('the lab in %s', (page, name) => {
  test('has no mistakes', async () => {
    writeHello(page, name);
    const { exitCode, stdout } = await labwalk('lint', name);
    expect(exitCode, stdout).toBe(0);
  });

  test('runs, and all its checks pass', async () => {
    writeHello(page, name);
    const { exitCode, stdout } = await labwalk('run', name);
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toMatch(/^Checks {2}2 passed$/m);
  });
});

test('npm start passes its arguments on: the lab runs, and the JUnit report is where it was asked for', async () => {
  const [lab, report] = [writeHello('README.md', 'started.md'), path.join(folder, 'labwalk.xml')];
  const { exitCode, stdout, stderr } = await execa('npm', ['start', '--', 'run', lab, '--report', `junit=${report}`], {
    reject: false,
    stdin: 'ignore',
    cwd: root,
  });
  expect(exitCode, `${stdout}${stderr}`).toBe(0);
  expect(fs.readFileSync(report, 'utf8')).toContain('<testcase ');
});

describe('the help', () => {
  test('of the whole program names every command of the page', async () => {
    const { stdout } = await labwalk('--help');
    for (const name of Object.keys(commands)) expect(stdout).toContain(`labwalk ${name}`);
  });

  test.each(Object.keys(commands) as CommandName[])('of %s names only options that the page explains', async (name) => {
    const { stdout, exitCode } = await labwalk(name, '--help');
    expect(exitCode).toBe(0);
    expect(commandLine.text).toContain(`labwalk ${name}`);
    const named = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option = '']) => option);
    expect(named).toEqual(commands[name].options.map((option) => `--${option}`));
    expect(named.filter((option) => !commandLine.text.includes(option))).toEqual([]);
  });
});

describe('the JSON that docs/command-line.md describes', () => {
  const block = commandLine.fences.find(({ text }) => /^list +\{/.test(text))?.text ?? '';
  const shapes = new Map(block.split('\n').map((line) => [line.split(' ')[0] ?? '', line.slice(line.indexOf('{'))]));
  const broken = path.join(folder, 'broken.md');
  fs.writeFileSync(broken, '---\nsummry: x\n---\n\n# A\n\n## B\n\n```sh rum\ntrue\n```\n');

  const compared = path.join(folder, 'compared');
  fs.mkdirSync(path.join(compared, 'myapp'), { recursive: true });
  fs.writeFileSync(path.join(compared, 'myapp', 'app.py'), 'import logging\r\nx = (\n');

  test.each([
    ['list', []],
    ['lint', []],
    ['lint', [broken]],
    ['doctor', []],
    ['doctor', ['chalice']],
    ['diff', ['chalice', 'add-routes', '--workspace', compared]],
  ])('%s %j', async (name, words) => {
    const { stdout } = await labwalk(name, ...words, '--json');
    expect(unlike(JSON.parse(stdout), parseShape(shapes.get(name) ?? ''))).toEqual([]);
    if (words[0] === broken) expect((JSON.parse(stdout) as { problems: unknown[] }).problems.length).toBeGreaterThan(1);
  });

  test('the words for an outcome and a status are the ones that it lists', async () => {
    const { findings } = doctorSchema.parse(JSON.parse((await labwalk('doctor', '--json')).stdout));
    for (const { status } of findings) expect(['ok', 'warning', 'missing']).toContain(status);
    const written = findings.map(({ id }) =>
      id
        .replace(/^tool-.*/, 'tool-NAME')
        .replace(/^packages-.*/, 'packages-LAB')
        .replace(/^port-.*/, 'port-NUMBER'),
    );
    for (const id of written) expect(readPage('docs/json.md').text).toContain(`\`${id}\``);
    expect(findings.flatMap((finding) => Object.keys(finding)).filter((key) => !keysUnder('A finding').has(key))).toEqual([]);
    for (const status of ['ok', 'warning', 'missing']) expect(commandLine.text).toContain(`\`${status}\``);
  });
});

/** The keys that a section of docs/json.md explains in its table. */
function keysUnder(heading: string): Set<string> {
  const section = readPage('docs/json.md')
    .text.split(/^#+ /m)
    .find((text) => text.startsWith(`${heading}\n`));
  const cells = [...(section ?? '').matchAll(/^\| ([^|]*)\|/gm)].map(([, cell = '']) => cell);
  return new Set(cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, key = '']) => key)));
}

test('the JSON of a diff has no key that docs/json.md does not explain', async () => {
  const workspace = path.join(folder, 'diffed');
  fs.mkdirSync(path.join(workspace, 'myapp'), { recursive: true });
  fs.writeFileSync(path.join(workspace, 'myapp', 'app.py'), 'x = (\n');
  const { stdout } = await labwalk('diff', 'chalice', 'add-routes', '--workspace', workspace, '--json');
  const whole = JSON.parse(stdout) as { files: { status: string }[] };
  expect(whole.files.map(({ status }) => status)).toEqual(['changed']);
  const unexplained = (object: object, heading: string) => Object.keys(object).filter((key) => !keysUnder(heading).has(key));
  expect(unexplained(whole, 'The JSON of `diff`')).toEqual([]);
  expect(whole.files.flatMap((file) => unexplained(file, 'A compared file'))).toEqual([]);
});

test('the JSON report of a run has no key that docs/json.md does not explain', async () => {
  const { stdout } = await labwalk('run', writeHello('README.md', 'json.md'), '--json');
  const [report, lab, step, command, check, service] = ['The JSON report', 'A lab', 'A step', 'A command', 'A check', 'A service'].map(
    keysUnder,
  );
  type Plain = Record<string, unknown>;
  const unexplained = (objects: Plain[], keys: Set<string> | undefined) =>
    objects.flatMap((object) => Object.keys(object)).filter((key) => !keys?.has(key));
  const whole = JSON.parse(stdout) as Plain & {
    labs: (Plain & { services: Plain[]; steps: (Plain & { commands: Plain[]; checks: Plain[] })[] })[];
  };
  const steps = whole.labs.flatMap((one) => one.steps);
  expect(steps).toHaveLength(2);
  expect(unexplained([whole], report)).toEqual([]);
  expect(unexplained(whole.labs, lab)).toEqual([]);
  expect(unexplained(steps, step)).toEqual([]);
  expect(
    unexplained(
      steps.flatMap(({ commands }) => commands),
      command,
    ),
  ).toEqual([]);
  expect(
    unexplained(
      steps.flatMap(({ checks }) => checks),
      check,
    ),
  ).toEqual([]);
  expect(
    unexplained(
      whole.labs.flatMap(({ services }) => services),
      service,
    ),
  ).toEqual([]);
  expect(stdout).not.toMatch(/: null\b/);
});

test.each(['failed-check', 'walk-failed'])('the picture %s is what the program shows', async (wanted) => {
  const scene = scenes.find(({ name }) => name === wanted)!;
  const picture = await drawScene(scene);
  expect(withoutDurations(picture), 'run npm run pictures').toBe(withoutDurations(fs.readFileSync(pictureFile(scene), 'utf8')));
});
