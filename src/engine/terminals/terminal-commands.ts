/** The commands of one terminal, labwalk's own and those typed by hand, as events: each with its start, its output and its end. */
import type { EventBody } from '../../events/event.ts';
import { createServiceLog, type ServiceLog } from '../../terminal/service-log.ts';
import type { CommandResult, TerminalEvent } from '../../terminal/terminal.ts';
import { lastPart } from '../../text/last-part.ts';
import { plainText } from '../../text/plain-text.ts';
import type { Outage } from '../context/cloud.ts';
import type { OutputLog } from './output-log.ts';
import { secretsIn } from '../../secrets/environment.ts';
import type { RedactedStream, Redactor } from '../../secrets/redactor.ts';
import { hideSecrets, secretsInLine } from '../../secrets/typed-secrets.ts';

/** Characters of a command's output that its event carries; the whole is in the log file. */
const TAIL = 4000;
/** Characters of a typed command's output that its log file takes: nobody may notice that a learner's command prints for ever. */
const MOST_LOGGED = 16 * 1024 * 1024;

export interface TerminalCommandsOptions {
  /** Id of the terminal. */
  id: string;
  redactor: Redactor;
  log: OutputLog;
  /** The step that a command typed by hand belongs to. */
  followed(): string | undefined;
  /** Where the shell is, as events show it. */
  directory(): string;
  /** Exported variables of the shell. */
  variables(): Readonly<Record<string, string>>;
  emit(body: EventBody, step?: string): void;
  /** Numbers commands over all terminals of a run. */
  nextCommand(): number;
  onTypedStart(): void;
  onTypedEnd(typed: TypedRun, ended: TypedEnd): void;
}

/** A command typed by hand that runs. */
export interface TypedRun {
  readonly command: number;
  readonly step: string | undefined;
  /** What it has printed. */
  readonly output: ServiceLog;
}

export interface TypedEnd {
  result: CommandResult;
  /** Plain text; empty after a full-screen program. */
  output: string;
}

/** A command's result with its output as plain text. */
export interface Ran {
  command: number;
  status: number;
  ended: CommandResult['ended'];
  output: string;
  /** How long it took, in milliseconds. */
  ms: number;
  /** The place was out while it ran, and it failed. */
  outage?: Outage;
  /** The question that it asked, and for which it was ended as nobody is there to answer; empty where it printed none. */
  unanswered?: string;
}

export interface TerminalCommands {
  /** The command typed by hand that runs now. */
  readonly typed: TypedRun | undefined;
  take(event: TerminalEvent): void;
  /** Tells of the command that `work` runs. `begun` is false when it was withdrawn; then nothing was told. */
  run(text: string, step: string, work: () => Promise<CommandResult>): Promise<{ begun: boolean; ran: Ran }>;
}

interface Current {
  command: number;
  step: string | undefined;
  take(text: string): void;
  /** Passes on what was held back. */
  finish(): void;
}

export function createTerminalCommands(options: TerminalCommandsOptions): TerminalCommands {
  const { id, redactor, log, emit } = options;
  let own: { text: string; step: string; current?: Current } | undefined;
  let typed: (TypedRun & { current: Current }) | undefined;
  let running: Current | undefined;

  const start = (text: string, step: string | undefined, byHand: boolean, most = Infinity): Current => {
    const command = options.nextCommand();
    emit({ type: 'command-started', command, terminal: id, text, byHand, directory: options.directory() }, step);
    let heading = `--- ${step ?? ''}: ${byHand ? '(typed by hand)' : redactor.redact(text)}\n`;
    let logged = 0;
    const write = (piece: string) => {
      if (logged > most) return;
      logged += piece.length;
      log.write(heading + (logged > most ? `${piece}\n--- more was not kept\n` : piece));
      heading = '';
    };
    const pass = (piece: string) => {
      if (!piece) return;
      write(piece);
      emit({ type: 'output', command, terminal: id, text: piece }, step);
    };
    const redacted: RedactedStream = redactor.stream();
    return { command, step, take: (piece) => pass(redacted.write(piece)), finish: () => pass(redacted.end()) };
  };

  const end = (current: Current, result: CommandResult, more: { output: string; text?: string }) => {
    current.finish();
    const { status, ended, size } = result;
    const facts = { status, ended, ms: Math.round(result.ms), size, tail: lastPart(redactor.redact(more.output), TAIL), log: log.path };
    const text = more.text === undefined ? {} : { text: more.text };
    emit({ type: 'command-ended', command: current.command, terminal: id, ...text, ...facts }, current.step);
  };

  const startTyped = () => {
    const step = options.followed();
    const current = start('', step, true, MOST_LOGGED);
    typed = { command: current.command, step, output: createServiceLog(), current };
    running = current;
    options.onTypedStart();
  };

  const endTyped = (result: CommandResult) => {
    running = undefined;
    if (!typed) return;
    const ended = typed;
    typed = undefined;
    redactor.add(secretsIn(options.variables()));
    if (result.text !== null) redactor.add(secretsInLine(result.text));
    const output = result.fullscreen ? '' : plainText(result.output);
    end(ended.current, result, { output, ...(result.text === null ? {} : { text: hideSecrets(result.text) }) });
    options.onTypedEnd(ended, { result, output });
  };

  return {
    get typed() {
      return typed;
    },
    take(event) {
      if (event.type === 'output') {
        // what comes before the start is the prompt and the typed command
        running?.take(event.text);
        typed?.output.add(event.text);
      } else if (event.type === 'start') {
        if (event.byHand) startTyped();
        else if (own) running = own.current = start(own.text, own.step, false);
      } else if (event.type === 'end') {
        if (event.result.byHand) endTyped(event.result);
        else running = undefined;
      } else if (event.type === 'unheard') {
        const text = `labwalk didn't hear this command end, so it asked the shell: the command has ended with status ${event.status}.`;
        emit({ type: 'notice', level: 'warning', text }, running?.step);
      }
    },
    async run(text, step, work) {
      const waiting: NonNullable<typeof own> = { text, step };
      own = waiting;
      const result = await work().finally(() => {
        own = undefined;
        running = undefined;
        waiting.current?.finish();
      });
      const output = plainText(result.output);
      const ran = { status: result.status, ended: result.ended, output, ms: result.ms };
      // It was withdrawn, or else Ctrl-C has swallowed the mark of its start.
      if (!waiting.current && result.n === 0) return { begun: false, ran: { ...ran, command: 0 } };
      const current = waiting.current ?? start(text, step, false);
      end(current, result, { output });
      return { begun: true, ran: { ...ran, command: current.command } };
    },
  };
}
