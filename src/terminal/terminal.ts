/**
 * The lab's terminal: it starts its shell (and a new one when a command has ended it), types commands one after the other, hands the
 * learner's keys over, and ends what runs. What the shell says is put together in `conversation.ts`; how it is typed to, in `keyboard.ts`.
 */
import { randomBytes } from 'node:crypto';
import { UserError } from '../errors.ts';
import { removeOrLeave } from '../files/remove-or-leave.ts';
import { killAll } from '../process/end-all.ts';
import { endProcesses } from '../process/end-processes.ts';
import { makeFamilyId } from '../process/family-mark.ts';
import { patience } from '../process/patience.ts';
import { signal } from '../process/processes.ts';
import { createRecord, resultOf, typeAgain, type CommandRecord } from './commands/command-record.ts';
import { Conversation } from './commands/conversation.ts';
import { endCommand } from './commands/end-command.ts';
import { parseExports } from './shell/exports.ts';
import { ShellKeyboard } from './commands/keyboard.ts';
import { openShell, type Shell } from './shell/open-shell.ts';
import { processesOfCommand, processesOfTerminal } from './commands/own-processes.ts';
import { makeRuntimeFolder, remakeRuntimeFolder, runtimeRoots } from './shell/runtime-folder.ts';
import { loadPty, type StartShell } from './shell/shell-process.ts';
import { createQueryAnswers } from './query-answers.ts';
import { commandLine, ownVariables, variablesLine } from './shell/start-file.ts';
import type { StateMessage } from './shell/state-message.ts';
import { terminalEnv } from './terminal-env.ts';
import type { CommandResult, RunCommandOptions, Terminal, TerminalEvent, TerminalOptions } from './terminal-types.ts';
import { variablesText } from './shell/variables-text.ts';
import { createWaiters } from './commands/waiters.ts';
import { startWatchdog, type Watchdog } from './commands/watchdog.ts';
import { watchQuestions, type AskingCommand } from './commands/watch-questions.ts';

export type * from './terminal-types.ts';

/** How long bash may take to its first prompt on a quiet machine, in milliseconds. */
const firstPromptMs = 15_000;
const closeGraceMs = 500;
/** Status of a command that was stopped before it began: 128 + SIGINT. */
const interrupted = 130;
/** How often it is looked after a shell that has not come to its first prompt, in milliseconds. */
const lookMs = 500;
/** How often a line is typed again that found nothing in the channel: somebody may go on removing it. */
const mostTries = 5;
/** So many messages of a shell in a row that do not come: it can't write them, and won't be able to. */
const mostLost = 3;
/** Characters at the end of an output in which a question is looked for. */
const longestQuestion = 2000;
/** Status of what is cut off when the terminal is closed: 128 + SIGHUP. */
const hungUp = 129;
/** How a full-screen program asks for a screen of its own. */
const alternateScreen = '\x1b[?1049h';

/**
 * Opens a terminal; resolves at its first prompt. Rejects with a UserError when bash can't be started.
 *
 * @example
 * const terminal = await openTerminal({ directory: '/home/kim/lab', env: { PATH: '/usr/bin:/bin' } });
 * const { status, output } = await terminal.run('echo hello'); // 0, 'hello\r\n'
 * await terminal.close();
 */
export async function openTerminal(options: TerminalOptions): Promise<Terminal> {
  const terminal = new LabTerminal(options, options.plain ? undefined : (options.startShell ?? (await loadPty())));
  await terminal.start();
  return terminal;
}

class LabTerminal implements Terminal {
  readonly kind: 'pty' | 'pipes';
  directory: string;
  variables: Readonly<Record<string, string>>;

  #options: TerminalOptions;
  readonly #answerQueries = createQueryAnswers();
  #startPty: StartShell | undefined;
  #columns: number;
  #rows: number;
  /** In the environment of all that is started here, so everybody may know it. */
  #id = makeFamilyId();
  /** In the marks. Never in an environment. */
  #nonce = randomBytes(8).toString('hex');
  #folder: string;
  #shell: Shell | undefined;
  #shells = 0;
  #talk: Conversation;

  /** Prompts in a row whose message did not come: the shell's state is not known. */
  #lostMessages = 0;
  /** Questions in a row to which the shell has said that it has not begun what labwalk typed. */
  #notBegun = 0;
  #watchdog: Watchdog;
  #exports = '';
  #jobs: readonly number[] = [];
  #lastCommand = 0;
  #keyboard: ShellKeyboard;
  /** Runs that were asked for and have not begun. */
  #queue: CommandRecord[] = [];
  #closed = false;
  #failure: UserError | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #stopping: Promise<void> | undefined;
  #waiters = createWaiters();
  #listeners = new Set<(event: TerminalEvent) => void>();

  constructor(options: TerminalOptions, startPty: StartShell | undefined) {
    this.#options = options;
    this.#startPty = startPty;
    this.kind = startPty ? 'pty' : 'pipes';
    this.directory = options.directory;
    this.variables = terminalEnv(options.env);
    this.#columns = options.columns ?? 120;
    this.#rows = options.rows ?? 40;
    this.#folder = this.#makeFolder();
    if (options.listen) this.#listeners.add(options.listen);
    this.#talk = this.#newConversation();
    this.#keyboard = new ShellKeyboard({
      nonce: this.#nonce,
      waiters: this.#waiters,
      shell: () => this.#shell,
      talk: () => this.#talk,
      gone: () => this.#gone(),
      show: (text) => this.#emit({ type: 'output', text }),
      hiddenRecord: () => this.#record(null, 'hidden'),
    });
    this.#watchdog = startWatchdog({
      isWaiting: () => this.#talk.active !== undefined && !this.#gone(),
      idleShell: () => this.#idleShell(),
    });
  }

  get pid(): number {
    return this.#shell?.process.pid ?? 0;
  }

  get busy(): boolean {
    const { active } = this.#talk;
    return active !== undefined && !active.hidden;
  }

  on(listener: (event: TerminalEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #emit(event: TerminalEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  // The shell's life

  #makeFolder(): string {
    const { runtimeFolder, env } = this.#options;
    return makeRuntimeFolder(runtimeFolder ? [runtimeFolder] : runtimeRoots(env), this.#id);
  }

  async start(): Promise<void> {
    try {
      for (let tries = 1; !(await this.#startShell()); tries++) if (tries === mostTries) throw noChannel(this.#folder);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** False where somebody has removed the start-up file before bash has read it: without it, it prints no marks. */
  async #startShell(): Promise<boolean> {
    const number = ++this.#shells;
    // A number of its own: what a new shell starts must not count as the work of the command that ended the one before.
    if (number > 1) this.#lastCommand++;
    const talk = (this.#talk = this.#newConversation());
    this.#keyboard.reset();
    this.#lostMessages = this.#notBegun = 0;
    if (number > 1) this.#findFolder();
    const shell = (this.#shell = openShell({
      bash: this.#options.bash ?? 'bash',
      startPty: this.#startPty,
      nonce: this.#nonce,
      id: this.#id,
      folder: this.#folder,
      number,
      command: this.#lastCommand,
      directory: this.directory,
      env: this.variables,
      screen: this.#options.screen ?? false,
      columns: this.#columns,
      rows: this.#rows,
      onMessage: (message) => talk.takeState(message),
      onData: (text) => {
        this.#watchdog.stir();
        talk.takeData(text);
      },
      onExit: (status) => this.#shellEnded(talk, status),
    }));
    const most = patience(firstPromptMs);
    const end = performance.now() + most;
    while (!(await this.#waiters.until(() => talk.up || this.#gone(), lookMs))) {
      if (shell.hasLostStartFile()) return this.#dismiss(shell).then(() => false);
      if (performance.now() > end)
        throw new UserError(`The lab's terminal can't be opened: bash printed no prompt within ${Math.round(most / 1000)} seconds.`);
    }
    if (this.#closed) await this.close();
    if (this.#failure) throw this.#failure;
    return true;
  }

  /** Ends a shell that was never at its prompt, and hears nothing more of it. */
  async #dismiss(shell: Shell): Promise<void> {
    this.#talk = this.#newConversation();
    this.#shell = undefined;
    await endProcesses([shell.process.pid], 0);
    shell.process.destroy();
    shell.channel.close();
  }

  /** The place where the folder was may be gone as a whole, as `/run/user/…` is when the system takes the user for logged out. */
  #findFolder(): void {
    try {
      remakeRuntimeFolder(this.#folder);
    } catch {
      this.#folder = this.#makeFolder();
    }
  }

  #newConversation(): Conversation {
    const talk = (): Conversation => made;
    const made = new Conversation({
      nonce: this.#nonce,
      drain: () => this.#shell?.channel.drain(),
      onLost: () => this.#messageLost(),
      onAnswer: (message) => this.#shellAnswers(talk(), message),
      // While labwalk is about to type, only its own lines can start.
      recordTyped: () => this.#record(null, this.#keyboard.holding ? 'hidden' : 'byHand'),
      onText: (text, active) => this.#showText(text, active),
      onState: (message) => this.#keepState(message),
      onStart: (record) => this.#commandStarts(record),
      onEnd: (record, status, ended) => this.#commandEnded(record, status, ended),
      onPrompt: () => this.#promptCame(),
    });
    return made;
  }

  #shellEnded(talk: Conversation, status: number): void {
    if (talk !== this.#talk) return;
    talk.end(status);
    this.#shell?.channel.close();
    this.#shell?.forgetStartFile();
    if (!this.#closed && !talk.up) this.#failure = noPrompt(this.#options.bash ?? 'bash', status);
    if (!this.#closed && talk.up) this.#emit({ type: 'restart', status });
    // Who hears that may close the terminal instead.
    if (!this.#closed && talk.up) {
      // When no shell can be had any more, whoever waits for a prompt hears why.
      this.start().catch((error: unknown) => {
        this.#failure = error instanceof UserError ? error : new UserError(String(error));
        this.#waiters.check();
      });
    }
    this.#waiters.check();
  }

  async close(): Promise<void> {
    if (this.#closed && !this.#shell) return;
    this.#closed = true;
    this.#watchdog.stop();
    const { process: shell, channel } = this.#shell ?? {};
    if (this.#talk.active) this.#talk.active.ending ??= 'stopped';
    if (shell) {
      const own = { shell: shell.pid, id: this.#id };
      const all = [shell.pid, ...processesOfTerminal(own)];
      // A shell at its prompt ignores TERM.
      for (const pid of all) signal(pid, 'SIGHUP');
      await endProcesses(all, closeGraceMs);
      await killAll(() => processesOfTerminal(own));
      shell.destroy();
    }
    this.#talk.end(hungUp);
    channel?.close();
    this.#shell = undefined;
    removeOrLeave(this.#folder);
    this.#waiters.check();
  }

  #gone(): boolean {
    return this.#closed || this.#failure !== undefined;
  }

  // What the shell says

  #showText(text: string, active: CommandRecord | undefined): void {
    if (active?.running && !active.hidden) {
      active.output.add(text);
      if (text.includes(alternateScreen)) active.fullscreen = true;
    }
    if (this.#keyboard.hiding) return;
    this.#emit({ type: 'output', text });
    const answer = this.#options.screen || !active?.running ? '' : this.#answerQueries(text);
    // The program may have ended without reading it; so it counts as keys pressed.
    if (answer) this.#keyboard.press(answer);
  }

  /** Somebody has removed the runtime folder while a command ran, or the shell can't write: what it had to say at its end is lost. */
  #messageLost(): void {
    this.#shell?.channel.mend();
    this.#keyboard.distrust();
    // It may have no file descriptor left, say. A new one goes on where this one was last heard of.
    if (++this.#lostMessages >= mostLost && this.#shell) signal(this.#shell.process.pid, 'SIGKILL');
  }

  #idleShell(): number | undefined {
    const { active } = this.#talk;
    const shell = this.#shell;
    if (!active || !shell?.hasTerminal() || this.#processesOf(active, shell).length > 0) return undefined;
    // Its answer must find its way.
    shell.channel.mend();
    return shell.process.pid;
  }

  /** The shell tells its state outside of a prompt: labwalk has asked, or the terminal has another size. */
  #shellAnswers(talk: Conversation, message: StateMessage): void {
    const { active } = talk;
    if (talk !== this.#talk || !active) return;
    if (message.prompt > talk.prompt) {
      if (!active.hidden) this.#emit({ type: 'unheard', status: message.status });
      this.#keyboard.distrust();
      talk.catchUp(message);
    } else if (!active.running && message.command === this.#lastCommand && ++this.#notBegun > 1) {
      // Twice, seconds apart: the line is lost, and is not only waiting for its turn on a busy machine.
      this.#notBegun = 0;
      this.#shell?.channel.withdraw();
      this.#keyboard.distrust();
      talk.dropLine();
    }
  }

  #keepState(message: StateMessage): void {
    this.#lostMessages = 0;
    if (message.directory) this.directory = message.directory;
    if (message.exports !== this.#exports) {
      this.#exports = message.exports;
      const entries = Object.entries(parseExports(message.exports)).filter(([name]) => !ownVariables.has(name));
      this.variables = Object.fromEntries(entries);
    }
    this.#jobs = message.jobs;
  }

  #commandStarts(record: CommandRecord): void {
    this.#lastCommand = record.n;
    this.#notBegun = 0;
    if (record.hidden) return;
    if (!record.isAgain) this.#emit({ type: 'start', n: record.n, text: record.text, byHand: record.byHand });
    this.#keyboard.commandStarts();
    this.#waiters.check();
  }

  #commandEnded(record: CommandRecord, status: number, ended: CommandResult['ended']): void {
    // Not for those who look on: it is typed again.
    if (record.unread) record.resolve(resultOf(record, status, ended));
    else record.resolve(this.#tellEnd(record, status, record.ending ?? ended));
    this.#waiters.check();
  }

  #tellEnd(record: CommandRecord, status: number, ended: CommandResult['ended']): CommandResult {
    const result = resultOf(record, status, ended);
    if (!record.hidden) this.#emit({ type: 'end', result });
    return result;
  }

  #promptCame(): void {
    if (!this.#talk.up) {
      this.#shell?.forgetStartFile();
      this.#emit({ type: 'output', text: this.#talk.promptText });
    }
    this.#keyboard.promptComes();
    if (!this.#keyboard.hiding) this.#emit({ type: 'prompt' });
    // The conversation counts as up only after this call.
    queueMicrotask(() => this.#waiters.check());
  }

  // What is typed

  run(text: string, { timeout, signal, onAsk }: RunCommandOptions = {}): Promise<CommandResult> {
    const record = this.#record(text, 'labwalk');
    this.#queue.push(record);
    return this.#inTurn(async () => {
      try {
        if (text.includes('\0')) throw new TypeError('a command can hold no NUL character');
        await this.#cleanPrompt(signal);
      } finally {
        this.#queue.shift();
      }
      if (signal?.aborted) record.ending ??= 'stopped';
      record.began = performance.now();
      record.jobsBefore = this.#jobs;
      if (record.ending) return resultOf(record, interrupted, record.ending);
      this.#emit({ type: 'output', text: echoOf(text) });
      const end = () => (this.#talk.active === record ? this.stop('timeout') : undefined);
      const timer = timeout === undefined ? undefined : setTimeout(() => void end(), timeout);
      const unwatch = onAsk && watchQuestions(this.#asking(record), onAsk);
      const result = await this.#deliver(commandLine, text, record).finally(() => {
        clearTimeout(timer);
        unwatch?.();
      });
      // It is over only when what it left behind has been ended, too.
      await this.#stopping;
      // A ping makes the shell tell its directory and variables.
      if (this.#lostMessages > 0 && !this.#gone()) await this.#keyboard.clean(() => false);
      return result;
    });
  }

  /**
   * Types a line of labwalk's and resolves when it has been done. Where the shell found nothing in the channel it has done nothing, and the
   * line is typed again: somebody has removed the pipes at that moment.
   */
  async #deliver(line: (payload: number) => string, payload: string, record: CommandRecord): Promise<CommandResult> {
    for (let tries = 1; ; tries++) {
      const result = await this.#keyboard.type(line, payload, record);
      if (!record.unread) return result;
      if (tries === mostTries && !this.#failure) this.#failure = noChannel(this.#folder);
      this.#queue.unshift(record);
      await this.#cleanPrompt(undefined).finally(() => this.#queue.shift());
      if (record.ending) return this.#tellEnd(record, interrupted, record.ending);
      typeAgain(record);
    }
  }

  set(variables: Readonly<Record<string, string | null>>, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
    return this.#inTurn(async () => {
      const text = variablesText(variables);
      await this.#cleanPrompt(signal);
      signal?.throwIfAborted();
      await this.#deliver(variablesLine, text, this.#record(null, 'hidden'));
      await this.#waiters.until(() => this.#talk.ready || this.#gone());
    });
  }

  /** One at a time; keys that are pressed while labwalk types wait. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work).finally(() => this.#keyboard.release());
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async #cleanPrompt(signal: AbortSignal | undefined): Promise<void> {
    const check = () => this.#waiters.check();
    signal?.addEventListener('abort', check);
    await this.#keyboard.clean(() => signal?.aborted ?? false);
    signal?.removeEventListener('abort', check);
    if (this.#failure) throw this.#failure;
    if (this.#closed) throw new Error('the terminal is closed');
  }

  #record(text: string | null, by: 'labwalk' | 'byHand' | 'hidden'): CommandRecord {
    return createRecord({ text, byHand: by === 'byHand', hidden: by === 'hidden', jobsBefore: this.#jobs });
  }

  input(keys: string): void {
    // On pipes nobody reads keys.
    if (this.kind === 'pty') this.#keyboard.press(keys);
    else if (keys.includes('\x03')) this.#interrupt();
  }

  resize(columns: number, rows: number): void {
    this.#columns = columns;
    this.#rows = rows;
    this.#shell?.process.resize(columns, rows);
  }

  // Ending

  stop(why: 'timeout' | 'stopped' = 'stopped'): Promise<void> {
    const { active } = this.#talk;
    const shell = this.#shell;
    if (!active || active.hidden || !shell) {
      // What was asked for and has not begun never will.
      if (this.#queue[0]) this.#queue[0].ending ??= why;
      return this.#stopping ?? Promise.resolve();
    }
    if (this.#stopping) return active.ending ? this.#stopping : this.#stopping.then(() => this.stop(why));
    active.ending = why;
    this.#stopping = endCommand({
      interrupt: () => this.#interrupt(),
      processes: () => this.#processesOf(active, shell),
      killShell: () => void signal(shell.process.pid, 'SIGKILL'),
      ended: (ms) => this.#waiters.until(() => this.#talk.active !== active, ms),
    }).finally(() => (this.#stopping = undefined));
    return this.#stopping;
  }

  processes(): number[] {
    const { active } = this.#talk;
    return active && this.#shell ? this.#processesOf(active, this.#shell) : [];
  }

  #asking(record: CommandRecord): AskingCommand {
    return {
      size: () => record.output.size,
      tail: () => record.output.text().slice(-longestQuestion),
      processes: () => {
        const shell = this.#shell;
        if (!shell || this.#talk.active !== record || !record.running) return [];
        return [...this.#processesOf(record, shell), ...(shell.hasTerminal() ? [shell.process.pid] : [])];
      },
    };
  }

  #processesOf(record: CommandRecord, shell: Shell): number[] {
    return processesOfCommand({
      shell: shell.process.pid,
      id: this.#id,
      command: record.n || this.#lastCommand + 1,
      shellCommand: shell.command,
      jobs: record.jobsBefore,
      since: shell.ticksAt(record.began),
    });
  }

  #interrupt(): void {
    const { active } = this.#talk;
    if (this.kind === 'pty') {
      this.#keyboard.interrupt();
    } else if (active && this.#shell) {
      for (const pid of this.#processesOf(active, this.#shell)) signal(pid, 'SIGINT');
    }
  }
}

/** A command as it looks on the screen when it has been typed. */
function echoOf(text: string): string {
  return `${text.trimEnd().replaceAll('\n', '\r\n> ')}\r\n`;
}

function noChannel(folder: string): UserError {
  return new UserError(`The lab's terminal can't go on: something keeps removing its private folder, ${folder}.`, {
    fix: 'Find out which program tidies up there, or name another folder for temporary files in the variable TMPDIR; then start labwalk again.',
  });
}

function noPrompt(bash: string, status: number): UserError {
  return new UserError(`The lab's terminal can't be opened: ${bash} ended with status ${status} before its first prompt.`, {
    fix: 'labwalk needs bash on PATH.',
  });
}
