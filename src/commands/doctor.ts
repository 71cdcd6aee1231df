import type { Arguments } from '../command-line.ts';
import { examineMachine } from '../doctor/examine/examine-machine.ts';
import { isMissing } from '../doctor/finding.ts';
import { findingLines } from '../doctor/finding-lines.ts';
import type { DoctorJson } from '../doctor/json-schema.ts';
import { createMachine, needsOf } from '../doctor/machine.ts';
import { detectSystem } from '../doctor/system.ts';
import { exitCode, type ExitCode } from '../errors.ts';
import { createLook } from '../report/look.ts';
import { showHidden } from '../text/hidden.ts';
import { jsonText } from '../text/json-text.ts';
import { fitText } from '../text/width.ts';
import { workspaceFolder } from '../session/default-workspace.ts';
import { listShippedLabs } from '../session/labs/find-lab.ts';
import type { Io } from '../session/io.ts';
import { loadLab } from '../session/labs/load-lab.ts';

/**
 * `labwalk doctor [LAB]`: what this machine has and lacks, for all labs that ship or for one. With `--aws` it looks at the AWS credentials
 * instead.
 */
export async function doctorCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const [word] = args.words;
  const lab = word === undefined ? undefined : loadLab(word, io);
  if (args.mode === 'aws') return (await import('./doctor/diagnose-machine.ts')).diagnoseMachine(args, lab, io);
  const labs = lab ? [lab] : listShippedLabs(io.root).map(({ name }) => loadLab(name, io));
  const workspace = workspaceFolder(args.workspace, lab?.name ?? '', io);
  const machine = createMachine({ env: io.env, needs: needsOf(labs), workspace, terminal: personsTerminal(io) });
  const pending = args.json ? undefined : showPending(io);
  const findings = await examineMachine(machine, pending?.show);
  pending?.clear();
  const ok = !findings.some(isMissing);
  const told: DoctorJson = { labwalk: io.version, ...(lab ? { lab: lab.name } : {}), ok, findings };
  if (args.json) io.out.write(`${jsonText(told, 2)}\n`);
  else {
    const style = { look: createLook(io.out), unicode: io.out.unicode, system: detectSystem() };
    io.out.write(`${findingLines(findings, { ...style, what: lab ? `The lab ${lab.name}` : 'Labs' }).join('\n')}\n`);
  }
  return ok ? exitCode.good : exitCode.machine;
}

function personsTerminal({ terminal }: Io) {
  if (!terminal.isThere) return { isThere: false, columns: 0, rows: 0 };
  const { columns, rows } = terminal.stdout;
  return { isThere: true, columns, rows };
}

/** On a terminal, one line that says what is still being looked at. */
function showPending({
  terminal,
  env,
  out: { columns, unicode },
}: Io): { show(names: readonly string[]): void; clear(): void } | undefined {
  const { TERM: term = '' } = env;
  if (!terminal.isThere || term === '' || term === 'dumb') return undefined;
  const redraw = (line: string) => terminal.stdout.write(`\r\x1b[2K${line}`);
  return {
    show: (names) => redraw(fitText(showHidden(`Looking at ${names.join(', ')}`), columns - 1, unicode ? '…' : '...')),
    clear: () => redraw(''),
  };
}
