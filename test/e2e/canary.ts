/** Marked keys, and where they must not be found: in any file, on any command line, in anything that was printed. */
import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from './program.ts';

/** Keys of the right shape that no other program has. */
export const marked = {
  id: 'AKIACANARYCANARYCAN1',
  secret: 'Canary/SecretThat+NobodyMay/See/Anywhere',
};

/** As a workshop's portal gives them to paste. */
export const markedBlock = `# for today's workshop\nexport AWS_ACCESS_KEY_ID="${marked.id}"\nexport AWS_SECRET_ACCESS_KEY="${marked.secret}"\n`;

/** A file of the keys, outside of all that is searched. */
export function writeMarkedKeys(): string {
  const file = path.join(makeFolder(), 'keys');
  fs.writeFileSync(file, markedBlock, { mode: 0o600 });
  return file;
}

/** A key in the forms in which it could have got out; its first and its last part. */
export function formsOfKey(key = marked.secret): string[] {
  const part = Math.min(16, Math.ceil(key.length * 0.6));
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const once = ['', 'x', 'xx'].map((before) => base64(before + key).slice(4, -6));
  const encoded = encodeURIComponent(key);
  return [
    ...[key.slice(0, part), key.slice(-part), encoded, encodeURIComponent(encoded), key.replaceAll('/', '\\/')],
    ...[...once, base64(base64(`x${key}`)).slice(8, -12), Buffer.from(key).toString('hex')],
    ...[[...key].reverse().join(''), [...key].slice(0, part).join(' '), [...Buffer.from(key)].slice(0, 12).map(inHex).join(' ')],
  ];
}
const inHex = (byte: number) => byte.toString(16).padStart(2, '0');

/** Files below these folders that hold one of the texts: path and which. Pipes and sockets are no files; what goes away meanwhile is none. */
export function filesWithAny(texts: readonly string[], ...folders: readonly string[]): string[] {
  const found: string[] = [];
  let looked = 0;
  for (const folder of folders) {
    for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (texts.some((text) => entry.name.includes(text))) found.push(file);
      if (!entry.isFile()) continue;
      let content: Buffer;
      try {
        content = fs.readFileSync(file);
      } catch {
        continue;
      }
      looked++;
      for (const [i, text] of texts.entries()) if (content.includes(text)) found.push(`${file} (form ${i})`);
    }
  }
  if (looked === 0) throw new Error('there is no file to look into');
  return found;
}

/**
 * Looks at the command lines of all that a program starts, again and again, until stopped. The environment is how keys reach tools, and belongs to
 * this person alone; a command line is for everybody to see.
 */
export function watchCommandLines(mark: string): { stop(): { lines: Set<string> } } {
  const lines = new Set<string>();
  const look = () => {
    for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        if (!fs.readFileSync(`/proc/${pid}/environ`).includes(mark)) continue;
        lines.add(fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
      } catch {
        // it has ended, or is another person's
      }
    }
  };
  const timer = setInterval(look, 15);
  return {
    stop() {
      clearInterval(timer);
      return { lines };
    },
  };
}

/** A module that breaks the program into which it is imported, with the key of its environment in the words of the error. */
export function writeCrash(): string {
  const file = path.join(makeFolder(), 'crash.mjs');
  fs.writeFileSync(
    file,
    `const wait = setInterval(() => {
      if (process.listenerCount('uncaughtException') === 0) return;
      clearInterval(wait);
      throw new Error('it broke with ' + process.env.AWS_SECRET_ACCESS_KEY + ' at https://b/k?X-Amz-Signature=0123456789abcdef');
    }, 1);`,
  );
  return file;
}
