/** What a terminal's bytes are made of, without what labwalk has no use for. */
export interface EscapeHandler {
  /** A run of printable characters. */
  text(text: string): void;
  /** One control character: `\n`, `\r`, `\b`, `\t`, … */
  control(character: string): void;
  /** A control sequence `ESC [ parameters final`: colours are `m`. */
  sequence(parameters: string, final: string): void;
}

export interface EscapeParser {
  /** Nothing is left open by what came so far. */
  readonly idle: boolean;
  write(chunk: string): void;
  /** Hands over what a last chunk left open: half of a surrogate pair. */
  end(): void;
}

/** Longest parameters that are still understood; a longer sequence is dropped whole. */
const longestParameters = 256;

/**
 * Parts a terminal's output into text, control characters and control sequences, as the state machine of a DEC terminal does
 * (https://vt100.net/emu/dec_ansi_parser). A sequence may be cut anywhere between two chunks. Titles, links, device controls and
 * character sets are read and dropped. Different from a terminal on purpose: a string that is never ended (`ESC ]` in a binary file)
 * ends with its line, so that it can't swallow everything that comes after it.
 */
export function createEscapeParser(handler: EscapeHandler): EscapeParser {
  let state: 'ground' | 'escape' | 'sequence' | 'string' | 'string-escape' = 'ground';
  let parameters = '';
  /** First half of a surrogate pair that a chunk ended with: the pair is one character. */
  let half = '';

  /** Reads one character outside ground; true when it has to be read again in the new state. */
  function step(character: string): boolean {
    const code = character.charCodeAt(0);
    if (state === 'string' || state === 'string-escape') return stepString(character, code);
    if (code === 0x1b) state = 'escape';
    else if (code === 0x18 || code === 0x1a) state = 'ground';
    else if (code < 0x20) handler.control(character);
    else if (code >= 0x7f) {
      state = 'ground';
      return code !== 0x7f;
    } else if (state === 'escape') stepEscape(character, code);
    else if (code < 0x40) parameters = parameters.length < longestParameters ? parameters + character : parameters;
    else {
      state = 'ground';
      if (parameters.length < longestParameters) handler.sequence(parameters, character);
    }
    return false;
  }

  function stepEscape(character: string, code: number): void {
    if (character === '[') {
      state = 'sequence';
      parameters = '';
    } else if (character === ']' || character === 'P' || character === 'X' || character === '^' || character === '_') state = 'string';
    else if (code >= 0x30) state = 'ground';
  }

  function stepString(character: string, code: number): boolean {
    if (state === 'string-escape') {
      state = 'escape';
      if (character !== '\\') return true;
      state = 'ground';
    } else if (code === 0x1b) state = 'string-escape';
    else if (code === 0x07 || code === 0x9c || code === 0x18 || code === 0x1a) state = 'ground';
    else if (character === '\n') {
      state = 'ground';
      return true;
    }
    return false;
  }

  /** Reads one control character in ground. */
  function stepGround(character: string, code: number): void {
    if (code === 0x1b) state = 'escape';
    else if (code === 0x9b) {
      state = 'sequence';
      parameters = '';
    } else if (code === 0x90 || code === 0x98 || code === 0x9d || code === 0x9e || code === 0x9f) state = 'string';
    else if (code < 0x20) handler.control(character);
  }

  return {
    get idle() {
      return state === 'ground' && half === '';
    },
    write(more) {
      const joined = half + more;
      const end = isFirstHalf(joined, joined.length - 1) ? joined.length - 1 : joined.length;
      const chunk = joined.slice(0, end);
      half = joined.slice(end);
      let at = 0;
      while (at < chunk.length) {
        const character = chunk.charAt(at);
        if (state !== 'ground') {
          if (!step(character)) at++;
          continue;
        }
        const next = findControl(chunk, at);
        if (next > at) handler.text(chunk.slice(at, next));
        if (next < chunk.length) stepGround(chunk.charAt(next), chunk.charCodeAt(next));
        at = next + 1;
      }
    },
    end() {
      if (half !== '' && state === 'ground') handler.text(half);
      half = '';
    },
  };
}

/** Index of the next control character of ASCII or Latin 1, or the text's length. */
function findControl(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return i;
  }
  return text.length;
}

/** The character at this index is the first half of a surrogate pair. */
export function isFirstHalf(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xd800 && code < 0xdc00;
}
