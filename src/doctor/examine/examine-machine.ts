/** What this machine has and lacks for labs: all examinations, in the order in which they are told. Only looks: nothing is made, installed or changed. */
import { findOnPath } from '../../../toolchain/run-command.mjs';
import { loadPty } from '../../terminal/shell/shell-process.ts';
import { withPrograms } from '../../toolchain/with-programs.ts';
import { judgeBash, lookForBash } from './examine-bash.ts';
import { judgeClock } from './examine-clock.ts';
import { judgeCredentials } from './examine-credentials.ts';
import { judgeDisk, lookAtDisk } from './examine-disk.ts';
import { judgeLocale, lookAtLocale } from './examine-locale.ts';
import { judgeMemory } from './examine-memory.ts';
import { judgeNode } from './examine-node.ts';
import { judgePlace } from './examine-place.ts';
import { judgePort, lookAtPort } from './examine-port.ts';
import { judgeProxy } from './examine-proxy.ts';
import { judgePty } from './examine-pty.ts';
import { judgePython } from './examine-python.ts';
import { judgeRegistry } from './examine-registry.ts';
import { judgeTerminal } from './examine-terminal.ts';
import { judgeTool, lookForTool } from './examine-tool.ts';
import { judgePackages, judgeToolchain } from './examine-toolchain.ts';
import { findUv, judgeUv } from './examine-uv.ts';
import type { Finding } from '../finding.ts';
import type { Machine } from '../machine.ts';
import { cacheDisk, workspaceDisk } from '../needed-space.ts';

interface Examination {
  /** What is being looked at, for people. */
  name: string;
  /** Only labs with AWS want it: they bring the sandbox, and so the Python tools. */
  forAws?: boolean;
  examine(machine: Machine): Finding | Finding[] | Promise<Finding | Finding[]>;
}

const examinations: readonly Examination[] = [
  { name: 'place', examine: ({ env }) => judgePlace(env) },
  { name: 'Node.js', examine: ({ node }) => judgeNode(node) },
  { name: 'Python', forAws: true, examine: async ({ python, toolchain }) => judgePython(await python(), toolchain === undefined) },
  { name: 'uv', forAws: true, examine: ({ env, cache }) => judgeUv(findUv(env, cache)) },
  { name: 'bash', examine: async ({ env }) => judgeBash(await lookForBash(env)) },
  { name: 'tools', examine: examineTools },
  { name: 'pseudo-terminal', examine: async () => judgePty((await loadPty()) !== undefined) },
  { name: 'toolchain', forAws: true, examine: ({ toolchain }) => judgeToolchain(toolchain) },
  { name: "labs' packages", forAws: true, examine: examinePackages },
  { name: 'disk', examine: examineDisks },
  { name: 'memory', forAws: true, examine: () => judgeMemory(process.availableMemory()) },
  { name: 'ports', examine: ({ needs }) => Promise.all(needs.ports.map(async (port) => judgePort(port, await lookAtPort(port)))) },
  { name: 'locale', examine: async ({ env }) => judgeLocale(await lookAtLocale(env)) },
  { name: 'terminal', examine: ({ terminal, env }) => judgeTerminal(terminal, env) },
  { name: 'credentials', examine: ({ needs }) => judgeCredentials(needs.aws) },
  { name: 'proxy', examine: ({ env }) => judgeProxy(env) },
  { name: 'package index', forAws: true, examine: examineIndex },
  { name: "npm's registry", examine: examineNpm },
  { name: 'clock', examine: examineClock },
];

/**
 * Looks at everything at once; the order of the findings is always the same.
 * @param onPending hears what is still being looked at, each time that something is done
 */
export async function examineMachine(machine: Machine, onPending: (names: readonly string[]) => void = () => {}): Promise<Finding[]> {
  const wanted = examinations.filter(({ forAws }) => machine.needs.aws || !forAws);
  const pending = new Set(wanted.map(({ name }) => name));
  onPending([...pending]);
  const findings = await Promise.all(
    wanted.map(async ({ name, examine }) => {
      const found = await examine(machine);
      pending.delete(name);
      onPending([...pending]);
      return found;
    }),
  );
  return findings.flat();
}

/** What labs are often fetched with, whatever they require. */
const useful = [{ tool: 'git', use: 'Labs are often fetched with it.' }];

async function examineTools({ env, needs, toolchain }: Machine): Promise<Finding[]> {
  const labEnv = needs.aws && toolchain ? withPrograms(env, [toolchain.bin]) : env;
  // Where the toolchain is still to be made, the Python that makes it is the lab's, and has been looked at.
  const required = needs.tools.filter(({ tool }) => !(needs.aws && !toolchain && tool === 'python3'));
  const more = useful.filter(({ tool }) => !required.some((one) => one.tool === tool));
  return Promise.all([
    ...required.map(async (requirement) => judgeTool(requirement, await lookForTool(requirement.tool, labEnv))),
    ...more.map(async ({ tool, use }) => judgeTool({ tool }, await lookForTool(tool, labEnv), use)),
  ]);
}

function examinePackages({ packages, env }: Machine): Finding[] {
  const hasNpm = findOnPath('npm', env).length > 0;
  return packages.map((one) => judgePackages(one, hasNpm));
}

async function examineDisks({ workspace, cache, needs, toolchain, packages }: Machine): Promise<Finding[]> {
  const toFetch = packages.reduce((sum, { megabytes, there }) => sum + (there ? 0 : megabytes), 0);
  const disks = [...(needs.aws ? [cacheDisk(cache, toolchain !== undefined, toFetch)] : []), workspaceDisk(workspace, needs.aws)];
  return Promise.all(disks.map(async (disk) => judgeDisk(disk, await lookAtDisk(disk.folder))));
}

async function examineIndex({ index, toolchain, packages }: Machine): Promise<Finding[]> {
  const waiting = packages.filter(({ python, there }) => python && !there).map(({ lab }) => lab);
  const here = waiting.length === 0 ? "The labs' own packages are at hand; others can't be installed." : fetchedFor(waiting);
  const words = {
    id: 'package-index',
    name: 'Package index',
    tool: 'pip',
    use: toolchain ? here : "labwalk's Python tools come from there.",
    needed: !toolchain,
    setting: '`pip config set global.index-url ADDRESS`',
  };
  return judgeRegistry(words, await index());
}

const fetchedFor = (labs: readonly string[]) => `What is installed in the lab ${labs.join(', ')} is fetched from there.`;

async function examineNpm({ npm, packages }: Machine): Promise<Finding[]> {
  const waiting = packages.filter(({ node, there }) => node && !there).map(({ lab }) => lab);
  const words = {
    id: 'npm-registry',
    name: "npm's registry",
    tool: 'npm',
    use: waiting.length === 0 ? 'labwalk itself is installed from there; labs run without it.' : fetchedFor(waiting),
    needed: false,
    setting: '`npm config set registry ADDRESS`',
  };
  return judgeRegistry(words, await npm());
}

async function examineClock({ index, npm, needs }: Machine): Promise<Finding> {
  const answers = await Promise.all([...(needs.aws ? [index()] : []), npm()]);
  return judgeClock(answers.map(({ reached }) => reached));
}
