import path from 'node:path';
import type { Arguments } from '../command-line.ts';
import { examineMachine } from '../doctor/examine-machine.ts';
import { renderFindings } from '../doctor/finding.ts';
import { exitCode, type ExitCode } from '../errors.ts';
import type { Lab } from '../lab/types.ts';
import { defaultWorkspace } from './default-workspace.ts';
import type { Io } from './io.ts';
import { loadLab } from './load-lab.ts';

/** `labwalk doctor [LAB]`: what this machine has and lacks, for labs in general or for one. With `--aws` it looks at the AWS credentials instead. */
export async function doctorCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const [word] = args.words;
  const lab = word === undefined ? undefined : loadLab(word, io);
  if (args.mode === 'aws') return (await import('./diagnose-machine.ts')).diagnoseMachine(args, lab, io);
  const findings = await examineMachine({ env: io.env, workspace: folderToLookAt(args, lab, io), ...(lab ? needsOf(lab) : {}) });
  const ok = findings.every(({ status }) => status !== 'missing');
  if (args.json) io.out.write(`${JSON.stringify({ labwalk: io.version, ...(lab ? { lab: lab.name } : {}), ok, findings }, null, 2)}\n`);
  else io.out.write(renderFindings(findings));
  return ok ? exitCode.good : exitCode.machine;
}

function folderToLookAt(args: Arguments, lab: Lab | undefined, io: Io): string {
  return args.workspace ? path.resolve(io.cwd, args.workspace) : defaultWorkspace(lab?.name ?? '', io);
}

const needsOf = (lab: Lab) => ({
  requires: lab.requires,
  ports: lab.variables.filter((variable) => variable.kind === 'free-port').map(({ port }) => port),
});
