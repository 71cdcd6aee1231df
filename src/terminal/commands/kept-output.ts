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

/** Characters to which pieces are gathered. */
const pieceLength = 16 * 1024;

export function keepOutput(limit = keptAtEachEnd): KeptOutput {
  let size = 0;
  let head = '';
  // In pieces, so that a flood is never copied: whole pieces go from the front.
  let tail: string[] = [];
  let tailSize = 0;
  const lastPart = () => tail.join('').slice(-limit);

  function addToTail(text: string): void {
    const last = tail.length - 1;
    const piece = tail[last] ?? '';
    if (piece !== '' && piece.length + text.length <= pieceLength) tail[last] = piece + text;
    else tail.push(text);
    tailSize += text.length;
    let dropped = 0;
    for (const first of tail) {
      if (tailSize - first.length < limit) break;
      tailSize -= first.length;
      dropped++;
    }
    if (dropped > 0) tail = tail.slice(dropped);
  }

  return {
    add(text) {
      size += text.length;
      const room = limit - head.length;
      if (room > 0) head += text.slice(0, room);
      if (text.length > room) addToTail(text.slice(Math.max(0, room)));
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
