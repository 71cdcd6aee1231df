/** A check of one step after a save, against what a person would do without labwalk: start the app, send the requests, end the app. */
import fs from 'node:fs';
import path from 'node:path';
import type { Place } from './benchmarks.ts';
import { compare, round, time, type Program } from './measure.ts';

/** The requests of each step that its text shows. */
const requests = {
  'test-get': ['http --ignore-stdin localhost:$PORT/users/$WHO', 'http --ignore-stdin "localhost:$PORT/users/$WHO&Co"'],
  'test-post': [
    `echo '{"name": "David", "age": 22, "job": "student"}' | http localhost:$PORT/users`,
    'http --ignore-stdin localhost:$PORT/users name=$WHO age:=22 job=student',
  ],
};

export async function compareCheckWithHand({ root, folder }: Place) {
  const workspace = path.join(folder, 'check');
  const labwalk = (...args: string[]): Program => ({ file: process.execPath, args: [path.join(root, 'bin/labwalk.js'), ...args] });
  await time(labwalk('run', 'chalice', '--workspace', workspace, '--through', 'run-again'));
  const app = path.join(workspace, 'myapp/app.py');
  const text = fs.readFileSync(app, 'utf8');
  let saves = 0;
  /** Another text each time, so that nothing that was compiled before helps. */
  const save = () => fs.writeFileSync(app, `${text}\n# saved ${saves++} times\n`);
  const details: Record<string, Awaited<ReturnType<typeof compare>>> = {};
  for (const [step, commands] of Object.entries(requests)) {
    const script = path.join(folder, `${step}.sh`);
    fs.writeFileSync(script, byHand(workspace, commands));
    details[step] = await compare(
      () => (save(), time(labwalk('check', 'chalice', step, '--workspace', workspace))),
      () => (save(), time({ file: 'bash', args: [script] })),
      7,
    );
  }
  return { figure: round(Math.max(...Object.values(details).map(({ ratio }) => ratio))), details };
}

/**
 * It is ended as soon as the last answer is there: both of its processes, as Ctrl-C does, and the port is free again. The port is none that
 * labwalk would take.
 */
function byHand(workspace: string, commands: readonly string[]): string {
  return `cd '${workspace}/myapp' && source ../.venv/bin/activate || exit 1
export PORT=18980 WHO=Grace
set -m
chalice local --port $PORT > /dev/null 2>&1 &
app=$!
trap 'kill -- -$app 2> /dev/null' EXIT
until (exec 3<> /dev/tcp/127.0.0.1/$PORT) 2> /dev/null; do sleep 0.02; done
{
${commands.join('\n')}
} > /dev/null || exit 1
kill -- -$app
wait $app 2> /dev/null || true
while (exec 3<> /dev/tcp/127.0.0.1/$PORT) 2> /dev/null; do sleep 0.02; done
`;
}
