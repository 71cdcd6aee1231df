/** The AWS account of a workspace's sandbox, and where it was: made up once, kept with the sandbox's state. */
import { randomInt } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { writeWholeFile } from '../../files/write-whole.ts';

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
 * The account and region of this folder's sandbox; made where there are none. Where the file cannot be read, they are what the state says, since
 * nothing in it can be reached from another account. A region that is given is kept: a deployed API has its region in its address. No keys
 * are in the file.
 */
export async function readAccount(stateFolder: string, region?: string): Promise<SandboxAccount> {
  const file = path.join(stateFolder, 'sandbox.json');
  const kept = await readKept(file);
  const known = kept ?? (await findInState(path.join(stateFolder, 'state')));
  const account = { ...known, account: known?.account ?? makeAccount(), region: region ?? known?.region ?? usualRegion };
  if (kept?.account === account.account && kept.region === account.region) return account;
  await fs.mkdir(stateFolder, { recursive: true, mode: 0o700 });
  write(file, account);
  return account;
}

/** Keeps the emulator's port, so that an address in somebody's browser is good again tomorrow. */
export async function keepPort(stateFolder: string, account: SandboxAccount, port: number): Promise<void> {
  if (account.port !== port) write(path.join(stateFolder, 'sandbox.json'), { ...account, port });
}

const write = (file: string, account: SandboxAccount) => writeWholeFile(file, `${JSON.stringify(account, null, 2)}\n`, { mode: 0o600 });

async function readKept(file: string): Promise<SandboxAccount | undefined> {
  try {
    return schema.parse(JSON.parse(await fs.readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Names in the emulator's files stand behind their account and, for most services, their region: `"123456789012\u0000eu-west-1\u0000'name'"`. */
const scopedName = /"([1-9]\d{11})\\u0000(?:([a-z]{2}(?:-[a-z]+)+-\d)\\u0000)?/g;

/** The account in which there is something, and its region. */
async function findInState(state: string): Promise<SandboxAccount | undefined> {
  const names = await fs.readdir(state).catch(() => []);
  const texts = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => fs.readFile(path.join(state, name), 'utf8').catch(() => '')),
  );
  const scopes = texts.flatMap((text) => [...text.matchAll(scopedName)]);
  const [scope] = [...scopes.filter(([, , region]) => region), ...scopes];
  return scope?.[1] === undefined ? undefined : { account: scope[1], region: scope[2] ?? usualRegion };
}

/** Twelve digits, the first not 0, so that nothing takes them for a number with fewer. */
const makeAccount = () => `${randomInt(1, 10)}${String(randomInt(0, 1e11)).padStart(11, '0')}`;
