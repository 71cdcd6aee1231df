/**
 * Notices that a command which the learner has typed is a service of the lab. While such a command runs and a service of the step does not, the
 * service's readiness is asked for again and again; once it is met by a process of that command, the command is the service.
 */
import path from 'node:path';
import { expandDollar } from '../../lab/facts/expand.ts';
import type { ServiceAction } from '../../lab/types.ts';
import { isAnswering, portOwner } from '../../process/ports.ts';
import { argumentsOf } from '../../process/processes.ts';
import { isReady, portOf, readyBy, type Ready } from '../../terminal/readiness.ts';
import type { OpenTerminal, OpenTerminals } from '../terminals/open-terminals.ts';
import type { TypedRun } from '../terminals/terminal-commands.ts';
import type { Services } from './services.ts';
import { readiness } from './start-service-action.ts';

export interface AdoptServicesOptions {
  terminals: OpenTerminals;
  services: Services;
  /** The lab's variables as they are now. */
  variables: Record<string, string>;
  /** The services of the followed step and of those before it. */
  candidates(): Iterable<ServiceAction>;
  followed(): string | undefined;
  onAdopted(service: string): void;
}

export interface AdoptServices {
  /** A command typed by hand has started: asks until none runs any more. */
  watch(): void;
  stop(): void;
}

/** How often is asked, in milliseconds. */
const askMs = 200;
/** Questions left out after a port was found to be another program's: to find that out takes long. */
const restRounds = 10;

export function createAdoptServices(options: AdoptServicesOptions): AdoptServices {
  const { terminals, services, variables } = options;
  const resting = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const running = () => [...terminals.all.values()].filter(({ commands, service }) => commands.typed && !service);

  const watch = () => {
    if (!stopped) timer ??= setTimeout(() => void round().finally(next), askMs).unref();
  };
  const next = () => {
    timer = undefined;
    if (running().length > 0) watch();
  };

  const round = async () => {
    for (const service of options.candidates()) {
      if (services.isActive(service.name) || rests(service.name)) continue;
      for (const terminal of running()) {
        const { typed } = terminal.commands;
        const by = await metBy(service, terminal);
        const still = !stopped && terminal.commands.typed === typed && !terminal.service && !services.isActive(service.name);
        if (typed && by !== undefined && still) await adopt(service, terminal, typed, by);
      }
    }
  };

  const rests = (name: string) => {
    const rounds = resting.get(name) ?? 0;
    if (rounds > 0) resting.set(name, rounds - 1);
    return rounds > 0;
  };

  /** What shows that the terminal's command is this service, and ready; nothing when it is not. */
  const metBy = async (service: ServiceAction, { terminal, commands }: OpenTerminal): Promise<string | undefined> => {
    const ready = readiness(service, variables);
    const script = expandDollar(service.script, variables);
    if (!ready) return terminal.processes().some((pid) => looksLikeScript(argumentsOf(pid), script)) ? 'started' : undefined;
    const log = () => commands.typed?.output.text() ?? '';
    const port = portOf(ready);
    if (port !== undefined) {
      if (!(await isAnswering(port, hostOf(ready)))) return undefined;
      const owner = portOwner(port);
      if (!owner || !terminal.processes().includes(owner.pid)) {
        resting.set(service.name, restRounds);
        return undefined;
      }
    }
    return (await isReady(ready, log)) ? readyBy(ready, log) : undefined;
  };

  const adopt = async (service: ServiceAction, at: OpenTerminal, typed: TypedRun, by: string) => {
    const isMain = at.id === terminals.mainId;
    const ready = readiness(service, variables);
    const port = ready && portOf(ready);
    at.service = services.adopt({
      name: service.name,
      text: textOf(at, expandDollar(service.script, variables), service.script.trim()),
      command: typed.command,
      directory: at.terminal.directory,
      step: options.followed(),
      readyBy: by,
      ...(port === undefined ? {} : { port }),
      output: typed.output,
      log: at.log,
      place: at.place,
      stop: () => at.terminal.stop('stopped'),
    });
    // the next command needs a prompt
    if (isMain) await terminals.replaceMain();
    options.onAdopted(service.name);
  };

  return {
    watch,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

const hostOf = (ready: Ready): string => (ready.kind === 'url' ? new URL(ready.url).hostname : '127.0.0.1');

/** What the learner typed, as far as it is known while it runs: the lab's own text where it is the same, else what the processes tell. */
function textOf({ terminal }: OpenTerminal, expanded: string, script: string): string {
  const lines = terminal.processes().map(argumentsOf);
  if (lines.some((line) => looksLikeScript(line, expanded))) return script;
  const [first] = lines.filter((line) => line.length > 0);
  return first ? tellCommandLine(first) : script;
}

/**
 * Whether a process runs what this line of shell says.
 *
 * @example looksLikeScript(['/opt/bin/python3', '/opt/bin/chalice', 'local'], 'chalice local') // true
 */
export function looksLikeScript(line: readonly string[], script: string): boolean {
  const wanted = withoutQuotes(script);
  const text = withoutQuotes(line.join(' '));
  const before = text.at(-wanted.length - 1);
  return wanted !== '' && text.endsWith(wanted) && (before === undefined || before === ' ' || before === '/');
}

/**
 * The command line as a person would have typed it.
 *
 * @example tellCommandLine(['/opt/bin/python3', '/opt/bin/chalice', 'local']) // 'chalice local'
 */
export function tellCommandLine(line: readonly string[]): string {
  const [program = '', script, ...rest] = line;
  const interpreter = /^(python|node|ruby|perl|bash|sh)[\d.]*$/.test(path.basename(program));
  const words =
    interpreter && script !== undefined && path.isAbsolute(script)
      ? [path.basename(script), ...rest]
      : [path.basename(program), ...line.slice(1)];
  return words.join(' ');
}

const withoutQuotes = (text: string) =>
  text
    .replaceAll(/['"\\]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
