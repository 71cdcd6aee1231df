/** What comes after what is in a file already. */
import fs from 'node:fs';

/**
 * Writes all of a text where a descriptor stands. Throws the system's error; a part of the text may then be written.
 *
 * @param onPart is told how many bytes the system has taken, each time
 */
export function writeAll(descriptor: number, text: string, onPart: (bytes: number) => void = () => {}): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    const taken = fs.writeSync(descriptor, bytes, at);
    onPart(taken);
    at += taken;
  }
}
