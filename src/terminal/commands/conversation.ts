/**
 * What one shell says, put together. It comes by two ways: the screen's text with marks in it, and state messages by the private
 * channel. The order of things is the screen's: there a command starts (mark C), is over (D), and a prompt follows (A, then B). At the
 * mark A the message with that prompt's number is read; with it, the command has ended.
 *
 * Ctrl-C is the one thing that can lose marks: the kernel throws away what is on its way to the screen. Messages are never lost. So when a
 * Ctrl-C may have been at work (`dirty`) and a message's marks do not come, they count as lost after a while.
 */
import type { CommandRecord } from './command-record.ts';
import { createMarkReader, type MarkReader, type Piece } from '../shell/marks.ts';
import type { StateMessage } from '../shell/state-message.ts';
import type { CommandResult } from '../terminal-types.ts';

export interface ConversationOptions {
  nonce: string;
  /** Reads at once what is waiting in the channel. */
  drain: () => void;
  /** The message of a prompt will never come: somebody has removed the channel's pipes, or the shell could not write. */
  onLost: () => void;
  /** The shell answers labwalk's question (see `askSignal`). */
  onAnswer: (message: StateMessage) => void;
  /** A record for a command that labwalk has not typed. */
  recordTyped: () => CommandRecord;
  /** Text for the screen, without marks. `active` is the command whose output it is, if any. */
  onText: (text: string, active: CommandRecord | undefined) => void;
  onState: (message: StateMessage) => void;
  onStart: (record: CommandRecord) => void;
  onEnd: (record: CommandRecord, status: number, ended: CommandResult['ended']) => void;
  onPrompt: () => void;
}

/** How long the terminal must have been silent until marks count as lost, in milliseconds. */
const lostMarkMs = 250;
/** Status of a command that Ctrl-C ended, where the shell's own word for it was lost. */
const interrupted = 130;
/** Status of a line that was not done. */
const notRun = 125;

export class Conversation {
  /** The command that is running, or that labwalk has typed and that is about to start. */
  active: CommandRecord | undefined;
  /** The shell is at its prompt. */
  ready = false;
  /** It has been at a prompt at least once. */
  up = false;
  /** Marks may get lost. */
  dirty = false;
  /** Counts the prompts whose message has been read. */
  prompt = 0;
  /** The last ping that was answered. */
  ping = 0;
  /** What the shell showed at its last prompt. */
  promptText = '$ ';

  #options: ConversationOptions;
  #marks: MarkReader;
  #pieces: Piece[] = [];
  #reading = false;
  /** Messages whose mark A has not come yet. */
  #messages: StateMessage[] = [];
  #lastWords: StateMessage | undefined;
  #lastHistory = 0;
  /** Marks of commands up to this number may still come, although they count as lost. */
  #staleCommands = 0;
  #lostMarkTimer: NodeJS.Timeout | undefined;
  /** What has come of the prompt that is being drawn. */
  #drawn: string | undefined;

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.#marks = createMarkReader(options.nonce);
  }

  /** Labwalk types a line: what comes now is about this. */
  begin(record: CommandRecord): void {
    this.active = record;
    this.ready = false;
  }

  takeData(data: string): void {
    this.#pieces.push(...this.#marks.write(data));
    this.#read();
  }

  takeState(message: StateMessage): void {
    if (message.kind === 'exit') this.#lastWords = message;
    else if (message.kind === 'answer') this.#options.onAnswer(message);
    else this.#messages.push(message);
    this.#read();
  }

  /** The shell has ended. Nothing comes any more. */
  end(status: number): void {
    this.#options.drain();
    this.#pieces.push(...this.#marks.end());
    this.#readPieces();
    clearTimeout(this.#lostMarkTimer);
    this.#lostMarkTimer = undefined;
    this.ready = false;
    if (this.#lastWords) this.#keepState(this.#lastWords);
    if (this.active && !this.active.running) this.active.unread = true;
    this.#finish(status, 'shell');
  }

  #read(): void {
    this.#readPieces();
    clearTimeout(this.#lostMarkTimer);
    this.#lostMarkTimer = undefined;
    if (this.dirty && (this.#messages.length > 0 || (this.up && !this.ready && !this.active))) this.#expectLostMarks();
  }

  #readPieces(): void {
    // A message that is read for the sake of a mark comes back to here.
    if (this.#reading) return;
    this.#reading = true;
    for (let piece = this.#pieces.shift(); piece; piece = this.#pieces.shift()) {
      if (piece.kind === 'text') this.#takeText(piece.text);
      else if (piece.mark === 'A') this.#promptComes(piece.value);
      else if (piece.mark === 'E' && this.active) this.active.unread = true;
      else if (piece.mark === 'B') this.#promptIsShown();
      else if (piece.mark === 'C') this.#commandStarts(piece.value);
      else if (piece.mark === 'D' && this.active?.running) this.active.over ??= piece.value;
    }
    this.#reading = false;
  }

  #takeText(text: string): void {
    if (this.#drawn !== undefined) this.#drawn += text;
    this.#options.onText(text, this.active?.over === undefined ? this.active : undefined);
  }

  /** Reads the messages up to this prompt's. The shell writes the message before it prints the mark: one that is not there never comes. */
  #promptComes(prompt: number): void {
    this.#drawn = '';
    const isThere = () => this.prompt >= prompt || this.#messages.some((message) => message.prompt >= prompt);
    if (!isThere()) this.#options.drain();
    // A newer one instead of this: Ctrl-C has cut it off. None: the mark D has the last word, at the mark B.
    const isLost = !isThere();
    while (this.#messages[0] && this.#messages[0].prompt <= prompt) this.#applyNextMessage();
    if (!isLost) return;
    this.prompt = prompt;
    this.ready = false;
    this.#options.onLost();
  }

  /** The line that labwalk has typed is lost: the shell will never start it. */
  dropLine(): void {
    if (!this.active || this.active.running) return;
    this.active.unread = true;
    this.#finish(notRun, 'done');
    if (!this.ready) this.#becomeReady();
  }

  /** The shell has said that it is at a prompt further on than all that was heard: what came in between is lost. */
  catchUp(message: StateMessage): void {
    this.#messages = [message];
    this.#countMarksAsLost();
    this.#drawn = undefined;
    this.#becomeReady();
  }

  #applyNextMessage(): void {
    const message = this.#messages.shift();
    if (!message) return;
    this.#keepState(message);
    this.prompt = message.prompt;
    this.ping = message.ping;
    this.ready = false;
    this.#finish(message.status, 'done');
  }

  #keepState(message: StateMessage): void {
    const { history } = message;
    const { active } = this;
    // With the same number as before, the line was kept out of the history.
    if (active?.byHand && history && history.number !== this.#lastHistory) active.text = history.text;
    if (history) this.#lastHistory = history.number;
    this.#options.onState(message);
  }

  #commandStarts(n: number): void {
    if (n <= this.#staleCommands) return;
    this.#staleCommands = 0;
    // The end of the one before was lost.
    if (this.active?.running) this.#finish(this.active.over ?? interrupted, 'done');
    this.active ??= this.#options.recordTyped();
    this.active.n = n;
    this.active.running = true;
    this.ready = false;
    this.#drawn = undefined;
    this.#options.onStart(this.active);
  }

  #promptIsShown(): void {
    if (this.#drawn) this.promptText = this.#drawn;
    const isHooked = this.#drawn !== undefined;
    this.#drawn = undefined;
    // Without the mark A before it, there are two cases. Either the prompt's hook has not run: a learner has taken it away, and the next command
    // brings it back; or the shell has no file descriptor left.
    if (this.active?.over !== undefined) {
      if (!isHooked) this.#options.onLost();
      this.#finish(this.active.over, 'done');
    }
    // Or readline has drawn the same prompt once more, as it does after a resize, perhaps while labwalk was typing.
    if (!this.active && !this.ready) this.#becomeReady();
  }

  #expectLostMarks(): void {
    this.#lostMarkTimer = setTimeout(() => {
      // What has come meanwhile is read first: timers run before input.
      setImmediate(() => {
        if (!this.#lostMarkTimer) return;
        this.#lostMarkTimer = undefined;
        this.#countMarksAsLost();
        if (!this.active && !this.ready) this.#becomeReady();
      });
    }, lostMarkMs);
  }

  /** On a busy machine they may come all the same: what is typed next must not take them for its own. */
  #countMarksAsLost(): void {
    const last = this.#messages.at(-1);
    if (last) this.#staleCommands = last.command;
    while (this.#messages.length > 0) this.#applyNextMessage();
  }

  #finish(status: number, ended: CommandResult['ended']): void {
    const { active } = this;
    if (!active) return;
    this.active = undefined;
    this.#options.onEnd(active, status, ended);
  }

  #becomeReady(): void {
    this.ready = true;
    this.#options.onPrompt();
    this.up = true;
  }
}
