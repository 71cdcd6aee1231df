/** What this machine has and lacks for a lab. Only looks: nothing is made, installed or changed. */
import semver from 'semver';
import { runCommand, findOnPath } from '../../toolchain/run-command.mjs';
import type { Requirement } from '../lab/types.ts';
import { isPortFree, portOwner } from '../process/ports.ts';
import { loadPty } from '../terminal/shell-process.ts';
import { cacheFolder, describeMissingPython, findPython, openToolchain, type Toolchain } from '../toolchain/toolchain.ts';
import { examineDisk } from './examine-disk.ts';
import { examineTool } from './examine-tool.ts';
import type { Finding } from './finding.ts';
import { fixForTool } from './known-tools.ts';

export interface MachineOptions {
  env: Readonly<Record<string, string>>;
  /** Tools that the lab needs. */
  requires?: readonly Requirement[];
  /** Ports that the lab would like to have. */
  ports?: readonly number[];
  /** Absolute path of the folder that the lab will be done in. */
  workspace?: string;
  /** Node's version; this process's where not given. */
  node?: string;
}

const oldestNode = '>=20.19.0';
/** What macOS comes with. */
const oldestBash = '>=3.2.0';
/** Megabytes of the toolchain with uv's own cache. */
const toolchainSize = 700;
/** Megabytes of a lab with a virtual environment and its packages. */
const workspaceSize = 300;

/** Looks at everything at once; the order of the findings is always the same. */
export async function examineMachine(options: MachineOptions): Promise<Finding[]> {
  const { env, requires = [], ports = [], workspace } = options;
  const toolchain = openToolchain(env);
  const labEnv = toolchain ? { ...env, PATH: `${toolchain.bin}:${env['PATH'] ?? ''}` } : env;
  // Python has been looked at; the toolchain's own is what a lab uses.
  const tools = requires.filter(({ tool }) => toolchain || tool !== 'python3');
  const looks: (Finding | Promise<Finding>)[] = [
    examineNode(options.node ?? process.versions.node),
    examinePython(env),
    examineBash(env),
    examinePty(),
    describeToolchain(toolchain),
    ...tools.map((requirement) => examineTool(requirement, labEnv)),
    ...ports.map(examinePort),
    ...(toolchain ? [] : [examineDisk('Space for the toolchain', cacheFolder(env), toolchainSize)]),
    ...(workspace ? [examineDisk('Space for the workspace', workspace, workspaceSize)] : []),
  ];
  return Promise.all(looks.map((look) => Promise.resolve(look)));
}

function examineNode(version: string): Finding {
  if (semver.satisfies(version, oldestNode)) return { name: 'Node.js', status: 'ok', found: version };
  return { name: 'Node.js', status: 'missing', found: version, why: 'Version 20.19 or newer is needed.', fix: fixForTool('node') };
}

async function examinePython(env: Readonly<Record<string, string>>): Promise<Finding> {
  const search = await findPython(env);
  if (search.found) return { name: 'Python', status: 'ok', found: `${search.found.version} (${search.found.executable})` };
  const missing = describeMissingPython(search);
  if (!missing) return { name: 'Python', status: 'missing' };
  const { what, ...fix } = missing;
  return { name: 'Python', status: 'missing', why: what, fix };
}

async function examineBash(env: Readonly<Record<string, string>>): Promise<Finding> {
  const fix = fixForTool('bash');
  const [file] = findOnPath('bash', env);
  if (!file) return { name: 'bash', status: 'missing', why: 'bash is not on PATH.', fix };
  const { output } = await runCommand(file, ['-c', 'printf %s "${BASH_VERSION%%(*}"'], { env });
  const found = `${output} (${file})`;
  if (semver.satisfies(semver.coerce(output) ?? '0.0.0', oldestBash)) return { name: 'bash', status: 'ok', found };
  return { name: 'bash', status: 'missing', found, why: 'Version 3.2 or newer is needed.', fix };
}

async function examinePty(): Promise<Finding> {
  const name = 'Pseudo-terminal';
  if (await loadPty()) return { name, status: 'ok', found: 'works' };
  const why = 'The module for real terminals does not load, so commands run without colours and progress bars.';
  return { name, status: 'warning', why, fix: 'Install labwalk again on this machine: npm ci, or npm install -g labwalk.' };
}

function describeToolchain(toolchain: Toolchain | undefined): Finding {
  const found = toolchain ? toolchain.folder : 'not made yet; the first run makes it, in some ten seconds';
  return { name: 'Toolchain', status: 'ok', found };
}

async function examinePort(port: number): Promise<Finding> {
  const name = `Port ${port}`;
  if (await isPortFree(port)) return { name, status: 'ok', found: 'free' };
  const owner = portOwner(port);
  const found = owner ? `in use by ${owner.name} (pid ${owner.pid})` : 'in use';
  return { name, status: 'warning', found, why: 'The lab takes the next free port.' };
}
