/** The output of one command, bounded: its first and its last part, and how long the whole was. */
export interface KeptOutput {
  add(text: string): void;
  /** First and last part in one string; what was between them is left out. */
  text(): string;
  /** Length of the whole, in characters. */
  readonly size: number;
  /** Characters left out. */
  readonly lost: number;
}

/** Characters kept at either end. */
const keptAtEachEnd = 256 * 1024;

export function keepOutput(limit = keptAtEachEnd): KeptOutput {
  let size = 0;
  let head = '';
  let tail = '';
  const lastPart = () => tail.slice(-limit);
  return {
    add(text) {
      size += text.length;
      const room = limit - head.length;
      if (room > 0) head += text.slice(0, room);
      if (text.length > room) tail += text.slice(Math.max(0, room));
      // Cut only when it is twice as long: cutting at each chunk would copy the tail each time.
      if (tail.length > 2 * limit) tail = lastPart();
    },
    text: () => head + lastPart(),
    get size() {
      return size;
    },
    get lost() {
      return size - head.length - lastPart().length;
    },
  };
}
