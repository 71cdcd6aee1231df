import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Event } from '../../src/events/event.ts';
import { openJournal, readJournal } from '../../src/progress/journal.ts';
import type { DamagedLine } from '../../src/progress/journal.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'labwalk-journal-'));
  file = join(folder, 'journal.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const notice = (text: string): Event => ({ time: '2026-01-01T00:00:00.000Z', lab: 'x', type: 'notice', level: 'info', text });
const texts = (events: Iterable<Event>) => [...events].map((event) => (event.type === 'notice' ? event.text : event.type));

function read(): { texts: string[]; damaged: DamagedLine[] } {
  const damaged: DamagedLine[] = [];
  return { texts: texts(readJournal(file, (line) => damaged.push(line))), damaged };
}

describe('a journal', () => {
  test('gives back what was written, over several openings, for its owner only', () => {
    for (const words of [['one', '둘 👋'], ['three\nlines']]) {
      const journal = openJournal(file);
      for (const word of words) journal.add([notice(word)]);
      journal.close();
    }
    expect(read()).toEqual({ texts: ['one', '둘 👋', 'three\nlines'], damaged: [] });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('leaves output out', () => {
    const journal = openJournal(file);
    journal.add([{ time: '2026-01-01T00:00:00.000Z', lab: 'x', type: 'output', command: 1, terminal: 'lab', text: 'much' }]);
    journal.close();
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  test('drops a torn last line, says so, and is written on without harm to what follows', () => {
    writeFileSync(file, JSON.stringify(notice('whole')) + '\n' + JSON.stringify(notice('torn 한글')).slice(0, -9));
    expect(read()).toEqual({ texts: ['whole'], damaged: [{ line: 2, torn: true }] });
    const journal = openJournal(file);
    journal.add([notice('after')]);
    journal.close();
    expect(read()).toEqual({ texts: ['whole', 'after'], damaged: [{ line: 2, torn: false }] });
  });

  test('keeps a last line that lacks nothing but its end', () => {
    writeFileSync(file, JSON.stringify(notice('whole')));
    expect(read()).toEqual({ texts: ['whole'], damaged: [] });
    const journal = openJournal(file);
    journal.add([notice('next')]);
    journal.close();
    expect(read()).toEqual({ texts: ['whole', 'next'], damaged: [] });
  });

  test('passes over lines that are no events, and keeps types of a later version', () => {
    appendFileSync(file, 'nonsense\n[]\n{"type":"x"}\nnull\n\n' + JSON.stringify({ ...notice('x'), type: 'from-the-future' }) + '\n');
    const { texts, damaged } = read();
    expect(texts).toEqual(['from-the-future']);
    expect(damaged.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  });

  test('that is not there has no events', () => {
    expect(read()).toEqual({ texts: [], damaged: [] });
  });

  test('reads events that are longer than a piece of the file', () => {
    const long = '긴'.repeat(300_000);
    const journal = openJournal(file);
    journal.add(['a', long, 'b'].map(notice));
    journal.close();
    expect(read().texts).toEqual(['a', long, 'b']);
  });

  test('is read to its end with 100,000 events', () => {
    writeFileSync(file, (JSON.stringify(notice('again')) + '\n').repeat(100_000));
    let count = 0;
    for (const event of readJournal(file)) count += event.type === 'notice' ? 1 : 0;
    expect(count).toBe(100_000);
  });

  test('remembers why it could not write, and does not throw', () => {
    if (statSync('/dev/full', { throwIfNoEntry: false }) === undefined) return;
    const journal = openJournal('/dev/full');
    expect(journal.failure).toBeUndefined();
    journal.add([notice('lost')]);
    expect(journal.failure).toMatchObject({ code: 'ENOSPC' });
    journal.close();
    expect(() => journal.add([notice('late')])).not.toThrow();
  });

  test.skipIf(process.platform !== 'linux')('loses nothing of a disk that was full for a while, and keeps its lines whole', () => {
    // No file may be larger than 16 KiB: as on a full disk, the system takes the first part of the line that does not fit.
    const source = new URL('../../src/progress/journal.ts', import.meta.url).href;
    const script = `
      import { execFileSync } from 'node:child_process';
      import { openJournal } from ${JSON.stringify(source)};
      const journal = openJournal(${JSON.stringify(file)});
      const add = (text) => journal.add([{ time: '2026-01-01', lab: 'x', type: 'notice', level: 'info', text }]);
      const told = [];
      for (const text of ['one', 'x'.repeat(12_000), 'y'.repeat(12_000), 'z']) {
        add(text);
        told.push(journal.failure?.code);
      }
      execFileSync('prlimit', ['--fsize=unlimited', '--pid', String(process.pid)]);
      add('after');
      told.push(journal.failure?.code, journal.lost);
      journal.close();
      process.stdout.write(JSON.stringify(told));`;
    const command = ['-c', 'ulimit -S -f 16; exec "$@"', '-', process.execPath, '--import', 'tsx', '--input-type=module', '-e', script];
    const { stdout, stderr } = spawnSync('bash', command, { encoding: 'utf8' });
    expect(stdout + stderr).toBe('[null,null,"EFBIG","EFBIG",null,0]');
    expect(read()).toEqual({ texts: ['one', 'x'.repeat(12_000), 'y'.repeat(12_000), 'z', 'after'], damaged: [] });
  });

  test('leaves no half line where its program ends while the disk is full', () => {
    const source = new URL('../../src/progress/journal.ts', import.meta.url).href;
    const script = `
      import { openJournal } from ${JSON.stringify(source)};
      const journal = openJournal(${JSON.stringify(file)});
      for (const text of ['one', 'x'.repeat(12_000)])
        journal.add([{ time: '2026-01-01', lab: 'x', type: 'notice', level: 'info', text }]);
      journal.close();`;
    spawnSync('bash', ['-c', 'ulimit -f 8; exec "$@"', '-', process.execPath, '--import', 'tsx', '--input-type=module', '-e', script]);
    expect(read()).toEqual({ texts: ['one'], damaged: [] });
  });

  test('that may not be opened throws the reason', () => {
    mkdirSync(file);
    expect(() => openJournal(file)).toThrow(/EISDIR/);
    chmodSync(file, 0o700);
  });

  test('holds every event written before its program was killed', async () => {
    const source = new URL('../../src/progress/journal.ts', import.meta.url).href;
    const script = `
      import { openJournal } from ${JSON.stringify(source)};
      const journal = openJournal(${JSON.stringify(file)});
      for (let i = 0; i < 500; i++) journal.add([{ time: '2026-01-01', lab: 'x', type: 'notice', level: 'info', text: String(i) }]);
      process.stdout.write('written');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(read()).toEqual({ texts: Array.from({ length: 500 }, (_, i) => String(i)), damaged: [] });
  });
});

test('something else than a file in the place of the journal is told, and not waited for', () => {
  execFileSync('mkfifo', [file]);
  expect(() => [...readJournal(file)]).toThrow('it is not a plain file');
  expect(() => [...readJournal(folder)]).toThrow('it is a folder');
});
