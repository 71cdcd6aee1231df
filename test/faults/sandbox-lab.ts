/** Labs in the sandbox, for its faults, and what can be done to their emulator from outside. */
import fs from 'node:fs';
import path from 'node:path';
import { fence, makeFolder, makeLab, startLabwalk, waitUntil, type MadeLab, type Program } from '../e2e/program.ts';

/** Keys that work from the start. */
export const inSandbox = ['--sandbox', '--scenario', 'fine'];

export const front = 'requires: [aws]\n';

const policy =
  '\'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}\'';

export const createRole = (name: string) =>
  `aws iam create-role --role-name ${name} --assume-role-policy-document ${policy} --query Role.RoleName`;

/** A step that makes a role, and looks whether it is there. labwalk deletes it at the end. */
export const roleStep = (name: string, title = 'Make a role') =>
  `### ${title}\n<!-- labwalk: creates="role:${name}" -->\n\n${fence('sh run', createRole(name))}${fence('yaml check', `- aws: { role: ${name} }`)}`;

/** A lab that makes a function, whose body may use `os` and `time`, and calls it; it is called `called` again in the second step. */
export function functionLab(body: string, more = ''): { steps: string; front: string; files: Record<string, string> } {
  const commands = [
    createRole('trial-role'),
    'cp "$LABWALK_LAB/files/app.py" app.py && python3 -m zipfile -c app.zip app.py',
    'role=arn:aws:iam::$(aws sts get-caller-identity --query Account --output text):role/trial-role',
    'aws lambda create-function --function-name trial --runtime python3.11 --handler app.handler --timeout 60 --zip-file fileb://app.zip --role $role --query State',
    'aws lambda invoke --function-name trial --cli-read-timeout 0 answer.json && cat answer.json',
  ];
  return {
    steps: `### Call it\n<!-- labwalk: creates="role:trial-role function:trial" -->\n\n${fence('sh run', commands.join('\n'))}${fence('yaml check', '- output: { contains: good }')}${more}`,
    front,
    files: { 'files/app.py': `import os\nimport time\n\n\ndef handler(event, context):\n    ${body}\n    return "good"\n` },
  };
}

/** Text of a shell: the emulator's pid, which it keeps beside its state. */
export const emulator = '"$(cat "$LABWALK_WORKSPACE/.labwalk/sandbox/state/.lock")"';

/** A command that does something to the sandbox and asks it something at once; done again, it only asks. */
export const strikeOnce = (strike: string) =>
  `if [ ! -e struck ]; then touch struck; ${strike}; fi\ncurl -sS -o answer "$AWS_ENDPOINT_URL" || false`;

export const emulatorOf = (workspace: string) => Number(fs.readFileSync(path.join(workspace, '.labwalk/sandbox/state/.lock'), 'utf8'));

/** Where the sandbox of a workspace is. */
export const placeOf = (workspace: string) =>
  JSON.parse(fs.readFileSync(path.join(workspace, '.labwalk/sandbox/sandbox.json'), 'utf8')) as {
    account: string;
    region: string;
    port: number;
  };

export interface Gate {
  /** A command that waits for the test. */
  command: string;
  /** Resolves when the lab has come there. */
  reached(): Promise<void>;
  open(): void;
}

export function makeGate(): Gate {
  const folder = makeFolder();
  const [here, gate] = [path.join(folder, 'here'), path.join(folder, 'gate')];
  return {
    command: `touch ${here}; until [ -e ${gate} ]; do sleep 0.05; done`,
    reached: () => waitUntil(() => fs.existsSync(here), 'the lab waits'),
    open: () => fs.writeFileSync(gate, ''),
  };
}

export interface WaitingRun extends MadeLab {
  program: Program;
  /** The address of the sandbox's proxy, with its token. */
  proxy: string;
  gate: Gate;
}

/** Starts an unattended run that has made the role `trial-role`, has done `before`, and waits; behind the gate it does `after`. */
export async function startWaitingRun({ before = 'true', after = 'true' } = {}): Promise<WaitingRun> {
  const gate = makeGate();
  const told = path.join(makeFolder(), 'proxy');
  const wait = fence('sh run', `${before}\nprintf %s "$https_proxy" > ${told}\n${gate.command}\n${after}`);
  const lab = makeLab({ steps: `${roleStep('trial-role')}### Wait\n\n${wait}${fence('yaml check', '- status: 0')}`, front });
  const program = startLabwalk(['run', lab.file, ...inSandbox, '--workspace', lab.workspace]);
  await Promise.race([gate.reached(), program.ended.then(({ stdout, stderr }) => Promise.reject(new Error(stdout + stderr)))]);
  return { ...lab, program, gate, proxy: fs.readFileSync(told, 'utf8') };
}
