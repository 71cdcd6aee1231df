/** A lab against a bash script of its commands and requests. Both get a fresh workspace and a sandbox of their own, whose start counts for both. */
import fs from 'node:fs';
import path from 'node:path';
import { checksByName } from '../src/checks/index.ts';
import { keysEnvironment } from '../src/aws/keys-environment.ts';
import { sandboxEnvironment } from '../src/aws/sandbox/environment.ts';
import { startSandbox } from '../src/aws/sandbox/sandbox.ts';
import { parseLab } from '../src/lab/parse-lab.ts';
import type { Lab } from '../src/lab/types.ts';
import { claimFreePort } from '../src/process/port-claims.ts';
import { prepareVariables } from '../src/engine/context/variables.ts';
import { ensureLabToolchain } from '../src/toolchain/toolchain.ts';
import { terminalEnv } from '../src/terminal/terminal-env.ts';
import type { Place } from './benchmarks.ts';
import { labScript } from './lab-script.ts';
import { compare, time } from './measure.ts';

/** @param name the lab's */
export const compareWithScript =
  (name: string) =>
  async ({ root, folder }: Place) => {
    const lab = readLab(path.join(root, 'labs', name, 'lab.md'));
    let round = 0;
    const details = await compare(
      () => time({ file: process.execPath, args: [path.join(root, 'bin/labwalk.js'), 'run', name] }),
      () => timeScript(lab, path.join(folder, `${name}-${round++}`)),
      2,
    );
    return { figure: details.ratio, details };
  };

/** `labwalk verify chalice` does every command twice: against two runs of the script. */
export async function compareVerifyWithScripts({ root, folder }: Place) {
  const lab = readLab(path.join(root, 'labs/chalice/lab.md'));
  let round = 0;
  const script = () => timeScript(lab, path.join(folder, `verify-${round++}`));
  const details = await compare(
    () => time(verify(root, 'chalice')),
    async () => (await script()) + (await script()),
    1,
  );
  return { figure: details.ratio, details };
}

/** Two jobs against one, with a lab for each. */
export async function compareJobs({ root }: Place) {
  const details = await compare(
    () => time(verify(root, 'chalice', 'zappa', '--jobs', '2')),
    () => time(verify(root, 'chalice', 'zappa')),
    1,
  );
  return { figure: details.ratio, details };
}

const verify = (root: string, ...words: string[]) => ({
  file: process.execPath,
  args: [path.join(root, 'bin/labwalk.js'), 'verify', ...words],
});

async function timeScript(lab: Lab, workspace: string): Promise<number> {
  fs.mkdirSync(path.join(workspace, '.home'), { recursive: true });
  const personEnv = process.env as Record<string, string>;
  const toolchain = await ensureLabToolchain(lab, { env: personEnv });
  const claimPort = async (from: number) => (await claimFreePort(from)).port;
  const variables = await prepareVariables(lab.variables, { seed: 'bench', previous: {}, claimPort });
  const began = performance.now();
  const sandbox = await startSandbox({ python: toolchain.python, stateFolder: path.join(workspace, '.sandbox'), upstreamEnv: personEnv });
  const env = sandboxEnvironment({ sandbox, home: path.join(workspace, '.home'), bin: toolchain.bin, personEnv, pip: toolchain.pip });
  const goodKeys = Object.entries(keysEnvironment(sandbox.good))
    .map(([name, value]) => (value === null ? `unset ${name}` : `export ${name}='${value}'`))
    .join('; ');
  const script = path.join(workspace, 'lab.sh');
  const request = (url: string) => `"${url}"`;
  fs.writeFileSync(script, labScript({ lab, workspace, variables, goodKeys, request }), { mode: 0o700 });
  await time({ file: 'bash', args: [script], env: terminalEnv(env) });
  await sandbox.stop();
  return performance.now() - began;
}

function readLab(file: string): Lab {
  const { lab } = parseLab(file, { read: (name) => fs.readFileSync(name, 'utf8'), checks: checksByName });
  if (!lab) throw new Error(`${file} has problems; \`labwalk lint\` shows them`);
  return lab;
}
