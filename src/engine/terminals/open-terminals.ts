/** The bash terminals of a run: the main one, into which labwalk types, and further ones. Each is opened when it is first needed. */
import fs from 'node:fs';
import type { EventBody } from '../../events/event.ts';
import { openTerminal, type Terminal, type TerminalEvent } from '../../terminal/terminal.ts';
import type { OutputLogs } from './output-log.ts';
import type { Redactor } from '../../secrets/redactor.ts';
import type { ShownPlace, ShownTerminals } from './shown-terminals.ts';
import { createTerminalCommands, type TerminalCommands, type TypedEnd, type TypedRun } from './terminal-commands.ts';
import { shownDirectory } from './workspace-directory.ts';

/** A command in a terminal of the learner's that a lab's service turned out to be. */
export interface AdoptedService {
  readonly name: string;
  /** Ends the command; the service's end is then wanted. */
  stop(): Promise<void>;
  /** The command has ended. */
  end(status: number): void;
}

export interface OpenTerminalsOptions {
  workspace: string;
  env: Record<string, string>;
  /** Where the first one starts: the workspace, or where it was last time. */
  directory: string;
  /** Changes to the environment from last time. */
  variables: Record<string, string | null>;
  redactor: Redactor;
  bash: string;
  plain: boolean;
  screen: boolean;
  shown: ShownTerminals;
  logs: OutputLogs;
  emit(body: EventBody, step?: string): void;
  /** Numbers commands over all terminals of a run. */
  nextCommand(): number;
  /** The step that commands typed by hand belong to. */
  followed(): string | undefined;
  onTypedStart(): void;
  onTypedEnd(terminal: OpenTerminal, typed: TypedRun, ended: TypedEnd): void;
}

export interface OpenTerminal {
  readonly id: string;
  readonly terminal: Terminal;
  readonly commands: TerminalCommands;
  readonly place: ShownPlace;
  /** Name of its log file, relative to the workspace. */
  readonly log: string;
  /** The service that the command typed there has turned out to be. */
  service?: AdoptedService | undefined;
}

export interface OpenTerminals {
  readonly mainId: string;
  readonly all: ReadonlyMap<string, OpenTerminal>;
  /** The main one. Rejects with a UserError where bash can't be started; the next call tries again. */
  main(): Promise<OpenTerminal>;
  /** The main one, unless nobody has needed it yet or it could not be opened. */
  mainIfOpen(): Promise<OpenTerminal | undefined>;
  /** Opens a further one, where the main one is and with its exported variables. */
  openFurther(): Promise<OpenTerminal>;
  /** Makes a new one the main one; the one before goes on as a further one. What waits for its prompt hears of that by `onMove`. */
  replaceMain(): Promise<OpenTerminal>;
  onMove(listener: () => void): void;
  /** Closes a further one with all that runs in it. */
  close(id: string): Promise<void>;
  closeAll(): Promise<void>;
}

type Start = Pick<Terminal, 'directory' | 'variables'>;

export function createOpenTerminals(options: OpenTerminalsOptions): OpenTerminals {
  const { workspace, redactor, bash, plain, screen, shown, emit } = options;
  const all = new Map<string, OpenTerminal>();
  const logs = new Set<{ close(): void }>();
  const moves = new Set<() => void>();
  let mainId = 'lab';
  let main: Promise<OpenTerminal> | undefined;
  let numbers = 1;
  let closed = false;

  const open = async (id: string, start: Start): Promise<OpenTerminal> => {
    const place = shown.place(id);
    // one file for all steps: to make one for each would take longer than a short step itself
    const log = options.logs.open(id);
    logs.add(log);
    let terminal: Terminal | undefined;
    let stopped = false;
    const commands = createTerminalCommands({
      id,
      redactor,
      log,
      emit,
      nextCommand: options.nextCommand,
      followed: options.followed,
      directory: () => shownDirectory(workspace, terminal?.directory ?? start.directory),
      variables: () => terminal?.variables ?? start.variables,
      onTypedStart: options.onTypedStart,
      onTypedEnd(typed, ended) {
        const one = all.get(id);
        // not of one that is being closed
        if (one) options.onTypedEnd(one, typed, ended);
      },
    });
    const listen = (event: TerminalEvent) => {
      commands.take(event);
      place.take(event);
      if (event.type === 'end') stopped = event.result.ended === 'stopped' || event.result.ended === 'timeout';
      if (event.type === 'restart') restarted(event.status);
    };
    const restarted = (status: number) => {
      // who ends the shell of a further terminal, by Ctrl-D or `exit`, is done with it
      if (all.has(id) && id !== mainId && !stopped) void close(id);
      else emit({ type: 'terminal-restarted', message: `The shell ended with status ${status}; a new one goes on where it was.` });
    };
    try {
      terminal = await openTerminal({
        directory: start.directory,
        env: { ...start.variables },
        bash,
        plain,
        screen,
        ...shown.size,
        listen,
      });
    } catch (error) {
      place.remove();
      throw error;
    }
    const opened: OpenTerminal = { id, terminal, commands, place, log: log.path };
    all.set(id, opened);
    place.attach(terminal);
    if (closed) await terminal.close();
    return opened;
  };

  const nextId = () => {
    let id: string;
    do id = `lab-${++numbers}`;
    while (shown.freeId(id) !== id);
    return id;
  };
  const getMain = () => main ?? keepMain(open(mainId, firstStart(options)));
  /** One that can't be opened is forgotten: what is in the way may be gone when somebody needs it again. */
  const keepMain = (opening: Promise<OpenTerminal>): Promise<OpenTerminal> => {
    main = opening;
    opening.catch(() => {
      if (main === opening) main = undefined;
    });
    return opening;
  };

  const close = async (id: string) => {
    const one = all.get(id);
    if (!one || id === mainId) return;
    await one.service?.stop();
    if (!all.delete(id)) return;
    await one.terminal.close();
    one.place.remove();
  };

  return {
    all,
    get mainId() {
      return mainId;
    },
    main: getMain,
    async mainIfOpen() {
      // one that could not be opened has told that to whoever needed it
      return main?.catch(() => undefined);
    },
    async openFurther() {
      const { terminal } = await getMain();
      return open(nextId(), terminal);
    },
    replaceMain() {
      const before = getMain();
      mainId = nextId();
      const id = mainId;
      shown.place(id);
      const opening = keepMain(before.then(({ terminal }) => open(id, terminal)));
      for (const listener of moves) listener();
      shown.changed();
      return opening;
    },
    onMove: (listener) => void moves.add(listener),
    close,
    async closeAll() {
      closed = true;
      await main?.catch(() => undefined);
      await Promise.all([...all.values()].map(({ terminal }) => terminal.close()));
      for (const log of logs) log.close();
    },
  };
}

function firstStart({ env, variables, directory, workspace }: OpenTerminalsOptions): Start {
  const start: Record<string, string> = { ...env };
  for (const [name, value] of Object.entries(variables)) {
    if (value === null) delete start[name];
    else start[name] = value;
  }
  return { directory: fs.existsSync(directory) ? directory : workspace, variables: start };
}
