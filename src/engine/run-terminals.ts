/** All terminals of a run and what passes between them: labwalk's commands, the learner's keys, services, programs. */
import type { EventBody } from '../events/event.ts';
import type { Lab, ServiceAction } from '../lab/types.ts';
import { startProgram } from '../terminal/program.ts';
import { createAdoptServices } from './services/adopt-services.ts';
import type { ExplainFailure } from './failures/explain-failure.ts';
import { createLabTerminal, type LabTerminal } from './terminals/lab-terminal.ts';
import { latestServices } from './services/needed-services.ts';
import { createOpenTerminals, type OpenTerminal } from './terminals/open-terminals.ts';
import type { Redactor } from '../secrets/redactor.ts';
import { createServices, type Services } from './services/services.ts';
import { createShownTerminals } from './terminals/shown-terminals.ts';
import { createOutputLogs } from './terminals/output-log.ts';
import type { TypedEnd, TypedRun } from './terminals/terminal-commands.ts';
import type { Terminals } from './terminals/terminals.ts';
import { hideSecrets } from '../secrets/typed-secrets.ts';
import type { TypedHooks } from './terminals/typed-command.ts';

export interface RunTerminalsOptions {
  lab: Lab;
  workspace: string;
  /** Environment of the lab's terminal at its very first start. */
  env: Record<string, string>;
  /** Where it starts: the workspace, or where it was last time. */
  directory: string;
  /** Changes to the environment from last time. */
  terminalVariables: Record<string, string | null>;
  /** The lab's variables; captures add to them. */
  variables: Record<string, string>;
  redactor: Redactor;
  bash: string;
  plain: boolean;
  screen: boolean;
  /** A person can answer what a command asks. */
  attended: boolean;
  explain: ExplainFailure;
  emit(body: EventBody, step?: string): void;
  now(): number;
}

export interface RunTerminals {
  /** The lab's terminal, into which labwalk types. */
  terminal: LabTerminal;
  services: Services;
  terminals: Terminals;
  /** Commands typed by hand belong to this step from here on, and may be one of the services up to it. */
  follow(step: string | undefined): void;
  /** Who hears of what is typed by hand. */
  hooks: TypedHooks;
  /** Ends everything that was started here. */
  close(): Promise<void>;
}

export function createRunTerminals(options: RunTerminalsOptions): RunTerminals {
  const { lab, workspace, env, redactor, bash, plain, screen, explain, emit, now } = options;
  const over = new AbortController();
  const hooks: TypedHooks = {};
  const programs = new Map<string, { close(): Promise<void> }>();
  let commands = 0;
  const nextCommand = () => ++commands;
  let followed: string | undefined;
  let candidates: readonly ServiceAction[] = [];
  let closing = false;

  const shown = createShownTerminals({ redactor, now });
  const logs = createOutputLogs(workspace, emit);
  const services = createServices({ workspace, redactor, bash, plain, screen, shown, logs, explain, emit, nextCommand, now });
  const opened = createOpenTerminals({
    workspace,
    env,
    directory: options.directory,
    variables: options.terminalVariables,
    redactor,
    bash,
    plain,
    screen,
    shown,
    logs,
    emit,
    nextCommand,
    followed: () => followed,
    onTypedStart: () => adoption.watch(),
    onTypedEnd: (terminal, typed, ended) => typedEnded(terminal, typed, ended),
  });
  const terminal = createLabTerminal({ workspace, env, redactor, terminals: opened, explain, attended: options.attended, emit });
  const adoption = createAdoptServices({
    terminals: opened,
    services,
    variables: options.variables,
    candidates: () => candidates,
    followed: () => followed,
    onAdopted: (service) => !closing && hooks.onServiceAdopted?.(service),
  });

  const typedEnded = (at: OpenTerminal, typed: TypedRun, { result, output }: TypedEnd) => {
    const { service } = at;
    at.service = undefined;
    service?.end(result.status);
    if (at.id === opened.mainId) terminal.tellState(at.terminal, typed.step);
    if (closing) return;
    const { status } = result;
    const { command, step } = typed;
    const isWanted = service !== undefined && at.place.wasInterrupted();
    if (!isWanted)
      void explain(
        { command, text: hideSecrets(result.text ?? ''), step, output, failed: status !== 0, ms: result.ms, env: at.terminal.variables },
        over.signal,
      );
    if (service) return;
    hooks.onTyped?.({ terminal: at.id, text: result.text, status: result.status, output, ended: result.ended });
  };

  const terminals: Terminals = {
    get list() {
      return shown.list;
    },
    get main() {
      return opened.mainId;
    },
    async ready() {
      await opened.main();
    },
    async open() {
      return (await opened.openFurther()).id;
    },
    async close(id) {
      await programs.get(id)?.close();
      await services.closeTerminal(id);
      await opened.close(id);
    },
    input: shown.input,
    resize: shown.resize,
    secretsIn: shown.secretsIn,
    async runProgram({ command, directory, env: programEnv, onOpen }) {
      const place = shown.place(shown.freeId('program'));
      try {
        // Before it starts: who shows it may give it more room, and vi draws wrongly where the size changes while it starts.
        onOpen(place.id);
        const onOutput = (text: string) => place.show(text);
        const program = await startProgram({ command, directory, env: programEnv, bash, ...shown.size, onOutput });
        programs.set(place.id, program);
        if (closing) void program.close();
        place.attach({ kind: 'pty', busy: true, input: program.input, resize: program.resize });
        return await program.ended;
      } finally {
        programs.delete(place.id);
        place.remove();
      }
    },
    on: shown.on,
  };

  return {
    terminal,
    services,
    terminals,
    hooks,
    follow(step) {
      followed = step;
      candidates = step === undefined ? [] : [...latestServices(lab, step).values()];
    },
    async close() {
      closing = true;
      over.abort();
      adoption.stop();
      await services.close();
      await Promise.all([...programs.values()].map((program) => program.close()));
      await opened.closeAll();
    },
  };
}
