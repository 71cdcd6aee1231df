/** The lab's terminal as a Run uses it: opened at first need, every command an event, every output redacted, kept in a file and passed on. */
import type { EventBody } from '../../events/event.ts';
import { commandLimitMs } from '../../lab/read/fence-keywords.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { ExplainFailure } from '../failures/explain-failure.ts';
import type { OpenTerminals } from './open-terminals.ts';
import { looksSecret, secretsIn } from '../../secrets/environment.ts';
import type { Redactor } from '../../secrets/redactor.ts';
import type { Ran } from './terminal-commands.ts';
import { shownDirectory } from './workspace-directory.ts';

export type { Ran };

export interface LabTerminalOptions {
  workspace: string;
  /** Environment at its very first start, without what an earlier run has left. */
  env: Record<string, string>;
  redactor: Redactor;
  terminals: OpenTerminals;
  explain: ExplainFailure;
  /** A person can answer what a command asks; without one, the command is ended. */
  attended: boolean;
  emit(body: EventBody, step?: string): void;
}

export interface LabTerminal {
  /** Runs one command, of one or more lines. */
  run(text: string, step: string, timeout?: number): Promise<Ran>;
  /** Exports variables into the shell, and into those of further terminals; `null` removes one. Neither typed nor shown nor written. */
  set(variables: Record<string, string | null>): Promise<void>;
  /** Absolute directory of the shell. */
  directory(): Promise<string>;
  /** Exported variables of the shell, keys included. */
  variables(): Promise<Record<string, string>>;
  /** Ends the running command, or withdraws the one that waits for the learner's to end. */
  interrupt(): Promise<void>;
  /** Tells where the shell is when that has changed. */
  tellState(terminal: Terminal, step: string | undefined): void;
}

/** Why a command was withdrawn: it is to be run in the terminal that has become the main one. */
const moved = new Error('another terminal has become the main one');

export function createLabTerminal({ workspace, env, redactor, terminals, explain, attended, emit }: LabTerminalOptions): LabTerminal {
  /** What labwalk does there or waits to do. */
  const work = new Set<{ withdrawn: AbortController; what: 'run' | 'set' }>();
  let lastState = '';
  let lastSeen: Pick<Terminal, 'directory' | 'variables'> = { directory: '', variables: {} };

  terminals.onMove(() => {
    for (const { withdrawn } of work) withdrawn.abort(moved);
  });

  const tellState = (terminal: Terminal, step: string | undefined) => {
    const { directory, variables } = terminal;
    // The terminal makes its variables anew when one has changed.
    if (directory === lastSeen.directory && variables === lastSeen.variables) return;
    lastSeen = { directory, variables };
    redactor.add(secretsIn(variables));
    const state: EventBody = {
      type: 'terminal-state',
      directory: shownDirectory(workspace, directory),
      variables: changedVariables(env, variables),
    };
    const text = JSON.stringify(state);
    if (text === lastState) return;
    lastState = text;
    emit(state, step);
  };

  /** Does it in the main terminal; once more when another one becomes that before it has begun. */
  const inMain = async <T>(what: 'run' | 'set', act: (signal: AbortSignal) => Promise<{ begun: boolean; value: T }>): Promise<T> => {
    for (;;) {
      const withdrawn = new AbortController();
      const one = { withdrawn, what };
      work.add(one);
      const { begun, value } = await act(withdrawn.signal).finally(() => work.delete(one));
      if (begun || withdrawn.signal.reason !== moved) return value;
    }
  };

  return {
    tellState,
    run: (text, step, timeout = commandLimitMs) =>
      inMain('run', async (signal) => {
        const { terminal, commands } = await terminals.main();
        let unanswered: string | undefined;
        const onAsk = (question: string) => {
          if (attended) return emit({ type: 'notice', level: 'info', text: waitsForAnswer(question) }, step);
          unanswered = question;
          void terminal.stop('stopped');
        };
        const { begun, ran } = await commands.run(text, step, () => terminal.run(text, { timeout, signal, onAsk }));
        if (!begun) return { begun, value: ran };
        tellState(terminal, step);
        if (unanswered !== undefined) return { begun, value: { ...ran, unanswered } };
        const { command, output, status, ms } = ran;
        const outage = await explain({ command, text, step, output, failed: status !== 0, ms, env: terminal.variables }, signal);
        return { begun, value: outage ? { ...ran, outage } : ran };
      }),
    set: async (variables) => {
      // The others get them when they are at their prompt, which may be never.
      for (const [id, { terminal }] of terminals.all) if (id !== terminals.mainId) terminal.set(variables).catch(() => {});
      await inMain('set', async (signal) => {
        const { terminal } = await terminals.main();
        const begun = await terminal.set(variables, { signal }).then(
          () => true,
          (error: unknown) => {
            if (error === moved) return false;
            throw error;
          },
        );
        return { begun, value: undefined };
      });
    },
    async directory() {
      return (await terminals.main()).terminal.directory;
    },
    async variables() {
      return { ...(await terminals.main()).terminal.variables };
    },
    async interrupt() {
      const runs = [...work].filter(({ what }) => what === 'run');
      for (const { withdrawn } of runs) withdrawn.abort();
      const main = await terminals.mainIfOpen();
      // what the learner has typed there is theirs to end
      if (main && runs.length > 0 && !main.commands.typed) await main.terminal.stop('stopped');
    },
  };
}

/** Characters of a question that are shown beside what else there is to say. */
const longestShown = 40;

function waitsForAnswer(question: string): string {
  const shown = question.length > longestShown ? `…${question.slice(1 - longestShown)}` : question;
  return `The command waits for an answer${shown && ` to "${shown}"`}. Type it in the terminal.`;
}

const shellsOwn = new Set(['_', 'SHLVL', 'PWD', 'OLDPWD', 'COLUMNS', 'LINES']);

/** Exported variables that differ from the start, so that a later run can go on with them; nothing that could be a secret. */
export function changedVariables(
  start: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): Record<string, string | null> {
  const changed: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(now)) {
    if (start[name] !== value && !shellsOwn.has(name) && !looksSecret(name, value)) changed[name] = value;
  }
  for (const name of Object.keys(start)) {
    if (!(name in now) && !shellsOwn.has(name) && !looksSecret(name, '')) changed[name] = null;
  }
  return changed;
}
