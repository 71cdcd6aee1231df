/** The AWS account of a workspace's sandbox, and where it was: made up once, kept with the sandbox's state. */
import { randomInt } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';

const schema = z.object({
  account: z.string().regex(/^[1-9]\d{11}$/),
  region: z.string().min(1),
  /** Where the emulator was the last time. */
  port: z.number().int().positive().max(65535).optional(),
});
export type SandboxAccount = z.infer<typeof schema>;

/** The workshop's region, where nobody says another. */
export const usualRegion = 'ap-southeast-1';

/**
 * The account and region of this folder's sandbox; made where there are none or the file cannot be read. A region that is given
 * is kept: a deployed API has its region in its address. No keys are in the file.
 */
export async function readAccount(stateFolder: string, region?: string): Promise<SandboxAccount> {
  const file = path.join(stateFolder, 'sandbox.json');
  const kept = await readKept(file);
  const account = { ...kept, account: kept?.account ?? makeAccount(), region: region ?? kept?.region ?? usualRegion };
  if (kept?.account === account.account && kept.region === account.region) return account;
  await fs.mkdir(stateFolder, { recursive: true, mode: 0o700 });
  await write(file, account);
  return account;
}

/** Keeps the emulator's port, so that an address in somebody's browser is good again tomorrow. */
export async function keepPort(stateFolder: string, account: SandboxAccount, port: number): Promise<void> {
  if (account.port !== port) await write(path.join(stateFolder, 'sandbox.json'), { ...account, port });
}

const write = (file: string, account: SandboxAccount) => writeFileAtomic(file, `${JSON.stringify(account, null, 2)}\n`, { mode: 0o600 });

async function readKept(file: string): Promise<SandboxAccount | undefined> {
  try {
    return schema.parse(JSON.parse(await fs.readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Twelve digits, the first not 0, so that nothing takes them for a number with fewer. */
const makeAccount = () => `${randomInt(1, 10)}${String(randomInt(0, 1e11)).padStart(11, '0')}`;
