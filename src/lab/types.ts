/**
 * What a lab is, as plain data. Everything here is made by `parseLab` and never changes afterwards.
 * Nothing in this room starts a process or reads the environment.
 */
import type { MutantOperator } from './facts/mutant-operators.ts';
import type { Scenario } from './facts/scenarios.ts';

/** A place in a file of the lab's author. Lines and columns start at 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** Something wrong with a lab, told to its author: `labs/x/lab.md:59:7: what. why. fix.` */
export interface Problem extends Place {
  /** What is wrong: `unknown key "statuss" in the http check`. */
  what: string;
  /** Why it matters, where that is not obvious. */
  why?: string;
  /** What to do: `Did you mean "status"?` */
  fix?: string;
}

/** Where a part of a lab is done: in the embedded sandbox, or in a real AWS account. */
export type Mode = 'sandbox' | 'aws';

/**
 * Where a part is done: in one mode only, or where the sandbox plays one scenario. `refused`: where it plays one whose credentials are refused in a
 * deploy. `known`: everywhere but where it plays one whose credentials already STS refuses.
 */
export type When = Mode | Scenario | 'refused' | 'known';

/** One Markdown file with its steps, starter files and solutions. */
export interface Lab {
  /** The folder's name, or the file's where it is not `lab.md`: what people type. */
  name: string;
  /** Absolute path of the Markdown file. */
  file: string;
  /** Absolute path of the folder that holds it. */
  folder: string;
  /** Absolute path of the folder with one folder per checkpoint; it may not exist. */
  solutions: string;
  title: string;
  summary: string;
  /** Minutes a learner needs. */
  duration: number;
  requires: Requirement[];
  variables: Variable[];
  /** The lab that should be done before this one. */
  after?: string;
  /** What doing it in an account of one's own costs, in a sentence. */
  cost?: string;
  /** What tools make in the workspace and nobody writes: names, or ends of paths. */
  ignore: string[];
  /** What is known about failures of the lab's commands, in the order in which they are tried. */
  signatures: Signature[];
  /** Changes to the solutions that nobody could notice. */
  equivalent: EquivalentMutant[];
  /** What its learners are given to install, locked beside the lab. */
  packages?: LockedPackages;
  /** SHA-256 (hex) of all text the lab was parsed from, includes, signatures, locked packages and custom check scripts included; not of what a script imports. */
  hash: string;
  /** Markdown between the lab's title and its first task. */
  intro: string;
  tasks: Task[];
  /** All steps in the order in which they are done; reading included. */
  steps: Step[];
}

/** `requires:` in the front matter: a tool on PATH and the versions that will do (semver range). */
export interface Requirement {
  tool: string;
  version?: string;
}

/** `packages:` in the front matter: what is fetched when the lab is first started. One of `python` and `node` is true. */
export interface LockedPackages {
  /** Absolute path of the folder with the locked files. */
  folder: string;
  /** How much is fetched, about. */
  megabytes: number;
  /** Wheels for the learner's own `pip install`: `requirements.txt`. */
  python: boolean;
  /** Programs on PATH: `package.json` and `package-lock.json`. */
  node: boolean;
}

/**
 * One mutant that survives rightly. It is known by what it changes and not by its line, so that the entry lives as long as the code does.
 */
export interface EquivalentMutant {
  operator: MutantOperator;
  /** Path in the workspace. */
  file: string;
  /** The lines that are changed, and what they become. */
  before: string;
  after: string;
  /** A text in a line of the file: the mutant nearest to it is meant. */
  near?: string;
  /** The checkpoint whose file it is. */
  checkpoint?: string;
  reason: string;
  place: Place;
}

/** A variable of the lab: an environment variable in every terminal, `{{NAME}}` in prose, URLs and checks. */
export type Variable = { name: string; place: Place } & (
  | { kind: 'value'; value: string }
  /** The first free port at or after this one on 127.0.0.1. */
  | { kind: 'free-port'; port: number }
  /** Made up for each workspace; the same for the same seed. */
  | { kind: 'random'; shape: 'name' | 'word' | 'number' | 'id' }
  /** Filled by `capture=NAME` of a run fence. */
  | { kind: 'captured' }
);

/** A `##` heading: a group of steps. */
export interface Task {
  id: string;
  title: string;
  place: Place;
  /** Markdown between the task's heading and its first step. */
  intro: string;
  steps: string[];
}

/** A heading of the lab with its text, actions, checks, hints and clean-up. */
export interface Step {
  /** The heading's slug, or what `<!-- labwalk: id=… -->` says. Unique in the lab. */
  id: string;
  title: string;
  /** Id of the task it stands under. */
  task: string;
  place: Place;
  /** True where there is neither an action nor a check: something to read, not to pass. */
  reading: boolean;
  /** Everything under the heading, in the order of the document. */
  parts: Part[];
  /** Ids of steps that must have passed before. */
  after: string[];
  /** What the step makes in AWS. */
  creates: Creates[];
  /** Why its checks are true before the step is done, where they are (`stays="…"`). */
  stays?: string;
}

/** `creates="role:myapp-dev api:myapp"`: a kind and a name; `*` in the name stands for anything. */
export interface Creates {
  kind: string;
  name: string;
}

export type Part =
  | { kind: 'prose'; markdown: string; place: Place }
  /** A fence that is only shown. */
  | { kind: 'shown'; language: string; text: string; place: Place }
  /** What the command above printed when the lab was written. */
  | { kind: 'output'; text: string; place: Place }
  | { kind: 'hint'; markdown: string; place: Place }
  | { kind: 'checks'; checks: CheckUse[]; place: Place }
  | CleanupPart
  | Action;

export type Action = RunAction | ServiceAction | FileAction | CredentialsAction;

/** Commands typed into the lab's terminal one by one; the first that fails ends the fence. */
export interface RunAction {
  kind: 'run';
  place: Place;
  /** The fence's text. The engine parts it into commands. */
  script: string;
  /** Milliseconds for each command. */
  timeout?: number;
  /** `fail`: some command must fail by itself, with a status other than 0; a number: end with exactly this status. */
  expect?: 'fail' | number;
  /** What the command that ends so must print; without `expect`, what the fence must print. */
  expectOutput?: ExpectedOutput;
  /** Variable that keeps the trimmed output of the fence. */
  capture?: string;
  when?: When;
}

/** A text, in which white space counts as one space, or a regular expression. `{{NAME}}` in it is still unreplaced. */
export type ExpectedOutput = { kind: 'text'; text: string } | { kind: 'pattern'; source: string };

/** A command that keeps running in a terminal of its own. */
export interface ServiceAction {
  kind: 'service';
  place: Place;
  name: string;
  script: string;
  /** When it counts as ready. `$NAME` is replaced. Without it: at once. */
  ready?: { kind: 'url'; url: string } | { kind: 'port'; port: string } | { kind: 'log'; matches: string };
  /** Milliseconds to become ready; 30,000 where not given. */
  timeout?: number;
  when?: When;
}

/** A file that the learner writes. */
export interface FileAction {
  kind: 'file';
  place: Place;
  language: string;
  /** Path in the workspace, with `/`; never absolute, never `..`. */
  path: string;
  /** The text that the lab shows; equal to the solution's. */
  text: string;
  /** Checkpoint that holds the solution: the step's own id where not given. */
  from?: string;
  when?: When;
}

/** Good AWS credentials are needed from here on. */
export interface CredentialsAction {
  kind: 'credentials';
  place: Place;
  /** Services that the keys must be good for: `iam`, `lambda`, … */
  for: string[];
  when?: When;
}

/** Commands that put the step's effects back. */
export interface CleanupPart {
  kind: 'cleanup';
  place: Place;
  script: string;
  timeout?: number;
  when?: When;
}

/** One entry of a `yaml check` list: `- http: {…}` with what all checks share. */
export interface CheckUse {
  /** Name of the check: `http`, `file`, … */
  check: string;
  place: Place;
  /** What the check's own schema made of the entry; `{{NAME}}` still unreplaced. */
  input: unknown;
  /** A sentence to show instead of the check's own summary. */
  title?: string;
  /** What the check says about itself, for screens that show it before it is made; `{{NAME}}` still unreplaced. */
  summary?: string;
  /** What a learner should try when it fails. */
  try?: string;
  /** Milliseconds during which a failing check is tried again. */
  within?: number;
  when?: When;
}

/** How a tool says that it failed, and what that means: data beside the labs, so that the program knows no framework by name. */
export interface Signature {
  /** Unique among those of a lab: `role-cannot-be-assumed`. */
  id: string;
  /** One of these is in what the command printed, white space made single (tools wrap their errors at 79 columns). */
  patterns: RegExp[];
  /** Also for commands that end with status 0 all the same. */
  anyStatus: boolean;
  /** What happened and why. `{{name}}` stands for what a group of the pattern has caught, `{{NAME}}` for a variable of the lab. */
  what: string;
  /** What to do; with the same names. */
  fix: string;
  link?: string;
  /** Credentials may be the reason: they are looked at, and what is found is told with it. */
  credentials: boolean;
  /** What is printed, as proof of the patterns. */
  examples: { text: string; place: Place }[];
  place: Place;
}
