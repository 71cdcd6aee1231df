/**
 * Starts the built program in a pseudo-terminal and shows its screen as a person sees it. Every wait is for a condition, looked at after
 * each piece of output; a wait in vain fails with the screen.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { expect } from 'vitest';
import { patience } from '../../src/process/patience.ts';
import { keyBytes } from './keys.ts';
import { makeFolder, root, waitUntil } from './program.ts';

const program = path.join(root, 'bin/labwalk.js');

/** How long something that must happen may take on a quiet machine, in milliseconds. */
const waitMs = 30_000;

export interface ScreenOptions {
  columns?: number;
  rows?: number;
  cwd?: string;
  /** Changes to the environment; `undefined` removes a variable. */
  env?: Record<string, string | undefined>;
  /** Another program than `labwalk`: it gets the arguments. */
  command?: string;
}

export interface Modes {
  /** The screen that full-screen programs have to themselves. */
  alternate: boolean;
  cursorVisible: boolean;
  bracketedPaste: boolean;
  /** `none` where nobody asked for it. */
  mouse: string;
  focus: boolean;
  applicationCursor: boolean;
}

export interface ScreenProgram {
  /** Of the program, once it has started. */
  readonly pid: number;
  /** Its own: it has the configuration and temporary files below it, unless `env` says otherwise. */
  readonly folder: string;
  /** The lines of the screen, without blanks at their ends. */
  text(): string[];
  /** Everything that was written to the terminal, escape sequences included. */
  readonly raw: string;
  /** Resolves when a line of the screen has the text, or the whole screen (lines joined by `\n`) matches. */
  shows(what: string | RegExp, ms?: number): Promise<void>;
  /** Resolves when it is not shown any more. */
  hides(what: string | RegExp, ms?: number): Promise<void>;
  /** Resolves when the screen is as it should be. */
  until(isSo: (lines: string[]) => boolean, what: string, ms?: number): Promise<void>;
  /** Keys by name (`enter`, `up`, `ctrl-]`) or single characters, one after the other. */
  press(...keys: string[]): void;
  /** Writes as fast as hands never could: one write. */
  type(text: string): void;
  /** As a terminal pastes: marked as such where the program asked for it. */
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  modes(): Modes;
  /** Columns and rows from 0, of the visible screen. */
  cursor(): { column: number; row: number };
  kill(signal: NodeJS.Signals): void;
  /** Takes the terminal away, as a lost connection does. `ended` then tells of the shell; the program may still be at work. */
  hangUp(): void;
  /** Resolves when the program has ended and all that it wrote is on the screen. `code` is undefined where a signal ended it. */
  readonly ended: Promise<{ code: number | undefined; signal: number | undefined }>;
  /** Expects the terminal to be as it was before the program: modes, colours, echo. */
  expectRestored(): Promise<void>;
  /** Command lines of processes that the program started, however indirectly, and that still run. Linux only; empty elsewhere. */
  leftProcesses(): string[];
  /** Expects that of all that it started nothing runs any more, once the system has taken it away. */
  expectNothingLeft(): Promise<void>;
}

const open = new Set<{ end(): void }>();
/** Ends what a test has left on a screen. */
export function endScreens(): void {
  for (const one of open) one.end();
  open.clear();
}

/** Starts `labwalk …` for a person who has never used it: each has a configuration of its own unless `env` says otherwise. */
export function startOnScreen(args: readonly string[], options: ScreenOptions = {}): ScreenProgram {
  const { columns = 80, rows = 24 } = options;
  const own = makeFolder();
  const [file, words] = options.command === undefined ? [process.execPath, [program, ...args]] : [options.command, [...args]];
  const pty = spawn('bash', ['--norc', '-c', shell, 'bash', own, file, ...words], {
    cols: columns,
    rows,
    name: options.env?.['TERM'] ?? 'xterm-256color',
    cwd: options.cwd ?? own,
    env: environment(own, options.env),
  });
  const told = (name: string) => fs.readFileSync(path.join(own, name), 'utf8').trim();
  const pid = () => Number(told('pid'));
  const emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 1000, allowProposedApi: true, logLevel: 'off' });
  let raw = '';
  let over: { code: number | undefined; signal: number | undefined } | undefined;
  const waiting = new Set<() => void>();
  const look = () => {
    for (const check of [...waiting]) check();
  };
  pty.onData((text) => {
    raw += text;
    emulator.write(text, look);
  });
  emulator.onData((reply) => {
    if (!over) pty.write(reply);
  });

  const end = new Promise<NonNullable<typeof over>>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      emulator.write('', () => {
        over = endOf(exitCode, signal);
        resolve(over);
        look();
      });
    });
  });

  const text = () => {
    const { active } = emulator.buffer;
    return Array.from(
      { length: emulator.rows },
      (_, row) =>
        active
          .getLine(active.baseY + row)
          ?.translateToString(true)
          .trimEnd() ?? '',
    );
  };
  const until: ScreenProgram['until'] = (isSo, what, ms = waitMs) =>
    new Promise((resolve, reject) => {
      const settle = (done: () => void) => {
        waiting.delete(check);
        clearTimeout(limit);
        done();
      };
      const fail = (why: string) => settle(() => reject(new Error(`${why}\n${frame(text(), emulator.cols)}`)));
      const holds = () => {
        try {
          return isSo(text());
        } catch (error) {
          settle(() => reject(error as Error));
          return false;
        }
      };
      const check = () => {
        // A frame that has come in part is not what a person sees.
        if (emulator.modes.synchronizedOutputMode && !over) return;
        if (holds()) settle(resolve);
        else if (over) fail(`labwalk ended (${over.code ?? `signal ${over.signal}`}) before this was so: ${what}.`);
      };
      const most = patience(ms);
      const limit = setTimeout(() => fail(`Waited ${most} ms in vain: ${what}.`), most);
      waiting.add(check);
      check();
    });

  const modes = (): Modes => {
    const { bracketedPasteMode, mouseTrackingMode, sendFocusMode, applicationCursorKeysMode } = emulator.modes;
    return {
      alternate: emulator.buffer.active.type === 'alternate',
      cursorVisible: !isCursorHidden(emulator),
      bracketedPaste: bracketedPasteMode,
      mouse: mouseTrackingMode,
      focus: sendFocusMode,
      applicationCursor: applicationCursorKeysMode,
    };
  };

  const self: ScreenProgram = {
    get pid() {
      return pid();
    },
    folder: own,
    text,
    get raw() {
      return raw;
    },
    shows: (what, ms) => until((lines) => has(lines, what), `the screen shows ${String(what)}`, ms),
    hides: (what, ms) => until((lines) => !has(lines, what), `the screen no longer shows ${String(what)}`, ms),
    until,
    press: (...keys) => {
      for (const key of keys) pty.write(keyBytes(key, modes().applicationCursor));
    },
    type: (typed) => pty.write(typed),
    paste: (pasted) => pty.write(modes().bracketedPaste ? `\x1b[200~${pasted}\x1b[201~` : pasted),
    resize(toColumns, toRows) {
      pty.resize(toColumns, toRows);
      emulator.resize(toColumns, toRows);
    },
    modes,
    cursor: () => ({ column: emulator.buffer.active.cursorX, row: emulator.buffer.active.cursorY }),
    kill: (signal) => kill(pid(), signal),
    hangUp: () => (pty as unknown as { destroy(): void }).destroy(),
    get ended() {
      return until(() => over !== undefined, 'labwalk has ended').then(() => end);
    },
    async expectRestored() {
      await self.ended;
      expect(modes()).toEqual({
        alternate: false,
        cursorVisible: true,
        bracketedPaste: false,
        mouse: 'none',
        focus: false,
        applicationCursor: false,
      });
      expect(told('line-after'), 'the settings of the line (stty -g)').toBe(told('line-before'));
      await new Promise<void>((resolve) => emulator.write('\r\nx', resolve));
      const { active } = emulator.buffer;
      const cell = active.getLine(active.baseY + active.cursorY)?.getCell(active.cursorX - 1);
      expect(cell?.getChars(), 'what is typed next').toBe('x');
      expect(cell?.isAttributeDefault(), 'what is typed next has the plain style').toBe(true);
    },
    leftProcesses: () => processesWith(own).map(({ command }) => command),
    async expectNothingLeft() {
      await self.ended;
      await waitUntil(() => self.leftProcesses().length === 0, 'nothing is left running').catch((error: Error) => {
        throw new Error(`${error.message}\n${self.leftProcesses().join('\n')}`);
      });
    },
  };

  open.add({
    end() {
      for (const { pid } of processesWith(own)) kill(pid, 'SIGKILL');
      emulator.dispose();
    },
  });
  return self;
}

/** One that takes no notice of the machine's: no colours forced or forbidden, no CI, a UTF-8 locale, folders of its own. */
function environment(own: string, changes: ScreenOptions['env'] = {}): Record<string, string> {
  const clean = { FORCE_COLOR: undefined, NO_COLOR: undefined, CI: undefined, VISUAL: undefined, EDITOR: undefined, TMUX: undefined };
  // What the program starts inherits TMPDIR, and is found again by it.
  const mine = { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', XDG_CONFIG_HOME: makeConfigFolder(own), TMPDIR: own };
  const all: Record<string, string | undefined> = { ...process.env, ...clean, ...mine, ...changes };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Empty, but for the settings of pip: on some machines only they say where packages come from. */
function makeConfigFolder(own: string): string {
  const folder = path.join(own, 'config');
  fs.mkdirSync(folder);
  const pip = path.join(process.env['XDG_CONFIG_HOME'] ?? path.join(os.homedir(), '.config'), 'pip');
  if (fs.existsSync(pip)) fs.symlinkSync(pip, path.join(folder, 'pip'));
  return folder;
}

/** As a shell tells it: 128 and more is a signal; but 130 is labwalk's own word for an interrupt. */
function endOf(status: number, signal: number | undefined): { code: number | undefined; signal: number | undefined } {
  if (signal) return { code: undefined, signal };
  return status > 128 && status !== 130 ? { code: undefined, signal: status - 128 } : { code: status, signal: undefined };
}

const has = (lines: string[], what: string | RegExp) =>
  typeof what === 'string' ? lines.some((line) => line.includes(what)) : what.test(lines.join('\n'));

function frame(lines: readonly string[], columns: number): string {
  const edge = `+${'-'.repeat(columns)}+`;
  return [edge, ...lines.map((line) => `|${line}`), edge].join('\n');
}

/** The typings of 6.0 don't tell it. */
function isCursorHidden(emulator: InstanceType<typeof xterm.Terminal>): boolean {
  const { _core } = emulator as unknown as { _core: { coreService: { isCursorHidden: boolean } } };
  return _core.coreService.isCursorHidden;
}

/**
 * Runs the program as a person's shell does: in the foreground of its own group, in a session that is not its own. Before and after it writes
 * down how the line is set (echo, raw mode). With the session's leader, which the program would be without a shell, that is lost.
 */
const shell = `
own=$1; shift
stty -g >"$own/line-before"
set -m
(echo $BASHPID >"$own/pid"; exec "$@")
code=$?
stty -g >"$own/line-after"
exit $code`;

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it is gone already
  }
}

/** Processes that have the text in their environment as it was at their start. */
function processesWith(text: string): { pid: number; command: string }[] {
  if (!fs.existsSync('/proc/self/environ')) return [];
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      if (!fs.readFileSync(`/proc/${pid}/environ`, 'latin1').includes(text)) return [];
      return [{ pid: Number(pid), command: fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() }];
    } catch {
      return []; // ended meanwhile, or another user's
    }
  });
}
