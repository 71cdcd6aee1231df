/** What the examinations look at. What several of them need is looked for once. */
import * as z from 'zod';
import { findOnPath, runCommand } from '../../toolchain/run-command.mjs';
import { readPackageIndex } from '../aws/package-index.ts';
import { shippedFile } from '../files/shipped-file.ts';
import { needsAws } from '../lab/facts/needs-aws.ts';
import type { Lab, LockedPackages, Requirement } from '../lab/types.ts';
import {
  cacheFolder,
  findPython,
  hasPackages,
  openToolchain,
  cleanPythonEnv,
  readPipConfig,
  type PythonSearch,
  type Toolchain,
} from '../toolchain/toolchain.ts';
import { reach, type Reached } from './reach.ts';

/** What labs want of a machine. */
export interface MachineNeeds {
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
  needs: MachineNeeds;
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
  index(): Promise<NetworkAnswer<PackageSource>>;
  npm(): Promise<NetworkAnswer<PackageSource>>;
}

export interface LabPackages extends LockedPackages {
  lab: string;
  there: boolean;
}

/** What a registry is by its tool's own settings, and what came of asking it; nothing of both where the tool is not there. */
export interface NetworkAnswer<T> {
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
): Promise<NetworkAnswer<T>> {
  if (settings?.address === undefined) return settings ? { settings } : {};
  const { address, proxy, certificates } = settings;
  return { settings, reached: await reach(address, { env, ...(proxy ? { proxy } : {}), ...(certificates ? { certificates } : {}) }) };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | undefined;
  return () => (begun ??= work());
}

/** All that any of these labs wants. */
export function needsOf(labs: readonly Lab[]): MachineNeeds {
  const wanted = labs.flatMap(({ requires }) => requires);
  const tools = wanted.filter((one, i) => wanted.findIndex(({ tool, version }) => tool === one.tool && version === one.version) === i);
  const ports = labs.flatMap(({ variables }) => variables.flatMap((variable) => (variable.kind === 'free-port' ? [variable.port] : [])));
  const packages = labs.flatMap((lab) => (lab.packages ? [{ ...lab.packages, lab: lab.name }] : []));
  return { tools, ports: [...new Set(ports)], aws: labs.some(needsAws) || packages.length > 0, packages };
}

/** Where pip or npm would get packages from. */
interface PackageSource {
  /** Without user and password; not there where it was told to use none. */
  address?: string;
  /** A proxy of its own. May hold a password: never show it. */
  proxy?: string;
  /** A file of certificates. */
  certificates?: string;
}

/** Asks the pip that this Python brings. Undefined where nobody can say. */
async function askForIndex(python: PythonSearch['found'], env: Readonly<Record<string, string>>): Promise<PackageSource | undefined> {
  if (!python) return undefined;
  const own = cleanPythonEnv(env) as Record<string, string>;
  const { index, certificates } = await readPackageIndex(python.executable, shippedFile('sandbox', 'package_index.py'), own);
  const pip = readPipConfig(env);
  // a pip that is broken, or whose files are, says nothing
  if (index === undefined && pip['no-index'] === undefined) return undefined;
  const trusted = certificates ?? env['REQUESTS_CA_BUNDLE'] ?? env['SSL_CERT_FILE'];
  return {
    ...(index === undefined ? {} : { address: index }),
    ...(pip['proxy'] ? { proxy: pip['proxy'] } : {}),
    ...(trusted ? { certificates: trusted } : {}),
  };
}

const npmText = z.string().nullish().catch(undefined);
const npmSchema = z.object({ registry: z.string(), 'https-proxy': npmText, proxy: npmText, cafile: npmText });

const msToAnswer = 10_000;

/** Asks npm, which knows its files, variables and default. Undefined where it is not there or cannot say. */
async function askNpm(env: Readonly<Record<string, string>>): Promise<PackageSource | undefined> {
  const [npm] = findOnPath('npm', env);
  if (!npm) return undefined;
  const { status, output } = await runCommand(npm, ['config', 'list', '--json'], { env, timeout: msToAnswer });
  if (status !== 0) return undefined;
  try {
    const { registry, 'https-proxy': secure, proxy, cafile } = npmSchema.parse(JSON.parse(output));
    const via = registry.startsWith('http:') ? proxy : secure;
    return { address: registry, ...(via ? { proxy: via } : {}), ...(cafile ? { certificates: cafile } : {}) };
  } catch {
    return undefined;
  }
}
