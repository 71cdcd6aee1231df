/** The album that `labwalk run cloudalbum` has deployed into a workspace's sandbox. */
import fs from 'node:fs';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../../src/aws/sandbox/sandbox.ts';
import { toolchain } from './toolchain.ts';

/** Starts the sandbox again; whoever does ends it. `address` is the album's in a browser, with a `/` at its end. */
export async function wakeAlbum(workspace: string): Promise<{ sandbox: Sandbox; address: string }> {
  const { python } = await toolchain();
  const sandbox = await startSandbox({ python, stateFolder: path.join(workspace, '.labwalk/sandbox'), upstreamEnv: process.env });
  const deployed = fs.readFileSync(path.join(workspace, 'cloudalbum/.chalice/deployed/dev.json'), 'utf8');
  const id = /"rest_api_id": "(\w+)"/.exec(deployed)?.[1];
  return { sandbox, address: `${sandbox.endpoint}/_aws/execute-api/${id}/api/` };
}
