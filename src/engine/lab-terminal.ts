/** The lab's terminal as a Run uses it: opened at first need, every command an event, every output redacted, kept in a file and passed on. */
import fs from 'node:fs';
import path from 'node:path';
import type { EventBody } from '../events/event.ts';
import { openTerminal, type CommandResult, type Terminal } from '../terminal/terminal.ts';
import { plainText } from '../text/plain-text.ts';
import { openOutputLog } from './output-log.ts';
import { looksSecret, secretsIn, type RedactedStream, type Redactor } from './redact.ts';

/** Characters of a command's output that its event carries; the whole is in the log file. */
const TAIL = 4000;
/** A command that says nothing of its own is ended after this, in milliseconds. */
const PATIENCE = 15 * 60_000;

export interface LabTerminalOptions {
  workspace: string;
  env: Record<string, string>;
  /** Where it starts: the workspace, or where it was last time. */
  directory: string;
  /** Changes to the environment from last time. */
  variables: Record<string, string | null>;
  redactor: Redactor;
  bash: string;
  plain: boolean;
  emit(body: EventBody, step?: string): void;
  /** Numbers commands over all terminals of a run. */
  nextCommand(): number;
}

/** A command's result with its output as plain text. */
export interface Ran {
  status: number;
  ended: CommandResult['ended'];
  output: string;
}

export interface LabTerminal {
  /** Runs one command, of one or more lines. */
  run(text: string, step: string, timeout?: number): Promise<Ran>;
  /** Exports variables into the shell; `null` removes one. Neither typed nor shown nor written. */
  set(variables: Record<string, string | null>): Promise<void>;
  /** Absolute directory of the shell. */
  directory(): Promise<string>;
  /** Exported variables of the shell, keys included. */
  variables(): Promise<Record<string, string>>;
  /** Ends the running command. */
  interrupt(): Promise<void>;
  close(): Promise<void>;
}

export function createLabTerminal(options: LabTerminalOptions): LabTerminal {
  const { workspace, redactor, emit } = options;
  let opened: Promise<Terminal> | undefined;
  let current: Current | undefined;
  let running = false;
  // one file for all steps: to make one for each would take longer than a short step itself
  const log = openOutputLog(workspace, 'lab');
  let lastState = '';

  const open = () => (opened ??= openTerminal(startOptions(options)).then(follow));

  /** One that could not be opened has told that to whoever needed it; there is nothing of it to end. */
  const ifOpened = async (act: (terminal: Terminal) => Promise<void>) => {
    const terminal = await opened?.catch(() => undefined);
    if (terminal) await act(terminal);
  };

  /** Listens to a new terminal. */
  const follow = (terminal: Terminal) => {
    terminal.on((event) => {
      // what comes before the start is the prompt and the typed command
      if (event.type === 'start') running = true;
      else if (event.type === 'end') running = false;
      else if (event.type === 'output' && running) current?.take(event.text);
      else if (event.type === 'restart')
        emit({ type: 'terminal-restarted', message: `The shell ended with status ${event.status}; a new one goes on where it was.` });
    });
    return terminal;
  };

  /** Tells where the shell is when that has changed. */
  const tellState = (terminal: Terminal, step: string) => {
    redactor.add(secretsIn(terminal.variables));
    const state: EventBody = {
      type: 'terminal-state',
      directory: shownDirectory(workspace, terminal.directory),
      variables: changedVariables(options.env, terminal.variables),
    };
    const text = JSON.stringify(state);
    if (text === lastState) return;
    lastState = text;
    emit(state, step);
  };

  return {
    async run(text, step, timeout = PATIENCE) {
      const terminal = await open();
      const command = options.nextCommand();
      let heading = `--- ${step}: ${text}\n`;
      emit(
        {
          type: 'command-started',
          command,
          terminal: 'lab',
          text,
          byHand: false,
          directory: shownDirectory(workspace, terminal.directory),
        },
        step,
      );
      current = startCurrent(redactor.stream(), (piece) => {
        log.write(heading + piece);
        heading = '';
        emit({ type: 'output', command, terminal: 'lab', text: piece }, step);
      });
      const result = await terminal.run(text, { timeout }).finally(() => {
        current?.end();
        current = undefined;
      });
      const output = plainText(result.output);
      emit(
        {
          type: 'command-ended',
          command,
          terminal: 'lab',
          status: result.status,
          ended: result.ended,
          ms: Math.round(result.ms),
          size: result.size,
          tail: output.slice(-TAIL),
          log: log.path,
        },
        step,
      );
      tellState(terminal, step);
      return { status: result.status, ended: result.ended, output };
    },
    async set(variables) {
      await (await open()).set(variables);
    },
    async directory() {
      return (await open()).directory;
    },
    async variables() {
      return { ...(await open()).variables };
    },
    async interrupt() {
      await ifOpened((terminal) => terminal.stop('stopped'));
    },
    async close() {
      log.close();
      await ifOpened((terminal) => terminal.close());
    },
  };
}

interface Current {
  take(text: string): void;
  end(): void;
}

function startCurrent(redacted: RedactedStream, pass: (piece: string) => void): Current {
  const passOn = (piece: string) => {
    if (piece) pass(piece);
  };
  return { take: (text) => passOn(redacted.write(text)), end: () => passOn(redacted.end()) };
}

function startOptions({ env, variables, directory, workspace, bash, plain }: LabTerminalOptions) {
  const start: Record<string, string> = { ...env };
  for (const [name, value] of Object.entries(variables)) {
    if (value === null) delete start[name];
    else start[name] = value;
  }
  return { directory: fs.existsSync(directory) ? directory : workspace, env: start, bash, plain };
}

/** A directory as events show it: relative to the workspace inside it, `.` for the workspace itself, else absolute. */
export function shownDirectory(workspace: string, directory: string): string {
  const relative = path.relative(workspace, directory);
  return relative === '' ? '.' : relative.startsWith('..') || path.isAbsolute(relative) ? directory : relative;
}

const shellsOwn = new Set(['_', 'SHLVL', 'PWD', 'OLDPWD', 'COLUMNS', 'LINES']);

/** Exported variables that differ from the start, so that a later run can go on with them; nothing that could be a secret. */
export function changedVariables(
  start: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): Record<string, string | null> {
  const changed: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(now)) {
    if (start[name] !== value && !shellsOwn.has(name) && !looksSecret(name, value)) changed[name] = value;
  }
  for (const name of Object.keys(start)) {
    if (!(name in now) && !shellsOwn.has(name) && !looksSecret(name, '')) changed[name] = null;
  }
  return changed;
}
