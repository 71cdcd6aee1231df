/** What the parts of a Run share: made once by `createRun`, handed to each action and check. */
import type { Check } from '../checks/check.ts';
import type { EventBody, StepEnded } from '../events/event.ts';
import type { Lab, Mode } from '../lab/types.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Agree, Cloud } from './context/cloud.ts';
import type { LabTerminal } from './terminals/lab-terminal.ts';
import type { Ledger } from './context/ledger.ts';
import type { Redactor } from '../secrets/redactor.ts';
import type { Services } from './services/services.ts';
import type { Terminals } from './terminals/terminals.ts';
import type { TypedKeys } from './person/typed-keys.ts';
import type { TypedHooks } from './terminals/typed-command.ts';

export interface RunContext {
  lab: Lab;
  workspace: Workspace;
  mode: Mode;
  cloud: Cloud;
  checks: ReadonlyMap<string, Check>;
  /** The lab's variables as they are now; captures add to them. */
  variables: Record<string, string>;
  terminal: LabTerminal;
  services: Services;
  /** The terminals as a person sees them. */
  terminals: Terminals;
  /** Who hears of what the learner does in the terminals: to be set by the one who wants to know. */
  hooks: TypedHooks;
  /** Commands typed by hand belong to this step from here on, and may be one of the services up to it. */
  follow(step: string | undefined): void;
  /** Ends terminals, services and all that they started. */
  closeTerminals(): Promise<void>;
  ledger: Ledger;
  /** Asks the person before anything is made in their account; nobody is asked where not given. */
  agree?: Agree;
  /** Until when the keys count that were given or found good, where it is known: ISO 8601 in UTC. */
  keys: { expires?: string };
  typedKeys: TypedKeys;
  redactor: Redactor;
  remembered: Remembered;
  /** When a file was saved last that running services may not have taken in yet: milliseconds since 1970. */
  saves: { at?: number };
  /** When work on a step was begun last, or begun again. */
  attempt: { began?: number };
  /** How the checks that look at an output ended in this run, by `step/number`. */
  verdicts: Map<string, 'passed' | 'failed'>;
  bash: string;
  /** Hands an event to the listener: redacted, with time, lab and step. */
  emit(body: EventBody, step?: string): void;
  /** Milliseconds; the only clock of a Run. */
  now(): number;
}

/** What an earlier run in the same workspace left in its journal. */
export interface Remembered {
  variables: Record<string, string>;
  /** Where the lab's terminal was: relative to the workspace, or absolute. */
  directory?: string;
  /** Exported variables that differed from the start; `null`: unset. */
  terminalVariables: Record<string, string | null>;
  /** Good keys had been given. */
  credentials: boolean;
  /** Ids of steps that were started and not cleaned up since. */
  started: ReadonlySet<string>;
  /** How a check ended last time. */
  verdict(step: string, check: number): 'passed' | 'failed' | undefined;
  /** Numbers of the actions of a step that are done. */
  actionsDone(step: string): Iterable<number>;
  /** How a step ended last; undefined where it was never begun. */
  outcome(step: string): StepEnded['outcome'] | undefined;
  /** Where a service was started last: relative to the workspace, or absolute. */
  serviceDirectory(service: string): string | undefined;
}

export const nothingRemembered: Remembered = {
  variables: {},
  terminalVariables: {},
  credentials: false,
  started: new Set(),
  verdict: () => undefined,
  actionsDone: () => [],
  outcome: () => undefined,
  serviceDirectory: () => undefined,
};

/** How an action ended. `machine`: this machine or account lacks something, so going on makes no sense. */
export type ActionResult =
  | { outcome: 'done' }
  | { outcome: 'told'; message?: string }
  | { outcome: 'failed'; message: string; machine?: boolean }
  | { outcome: 'interrupted' };
