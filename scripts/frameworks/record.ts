/** What docs/frameworks.json holds: one run of each lab, as it was. */
import type { CountedFile } from './count-lines.ts';

export interface Comparison {
  /** Of the last measurement: `2026-11-26`. */
  date: string;
  /** What it was measured on: processors that the program could use, their architecture, Node's version. */
  machine: { processors: number; architecture: string; node: string };
  /** By the lab's name. */
  labs: { [lab: string]: Measurement };
}

export interface Measurement {
  /** All commands that the lab has a person type, services included. */
  commands: number;
  /** Those that are the framework's own, each once, in the order of the lab. */
  own: string[];
  /** The finished project, without what is made anew by itself. */
  files: CountedFile[];
  /** How long they took, in milliseconds. `local`: from its command until the app answers on this machine. */
  ms: { local: number; deploy: number; redeploy: number; remove: number };
  /** Packages on Lambda, and how big they are zipped. */
  functions: { name: string; bytes: number }[];
  /** What else stands in the account after the first requests: names by kind. */
  resources: { [kind: string]: string[] };
  /** What the roles may do: actions as the policies have them, with the resources that they are for. */
  allowed: string[];
  /** Permissions that the sandbox asked of the person's key while the framework deployed for the first time, in order. */
  asked: string[];
}
