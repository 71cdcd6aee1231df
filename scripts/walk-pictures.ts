/** What a person sees of the walk: labwalk is started in a pseudo-terminal, keys are pressed, and the screen is read off an emulator. */
import fs from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { openScreen } from './on-screen.ts';

export interface WalkScene {
  columns: number;
  rows: number;
  /** Done without a person first: `labwalk run LAB --through STEP`. */
  through?: string;
  /** Each: what the screen must show before the key is pressed. */
  keys: { when: RegExp; press: string }[];
  /** The screen is taken when it shows this. */
  until: RegExp;
}

export interface WalkStart {
  root: string;
  /** Name or path of the lab. */
  lab: string;
  workspace: string;
  seed: string;
}

/** Plays a scene and returns its last screen: lines with colours as SGR sequences. */
export async function playScene(scene: WalkScene, { root, lab, workspace, seed }: WalkStart): Promise<string> {
  const program = path.join(root, 'bin/labwalk.js');
  if (scene.through !== undefined) {
    await execa(process.execPath, [program, 'run', lab, '--through', scene.through, '--seed', seed, '--workspace', workspace], {
      stdin: 'ignore',
    });
  }
  const config = `${workspace}-config`;
  fs.mkdirSync(config, { recursive: true });
  const { columns, rows } = scene;
  const screen = openScreen({
    file: process.execPath,
    args: [program, 'start', lab, '--sandbox', '--seed', seed, '--workspace', workspace],
    columns,
    rows,
    cwd: path.dirname(workspace),
    env: { ...personEnv(), TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', XDG_CONFIG_HOME: linkPip(config) },
  });
  const shows = (what: RegExp) => screen.until((lines) => what.test(lines.join('\n')), String(what));
  try {
    for (const { when, press } of scene.keys) {
      await shows(when);
      screen.press(press);
    }
    await shows(scene.until);
    return `${withPaletteNumbers(screen.styledRows().join('\n')).trimEnd()}\n`;
  } finally {
    await screen.end();
  }
}

/** The sixteen colours by their own numbers (`31`) rather than as a palette's (`38;5;1`). */
const withPaletteNumbers = (text: string) =>
  text.replace(/\b38;5;(\d+)(?=[;m])/g, (all, number: string) =>
    Number(number) < 8 ? `3${number}` : Number(number) < 16 ? `9${Number(number) - 8}` : all,
  );

/** Without what forces or forbids colours, and without a CI's. */
function personEnv(): Record<string, string> {
  const dropped = new Set(['CI', 'CONTINUOUS_INTEGRATION', 'NO_COLOR', 'FORCE_COLOR', 'TMUX', 'EDITOR', 'VISUAL']);
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !dropped.has(entry[0])),
  );
}

/** Settings of the picture's own, but for those of pip: on some machines only they say where packages come from. */
function linkPip(config: string): string {
  const pip = path.join(process.env['XDG_CONFIG_HOME'] ?? path.join(process.env['HOME'] ?? '', '.config'), 'pip');
  const link = path.join(config, 'pip');
  if (fs.existsSync(pip) && !fs.existsSync(link)) fs.symlinkSync(pip, link);
  return config;
}
