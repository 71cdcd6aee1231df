/**
 * What one shell says, put together. It comes by two ways: the screen's text with marks in it, and state messages by the private
 * channel. The order of things is the screen's: there a command starts (mark C), is over (D), and a prompt follows (A, then B). At the
 * mark A the message with that prompt's number is waited for; with it, the command has ended.
 *
 * Ctrl-C is the one thing that can lose marks: the kernel throws away what is on its way to the screen. Messages are never lost. So when a
 * Ctrl-C may have been at work (`dirty`) and a message's marks do not come, they count as lost after a while.
 */
import type { CommandRecord } from './command-record.ts';
import { createMarkReader, type MarkReader, type Piece } from './marks.ts';
import type { StateMessage } from './state-message.ts';
import type { CommandResult } from './terminal-types.ts';

export interface ConversationOptions {
  nonce: string;
  /** Reads at once what is waiting in the channel. */
  drain: () => void;
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
  /** Messages whose mark A has not come yet. */
  #messages: StateMessage[] = [];
  #lastWords: StateMessage | undefined;
  #lastHistory = 0;
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
    this.#finish(status, 'shell');
  }

  #read(): void {
    this.#readPieces();
    clearTimeout(this.#lostMarkTimer);
    this.#lostMarkTimer = undefined;
    if (this.dirty && (this.#messages.length > 0 || (this.up && !this.ready && !this.active))) this.#expectLostMarks();
  }

  #readPieces(): void {
    for (;;) {
      const piece = this.#pieces[0];
      if (!piece) return;
      // The rest waits until the message of this prompt is there: it is sent right behind the mark.
      if (piece.kind === 'mark' && piece.mark === 'A' && !this.#takeMessage(piece.value)) return;
      this.#pieces.shift();
      if (piece.kind === 'text') this.#takeText(piece.text);
      else if (piece.mark === 'A') this.#drawn = '';
      else if (piece.mark === 'B') this.#promptIsShown();
      else if (piece.mark === 'C') this.#commandStarts(piece.value);
      else if (piece.mark === 'D' && this.active?.running) this.active.over ??= piece.value;
    }
  }

  #takeText(text: string): void {
    if (this.#drawn !== undefined) this.#drawn += text;
    this.#options.onText(text, this.active?.over === undefined ? this.active : undefined);
  }

  /** Reads the messages up to this prompt's; false when it has not come yet. */
  #takeMessage(prompt: number): boolean {
    const newer = () => this.#messages.some((message) => message.prompt >= prompt);
    if (!newer()) this.#options.drain();
    // A newer one instead of this: Ctrl-C has cut it off.
    if (!newer()) return false;
    while (this.#messages[0] && this.#messages[0].prompt <= prompt) this.#applyNextMessage();
    return true;
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
    this.#drawn = undefined;
    // Without the mark A before it, there are two cases. Either a learner has taken the prompt's hook away; the next command brings it back.
    if (this.active?.over !== undefined) this.#finish(this.active.over, 'done');
    // Or readline has drawn the same prompt once more, as it does after a resize, perhaps while labwalk was typing.
    if (!this.active && !this.ready) this.#becomeReady();
  }

  #expectLostMarks(): void {
    this.#lostMarkTimer = setTimeout(() => {
      // What has come meanwhile is read first: timers run before input.
      setImmediate(() => {
        if (!this.#lostMarkTimer) return;
        this.#lostMarkTimer = undefined;
        while (this.#messages.length > 0) this.#applyNextMessage();
        if (!this.active && !this.ready) this.#becomeReady();
      });
    }, lostMarkMs);
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
