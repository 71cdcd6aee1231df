/** Starts a sandbox, tells its pid and folder, and holds it until this process is killed. Arguments: Python, state folder. */
import path from 'node:path';
import { startSandbox } from '../../src/aws/sandbox/sandbox.ts';

const [python = '', stateFolder = ''] = process.argv.slice(2);
const sandbox = await startSandbox({ python, stateFolder, upstreamEnv: process.env });
process.stdout.write(`${JSON.stringify({ pid: sandbox.pid, folder: path.dirname(sandbox.bundle) })}\n`);
setInterval(() => {}, 60_000);
