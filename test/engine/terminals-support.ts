/** What the tests of a run's terminals share: all terminals of a lab that is given as text, with a screen for each as a person sees it. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { redactEvent } from '../../src/secrets/redact-event.ts';
import { createRedactor } from '../../src/secrets/redactor.ts';
import { createRunTerminals, type RunTerminals } from '../../src/engine/run-terminals.ts';
import type { TypedCommand } from '../../src/engine/terminals/typed-command.ts';
import type { Event } from '../../src/events/event.ts';
import type { Lab, ServiceAction } from '../../src/lab/types.ts';
import { createScreen, type Screen } from '../../src/terminal/screen.ts';

export interface Opened extends RunTerminals {
  folder: string;
  events: Event[];
  typed: TypedCommand[];
  adopted: string[];
  /** Text of a terminal's screen, without blanks at the ends. */
  text(id?: string): Promise<string>;
  screen(id: string): Screen;
  /** Types keys into a terminal; the main one where none is named. */
  type(keys: string, id?: string): void;
  /** Resolves as soon as it holds; asks after each event of the terminals. Fails by the test's own time limit. */
  until(holds: () => boolean | Promise<boolean>): Promise<void>;
  /** Types a line into a terminal; resolves when the command has ended. */
  typeLine(line: string, id?: string): Promise<TypedCommand>;
}

export interface TestOptions {
  services?: Partial<ServiceAction>[];
  env?: Record<string, string>;
  secrets?: string[];
  columns?: number;
  rows?: number;
  plain?: boolean;
  screen?: boolean;
}

export async function openTerminals(options: TestOptions = {}): Promise<Opened> {
  const { services = [], columns = 80, rows = 24 } = options;
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-terms-')));
  const workspace = path.join(folder, 'my-lab');
  fs.mkdirSync(workspace);
  const redactor = createRedactor(options.secrets ?? []);
  const events: Event[] = [];
  const typed: TypedCommand[] = [];
  const adopted: string[] = [];
  const waiting = new Set<() => void>();
  const look = () => [...waiting].forEach((one) => one());
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', ...options.env };
  const run = createRunTerminals({
    lab: labOf(services),
    workspace,
    env,
    directory: workspace,
    terminalVariables: {},
    variables: {},
    redactor,
    bash: 'bash',
    plain: options.plain ?? false,
    explain: () => Promise.resolve(undefined),
    attended: false,
    screen: options.screen ?? true,
    emit(body, step) {
      events.push(redactEvent({ time: '', lab: 'test', ...(step === undefined ? {} : { step }), ...body }, redactor));
      look();
    },
    now: Date.now,
  });
  run.hooks.onTyped = (one) => {
    typed.push(one);
    look();
  };
  run.hooks.onServiceAdopted = (name) => {
    adopted.push(name);
    look();
  };
  run.follow('one');
  onTestFinished(async () => {
    await run.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const { terminals } = run;
  const screens = new Map<string, Screen>();
  const screen = (id: string): Screen => {
    let one = screens.get(id);
    if (!one) {
      one = createScreen({ columns, rows, hidden: terminals.secretsIn });
      one.onReply((keys) => terminals.list.find((shown) => shown.id === id)?.busy && terminals.input(id, keys));
      screens.set(id, one);
    }
    return one;
  };
  terminals.on((event) => {
    if (event.type === 'output') screen(event.id).write(event.text);
    if (event.type === 'ended') screen(event.id).softReset();
    look();
  });
  terminals.resize(columns, rows);
  await terminals.ready();

  const text = async (id = terminals.main) => {
    await screen(id).drawn();
    return screen(id).text().join('\n').trimEnd();
  };
  const until: Opened['until'] = async (holds) => {
    while (!(await holds())) {
      await new Promise<void>((resolve) => {
        const one = () => {
          waiting.delete(one);
          clearTimeout(timer);
          resolve();
        };
        // what nobody tells of is asked for again
        const timer = setTimeout(one, 50);
        waiting.add(one);
      });
    }
  };
  return {
    ...run,
    folder,
    events,
    typed,
    adopted,
    screen,
    text,
    until,
    type: (keys, id = terminals.main) => terminals.input(id, keys),
    async typeLine(line, id = terminals.main) {
      const before = typed.length;
      terminals.input(id, `${line}\r`);
      await until(() => typed.length > before);
      return typed[before]!;
    },
  };
}

export { only as eventsOf } from '../support/run-lab.ts';

const place = { file: 'lab.md', line: 1, column: 1 };

/** A lab of one step with these services. */
function labOf(services: Partial<ServiceAction>[]): Lab {
  const parts = services.map((service): ServiceAction => ({ kind: 'service', name: 'web', script: 'true', place, ...service }));
  const step = { id: 'one', title: 'One', task: 't', place, reading: false, parts, after: [], creates: [] };
  return {
    name: 'test',
    file: '/lab.md',
    folder: '/',
    solutions: '/solutions',
    title: 'Test',
    ignore: [],
    equivalent: [],
    signatures: [],
    summary: '',
    duration: 1,
    requires: [],
    variables: [],
    hash: '',
    intro: '',
    tasks: [],
    steps: [step],
  };
}
