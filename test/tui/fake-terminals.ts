/** Terminals without a shell for tests of the screen: they echo what is typed, and know a few commands. */
import type { ShownTerminal, Terminals, TerminalsEvent } from '../../src/engine/terminals/terminals.ts';

export interface FakeTerminals extends Terminals {
  /** Puts text on a terminal's screen. */
  print(id: string, text: string): void;
  add(terminal: ShownTerminal): void;
  /** Types a line as labwalk does, and says what it printed. */
  run(line: string): void;
}

export function createFakeTerminals(): FakeTerminals {
  const listeners = new Set<(event: TerminalsEvent) => void>();
  const lines = new Map<string, string>();
  const programs = new Map<string, (status: number) => void>();
  let list: ShownTerminal[] = [];
  let size = { columns: 80, rows: 24 };
  const tell = (event: TerminalsEvent) => listeners.forEach((listener) => listener(event));
  const print = (id: string, text: string) => tell({ type: 'output', id, text });

  function add(terminal: ShownTerminal): void {
    list = [...list, terminal];
    tell({ type: 'changed' });
  }

  function runLine(id: string, line: string): void {
    print(id, '\r\n');
    const [command = '', ...words] = line.split(' ');
    if (command === 'echo') print(id, `${words.join(' ')}\r\n`);
    if (command === 'size') print(id, `${size.columns}x${size.rows}\r\n`);
    if (command === 'count') for (let i = 1; i <= Number(words[0]); i++) print(id, `line ${i}\r\n`);
    // A program that goes on: the end of a command puts the keys back.
    if (command === 'app-keys') return print(id, '\x1b[?1h');
    print(id, '$ ');
    tell({ type: 'ended', id });
  }

  return {
    get list() {
      return list;
    },
    main: 'lab',
    async ready() {
      if (list.length > 0) return;
      add({ id: 'lab', busy: false, kind: 'pty' });
      print('lab', '$ ');
    },
    async open() {
      const id = `lab-${list.length + 1}`;
      add({ id, busy: false, kind: 'pty' });
      print(id, `${id} $ `);
      return id;
    },
    async close(id) {
      list = list.filter((one) => one.id !== id);
      tell({ type: 'changed' });
    },
    input(id, keys) {
      const end = programs.get(id);
      if (end) {
        if (keys.includes('q')) end(0);
        else print(id, JSON.stringify(keys));
        return;
      }
      for (const key of keys) {
        const line = lines.get(id) ?? '';
        if (key === '\r') {
          lines.delete(id);
          runLine(id, line);
        } else {
          lines.set(id, line + key);
          print(id, key < ' ' ? JSON.stringify(key).slice(1, -1) : key);
        }
      }
    },
    resize(columns, rows) {
      size = { columns, rows };
    },
    runProgram({ command, onOpen }) {
      const id = 'program';
      onOpen(id);
      print(id, `\x1b[?1049h\x1b[Hediting with ${command.split(' ')[0]}`);
      return new Promise((resolve) =>
        programs.set(id, (status) => {
          programs.delete(id);
          resolve(status);
        }),
      );
    },
    secretsIn: () => [],
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    print,
    add,
    run(line) {
      print('lab', line);
      runLine('lab', line);
    },
  };
}
