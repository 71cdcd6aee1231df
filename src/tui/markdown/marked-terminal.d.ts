declare module 'marked-terminal' {
  import type { MarkedExtension } from 'marked';

  type Paint = (text: string) => string;

  /** What labwalk sets of its options. */
  export interface TerminalOptions {
    strong: Paint;
    em: Paint;
    del: Paint;
    /** `:wave:` becomes an emoji. */
    emoji: boolean;
    reflowText: boolean;
    unescape: boolean;
  }

  export function markedTerminal(options: TerminalOptions): MarkedExtension<string, string>;
}
