/** Which editor opens a file, and how it is told the file and the line. Pure. */
import path from 'node:path';

export interface EditorQuestion {
  /** The person's own environment. */
  env: Readonly<Record<string, string>>;
  /** Absolute path. */
  file: string;
  /** From 1. */
  line?: number;
  /** Whether a program is on PATH. */
  isOnPath(program: string): boolean;
}

export type EditorAnswer =
  /** A command line for bash. `blocking`: it has the terminal until the learner leaves it; else it opens a window of its own. */
  { command: string; program: string; blocking: boolean } | { none: string };

interface Habit {
  /** How a line is given: `+12 FILE`, `FILE:12`, `--goto FILE:12`. The file is one word for bash already. */
  line?: (file: string, line: number) => string;
  /** How a file is given where that takes more than its name. */
  open?: (file: string) => string;
  /** It opens a window of its own and gives the terminal back, unless it is told to wait. */
  window?: { waits: readonly string[] };
  /** It keeps the terminal, unless it is told to give it back. */
  returns?: readonly string[];
}

const plus = (file: string, line: number) => `+${line} ${file}`;
const colon = (file: string, line: number) => `${file}:${line}`;
const option = (file: string, line: number) => `--line ${line} ${file}`;
const vim: Habit = { line: plus };
const gvim: Habit = { line: plus, window: { waits: ['-f', '--nofork'] } };
const code: Habit = { line: (file, line) => `--goto ${file}:${line}`, window: { waits: ['--wait', '-w'] } };
const jetBrains: Habit = { line: option, window: { waits: ['--wait'] } };

const habits: Readonly<Record<string, Habit>> = {
  ...{ vi: vim, vim, nvim: vim, view: vim, vimx: vim, nvi: vim, elvis: vim, gvim, mvim: gvim },
  ...{ nano: { line: plus }, pico: { line: plus }, micro: { line: plus }, joe: { line: plus }, ne: { line: plus }, mg: { line: plus } },
  ...{ emacs: { line: plus }, emacsclient: { line: plus, returns: ['-n', '--no-wait'] }, zile: { line: plus }, jmacs: { line: plus } },
  ...{ hx: { line: colon }, helix: { line: colon }, kak: { line: plus }, jed: { line: (file, line) => `${file} -g ${line}` }, ed: {} },
  ...{ code, 'code-insiders': code, codium: code, cursor: code, windsurf: code, 'code-server': code },
  // Cloud9's own command opens the file in the IDE beside the terminal.
  c9: { open: (file) => `open ${file}`, line: (file, line) => `open ${file}:${line}`, window: { waits: ['--wait'] } },
  ...{ subl: { line: colon, window: { waits: ['--wait', '-w'] } }, zed: { line: colon, window: { waits: ['--wait', '-w'] } } },
  ...{ idea: jetBrains, pycharm: jetBrains, charm: jetBrains, webstorm: jetBrains },
  gedit: { line: plus, window: { waits: ['--wait', '-w'] } },
  kate: { line: option, window: { waits: ['--block', '-b'] } },
  mate: { line: (file, line) => `--line ${line} ${file}`, window: { waits: ['--wait', '-w'] } },
};

/**
 * The learner's editor: `$VISUAL`, else `$EDITOR`; else the IDE whose terminal this is; else nano or vi.
 *
 * @example chooseEditor({ env: { EDITOR: 'vim' }, file: '/w/app.py', line: 3, isOnPath }) // { command: "vim +3 '/w/app.py'", blocking: true, … }
 */
export function chooseEditor(question: EditorQuestion): EditorAnswer {
  const { env, isOnPath } = question;
  const wanted = [env['VISUAL'], env['EDITOR']].map((value) => value?.trim()).find((value) => value);
  if (wanted !== undefined) return commandFor(wanted, question);
  const found = candidates(env).find(isOnPath);
  if (found !== undefined) return commandFor(found, question);
  return {
    none: 'No editor was found here. Set one, for instance `export EDITOR=nano`, and start labwalk again; or open the file yourself.',
  };
}

/** Variables of Cloud9's terminals. */
const cloud9 = ['C9_PROJECT', 'C9_USER', 'C9_PID', 'C9_SH_EXECUTED'];

function candidates(env: Readonly<Record<string, string>>): string[] {
  const ide = cloud9.some((name) => env[name] !== undefined) ? ['c9'] : [];
  // VS Code, what is built from it, and code-server in the browser all say so.
  const vscode = env['TERM_PROGRAM'] === 'vscode' ? ['code', 'code-server', 'code-insiders', 'codium', 'cursor', 'windsurf'] : [];
  return [...ide, ...vscode, 'nano', 'vim', 'vi'];
}

/** `$EDITOR` is a command line, as Git and crontab take it: `code --wait` or `emacs -nw`. */
function commandFor(editor: string, { file, line }: EditorQuestion): EditorAnswer {
  const [first = '', ...options] = wordsOf(editor);
  const program = path.posix.basename(first);
  const habit: Habit = habits[program] ?? {};
  const quoted = quoteWord(file);
  const target = line !== undefined && habit.line ? habit.line(quoted, line) : (habit.open?.(quoted) ?? quoted);
  const isTold = (words: readonly string[] | undefined) => options.some((word) => words?.includes(word));
  const blocking = habit.window ? isTold(habit.window.waits) : !isTold(habit.returns);
  return { command: `${editor} ${target}`, program, blocking };
}

/** The words of a command line, as bash parts it; without the variables that are set for it. Good enough to know the program. */
function wordsOf(command: string): string[] {
  const pieces = command.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g) ?? [];
  const words = pieces.map((piece) => piece.replaceAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g, '$1$2$3'));
  const start = words.findIndex((word, i) => !/^\w+=/.test(word) && !(word === 'env' && i < words.length - 1) && word !== 'exec');
  return words.slice(Math.max(start, 0));
}

/** A word that bash takes literally. */
export const quoteWord = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
