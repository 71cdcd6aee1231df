/** A file saved in another encoding than UTF-8, as some editors for Windows do. */
import type { KnownMistake } from './damage.ts';

/** The encoding of a file that can't be read, where that is why; nothing for UTF-8. */
export function findWrongEncoding(bytes: Buffer): KnownMistake | undefined {
  const wide = nameWide(bytes);
  if (wide !== undefined) {
    return { line: 1, message: `the file is saved as ${wide}, and not as UTF-8`, advise: saveAgain };
  }
  const at = findNotUtf8(bytes);
  if (at === undefined) return undefined;
  const line = bytes.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
  const byte = bytes[at]!.toString(16).toUpperCase().padStart(2, '0');
  return { line, message: `the byte ${byte} is not UTF-8: the file is saved in another encoding, such as Windows-1252`, advise: saveAgain };
}

const saveAgain = (path: string) =>
  `Save ${path} again with the encoding UTF-8. In VS Code, click on the encoding at the bottom right and choose Save with Encoding.`;

/** `UTF-16`, `UTF-32`: by the mark at the beginning, else by the zero in each character of ASCII. */
function nameWide(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 4).toString('hex');
  if (start === 'fffe0000' || start === '0000feff') return 'UTF-32';
  if (start.startsWith('fffe') || start.startsWith('feff')) return 'UTF-16';
  const sample = bytes.subarray(0, 1024);
  const zeros = [0, 1].map((odd) => sample.filter((byte, index) => byte === 0 && index % 2 === odd).length);
  // of a text in Latin letters: nearly half of all bytes, all on the same side
  return Math.max(...zeros) > sample.length * 0.4 && Math.min(...zeros) < sample.length * 0.1 ? 'UTF-16' : undefined;
}

/** Where the first byte is that UTF-8 can't have there. */
function findNotUtf8(bytes: Buffer): number | undefined {
  const fits = (part: Buffer) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(part);
      return true;
    } catch {
      return false;
    }
  };
  if (fits(bytes)) return undefined;
  // the last line that begins before the damage, then the byte itself
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end !== -1 && fits(bytes.subarray(start, end)); end = bytes.indexOf(0x0a, start)) start = end + 1;
  const line = bytes.subarray(start);
  for (let at = 0; at < line.length; at += lengthOf(line[at]!)) if (!fits(line.subarray(at, at + lengthOf(line[at]!)))) return start + at;
  return start;
}

/** Bytes of the character that begins with this one. */
const lengthOf = (byte: number) => (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1);
