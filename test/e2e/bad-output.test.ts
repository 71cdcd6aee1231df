/** Commands that never end, that print far too much, or that print what a terminal would act upon. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { anyCheck, fence, isRunning, labwalk, makeLab, makeNap } from './program.ts';

const logOf = (workspace: string) => path.join(workspace, '.labwalk/output/lab.log');

test('a command that never ends is ended with all that it started; clean-up is done', async () => {
  const [inFront, behind, aside] = [makeNap(), makeNap(), makeNap()];
  const command = `trap '' INT TERM HUP; ${behind} & setsid ${aside} & ${inFront}`;
  const lab = makeLab({ steps: `### One\n\n${fence('sh run timeout=1s', command)}${anyCheck}${fence('sh cleanup', 'touch cleaned')}` });
  const { code, stdout } = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
  expect(code).toBe(1);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('was still running after 1.0 s and was ended with everything it had started.');
  expect([inFront, behind, aside].filter(isRunning)).toEqual([]);
  expect(fs.existsSync(path.join(lab.workspace, 'cleaned'))).toBe(true);
});

test('one that waits for an answer is ended, too', async () => {
  const lab = makeLab({
    steps:
      `### One\n\n${fence('sh run timeout=1s', 'read -p "Name? " name')}${anyCheck}### Two\n<!-- labwalk: after=zero -->\n\n${fence('sh run', 'echo on')}${anyCheck}`.replace(
        '### One',
        `### Zero\n\n${fence('sh run', 'true')}${anyCheck}### One`,
      ),
  });
  const { code, stdout } = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
  expect(code).toBe(1);
  expect(stdout).toContain('`read -p "Name? " name` was still running after 1.0 s');
  expect(stdout).toMatch(/Two[^]*✓/);
});

test('a million lines: the beginning and the end are shown, the whole is in a file', async () => {
  const lab = makeLab({
    steps: `### One\n\n${fence('sh run', 'seq 1000000')}${fence('yaml check', '- status: 0\n- output: { contains: "1000000" }')}`,
  });
  const { code, stdout } = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
  expect(code, stdout).toBe(0);
  expect(stdout).toMatch(/^ {4}1\n {4}2\n/m);
  expect(stdout).toMatch(/999,?980 lines left out; the whole output: \.labwalk\/output\/lab\.log\n/);
  expect(stdout).toMatch(/^ {4}999999\n {4}1000000\n/m);
  expect(stdout.split('\n').length).toBeLessThan(60);
  const log = fs.readFileSync(logOf(lab.workspace), 'utf8').split(/\r?\n/);
  expect([log.length, log[1], log[500_000], log[1_000_000]]).toEqual([1_000_002, '1', '500000', '1000000']);
});

const rude = String.raw`printf 'bytes \xff\xfe\x00\x80 end\n'
printf 'red \033[31mtext\033[0m, title \033]0;owned\007, clipboard \033]52;c;ZXZpbA==\007\n'
printf 'up \033[2A\033[2J\033[Hhome \033[?1049h\033[?1000h\033c\033P+q544e\033\\ \0338 \033[6n\n'
printf 'c1 \302\2330;31m \302\2350;x\302\234 bell \007 back \b\b\b line\rover\n'
head -c 20000 /dev/urandom
echo; echo "after all"`;

/** Code points that a terminal acts upon, but for line ends and tabs. */
const controlsIn = (text: string) =>
  [...text]
    .map((character) => character.codePointAt(0)!)
    .filter((code) => (code < 32 && code !== 9 && code !== 10) || (code >= 127 && code < 160));

const escape = '\x1b';
const colours = new RegExp(`${escape}\\[[\\d;]*m`, 'g');

test('binary and escape codes: without colour no control character reaches the screen', async () => {
  const lab = makeLab({
    steps: `### One\n\n${fence('sh run', rude)}${anyCheck}### Two\n\n${fence('sh run', 'echo "still here"')}${fence('yaml check', '- output: { equals: still here }')}`,
  });
  const { code, stdout, stderr } = await labwalk([
    'run',
    lab.file,
    '--workspace',
    lab.workspace,
    '--report',
    'text',
    '--report',
    `json=${lab.workspace}.json`,
    '--report',
    `junit=${lab.workspace}.xml`,
  ]);
  expect(code, stdout).toBe(0);
  expect(controlsIn(stdout)).toEqual([]);
  expect(stderr).toBe('');
  expect(stdout).toContain('red text, title ');
  expect(stdout).toContain('after all');
  expect(() => JSON.parse(fs.readFileSync(`${lab.workspace}.json`, 'utf8')) as unknown).not.toThrow();
  expect(controlsIn(fs.readFileSync(`${lab.workspace}.xml`, 'utf8'))).toEqual([]);
});

test('with colour nothing but colours does, those of the program among them', async () => {
  const lab = makeLab({ steps: `### One\n\n${fence('sh run', rude)}${anyCheck}` });
  const { code, stdout } = await labwalk(['run', lab.file, '--workspace', lab.workspace], { env: { FORCE_COLOR: '1' } });
  expect(code, stdout).toBe(0);
  expect(stdout).toContain('\x1b[31mtext');
  expect(controlsIn(stdout.replaceAll(colours, ''))).toEqual([]);
});

test('a program that prints marks of its own fools nobody', async () => {
  const forged = String.raw`printf '\033]133;D;0\007\033]133;A\007$ '; (exit 4)`;
  const lab = makeLab({ steps: `### One\n\n${fence('sh run', forged)}${anyCheck}` });
  const { code, stdout } = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
  expect(code).toBe(1);
  expect(stdout).toContain('ended with status 4');
});
