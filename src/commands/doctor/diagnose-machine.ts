/** `labwalk doctor --aws`: what is the matter with the AWS credentials of the person's own environment. */
import type { Arguments } from '../../command-line.ts';
import { diagnose, type Diagnosed } from '../../aws/credentials/diagnose.ts';
import { exitCode, type ExitCode } from '../../errors.ts';
import type { Diagnosis } from '../../events/diagnosis.ts';
import type { Lab } from '../../lab/types.ts';
import { diagnosisLines } from '../../report/text/diagnosis-lines.ts';
import { createLook } from '../../report/look.ts';
import { ensureToolchain } from '../../toolchain/toolchain.ts';
import { jsonText } from '../../text/json-text.ts';
import { wrapText } from '../../text/width.ts';
import { askAtTerminal } from '../../session/ask-at-terminal.ts';
import type { Io } from '../../session/io.ts';

/** Without a lab, IAM is asked: that is where keys which look good turn out to be none. */
const usualServices = ['iam'];

export async function diagnoseMachine(args: Arguments, lab: Lab | undefined, io: Io): Promise<ExitCode> {
  const { python } = await ensureToolchain({ env: io.env, onProgress: (text) => io.err.write(`${text}\n`) });
  const services = (lab && servicesOf(lab)) ?? usualServices;
  const read = await diagnose({ python, env: io.env, directory: io.cwd, services });
  const { diagnosis } = services.includes('iam') && !args.json ? await askToTry(read, io) : read;
  const ok = diagnosis.cause === 'fine';
  if (args.json) io.out.write(`${jsonText({ labwalk: io.version, ...(lab ? { lab: lab.name } : {}), ok, diagnosis }, 2)}\n`);
  else io.out.write(`${render(diagnosis, io)}\n`);
  return ok ? exitCode.good : exitCode.machine;
}

const question = [
  'Reading found nothing wrong. Whether these keys may also change a role, which a deploy does, only a try can tell: iam:PutRolePolicy for a role with a made-up name.',
  "Nothing is changed by it, as there is no such role, but the account's CloudTrail records the call.",
];

/** The one decisive call writes, so it is made only when somebody at a terminal has agreed; and only where reading found nothing. */
async function askToTry(read: Diagnosed, io: Io): Promise<Diagnosed> {
  if (read.diagnosis.cause !== 'fine' || !io.terminal.isThere) return read;
  const { columns } = createLook(io.out);
  io.out.write(`${question.flatMap((text) => wrapText(text, columns - 1)).join('\n')}\n`);
  if (!(await askAtTerminal('y: Try it. n: Leave it > ', io))) return read;
  const { probeRoleWrite } = await import('../../aws/credentials/probe-role-write.ts');
  return probeRoleWrite(read, io.env);
}

function render(diagnosis: Diagnosis, { out }: Io): string {
  const look = createLook(out);
  const mark = diagnosis.cause === 'fine' ? look.green(look.marks.passed) : look.red(look.marks.failed);
  return diagnosisLines(diagnosis, look, { indent: 0, mark }).join('\n');
}

/** All services that the lab wants credentials for. */
function servicesOf(lab: Lab): string[] | undefined {
  const named = lab.steps.flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'credentials' ? part.for : [])));
  return named.length > 0 ? [...new Set(named)] : undefined;
}
