/** labwalk on a terminal, driven and looked at from outside: when what a person waits for is on the screen. */
import { setTimeout as pause } from 'node:timers/promises';
import pty from '@lydell/node-pty';
import { createScreen } from '../src/terminal/screen.ts';

export interface PersonsScreen {
  readonly pid: number;
  press(keys: string): void;
  /** The rows as a person reads them. */
  rows(): string[];
  /** The same with colours as SGR sequences. */
  styledRows(): string[];
  /** Resolves with the time (as of performance.now) at which the screen had become so; rejects when that takes too long. */
  until(isSo: (rows: string[]) => boolean, what: string): Promise<number>;
  end(): Promise<void>;
}

/** How long something may take to show, in milliseconds. */
const patience = 30_000;

export interface ScreenOptions {
  file: string;
  args: string[];
  columns: number;
  rows: number;
  env: Record<string, string>;
  cwd: string;
}

export function openScreen({ file, args, columns, rows, env, cwd }: ScreenOptions): PersonsScreen {
  const screen = createScreen({ columns, rows });
  const child = pty.spawn(file, args, { cols: columns, rows, cwd, env });
  const ended = new Promise<void>((resolve) => child.onExit(() => resolve()));
  const waiting = new Set<() => void>();
  child.onData((text) => {
    screen.write(text);
    void screen.drawn().then(() => {
      for (const look of [...waiting]) look();
    });
  });
  screen.onReply((reply) => child.write(reply));

  return {
    pid: child.pid,
    press: (keys) => child.write(keys),
    rows: () => screen.text(),
    styledRows: () => screen.lines(),
    until: (isSo, what) =>
      new Promise((resolve, reject) => {
        const stop = () => {
          waiting.delete(look);
          clearTimeout(limit);
        };
        const look = () => {
          if (!isSo(screen.text())) return;
          stop();
          resolve(performance.now());
        };
        const limit = setTimeout(() => {
          stop();
          reject(new Error(`${what} did not come within ${patience / 1000} s:\n${screen.text().join('\n')}`));
        }, patience);
        waiting.add(look);
        look();
      }),
    async end() {
      child.kill('SIGTERM');
      await Promise.race([ended, pause(5000)]);
      child.kill('SIGKILL');
      await ended;
      screen.dispose();
    },
  };
}
