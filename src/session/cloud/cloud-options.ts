import type { Sandbox } from '../../aws/sandbox/sandbox.ts';
import type { Cloud, Keys } from '../../engine/context/cloud.ts';
import type { Scenario } from '../../lab/facts/scenarios.ts';
import type { Lab, Mode } from '../../lab/types.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Io } from '../io.ts';

export interface OpenCloud {
  cloud: Cloud;
  close(): Promise<void>;
}

export interface CloudOptions {
  lab: Lab;
  mode: Mode;
  workspace: Workspace;
  /** Nothing that is going to be done meets AWS: the sandbox need not be started. */
  idle?: boolean;
  /** Good keys had been given in this workspace: a terminal that is opened again has them from the start. */
  credentials: boolean;
  /** Keys from a file: in an account instead of the environment's, in the sandbox as its good ones. */
  keys?: Keys;
  /** What the sandbox plays. */
  scenario: Scenario;
  /** One that runs already, with the workspace's state: it is used, and goes on running. */
  sandbox?: Sandbox;
  io: Io;
  /** Called with progress messages. */
  tell(text: string): void;
  signal: AbortSignal;
}
