/**
 * The interface of a check. A check is one file beside this one, with one line in `checks/index.ts`; it holds no state,
 * never prints and never throws for something that a learner can cause: that is an outcome.
 */
import type * as z from 'zod';
import type { Exchange } from '../events/event.ts';

export interface Check<Input = unknown> {
  /** Its keyword in a lab: `http`. */
  name: string;
  /** One line for the list of checks in the documentation. */
  about: string;
  /** A YAML list with one or more entries that parse and show what it can do; used in the documentation and in tests. */
  example: string;
  /** What may stand behind the keyword. Strict; every key has a description. */
  schema: z.ZodType<Input>;
  /** `output`: looks at what a command printed or returned, so it can't be repeated later. `state`: looks at how things are now. */
  looksAt: 'output' | 'state';
  /** It asks a server, which must have taken in what was saved. */
  asksServer?: boolean;
  /** Milliseconds during which a failing check is tried again where the lab says nothing (`within`): for what arrives late, as a log line. */
  patience?: number;
  /** What is checked, in a sentence without full stop: `GET http://localhost:8080/ answers 200`. */
  summary(input: Input): string;
  run(input: Input, context: CheckContext): Promise<Outcome>;
}

export type Outcome =
  | {
      passed: true;
      exchange?: Exchange;
      /** The version of the tool that was looked at. */
      version?: string;
    }
  | {
      passed: false;
      /** What should have been: `status 200`. */
      expected: string;
      /** What came: `status 500`. */
      actual: string;
      /** What a beginner can do about it, in a sentence. */
      try: string;
      /** The check knows the cause: what it says to try comes before what the lab says. */
      sure?: true;
      exchange?: Exchange;
    };

/** What a check may look at. Made anew by the engine for each check. */
export interface CheckContext {
  /** Absolute path of the workspace. */
  workspace: string;
  /** Absolute path of the lab's folder: custom checks live there. */
  folder: string;
  /** Directory of the lab's terminal. */
  directory: string;
  /** Exported variables of the lab's terminal, keys included. */
  env: Record<string, string>;
  /** The lab's variables. */
  variables: Record<string, string>;
  /** The fence above the check, where one ran. */
  command?: CommandSeen;
  /** A service by name, whether it runs or has ended. */
  service(name: string): ServiceSeen | undefined;
  /** The logs of all services, each as `ServiceSeen` has it. */
  logs(): string[];
  /** Where a request really goes: sandbox addresses have no DNS, so they are asked at the emulator with their own Host header. */
  route(url: URL): Route;
  /** What is in AWS, by the lab terminal's credentials. */
  resources: Resources;
  signal: AbortSignal;
}
/** The last fence of commands: output of all its commands joined. */
export interface CommandSeen {
  text: string;
  /** Status of the last command that ran. */
  status: number;
  /** Plain text: escape sequences removed, carriage returns resolved, lines ended by `\n`. */
  output: string;
}
export interface ServiceSeen {
  running: boolean;
  /** Its log as plain text, from the mark on that was set when the step began; at most the last 256 KiB. */
  log: string;
  status?: number;
}
export interface Route {
  protocol: 'http:' | 'https:';
  host: string;
  port: number;
  /** Host header to send. */
  hostHeader: string;
}
export interface Resources {
  /** Kinds that it can find: `role`, `function`, `api`, … */
  kinds: readonly string[];
  /** Names of what is there and matches the pattern (`*` stands for anything). Throws ResourceError, or the signal's reason. */
  find(kind: string, pattern: string, signal?: AbortSignal): Promise<string[]>;
}
/** Why nobody can say what is in AWS, in a plain sentence: no keys, no permission, no network. */
export class ResourceError extends Error {
  override name = 'ResourceError';
}
