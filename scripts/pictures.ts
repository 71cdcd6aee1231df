/**
 * Draws docs/pictures/*.svg from what the built program prints: `npm run pictures`, or `npm run pictures -- failed-check` for one.
 * A picture that would differ in durations only stays as it is. After a change of the drawing itself, delete the old pictures first.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { plainText } from '../src/text/plain-text.ts';
import { drawTerminal } from './terminal-picture.ts';
import { playScene, type WalkScene } from './walk-pictures.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** A picture: which run it shows, and which parts of it. */
export interface Scene {
  name: string;
  title: string;
  description: string;
  /** The lab's name, or its text where the picture has a lab of its own. */
  lab: string | { file: string; text: () => string };
  /** A screen of the walk. */
  walk?: WalkScene;
  /** Else: sections of a text report, by how their first lines begin; `until` leaves out a section's lines from the one that begins so. */
  sections?: { begins: string; until?: string }[];
}

const seed = 'picture';

export const scenes: readonly Scene[] = [
  {
    name: 'walk',
    title: 'labwalk in a terminal of 120 columns',
    description:
      'On the left the steps of the lab and the text of one; on the right the terminal, in which its command has just run, and the checks that have passed.',
    lab: 'chalice',
    walk: {
      columns: 120,
      rows: 40,
      through: 'run-again',
      keys: [
        { when: /starts app/, press: '\r' },
        { when: /types: http localhost:\$PORT\/users\/\$WHO/, press: '\r' },
      ],
      until: /3 of \d passed[\s\S]*types: http "localhost/,
    },
  },
  {
    name: 'walk-failed',
    title: 'A step that failed, in a terminal of 80 columns',
    description: 'A page says Helo where the step asks for Hello. The check tells what it expected, what it got, and what to try.',
    lab: { file: 'hello.md', text: () => readmeLab().replace('<h1>Hello', '<h1>Helo') },
    walk: {
      columns: 80,
      rows: 24,
      keys: [
        { when: /did not come with labwalk/, press: 'y' },
        { when: /types: echo/, press: '\r' },
      ],
      until: /Press Enter to retry/,
    },
  },
  {
    name: 'run',
    title: 'labwalk run chalice',
    description:
      'Parts of a run: a step sends a request and its checks pass, a step deploys, then everything is put back. All 17 steps passed.',
    lab: 'chalice',
    sections: [
      { begins: 'Your first' },
      { begins: 'Ask for a user', until: '\n    GET ' },
      { begins: 'Deploy\n' },
      { begins: 'Clean-up' },
      { begins: 'Steps ' },
    ],
  },
  {
    name: 'failed-check',
    title: 'A failed check',
    description: 'A page says Helo where the step asks for Hello. The check tells what it expected, what it got, and what to try.',
    lab: { file: 'hello.md', text: () => readmeLab().replace('<h1>Hello', '<h1>Helo') },
    sections: [{ begins: 'Say hello' }, { begins: 'Write a page' }, { begins: 'Serve it', until: '\n    GET ' }],
  },
];

/** The lab that README.md shows, whole. */
export function readmeLab(): string {
  const text = /^`{4}md\n(---\n[\s\S]*?)^`{4}$/m.exec(fs.readFileSync(path.join(root, 'README.md'), 'utf8'))?.[1];
  if (text === undefined) throw new Error('README.md has no lab in a fence of four backticks.');
  return text;
}

/** Runs the scene's lab and draws the parts that it shows. */
export async function drawScene(scene: Scene): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-picture-'));
  const workspace = path.join(folder, 'workspace');
  try {
    const file = typeof scene.lab === 'string' ? scene.lab : path.join(folder, scene.lab.file);
    if (typeof scene.lab !== 'string') fs.writeFileSync(file, scene.lab.text());
    if (scene.walk) {
      const shown = await playScene(scene.walk, { root, lab: file, workspace, seed });
      return drawTerminal(maskVolatile(shown, workspace), scene);
    }
    const words = ['run', file, '--seed', seed, '--workspace', workspace];
    const { stdout, exitCode, stderr } = await execa(process.execPath, [path.join(root, 'bin/labwalk.js'), ...words], {
      reject: false,
      stdin: 'ignore',
      env: { FORCE_COLOR: '1', LC_ALL: 'C.UTF-8', NO_COLOR: undefined },
    });
    const wanted = typeof scene.lab === 'string' ? 0 : 1;
    if (exitCode !== wanted) throw new Error(`labwalk run ${path.basename(file)} ended with ${exitCode}\n${stdout.slice(-2000)}${stderr}`);
    const typed = `\x1b[32m$\x1b[39m \x1b[1mlabwalk run ${path.basename(file)}\x1b[22m`;
    const shown = chooseSections(maskVolatile(stdout, workspace), scene.sections ?? []);
    return drawTerminal(`${typed}\n${shown}\n`, scene);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What differs between machines and runs, made equal: the folder, ports, accounts, ids and dates. Durations stay. */
function maskVolatile(text: string, workspace: string): string {
  return text
    .replaceAll(workspace, '/tmp/labwalk-a1B2c3')
    .replace(/(?<=localhost:|PORT=|PORT = |● )\d+/g, '8080')
    .replace(/(?<=Date\S*: )\w{3}, .* GMT/gi, 'Thu, 01 Jan 2026 09:00:00 GMT')
    .replace(/\[\d\d\/\w{3}\/\d{4} [\d:]{8}\]/g, '[01/Jan/2026 09:00:00]')
    .replace(/\b\d{12}\b/g, '123456789012')
    .replace(/\b[0-9a-z]{8,10}(?=\.execute-api)/g, 'a1b2c3d4e5')
    .replace(/Python\/3\.[\d.]+/g, 'Python/3.12.0');
}

/** The report's sections are the heading, the steps, the clean-up and the summary. Where something is left out stands a sign. */
function chooseSections(text: string, wanted: NonNullable<Scene['sections']>): string {
  // eslint-disable-next-line no-control-regex -- headings begin with a colour
  const sections = text.trimEnd().split(/\n\n(?=(?:\x1b\[\d+m)+(?:\d+\/\d+|Clean-up|Failed|Steps))/);
  const plain = sections.map((section) => `${plainText(section)}\n`.replace(/^\d+\/\d+ /, ''));
  let last = -1;
  return wanted
    .map(({ begins, until }) => {
      const at = plain.findIndex((section) => section.startsWith(begins));
      if (at === -1) throw new Error(`No section of the run begins with ${JSON.stringify(begins)}.`);
      const gap = last !== -1 && at > last + 1 ? `${leftOut}\n\n` : '';
      last = at;
      return gap + cutSection(sections[at] ?? '', until);
    })
    .join('\n\n');
}

const leftOut = '\x1b[2m⋮\x1b[22m';

/** A section up to the line that begins with `until`, and its last line. */
function cutSection(section: string, until: string | undefined): string {
  if (until === undefined) return section;
  const lines = section.split('\n');
  const at = lines.findIndex((line) => `\n${plainText(line)}`.startsWith(until));
  if (at === -1) throw new Error(`No line of the section begins with ${JSON.stringify(until)}.`);
  return [...lines.slice(0, at).join('\n').trimEnd().split('\n'), `  ${leftOut}`, lines.at(-1)].join('\n');
}

/** A picture without what may differ from run to run: durations, and the places and widths that depend on them. */
export const withoutDurations = (picture: string) =>
  picture.replace(/\b\d+(?:\.\d+)? s\b/g, '0 s').replace(/ (?:x|textLength|width|viewBox)="[\d. ]+"/g, '');

/** Where a scene's picture lies. */
export const pictureFile = ({ name }: Scene) => path.join(root, 'docs', 'pictures', `${name}.svg`);

async function drawAll(names: readonly string[]): Promise<void> {
  for (const scene of scenes) {
    if (names.length > 0 && !names.includes(scene.name)) continue;
    const file = pictureFile(scene);
    const picture = await drawScene(scene);
    const old = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
    const same = withoutDurations(old) === withoutDurations(picture);
    if (!same) {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, picture);
    }
    process.stdout.write(`${path.relative(root, file)}: ${same ? 'as before' : 'drawn'}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await drawAll(process.argv.slice(2));
