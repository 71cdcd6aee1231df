/** What a terminal prints, on its way to a screen: without secrets, and never late. */
import type { Redactor } from './redact.ts';

export interface ScreenText {
  write(text: string): void;
  /** Shows at once what was held back. */
  flush(): void;
}

/** The most that a text waits because it may be the beginning of a secret, in milliseconds: an echo must never be stuck. */
const holdMs = 20;

export function createScreenText(redactor: Redactor, show: (text: string) => void): ScreenText {
  const redacted = redactor.stream();
  let timer: NodeJS.Timeout | undefined;

  const showSome = (text: string) => {
    if (text) show(text);
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    showSome(redacted.end());
  };
  return {
    write(text) {
      showSome(redacted.write(text));
      if (!redactor.idle) timer ??= setTimeout(flush, holdMs).unref();
    },
    flush,
  };
}
