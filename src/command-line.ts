/** The command line: what each command takes, read into one shape; wrong usage is told with what is near. */
import { parseArgs } from 'node:util';
import { UsageError } from './errors.ts';
import { findScenario, scenarioNames, scenarioWords, type Scenario } from './lab/facts/scenarios.ts';
import { nearest } from './text/nearest.ts';

export interface Arguments {
  command: CommandName;
  /** LAB, STEP, FILE… in the order given. */
  words: string[];
  workspace?: string;
  mode?: 'sandbox' | 'aws';
  reports: string[];
  json: boolean;
  colour: boolean;
  seed?: string;
  /** File with AWS keys. */
  credentialsFile?: string;
  scenario?: Scenario;
  through?: string;
  /** What an export is written as. */
  format?: string;
  /** Where an export is written to. */
  output?: string;
  /** Of `kept`: number or name of a copy. */
  restore?: string;
  toolchain: boolean;
  /** Of `reset`: with the lab's files; take the last one back; delete first what is deployed. */
  solution: boolean;
  undo: boolean;
  clean: boolean;
  /** What would be asked is agreed to. */
  yes: boolean;
  /** Line by line, without a screen. */
  plain: boolean;
  /** A file whose lab's version is taken; empty: all of the step. */
  apply?: string;
  /** Numbers of places, as they were typed: `1,3`. */
  hunk?: string;
  /** The exit code says whether something differs. */
  exitCode: boolean;
  /** How two versions stand; by the width where not given. */
  layout?: 'unified' | 'side-by-side';
  /** Of `verify`: change the solutions, too. */
  mutate: boolean;
  /** How many at the same time. */
  jobs?: number;
  /** Which part of the work, of how many. */
  shard?: { index: number; of: number };
  /** An earlier report. */
  against?: string;
  /** Of `lint`: a report with outputs that have drifted. */
  update?: string;
  help: boolean;
}

interface CommandSpec {
  /** What stands behind the name: `LAB [STEP]`. */
  words: string;
  /** What is missing where there are too few words; else a lab. */
  needs?: string;
  most: number;
  least: number;
  about: string;
  options: readonly OptionName[];
}

/** Everything that a command line may hold; the help and the documentation are made from these two tables. */
export const options = {
  workspace: { type: 'string', value: 'DIR', about: 'folder to work in' },
  sandbox: { type: 'boolean', about: 'in the AWS sandbox on this machine' },
  aws: { type: 'boolean', about: 'in your AWS account; doctor: look at your AWS credentials' },
  plain: { type: 'boolean', about: 'line by line, without a screen: for screen readers and simple terminals' },
  report: {
    type: 'string',
    value: 'FORMAT[=FILE]',
    multiple: true,
    about: 'text, json, junit or html; also ndjson of runs, github of verifications; may be given more than once',
  },
  json: { type: 'boolean', about: 'the same as --report json' },
  'no-color': { type: 'boolean', about: 'no colours' },
  'credentials-file': { type: 'string', value: 'FILE', about: 'AWS keys to use: a credentials file, an export block, JSON of the AWS CLI' },
  seed: { type: 'string', value: 'TEXT', about: 'fixes the values that a lab makes up' },
  scenario: { type: 'string', value: 'NAME', about: 'what is the matter with the credentials that the sandbox gives you at first' },
  through: { type: 'string', value: 'STEP', about: 'stop after this step and leave everything as it is' },
  apply: { type: 'string', value: '[FILE]', optional: true, about: "take the lab's version of a file, or of all files; yours is kept" },
  hunk: { type: 'string', value: 'N[,N]', about: 'with --apply FILE: only these places of it' },
  'exit-code': { type: 'boolean', about: 'end with 1 where something differs' },
  unified: { type: 'boolean', about: 'one version below the other' },
  'side-by-side': { type: 'boolean', about: 'one version beside the other; without it in 120 columns or more' },
  format: { type: 'string', value: 'FORMAT', about: 'markdown or html; else by the ending of the file' },
  output: { type: 'string', short: 'o', value: 'FILE', about: 'the file to write; standard output without it' },
  yes: { type: 'boolean', about: 'agree beforehand: to make things in your account (--aws), to take outputs (--update)' },
  toolchain: { type: 'boolean', about: "remove labwalk's Python tools and the labs' packages from the cache" },
  restore: { type: 'string', value: 'N', about: 'bring this copy back; what stands there is copied first' },
  solution: { type: 'boolean', about: "with the lab's own files instead of yours" },
  undo: { type: 'boolean', about: 'take the last reset back' },
  clean: { type: 'boolean', about: 'delete first what is deployed' },
  mutate: { type: 'boolean', about: 'change the solution in ways that learners do, and list what no check notices' },
  jobs: { type: 'string', value: 'N', about: 'so many at the same time on this machine' },
  shard: { type: 'string', value: 'I/N', about: 'only part I of N: for N machines; `labwalk report merge` joins their reports' },
  against: { type: 'string', value: 'FILE', about: 'an earlier JSON report: what broke since, what got slower' },
  update: {
    type: 'string',
    value: 'REPORT',
    about: "verify's JSON report: takes the outputs that it found to differ, after you have seen each",
  },
  help: { type: 'boolean', short: 'h', about: 'this text' },
} as const;
export type OptionName = keyof typeof options;

const doing = ['workspace', 'sandbox', 'aws', 'credentials-file', 'report', 'json', 'no-color', 'help'] as const;

export const commands = {
  start: {
    words: '[LAB]',
    least: 0,
    most: 1,
    about: 'go through a lab, step by step; without LAB, the list of labs',
    options: ['workspace', 'sandbox', 'aws', 'credentials-file', 'plain', 'no-color', 'seed', 'scenario', 'help'],
  },
  run: {
    words: 'LAB',
    least: 1,
    most: 1,
    about: 'do every step, check it, clean up',
    options: [...doing, 'seed', 'scenario', 'through', 'yes'],
  },
  check: { words: 'LAB [STEP]', least: 1, most: 2, about: 'check the workspace as it is', options: doing },
  reset: {
    words: 'LAB [STEP]',
    least: 1,
    most: 2,
    about: 'go back to before a step, or ahead to it; your files are moved aside',
    options: ['workspace', 'sandbox', 'aws', 'solution', 'undo', 'clean', 'report', 'json', 'no-color', 'help'],
  },
  diff: {
    words: 'LAB [STEP]',
    least: 1,
    most: 2,
    about: "compare your files with the lab's version of a step",
    options: ['apply', 'hunk', 'exit-code', 'unified', 'side-by-side', 'workspace', 'json', 'no-color', 'help'],
  },
  kept: {
    words: 'LAB',
    least: 1,
    most: 1,
    about: 'the copies of your files, and bringing one back',
    options: ['workspace', 'restore', 'json', 'no-color', 'help'],
  },
  list: { words: '', least: 0, most: 0, about: 'labs, steps, progress', options: ['workspace', 'json', 'no-color', 'help'] },
  export: {
    words: 'LAB',
    least: 1,
    most: 1,
    about: 'write what was done as one file, to hand in or to read again',
    options: ['workspace', 'format', 'output', 'no-color', 'help'],
  },
  lint: {
    words: '[FILE…]',
    least: 0,
    most: Infinity,
    about: 'find mistakes in labs; with --update, take outputs that have drifted into their text',
    options: ['update', 'yes', 'json', 'no-color', 'help'],
  },
  doctor: {
    words: '[LAB]',
    least: 0,
    most: 1,
    about: 'what this machine has and lacks; with --aws, what is wrong with your AWS credentials',
    options: ['workspace', 'aws', 'json', 'no-color', 'help'],
  },
  verify: {
    words: '[LAB…]',
    least: 0,
    most: Infinity,
    about: 'prove that every step works and that each check can fail; all labs without LAB',
    options: [
      ...(['sandbox', 'aws', 'credentials-file', 'yes', 'mutate', 'jobs', 'shard', 'against', 'seed'] as const),
      ...(['report', 'json', 'no-color', 'help'] as const),
    ],
  },
  report: {
    words: 'merge|show FILE…',
    needs: 'merge or show, and a file',
    least: 2,
    most: Infinity,
    about: 'what verify has found, from its JSON: parts and machines as one, or one to read',
    options: ['against', 'report', 'json', 'no-color', 'help'],
  },
  clean: { words: '[LAB]', least: 0, most: 1, about: 'delete what was deployed and is still there', options: [...doing, 'toolchain'] },
} as const satisfies Record<string, CommandSpec>;
export type CommandName = keyof typeof commands;

export const isCommand = (word: string): word is CommandName => Object.hasOwn(commands, word);

/** Reads the words behind `labwalk`. Throws UsageError. Without a command it is `start`: `labwalk --plain` is `labwalk start --plain`. */
export function parseCommandLine(argv: readonly string[]): Arguments | 'help' | 'version' {
  const [first, ...rest] = argv;
  if (first === '--version' || first === '-V') return 'version';
  if (first === '--help' || first === '-h' || first === 'help') return 'help';
  if (first === undefined || first.startsWith('-')) return parseArguments('start', argv);
  if (!isCommand(first)) throw unknownWord('command', first, Object.keys(commands), 'Run `labwalk --help` for all of them.');
  return parseArguments(first, rest);
}

function parseArguments(first: CommandName, rest: readonly string[]): Arguments {
  const spec: CommandSpec = commands[first];
  const { values, positionals } = parseOptions(first, rest, spec.options);
  if (!values['help'] && positionals.length > spec.most) {
    throw new UsageError(`labwalk ${first} does not take "${positionals[spec.most]}".`, usageOf(first));
  }
  if (values['sandbox'] && values['aws']) throw new UsageError('--sandbox and --aws exclude each other.', 'Give one of them.');
  if (values['unified'] && values['side-by-side'])
    throw new UsageError('--unified and --side-by-side exclude each other.', 'Give one of them.');
  if (values['hunk'] && !values['apply']) throw new UsageError('--hunk needs a file.', 'For example: --apply myapp/app.py --hunk 1');
  if (!values['help'] && positionals.length < spec.least && !values['toolchain'])
    throw new UsageError(`labwalk ${first} needs ${spec.needs ?? 'a lab'}.`, usageOf(first));
  const text = (name: OptionName) => (typeof values[name] === 'string' ? { [name]: values[name] } : {});
  return {
    command: first,
    words: positionals,
    ...text('workspace'),
    ...text('seed'),
    ...(typeof values['credentials-file'] === 'string' ? { credentialsFile: values['credentials-file'] } : {}),
    ...text('through'),
    ...readScenario(values['scenario'], values['aws'] === true),
    ...text('format'),
    ...text('output'),
    ...text('restore'),
    ...(values['aws'] ? { mode: 'aws' } : values['sandbox'] ? { mode: 'sandbox' } : {}),
    reports: [...((values['report'] as string[] | undefined) ?? []), ...(values['json'] ? ['json'] : [])],
    json: values['json'] === true,
    colour: values['no-color'] !== true,
    toolchain: values['toolchain'] === true,
    solution: values['solution'] === true,
    undo: values['undo'] === true,
    clean: values['clean'] === true,
    yes: values['yes'] === true,
    plain: values['plain'] === true,
    ...text('apply'),
    ...text('hunk'),
    mutate: values['mutate'] === true,
    ...readJobs(values['jobs']),
    ...readShard(values['shard']),
    ...text('against'),
    ...text('update'),
    exitCode: values['exit-code'] === true,
    ...(values['unified'] ? { layout: 'unified' } : values['side-by-side'] ? { layout: 'side-by-side' } : {}),
    help: values['help'] === true,
  };
}

function readScenario(word: unknown, inAccount: boolean): { scenario?: Scenario } {
  if (typeof word !== 'string') return {};
  const scenario = findScenario(word);
  if (!scenario) {
    const near = nearest(word, scenarioWords);
    throw new UsageError(`There is no scenario "${word}".`, near ? `Did you mean "${near}"?` : `There are ${scenarioNames.join(', ')}.`);
  }
  if (inAccount) throw new UsageError('--scenario is played by the sandbox, not by your AWS account.', 'Leave out --aws, or --scenario.');
  return { scenario };
}

function readJobs(word: unknown): { jobs?: number } {
  if (typeof word !== 'string') return {};
  if (!/^[1-9]\d{0,2}$/.test(word)) throw new UsageError(`--jobs ${word} is no number of jobs.`, 'For example: --jobs 2');
  return { jobs: Number(word) };
}

function readShard(word: unknown): { shard?: { index: number; of: number } } {
  if (typeof word !== 'string') return {};
  const [, index = 0, of = 0] = (/^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(word) ?? []).map(Number);
  if (index === 0 || index > of) throw new UsageError(`--shard ${word} is no part of a whole.`, 'For example: --shard 1/4');
  return { shard: { index, of } };
}

/** `Usage: labwalk run LAB [options]` */
const usageOf = (name: CommandName) => `Usage: labwalk ${[name, commands[name].words].filter(Boolean).join(' ')} [options]`;

function parseOptions(command: CommandName, args: readonly string[], allowed: readonly OptionName[]) {
  const known = Object.fromEntries(
    allowed.map((name) => {
      const option = options[name];
      return [
        name,
        { type: option.type, ...('multiple' in option ? { multiple: true } : {}), ...('short' in option ? { short: option.short } : {}) },
      ];
    }),
  );
  const { values, positionals, tokens } = parseArgs({
    args: args.map((word, i) => (isWithoutValue(word, args[i + 1]) ? `${word}=` : word)),
    options: known,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const spec = options[token.name as OptionName];
    if (!(allowed as readonly string[]).includes(token.name)) {
      throw unknownWord(
        'option',
        token.rawName,
        allowed.map((name) => `--${name}`),
        `\`labwalk ${command} --help\` shows what it takes.`,
      );
    }
    if (spec.type === 'string' && !token.value && !('optional' in spec))
      throw new UsageError(`${token.rawName} needs a value.`, `For example: ${token.rawName} ${'value' in spec ? spec.value : ''}`);
    if (spec.type === 'boolean' && token.value !== undefined) throw new UsageError(`${token.rawName} takes no value.`);
  }
  return { values, positionals };
}

/** An option whose value may be left out, and is: another option or nothing follows. */
function isWithoutValue(word: string, next: string | undefined): boolean {
  const option = Object.entries(options).find(([name]) => word === `--${name}`)?.[1];
  return option !== undefined && 'optional' in option && (next === undefined || next.startsWith('-'));
}

function unknownWord(kind: string, word: string, known: readonly string[], otherwise: string): UsageError {
  const near = nearest(word, known);
  return new UsageError(`Unknown ${kind} "${word}".`, near ? `Did you mean "${near}"?` : otherwise);
}

/** The help for the whole program, or for one command. */
export function helpText(command?: CommandName): string {
  if (!command) {
    const rows = Object.entries(commands).map(([name, { words, about }]) => [`labwalk ${name} ${words}`.trim(), about] as const);
    return [
      'labwalk: hands-on workshops that run in the terminal',
      '',
      ...table(rows),
      '',
      'Without a command it is `labwalk start`. LAB is a name from `labwalk list`, or a path to a lab.',
      '`labwalk COMMAND --help` shows the options of a command.',
      '',
    ].join('\n');
  }
  const rows = (commands[command] as CommandSpec).options.map((name) => {
    const option = options[name];
    return [`--${name}${'value' in option ? ` ${option.value}` : ''}`, option.about] as const;
  });
  return [
    usageOf(command),
    '',
    `${commands[command].about[0]?.toUpperCase()}${commands[command].about.slice(1)}.`,
    '',
    ...table(rows),
    '',
  ].join('\n');
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
