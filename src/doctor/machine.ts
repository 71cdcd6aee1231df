/** What the examinations look at. What several of them need is looked for once. */
import { needsAws } from '../lab/facts/needs-aws.ts';
import type { Lab, LockedPackages, Requirement } from '../lab/types.ts';
import { cacheFolder, findPython, hasPackages, openToolchain, type PythonSearch, type Toolchain } from '../toolchain/toolchain.ts';
import { askNpm, type NpmSettings } from './npm-settings.ts';
import { askForIndex, type IndexSettings } from './index-settings.ts';
import { reach, type Reached } from './reach.ts';

/** What labs want of a machine. */
export interface Needs {
  tools: readonly Requirement[];
  /** Ports that they would like to have on 127.0.0.1. */
  ports: readonly number[];
  /** The Python tools: the sandbox is made of them, and labs' own packages with them. */
  aws: boolean;
  /** What labs bring their learners. */
  packages?: readonly (LockedPackages & { lab: string })[];
}

/** The terminal that the person sits at. */
export interface PersonsTerminal {
  isThere: boolean;
  columns: number;
  rows: number;
}

export interface MachineOptions {
  env: Readonly<Record<string, string>>;
  needs: Needs;
  /** Absolute path of the folder that the lab will be done in. */
  workspace: string;
  terminal: PersonsTerminal;
  /** Node's version; this process's where not given. */
  node?: string;
}

export interface Machine extends Required<MachineOptions> {
  /** Absolute path of labwalk's folder in the person's cache. */
  cache: string;
  toolchain: Toolchain | undefined;
  /** The labs' own packages, and whether they are there. */
  packages: readonly LabPackages[];
  python(): Promise<PythonSearch>;
  index(): Promise<Answer<IndexSettings>>;
  npm(): Promise<Answer<NpmSettings>>;
}

export interface LabPackages extends LockedPackages {
  lab: string;
  there: boolean;
}

/** What a registry is by its tool's own settings, and what came of asking it; nothing of both where the tool is not there. */
export interface Answer<T> {
  settings?: T;
  reached?: Reached;
}

export function createMachine(options: MachineOptions): Machine {
  const { env, needs } = options;
  const python = once(() => findPython(env));
  return {
    node: process.versions.node,
    ...options,
    cache: cacheFolder(env),
    toolchain: openToolchain(env),
    packages: (needs.packages ?? []).map((packages) => ({ ...packages, there: hasPackages({ packages }, env) })),
    python,
    index: once(async () => asked(await askForIndex((await python()).found, env), env)),
    npm: once(async () => asked(await askNpm(env), env)),
  };
}

async function asked<T extends { address?: string; proxy?: string; certificates?: string }>(
  settings: T | undefined,
  env: MachineOptions['env'],
): Promise<Answer<T>> {
  if (settings?.address === undefined) return settings ? { settings } : {};
  const { address, proxy, certificates } = settings;
  return { settings, reached: await reach(address, { env, ...(proxy ? { proxy } : {}), ...(certificates ? { certificates } : {}) }) };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | undefined;
  return () => (begun ??= work());
}

/** All that any of these labs wants. */
export function needsOf(labs: readonly Lab[]): Needs {
  const wanted = labs.flatMap(({ requires }) => requires);
  const tools = wanted.filter((one, i) => wanted.findIndex(({ tool, version }) => tool === one.tool && version === one.version) === i);
  const ports = labs.flatMap(({ variables }) => variables.flatMap((variable) => (variable.kind === 'free-port' ? [variable.port] : [])));
  const packages = labs.flatMap((lab) => (lab.packages ? [{ ...lab.packages, lab: lab.name }] : []));
  return { tools, ports: [...new Set(ports)], aws: labs.some(needsAws) || packages.length > 0, packages };
}
