/** The scratch workspace of a verification: a fresh folder, its copies, and one sandbox that lives as long as they do. */
import fs from 'node:fs';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../../aws/sandbox/sandbox.ts';
import type { Agree, Keys, Outage } from '../../engine/context/cloud.ts';
import { UserError } from '../../errors.ts';
import { needsAws } from '../../lab/facts/needs-aws.ts';
import { usualScenario } from '../../lab/facts/scenarios.ts';
import type { Lab, Mode } from '../../lab/types.ts';
import { ensureToolchain } from '../../toolchain/toolchain.ts';
import type { ScratchWorkspace, StageOptions } from '../../verify/scratch-workspace.ts';
import { openSnapshots } from '../../workspace/snapshots.ts';
import { workspaceAt } from '../../workspace/workspace.ts';
import type { Io } from '../../session/io.ts';
import { openSession } from '../../session/session.ts';

export interface ScratchOptions {
  lab: Lab;
  mode: Mode;
  seed: string;
  keys?: Keys;
  agree?: Agree;
  /** An empty folder: the workspace and its copies come into it. */
  folder: string;
  signal: AbortSignal;
  io: Io;
}

/** Locks belong to who is at work, and not to the state of things. */
const leftAlone = new Set(['.labwalk/lock', '.labwalk/sandbox/state/.lock']);

/** Throws UserError where this machine lacks something. */
export async function openScratch(options: ScratchOptions): Promise<ScratchWorkspace> {
  const { lab, mode, seed, keys, agree, folder, signal, io } = options;
  const workspace = workspaceAt(path.join(folder, 'workspace'));
  const snapshots = openSnapshots({
    folder: workspace.folder,
    store: path.join(folder, 'snapshots'),
    isLeftAlone: (at) => leftAlone.has(at),
  });
  let sandbox: Sandbox | undefined;
  if (mode === 'sandbox' && needsAws(lab)) {
    const { python } = await ensureToolchain({ env: io.env, onProgress: (text) => io.err.write(`${text}\n`), signal });
    sandbox = await startSandbox({
      python,
      stateFolder: workspace.sandbox,
      upstreamEnv: io.env,
      scenario: usualScenario,
      ...(keys ? { good: keys } : {}),
    });
  }
  let outage: Outage | undefined;
  sandbox?.health.onOutage((one) => (outage ??= one));
  const assertSound = () => {
    if (!outage) return;
    throw new UserError(`The AWS sandbox stopped while the lab was verified: ${outage.why}. So what was found says nothing of the lab.`, {
      fix: 'Verify it again.',
    });
  };
  const open = async ({ lab: wanted, steps, goesOn, listen, checks }: StageOptions) => {
    const session = await openSession({
      lab: wanted,
      folder: workspace.folder,
      driver: 'headless',
      mode,
      ...(goesOn ? { goesOn } : { seed }),
      steps: () => steps,
      listen,
      throwaway: true,
      atOnce: true,
      ...(sandbox ? { sandbox } : {}),
      ...(keys ? { keys } : {}),
      ...(checks ? { checks } : {}),
      ...(agree ? { agree } : {}),
      signal,
      io,
    });
    const close = async () => {
      await session.close();
      assertSound();
    };
    return { run: session.run, lab: session.lab, emit: session.emit, close };
  };

  return {
    folder: workspace.folder,
    mode,
    restores: mode === 'sandbox',
    open,
    async keep(name) {
      await sandbox?.save();
      if (mode === 'sandbox') snapshots.take(name);
    },
    has: snapshots.has,
    async restore(name) {
      if (sandbox) await sandbox.reload(() => snapshots.restore(name));
      else snapshots.restore(name);
    },
    fresh: () => openScratch({ ...options, folder: fs.mkdtempSync(path.join(folder, 'fresh-')) }),
    everything: async () => (await sandbox?.everything()) ?? (mode === 'sandbox' ? [] : undefined),
    close: async () => sandbox?.stop(),
  };
}
