/** One lab of a verification, in a folder of its own that is gone afterwards. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Arguments } from '../../command-line.ts';
import { lookForTool } from '../../doctor/examine/examine-tool.ts';
import { UserError } from '../../errors.ts';
import { makeTemporaryFolder } from '../../files/temporary-folder.ts';
import type { Lab, Step } from '../../lab/types.ts';
import { askUnattended, refuseUnasked } from '../../session/cloud/agree-to-account.ts';
import { readCredentialsFile } from '../../session/cloud/read-credentials-file.ts';
import type { Io } from '../../session/io.ts';
import { ensureToolchain, openLabToolchain } from '../../toolchain/toolchain.ts';
import { withPrograms } from '../../toolchain/with-programs.ts';
import { findDrift, ownValues } from '../../verify/drift/find-drift.ts';
import { listMutants } from '../../verify/mutants/list-mutants.ts';
import type { Mutant } from '../../verify/mutants/mutant.ts';
import type { VerifiedLab } from '../../verify/report/schema.ts';
import { verifyLab } from '../../verify/verify-lab.ts';
import { openScratch } from './scratch-workspace.ts';
import { createTeller } from './progress-lines.ts';

export interface VerifyOne {
  /** The steps that are looked at closely. */
  owned: readonly Step[];
  /** Which of the lab's mutants are tried here; they count from 0. */
  isOurs(mutant: number): boolean;
  args: Arguments;
  io: Io;
}

/** Where this machine lacks something, that is what is found: the next lab has its turn. */
export async function verifyOne(lab: Lab, { owned, isOurs, args, io }: VerifyOne): Promise<VerifiedLab> {
  const mode = args.mode ?? 'sandbox';
  const unattended = { lab, command: 'verify', yes: args.yes, io };
  const isAsked = mode === 'aws' && lab.steps.some(({ creates }) => creates.length > 0);
  if (isAsked) refuseUnasked({ ...unattended, ledger: undefined });
  const keys = args.credentialsFile === undefined ? undefined : readCredentialsFile(args.credentialsFile, io);
  const { soft, hard } = io.interrupts();
  const seed = args.seed ?? randomBytes(4).toString('hex');
  const file = path.relative(io.cwd, lab.file);
  const began = io.now();
  let folder: string | undefined;
  const teller = createTeller(io.err, lab.name, io.now);
  try {
    folder = makeTemporaryFolder(`labwalk-verify-${lab.name}-`, {
      env: io.env,
      what: 'The lab needs a folder to be verified, and none can be made',
    });
    const scratch = await openScratch({
      ...{ lab, mode, folder, seed, io, signal: soft },
      ...(keys ? { keys } : {}),
      ...(isAsked ? { agree: askUnattended(unattended) } : {}),
    });
    try {
      return await verifyLab({
        ...{ lab, file, scratch, owned, folder },
        mutants: () => listLabMutants(lab, io, soft),
        ...(args.mutate ? { mutate: { isOurs } } : {}),
        drift: (step, outputs, variables) =>
          findDrift(step, {
            outputOf: (action) => outputs.of(step.id, action),
            values: ownValues(lab, variables),
            folders: [scratch.folder],
          }),
        tools: await requiredVersions(lab, io),
        signal: soft,
        hardSignal: hard,
        tell: teller.tell,
      });
    } finally {
      await scratch.close();
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    io.err.write(`${lab.name}: ${error.message}\n`);
    return couldNot(lab, { file, mode, seed, started: new Date(began).toISOString(), ms: io.now() - began, message: error.message });
  } finally {
    teller.stop();
    if (folder !== undefined) fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Python files are read by the toolchain's Python. */
async function listLabMutants(lab: Lab, { env, err }: Io, signal: AbortSignal): Promise<Mutant[]> {
  const { python } = await ensureToolchain({ env, onProgress: (text) => err.write(`${text}\n`), signal });
  return listMutants(lab, { python, env, signal });
}

const couldNot = (lab: Lab, facts: Pick<VerifiedLab, 'file' | 'mode' | 'seed' | 'started' | 'ms' | 'message'>): VerifiedLab => ({
  ...{ lab: lab.name, title: lab.title, hash: lab.hash, outcome: 'error' },
  ...facts,
  ...{ tools: {}, steps: [], mutants: [], findings: [] },
  cleanup: { done: false, ms: 0, commands: [], left: [] },
});

/** Versions of the tools that a lab requires, by their names; those that tell none are left out. */
async function requiredVersions(lab: Lab, { env }: Pick<Io, 'env'>): Promise<Record<string, string>> {
  const tools = openLabToolchain(lab, env);
  const labEnv = tools ? withPrograms(env, [...tools.programs, tools.bin]) : env;
  const versions = await Promise.all(lab.requires.map(async ({ tool }) => [tool, (await lookForTool(tool, labEnv))?.version] as const));
  return Object.fromEntries(versions.filter((entry): entry is [string, string] => Boolean(entry[1])));
}
