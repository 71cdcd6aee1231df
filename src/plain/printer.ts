/** Writes lines one below the other, and nothing else: no colours, no cursor, nothing that a reader would not see. */
import type { Out } from '../report/report.ts';
import { showHidden } from '../text/hidden.ts';
import { createPlainStream, type TextStream } from '../text/plain-text.ts';
import { wrapText } from '../text/width.ts';

export interface Printer {
  /** Width of the screen. */
  readonly columns: number;
  /** A text in lines of its own, broken between words. */
  say(text: string): void;
  /** Lines that are as long as they should be. */
  lines(lines: readonly string[]): void;
  /** What a program prints to its terminal, cut anywhere. An unfinished line is shown when nothing follows it for a while. */
  stream(text: string): void;
  /** What the program has printed is all there. */
  endStream(): void;
  /**
   * Asks for a line, which is typed behind the question. What is said meanwhile goes above it, and it is asked again: as soon as the question
   * is not undefined.
   */
  ask(question: () => string | undefined): void;
  /** The line was typed. `echoed`: the terminal has shown it, with its end. */
  answered(echoed: boolean): void;
}

/** Milliseconds of silence after which a program seems to wait for an answer. */
const silence = 400;

export function createPrinter(out: Pick<Out, 'write' | 'columns'>): Printer {
  let open: 'nothing' | 'output' | 'question' = 'nothing';
  let question: (() => string | undefined) | undefined;
  let again: NodeJS.Timeout | undefined;
  let stream: TextStream = createPlainStream();
  let pending: NodeJS.Timeout | undefined;

  const write = (text: string) => {
    if (open === 'question') out.write('\n');
    open = text.endsWith('\n') ? 'nothing' : 'output';
    out.write(showHidden(text));
    if (question) askAgain();
  };
  const askAgain = () => {
    clearTimeout(again);
    again = setTimeout(() => {
      const text = question?.();
      if (text !== undefined) {
        flush();
        show(text);
      } else if (question) askAgain();
    }, silence / 2);
  };
  const show = (text: string) => {
    if (open !== 'nothing') out.write('\n');
    out.write(showHidden(text));
    open = 'question';
  };
  const flush = () => {
    clearTimeout(pending);
    pending = undefined;
    const rest = stream.end();
    stream = createPlainStream();
    if (rest !== '') write(rest);
  };
  const lines = (texts: readonly string[]) => {
    if (texts.length === 0) return;
    flush();
    write(`${open === 'output' ? '\n' : ''}${texts.join('\n')}\n`);
  };

  return {
    columns: Math.max(out.columns, 40),
    say: (text) => lines(wrapText(showHidden(text).replace(/\n+$/, ''), Math.max(out.columns, 40) - 1)),
    lines,
    stream(text) {
      // a line that is drawn over begins anew
      const isNew = open === 'output' && pending === undefined && text.startsWith('\r') && !text.startsWith('\r\n');
      const finished = stream.write(text);
      if (finished !== '') write((isNew ? '\n' : '') + finished);
      else if (isNew) write('\n');
      clearTimeout(pending);
      pending = setTimeout(flush, silence);
    },
    endStream() {
      flush();
      if (open === 'output') write('\n');
    },
    ask(text) {
      question = text;
      flush();
      const asked = text();
      if (asked === undefined) askAgain();
      else show(asked);
    },
    answered(echoed) {
      question = undefined;
      clearTimeout(again);
      if (!echoed && open !== 'nothing') out.write('\n');
      open = 'nothing';
    },
  };
}
