/**
 * Who types into the shell, and when: labwalk its lines, the learner their keys, never both at once.
 *
 * Ctrl-C endangers what is typed: a SIGINT that comes late hits the next line, and the line is gone. So after each Ctrl-C, and after any key
 * of the learner's, the keyboard counts as dirty, and before labwalk types it makes sure of a clean prompt.
 */
import type { CommandRecord } from './command-record.ts';
import type { Conversation } from './conversation.ts';
import type { Shell } from '../shell/open-shell.ts';
import { payloadHead, pingLine } from '../shell/start-file.ts';
import type { CommandResult } from '../terminal-types.ts';
import type { Waiters } from './waiters.ts';

export interface KeyboardOptions {
  nonce: string;
  waiters: Waiters;
  /** The shell of now, and what it says. */
  shell: () => Shell | undefined;
  talk: () => Conversation;
  /** The terminal can't be used any more. */
  gone: () => boolean;
  /** Puts text on the screen. */
  show: (text: string) => void;
  /** A record for a line of labwalk's own. */
  hiddenRecord: () => CommandRecord;
}

/** How long a line typed by hand may take until the shell starts it, and a ping until it is answered, in milliseconds. */
const answerMs = 300;
const mostMs = 3000;
const ctrlC = '\x03';
/** To the end of the line, and kill it. */
const killLine = '\x05\x15';
/**
 * How long a prompt is waited for after a Ctrl-C, in milliseconds. About 4 times in 100 none comes, when the Ctrl-C meets readline (8.2) while it
 * reads a key or begins to: it is echoed, the line stays, and bash goes on reading. So it is a hint only; the ping is the proof.
 */
const promptMs = 20;

export class ShellKeyboard {
  /** What comes from the shell is not shown: labwalk is typing. */
  hiding = true;
  /** The learner's keys wait: labwalk is typing, or about to. */
  holding = false;

  #options: KeyboardOptions;
  #held = '';
  /** Keys were pressed, or Ctrl-C, since the last clean prompt. */
  #dirty = false;
  /** Keys were pressed since the last prompt: there may be something on the line. */
  #touched = false;
  /** Enter was pressed at the prompt, and the shell has not answered yet. */
  #entered = false;
  #pings = 0;
  #payloads = 0;

  constructor(options: KeyboardOptions) {
    this.#options = options;
  }

  /** There is a new shell. */
  reset(): void {
    this.#setDirty(false);
    this.#touched = this.#entered = false;
    this.hiding = true;
  }

  /** A command that everybody may see has started. */
  commandStarts(): void {
    this.#touched = this.#entered = false;
    this.hiding = false;
    this.release();
  }

  promptComes(): void {
    this.#touched = this.#entered = false;
    if (!this.holding) this.hiding = false;
  }

  /** The learner may type again. */
  release(): void {
    this.holding = false;
    if (this.#options.talk().ready) this.hiding = false;
    const keys = this.#held;
    this.#held = '';
    if (keys) this.press(keys);
  }

  /** Keys of the learner's, or of a terminal that answers a program. */
  press(keys: string): void {
    if (this.holding) {
      this.#held += keys;
      return;
    }
    this.#setDirty(true);
    this.#touched = true;
    if (this.#options.talk().ready && /[\r\n]/.test(keys)) this.#entered = true;
    this.#options.shell()?.process.write(keys);
  }

  /** What the shell is doing is not known for sure: before labwalk types again, a ping makes it tell its state. */
  distrust(): void {
    this.#setDirty(true);
  }

  interrupt(): void {
    this.#setDirty(true);
    this.#options.shell()?.process.write(ctrlC);
  }

  /** Labwalk types a line; the shell finds the payload in the channel. Resolves when the line has been done. Wants a clean prompt. */
  type(line: (payload: number) => string, payload: string, record: CommandRecord): Promise<CommandResult> {
    const { shell, talk, nonce } = this.#options;
    return new Promise((resolve) => {
      record.resolve = resolve;
      talk().begin(record);
      this.hiding = true;
      // The number finds the payload behind what a Ctrl-C may have left unread.
      const number = ++this.#payloads;
      shell()?.channel.send(payloadHead(nonce, number), payload);
      shell()?.process.go(line(number));
    });
  }

  /**
   * Resolves at a prompt at which nothing is typed and no Ctrl-C is on its way (or when the terminal is gone), and holds the learner's keys
   * from then on. Waits for a command typed by hand. Where keys were pressed, Ctrl-C ends a half-typed line, an open quote, a search; and a
   * ping that comes back proves that no late SIGINT can hit the next line. Once `withdrawn` holds, it waits no longer for a command typed
   * by hand.
   */
  async clean(withdrawn: () => boolean): Promise<void> {
    const { waiters, talk, gone } = this.#options;
    if (this.#entered) await waiters.until(() => !this.#entered || gone(), answerMs);
    await waiters.until(() => !talk().active || gone() || withdrawn());
    if (withdrawn()) return;
    this.holding = true;
    if (this.#dirty) await waiters.until(() => talk().ready || gone(), answerMs);
    // What is left on the line is seen to be cut off; an empty line shows nothing.
    if (this.#dirty && !this.#touched) this.hiding = true;
    for (let wait = answerMs; this.#dirty && !gone(); wait = Math.min(2 * wait, mostMs)) {
      if (await this.#ping(wait)) this.#setDirty(false);
    }
    await waiters.until(() => (talk().ready && !talk().active) || gone());
  }

  async #ping(wait: number): Promise<boolean> {
    const { waiters, shell, gone, hiddenRecord } = this.#options;
    const talk = this.#options.talk();
    const before = talk.prompt;
    shell()?.process.write(ctrlC);
    const prompted = await waiters.until(() => gone() || (talk.prompt > before && talk.ready), promptMs);
    if (!prompted && !this.hiding) this.#options.show(`\r\n${talk.promptText}`);
    this.hiding = true;
    if (!talk.active) talk.begin(hiddenRecord());
    const ping = ++this.#pings;
    shell()?.process.write(killLine);
    shell()?.process.go(pingLine(ping));
    return waiters.until(() => gone() || (talk.ping === ping && !talk.active && talk.ready), wait);
  }

  #setDirty(dirty: boolean): void {
    this.#dirty = dirty;
    this.#options.talk().dirty = dirty;
  }
}
